"""Logs: events with an allow-list of fields, so that no word, id or token of anybody can reach a line.

An exception is written as its type and the places in our own files; never its text, never its variables.
"""

import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Protocol

import structlog

ALLOWED = frozenset({"channel", "dialog", "kind", "outcome", "seconds", "count", "version", "port", "fault", "at"})
NOISY = (
    "telegram",
    "aiohttp",
    "httpx",
    "httpcore",
    "sqlalchemy",
    "uvicorn",
    "asyncio",
    "aiosmtplib",
    "mail",
    "alembic",
    "PIL",
)
HOME = Path(__file__).parent.parent


class Log(Protocol):
    """What the program may say of itself. `event` is a fixed name, such as "draft-unreadable"."""

    def info(self, event: str, **fields: str | float) -> None: ...

    def warning(self, event: str, **fields: str | float) -> None: ...

    def failure(self, event: str, fault: BaseException) -> None:
        """Log `fault` by its type and where in our files it happened."""


class EventLog:
    """Writes one line of JSON an event to standard output."""

    def __init__(self) -> None:
        # Not structlog's global configuration: whoever forgets to set it up would print every field.
        self._log = structlog.wrap_logger(structlog.PrintLogger(), processors=PROCESSORS)

    def info(self, event: str, **fields: str | float) -> None:
        self._log.info(event, **fields)

    def warning(self, event: str, **fields: str | float) -> None:
        self._log.warning(event, **fields)

    def failure(self, event: str, fault: BaseException) -> None:
        self._log.error(event, fault=type(fault).__name__, at=places(fault))


def places(fault: BaseException) -> str:
    """Where in our own files a fault passed, innermost last."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [
        frame for frame in frames if Path(frame.filename).is_relative_to(HOME) and "site-packages" not in frame.filename
    ]
    return " ".join(f"{Path(frame.filename).relative_to(HOME)}:{frame.lineno}" for frame in ours[-4:])


def allowed_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list."""
    kept = ALLOWED | {"event", "level", "timestamp"}
    return {name: value for name, value in event.items() if name in kept}


class NoText(logging.Formatter):
    """For other people's loggers: who spoke and how loudly, not what was said."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return (
            f'{{"event": "library", "kind": "{record.name}", "level": "{record.levelname.lower()}", "fault": "{kind}"}}'
        )


PROCESSORS = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    allowed_only,
    structlog.processors.JSONRenderer(),
)


def set_up_logs() -> EventLog:
    """Configure logging for the whole process; nothing prints the text of an exception any more."""
    handler = logging.StreamHandler()
    handler.setFormatter(NoText())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # else a line that cannot be written is printed with all its arguments
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    log = EventLog()
    _log_what_nobody_caught(log)
    return log


def _log_what_nobody_caught(log: EventLog) -> None:
    """Python would print the text of the exception, and a thread's or a destructor's would be seen by nobody."""

    def crashed(fault: BaseException | None) -> None:
        if fault is not None and not isinstance(fault, KeyboardInterrupt):
            log.failure("crashed", fault)

    sys.excepthook = lambda _kind, fault, _trace: crashed(fault)
    sys.unraisablehook = lambda given: crashed(given.exc_value)
    threading.excepthook = lambda given: crashed(given.exc_value)
