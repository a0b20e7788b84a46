"""Somebody who talks to the program without a network between: each thing they do is one turn."""

from dataclasses import dataclass, field
from itertools import count

from bot.app import App
from bot.conversations import Turned
from bot.messages import Address, Asked, Did, Said, Shown, ShownButton, Tap, Update

_UPDATES = count(1)
TO_THE_STORY = ("English", "Report hate or harassment", "Yes", "It happened to me", "Bristol", "Go on")
TO_THE_CHECK = ("That's all", "No more questions", "No")


@dataclass
class Talker:
    """`channel` "telegram" is written to, so that outbox rows are made; nothing sends them unless a test does."""

    app: App
    who: str = "5000000001"
    channel: str = "telegram"
    shown: Shown | None = None
    messages: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def address(self) -> Address:
        return Address(channel=self.channel, who=self.who)

    def update(self, did: Did, *, id: str = "") -> Update:
        now = self.app.house.clock()
        return Update(id=id or str(next(_UPDATES)), address=self.address, did=did, at=now)

    async def takes(self, update: Update) -> Turned | None:
        turned = await self.app.conversations.turn(update)
        if turned is not None:
            self.shown = turned.shown
        return turned

    async def does(self, did: Did) -> Turned:
        turned = await self.takes(self.update(did))
        assert turned is not None
        return turned

    async def says(self, *words: str) -> None:
        for message in words:
            await self.does(Said(words=message, ref=str(next(self.messages))))

    async def asks(self, command: str) -> None:
        await self.does(Asked(command=command))

    async def taps(self, *labels: str) -> None:
        for label in labels:
            await self.does(Tap(data=self.button(label).data))

    def button(self, label: str) -> ShownButton:
        assert self.shown is not None
        buttons = [*self.shown.buttons, *(button for row in self.shown.bar for button in row)]
        found = [button for button in buttons if button.label == label]
        assert found, f"no button {label!r} but {[button.label for button in buttons]} under {self.shown.question!r}"
        return found[0]

    async def skips_to(self, *words: str) -> None:
        """Skip every question until the screen says one of `words`."""
        while not any(one in self.reads() for one in words):
            await self.asks("skip")

    def reads(self) -> str:
        """Everything on the screen but its buttons."""
        shown = self.shown
        if shown is None:
            return ""
        sheet = [words for part in shown.sheet for line in part.lines for words in line]
        return "\n".join([shown.notice, *shown.said, shown.question, shown.hint, shown.note, *sheet, shown.copy])

    async def begins_a_story(self, *words: str) -> None:
        """From /start to the question what happened, with `words` said there."""
        await self.asks("start")
        await self.taps(*TO_THE_STORY)
        await self.says(*words)

    async def sends_a_report(self, *words: str) -> str:
        """A whole short report; returns its code."""
        await self.begins_a_story(*words)
        await self.taps(*TO_THE_CHECK, "Send")
        assert self.shown is not None
        return self.shown.copy
