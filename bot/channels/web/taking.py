"""What a posted form makes of a conversation: its files, its words, its button, each of them a turn of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.attachments import TOO_BIG, Attachments, FileRefused, kind_of
from bot.channels.web.uploads import Sent, SentFile
from bot.conversations import Conversations, Turned
from bot.errors import StorageError
from bot.messages import Address, Asked, Did, Said, Shown, ShownButton, Tap, Update
from bot.randomness import Random, new_id
from bot.rendering import Voice
from bot.taps import read_tap, write_tap
from dialogs.overlays import AFTER_HIDE, CODE
from dialogs.screen import EXIT, HELP, SKIP
from dialogs.texts import Text, text

OLD_PAGE = text("That page was from before. This is where we are now.")
NOT_KEPT = text("I could not keep that just now. Please try again.")
CROWDED = text("Too many files are coming in just now. Please send yours again in a moment.")
NO_FILES_HERE = text("I cannot use a file here. Please tap a button, or type.")
_WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who posts, in which conversation, and the screen they are at."""

    address: Address
    conversation: str
    before: Shown

    @property
    def same_page(self) -> str:
        return mark_of(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What to answer. `shown`: a screen to be shown at once, since `notice` or `words` belong to this answer only;
    None: the current screen, asked for anew. `words`: what was typed and not taken. `left`: the person has left.
    """

    shown: Shown | None = None
    notice: str = ""
    words: str = field(default="", repr=False)
    left: bool = False
    trouble: bool = False  # our fault, not theirs


def mark_of(shown: Shown) -> str:
    """What a page says of the screen it shows, so that words typed on an old page answer no other question."""
    first = next(iter([*(button for row in shown.bar for button in row), *shown.buttons]), None)
    tap = read_tap(first.data) if first else None
    return write_tap(tap.draft if tap else "", shown.key, _WORDS)


def option_of(button: ShownButton | str) -> str:
    """The option behind a button, or behind the data of one; "" if it is no data of ours."""
    tap = read_tap(button if isinstance(button, str) else button.data)
    return tap.option if tap else ""


def gathers(shown: Shown) -> bool:
    """Whether the screen takes one message or file after another, until "That's all"."""
    return bool(shown.takes - {_WORDS})


class Taking:
    """Takes the turns of one form. Each has an id made from the form's, so a form posted twice is handled once."""

    def __init__(
        self,
        conversations: Conversations,
        attachments: Attachments,
        *,
        voices: Mapping[str, Voice],
        clock: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._conversations = conversations
        self._attachments = attachments
        self._voices = voices
        self._clock = clock
        self._random = random

    async def take(self, visit: Visit, sent: Sent) -> Outcome:
        """Never raises for the database: then nothing was taken, and the words are shown again."""
        if option_of(sent.tap) == EXIT:
            return await self.leave(visit.address)
        told = Outcome(words=sent.words)
        try:
            refused = await self._files(visit, sent)
            told = await self._words(visit, sent)
            done = told if _stops(told, refused, sent) else await self._tap(visit, sent)
            return await self._answer(visit, done, notice=refused or told.notice or done.notice, words=told.words)
        except StorageError:
            notice = self._say(visit, NOT_KEPT)
            return Outcome(shown=visit.before, notice=notice, words=told.words, trouble=True)

    async def _answer(self, visit: Visit, done: Outcome, *, notice: str, words: str) -> Outcome:
        if done.left or not (notice or words):
            return Outcome(left=done.left)
        shown = done.shown or await self._conversations.look(visit.address) or visit.before
        return Outcome(shown=shown, notice=notice, words=words)

    async def leave(self, address: Address) -> Outcome:
        """Exit, whatever happens: a draft that could not be deleted is out of reach, and forgotten in its time."""
        try:
            if await self._conversations.conversation_id(address) is not None:
                await self._turn(address, Asked(command="exit"), new_id(self._random))
        except StorageError:
            return Outcome(left=True, trouble=True)
        return Outcome(left=True)

    async def _files(self, visit: Visit, sent: Sent) -> str:
        notice = self._say(visit, TOO_BIG if sent.too_big else CROWDED) if sent.too_big or sent.crowded else ""
        for position, file in enumerate(sent.files):
            try:
                notice = await self._file(visit, sent, (position, file)) or notice
            except FileRefused as refusal:
                notice = self._say(visit, refusal.because)
        return notice

    async def _file(self, visit: Visit, sent: Sent, given: tuple[int, SentFile]) -> str:
        position, file = given
        takes = visit.before.takes
        kind = kind_of(file.media_type)
        kind = kind if kind in takes else "file"
        if sent.screen != visit.same_page:
            return self._say(visit, OLD_PAGE)
        if kind not in takes:
            return self._say(visit, NO_FILES_HERE)
        attached = await self._attachments.keep(
            visit.conversation, file.plain, kind=kind, at=self._clock(), media_type=file.media_type, name=file.name
        )
        turned = await self._turn(visit.address, attached, f"{sent.form}-file-{position}")
        if turned is None or turned.shown.notice:
            await self._attachments.drop(visit.conversation, attached)
        return turned.shown.notice if turned else ""

    async def _words(self, visit: Visit, sent: Sent) -> Outcome:
        if not _tells(visit.before, sent):
            return Outcome()
        stale = sent.screen != visit.same_page
        did: Did = Tap(data=sent.screen, words=sent.words) if stale else Said(words=sent.words)
        turned = await self._turn(visit.address, did, f"{sent.form}-words")
        if turned is None:
            return Outcome()
        if turned.shown.key == AFTER_HIDE.key:
            return Outcome(left=True)
        kept = not stale and not turned.shown.notice
        return Outcome(shown=turned.shown, notice=turned.shown.notice, words="" if kept else sent.words)

    async def _tap(self, visit: Visit, sent: Sent) -> Outcome:
        if not sent.tap:
            return Outcome()
        beside = "" if _tells(visit.before, sent) else sent.words
        turned = await self._turn(visit.address, Tap(data=sent.tap, words=beside), f"{sent.form}-tap")
        if turned is None:
            return Outcome()
        return Outcome(shown=turned.shown, notice=turned.shown.notice, left=turned.shown.key == AFTER_HIDE.key)

    async def _turn(self, address: Address, did: Did, id: str) -> Turned | None:
        return await self._conversations.turn(Update(id=id, address=address, did=did, at=self._clock()))

    def _say(self, visit: Visit, words: Text) -> str:
        return self._voices[visit.before.locale].say(words)


def _tells(before: Shown, sent: Sent) -> bool:
    """Whether words go along. "Send" is for them; where words are gathered, no other button but Skip drops them."""
    option = option_of(sent.tap)
    if not sent.tap:
        return bool(sent.words.strip()) or not (sent.files or sent.too_big or sent.crowded)
    return gathers(before) and bool(sent.words.strip()) and option != SKIP


def _stops(told: Outcome, refused: str, sent: Sent) -> bool:
    """Whether the button waits until what went wrong, or was asked about a code, was seen; help does not."""
    asked = told.shown is not None and told.shown.key == f"!{CODE}"
    return told.left or (bool(refused or told.notice or told.words or asked) and option_of(sent.tap) != HELP)
