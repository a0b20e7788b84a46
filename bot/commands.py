"""How a command of a dialog is carried out: what is slow first, what is stored in the turn's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.state import State
from dialogs.inputs import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The turn a command runs in."""

    conversation: str
    state: State = field(repr=False)
    now: datetime


class Runner(Protocol):
    """Carries out one kind of command."""

    async def prepare(self) -> Any:
        """What takes long and depends on nothing, such as a new code and its key; outside any transaction."""

    def run(self, connection: Connection, command: Any, prepared: Any, setting: Setting) -> Stored:
        """Carry it out and return the result to be recorded. Nothing is kept if the turn fails."""


Runners = Mapping[type, Runner]
