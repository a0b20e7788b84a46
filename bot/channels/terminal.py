"""A conversation in a terminal, for `talk`, development and tests: type words, or the number of a button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversations import Conversations
from bot.messages import Address, Asked, Did, Said, Shown, ShownButton, Tap, Update
from bot.randomness import Random, new_id

Read = Callable[[], str]  #: one line; raises EOFError at the end
Write = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Talks with one person."""

    conversations: Conversations
    clock: Callable[[], datetime]
    random: Random
    read: Read
    write: Write

    async def talk(self, locale: str = "") -> None:
        """Talk until the person types "quit", or there is nothing more to read."""
        address = Address(channel="terminal", who=new_id(self.random))
        shown = await self._turn(address, Asked(command="start"))
        if locale:
            chosen = next(button for button in shown.buttons if button.data.endswith(f":{locale}"))
            shown = await self._turn(address, Tap(data=chosen.data))
        while True:
            self.write(page(shown))
            try:
                line = self.read()
            except EOFError:
                return
            if line.strip() == "quit":
                return
            shown = await self._turn(address, meant(line, shown))

    async def _turn(self, address: Address, did: Did) -> Shown:
        id = new_id(self.random)
        turned = await self.conversations.turn(Update(id=id, address=address, did=did, at=self.clock(), message=id))
        if turned is None:
            raise RuntimeError("an id was used twice")
        return turned.shown


def numbered(shown: Shown) -> tuple[ShownButton, ...]:
    """All buttons, in the order of their numbers."""
    return (*shown.buttons, *(button for row in shown.bar for button in row))


def meant(line: str, shown: Shown) -> Did:
    """A number means its button; anything else is what the person says. "=5" says the digit."""
    buttons = numbered(shown)
    if line.isdecimal() and 1 <= int(line) <= len(buttons):
        return Tap(data=buttons[int(line) - 1].data)
    return Said(words=line.removeprefix("="), ref="")


def page(shown: Shown) -> str:
    """A screen as plain text."""
    blocks = [shown.notice and f"! {shown.notice}", *shown.said]
    for part in shown.sheet:
        lines = [f"  {label}: {answer}" if label else f"  {answer}" for label, answer in part.lines]
        blocks.append("\n".join([part.heading, *lines]))
    blocks += [shown.question and f"> {shown.question}", shown.hint, shown.note, _buttons(shown)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _buttons(shown: Shown) -> str:
    labels = [f"[{n}]{' ✓' if b.marked else ''} {b.label}" for n, b in enumerate(numbered(shown), start=1)]
    answers = len(shown.buttons)
    return "\n".join([*labels[:answers], "   ".join(labels[answers:])])
