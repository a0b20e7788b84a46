"""To whom something must be sent later: a chat's address, locked under the server's secret for one conversation."""

from contextlib import suppress

from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.messages import Address


def lock_address(keyring: KeyRing, address: Address, conversation: str) -> bytes:
    """The address, for this conversation only."""
    return keyring.lock_address(f"{address.channel} {address.who}".encode(), context=bind(conversation))


def unlock_address(keyring: KeyRing, locked: bytes, conversation: str) -> Address | None:
    """What `lock_address` locked; None if it is damaged or its secret is gone."""
    with suppress(CannotOpen):
        channel, _, who = keyring.unlock_address(locked, context=bind(conversation)).decode().partition(" ")
        return Address(channel=channel, who=who)
    return None
