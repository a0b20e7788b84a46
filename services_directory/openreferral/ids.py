"""Identifiers as the published shape wants them: UUIDs that stay the same for as long as our own ids do."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d5f0e-8c55-4b0b-9a54-2f3c0a1e7d42")


def uid(*parts: str) -> str:
    """The UUID of what these words name, such as ("service", "sari")."""
    return str(uuid5(NAMESPACE, "/".join(parts)))
