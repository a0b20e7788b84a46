"""Rings before a task is due that must not be late. The alert says nothing of what it is."""

from sqlalchemy import Connection

from bot.bell import Bell
from bot.playing import House
from bot.reports.tasks import NO_MORE, WARNINGS, warnings_over
from bot.storage import tasks
from bot.storage.cases import Case

REMINDING = 60.0  # seconds between two looks for tasks that will soon be due


class Reminding:
    """Call `remind` again and again."""

    def __init__(self, house: House) -> None:
        self._database = house.database
        self._clock = house.clock
        self._bell = Bell(random=house.random, directory=house.directory)

    async def remind(self) -> int:
        """Ring once for each case in which a warning has come; returns how many."""
        return await self._database.unit(self._remind)

    def _remind(self, connection: Connection) -> int:
        now = self._clock()
        ringing: dict[str, Case] = {}
        for task, case in tasks.to_warn_of(connection, now + max(WARNINGS), NO_MORE):
            over = warnings_over(task.due_at, now) if task.due_at else 0
            if over > task.warned and tasks.warned(connection, task, over):
                ringing[case.id] = case
        for case in ringing.values():
            self._bell.ring(connection, case, now)
        return len(ringing)
