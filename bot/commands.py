"""How a command of a dialog is carried out: what is slow first, what is stored in the turn's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import Connection

from bot.messages import Address
from bot.state import State
from dialogs.inputs import Stored

NOWHERE = Address(channel="", who="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The turn a command runs in."""

    conversation: str
    address: Address = NOWHERE
    state: State = field(repr=False)
    now: datetime


class Runner(Protocol):
    """Carries out one kind of command."""

    async def prepare(self, command: Any) -> Any:
        """What takes long, such as a new code and its key; outside any transaction."""

    def run(self, connection: Connection, command: Any, prepared: Any, setting: Setting) -> Stored:
        """Carry it out and return the result to be recorded. Nothing is kept if the turn fails."""


@runtime_checkable
class Guarded(Protocol):
    """A runner that may say no before anything slow is begun."""

    def at_once(self, connection: Connection, setting: Setting) -> Stored:
        """The result of a command that is not carried out now; None if it is. Asked before `prepare` and `run`."""


@runtime_checkable
class Narrowing(Protocol):
    """A runner that may leave a part of a command undone."""

    def narrowed(self, connection: Connection, command: Any, setting: Setting) -> Any:
        """The command as far as it is carried out now. Asked before `prepare`."""


class Quick:
    """A runner without a slow part."""

    async def prepare(self, command: Any) -> None:
        """Nothing is slow here."""


Runners = Mapping[type, Runner]
