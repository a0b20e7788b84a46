"""Processor time per handled update: this program, and the usual bot doing as many steps, on one server in one run."""

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.telegram_world.people import Person, until
from tests.telegram_world.server import TOKEN, TelegramWorld

PEOPLE = 40
ROUNDS = 5
OURS = ("English", "Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on", "", "That's all",
        "No more questions", "No")  # fmt: skip
USUAL = ("Yes", "No", "Yes", "No", "Yes", "No", "", "Yes", "No", "Yes", "No")
AGAIN = "Delete it and start again"
WORDS = "They shouted at me at the bus stop, and nobody helped. It was not the first time."
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """`cpu`: milliseconds of processor time per update. `rate`: updates per second. `memory`: MiB at the end."""

    updates: int
    cpu: float
    rate: float
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.cpu:6.2f} ms/update  {self.rate:7.0f} updates/s  {self.memory:5.0f} MiB  ({self.updates} updates)"
        )


async def measure(module: str, labels: tuple[str, ...]) -> Measured:
    """Run `module` as a process on a fresh server and let people talk to it."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramWorld.start() as world:
            world.remembers_requests = False
            bot = await asyncio.create_subprocess_exec(sys.executable, "-m", module, world.url, TOKEN, folder)
            try:
                people = [world.person(f"Person {number}") for number in range(PEOPLE)]
                await _round(people, labels)  # warm
                return await _measured(bot.pid, people, labels)
            finally:
                bot.terminate()
                await bot.wait()


async def _measured(pid: int, people: list[Person], labels: tuple[str, ...]) -> Measured:
    before, began = _cpu(pid), time.perf_counter()
    for _ in range(ROUNDS):
        await _round(people, labels)
    seconds, cpu = time.perf_counter() - began, _cpu(pid) - before
    updates = ROUNDS * PEOPLE * (len(labels) + 1)
    return Measured(updates=updates, cpu=1000 * cpu / updates, rate=updates / seconds, memory=memory_of(pid))


async def _round(people: list[Person], labels: tuple[str, ...]) -> None:
    await asyncio.gather(*(_conversation(person, labels) for person in people))


async def _conversation(person: Person, labels: tuple[str, ...]) -> None:
    await _after(person, person.says("/start"))
    if AGAIN in person.screen.labels:  # an earlier round's report, which was not sent: filing is measured apart
        await _after(person, person.taps(AGAIN, at_once=True))
    for label in labels:
        if label == "English" and label not in person.screen.labels:
            continue  # chosen in an earlier round
        await _after(person, person.says(WORDS) if not label else person.taps(label, at_once=True))


async def _after(person: Person, act: object) -> None:
    """Act, and wait until the screen has changed."""
    before = _seen(person)
    await act  # type: ignore[misc]
    await until(
        person._world, lambda: _seen(person) != before, lambda: f"the bot did not answer after\n{person.screen}"
    )


def _seen(person: Person) -> tuple[object, ...]:
    return tuple((message.message_id, message.text) for message in person.chat if message.by_bot)[-1:]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_of(pid: int) -> float:
    """What a process holds in memory, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


async def main() -> None:
    """Both, one after the other, and their ratio."""
    usual = await measure("tests.benchmarks.peer", USUAL)
    ours = await measure("tests.benchmarks.ours", OURS)
    sys.stdout.write(f"ConversationHandler bot  {usual}\nSaysafe                  {ours}\n")
    sys.stdout.write(f"processor time per update: {ours.cpu / usual.cpu:.2f} of the usual bot's\n")


if __name__ == "__main__":
    asyncio.run(main())
