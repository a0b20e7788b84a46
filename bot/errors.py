"""What can go wrong, one class per decision a caller can take.

SaysafeError
├── ConfigurationError      the program cannot start: says everything that is wrong, at once
├── DeliveryError           a message did not leave; `permanent` says whether trying again can help
├── StorageError
│   ├── DatabaseTooNew      the database was written by a newer version
│   └── Conflict            somebody else changed the row first: load it and try again
└── NotAllowed              this person may not do this, or it does not exist; the two look the same

No message holds a value: what a person said, an id or a token is never in an exception.
"""


class SaysafeError(Exception):
    """The base of all; its docstring is its message."""

    def __str__(self) -> str:
        return super().__str__() or (self.__doc__ or "").partition("\n")[0]


class ConfigurationError(SaysafeError):
    """The settings cannot be used."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class DeliveryError(SaysafeError):
    """A message did not leave."""

    def __init__(self, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__()
        self.permanent = permanent
        self.retry_after = retry_after  # seconds, when the other side said so


class StorageError(SaysafeError):
    """The database refused."""


class DatabaseTooNew(StorageError):
    """The database was written by a newer version of this program."""


class Conflict(StorageError):
    """Somebody else changed the row first."""


class NotAllowed(SaysafeError):
    """This does not exist, or not for this person."""
