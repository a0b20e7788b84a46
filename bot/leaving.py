"""What a turn leaves in the outbox: its screen, the deletion of older messages, the reminder of its draft."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.addressing import lock_address
from bot.answering import Moved
from bot.commands import Setting
from bot.draft_reminders import Reminders
from bot.encryption.keyring import KeyRing
from bot.randomness import Random, new_id
from bot.state import State
from bot.storage import outbox
from services_directory.model import Directory

HEAD_START = timedelta(seconds=20)  # how long whoever took the turn has to send its screen before others may


class Leaving:
    """Writes rows in the transaction of the turn, for channels that are written to."""

    def __init__(self, *, keyring: KeyRing, random: Random, directory: Directory) -> None:
        self._keyring = keyring
        self._random = random
        self._reminders = Reminders(keyring=keyring, random=random, directory=directory)

    def screen(self, connection: Connection, setting: Setting, *, hide: bool) -> str:
        """Leave word that this conversation's screen must be sent; whoever sends it looks at what it is by then."""
        outbox.supersede(connection, setting.conversation)
        return self._put(connection, "hide" if hide else "screen", setting, due_in=HEAD_START)

    def beside(self, connection: Connection, before: State, moved: Moved, setting: Setting) -> None:
        """All that is no screen. `before`: the state before the turn; `setting` has the one after it."""
        self._reminders.keep(connection, before, setting)
        if moved.clears:
            self._put(connection, "clear", setting)

    def known(self, connection: Connection, id: str, state: State) -> State:
        """The state of a conversation at the beginning of a turn, without a reminder that has left."""
        return self._reminders.known(connection, id, state)

    def _put(self, connection: Connection, kind: str, setting: Setting, *, due_in: timedelta = timedelta()) -> str:
        waiting = outbox.Waiting(
            id=new_id(self._random),
            kind=kind,
            conversation=setting.conversation,
            locked=lock_address(self._keyring, setting.address, setting.conversation),
            due_at=setting.now + due_in,
        )
        outbox.put(connection, waiting)
        return waiting.id
