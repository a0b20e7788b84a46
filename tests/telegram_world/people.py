"""The people at the other end: persons who write, tap and read, and the groups they meet in, in sentences.
What they do goes through `World`; they see what Telegram's app would show them and nothing else."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_world.limits import LONGEST_TEXT, Json, utf16_length
from tests.telegram_world.world import Button, Chat, Message, Tap, World


async def until(world: World, happened: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    """Wait for something to become true; after the world's patience fail with the sentence that `otherwise` gives."""
    try:
        async with asyncio.timeout(world.patience):
            while not happened():
                await world.change()
    except TimeoutError:
        raise AssertionError(otherwise()) from None


async def settle(world: World) -> None:
    """Wait until the bot took every update, has no request under way and was silent for the world's quiet time."""
    try:
        async with asyncio.timeout(world.patience):
            await _settle(world)
    except TimeoutError:
        waiting = [update.update_id for update in world.waiting()]
        under_way = [method for method, number in world.in_flight.items() if number]
        raise AssertionError(f"the bot did not settle: updates {waiting}, requests under way {under_way}") from None


async def _settle(world: World) -> None:
    while True:
        rest = world.quiet - (time.monotonic() - world.last_stir)
        if world.is_busy or rest > 0:
            await _change_within(world, None if world.is_busy else rest)
        elif await _is_idle(world):
            return


async def _is_idle(world: World) -> bool:
    """Whether nothing happened while the bot finished what it had in hand."""
    if world.bot_is_idle is None:
        return True
    before = world.last_stir
    await world.bot_is_idle()
    return world.last_stir == before


async def _change_within(world: World, seconds: float | None) -> None:
    try:
        async with asyncio.timeout(seconds):
            await world.change()
    except TimeoutError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """The newest message of the bot as a person sees it, with the reply keyboard under the typing field."""

    text: str = field(default="", repr=False)
    rows: tuple[tuple[str, ...], ...] = ()
    keyboard: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for row in self.rows for label in row)

    def __contains__(self, text: str) -> bool:
        return text in self.text or text in self.labels

    def __str__(self) -> str:
        rows = [" ".join(f"[{label}]" for label in row) for row in (*self.rows, self.keyboard) if row]
        return "\n".join([self.text or "(no message of the bot)", *rows])


class Group:
    """A group chat that the bot was added to."""

    def __init__(self, world: World, about: Json, members: list["Person"]) -> None:
        self._world = world
        self._place = Chat(about=about, members=[person.id for person in members])
        world.chats[self.id] = self._place

    @property
    def id(self) -> int:
        return self._place.id

    @property
    def chat(self) -> list[Message]:
        return list(self._place.messages.values())

    def adds_the_bot(self, by: "Person") -> None:
        self._place.bot_status = "member"
        _tell_membership(self._world, self._place, by.about, ("left", "member"))
        joined = {"new_chat_members": [self._world.bot]}
        self._world.inject({"message": self._world.post(self._place, joined, sender=by.about).body})

    def removes_the_bot(self, by: "Person") -> None:
        self._place.bot_status = "kicked"
        _tell_membership(self._world, self._place, by.about, ("member", "kicked"))

    def becomes_a_supergroup(self, by: "Person") -> "Group":
        """Telegram gives a grown group a new id; the old one then refuses and names the new."""
        about = {"id": self.id - 10**12, "type": "supergroup", "title": self._place.about["title"]}
        grown = Group(self._world, about, [])
        grown._place.members = self._place.members
        moved = self._world.post(self._place, {"migrate_to_chat_id": grown.id}, sender=by.about)
        self._world.inject({"message": moved.body})
        self._place.about = self._place.about | {"migrated_to": grown.id}
        self._place.bot_status = "left"
        return grown


class Person:
    """Someone with Telegram's app. Every sentence is awaited; each names what the person did or saw."""

    def __init__(self, world: World, about: Json) -> None:
        self._world = world
        self.about = about
        self.clipboard = ""
        self._taps: list[str] = []

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def chat(self) -> list[Message]:
        """All messages that still exist for this person in the chat with the bot, oldest first."""
        return self.sees()

    @property
    def screen(self) -> Screen:
        return self.looks()

    @property
    def toasts(self) -> list[str]:
        """What the bot answered to taps, oldest first; empty answers too."""
        return [tap.toast for tap in map(self._world.taps.__getitem__, self._taps) if tap.toast is not None]

    def sees(self, in_: Group | None = None) -> list[Message]:
        place = self._place(in_)
        return [one for one in place.messages.values() if one.message_id not in place.hidden]

    def looks(self, in_: Group | None = None) -> Screen:
        by_bot = [message for message in self.sees(in_) if message.by_bot]
        keyboard = (self._place(in_).keyboard or {}).get("keyboard", [])
        typed = tuple(_label(button) for row in keyboard for button in row)
        if not by_bot:
            return Screen(keyboard=typed)
        rows = tuple(tuple(button.label for button in row) for row in by_bot[-1].rows)
        return Screen(text=by_bot[-1].text, rows=rows, keyboard=typed)

    async def says(self, text: str, *, in_: Group | None = None, reply_to: Message | None = None) -> Message:
        """Write; the app cuts what is longer than 4096 into several messages. Gives the last of them."""
        pieces = [text[start : start + LONGEST_TEXT] for start in range(0, len(text), LONGEST_TEXT)]
        for piece in pieces[:-1]:
            self._send({"text": piece}, in_, reply_to)
        return self._send(_with_command({"text": pieces[-1]}), in_, reply_to)

    async def opens_link(self, payload: str) -> Message:
        """Tap t.me/<bot>?start=<payload> and then Start; the payload is 1-64 of A-Z, a-z, 0-9, _ and -."""
        if not re.fullmatch("[A-Za-z0-9_-]{1,64}", payload):
            raise AssertionError("Telegram's app does not open a link with such a payload")
        return await self.says(f"/start {payload}")

    async def taps(
        self,
        label: str,
        *,
        message: Message | int | None = None,
        in_: Group | None = None,
        at_once: bool = False,
    ) -> Button | None:
        """Tap the button with exactly this label: of the newest message that has buttons, or of `message`.

        Waits until the bot has settled unless `at_once`. A reply keyboard's button writes its label instead.
        """
        if not (at_once or self._world.held):
            await settle(self._world)
        button = self._button(label, message, in_)
        if button is None and message is None and label in self.looks(in_).keyboard:
            await self.says(label, in_=in_)
            return None
        if button is None:
            raise AssertionError(self._no_button(label, in_))
        await self.taps_again(button)
        return button

    async def taps_again(self, button: Button) -> Tap | None:
        """Tap a button that may be stale: its message may be edited or gone. A link or copy button tells no bot."""
        if button.copies is not None:
            self.clipboard = button.copies
        if button.data is None:
            return None
        tap = self._world.tap(button, self.about)
        self._taps.append(tap.query_id)
        return tap

    async def reads(self, text: str, *, in_: Group | None = None) -> Message:
        """Wait until a visible message of the bot contains this text; gives the newest such message."""
        await until(self._world, lambda: self._newest_with(text, in_) is not None, lambda: self._unread(text, in_))
        found = self._newest_with(text, in_)
        assert found is not None
        return found

    async def settles(self) -> Screen:
        """Wait until the bot has answered everything; gives the screen that it left."""
        await settle(self._world)
        return self.screen

    async def edits(self, message: Message | int, text: str) -> Message:
        place = self._place(None) if isinstance(message, int) else self._world.chats[message.chat_id]
        old = place.messages[message if isinstance(message, int) else message.message_id]
        field_name = "text" if "text" in old.body else "caption"
        edited = self._world.edit(old, _with_command(old.body | {field_name: text}))
        self._world.inject({"edited_message": edited.body})
        return edited

    async def sends_voice(self, seconds: int, data: bytes = b"OggS", *, in_: Group | None = None) -> Message:
        voice = self._file(data, "voice", ".oga") | {"duration": seconds, "mime_type": "audio/ogg"}
        return self._send({"voice": voice}, in_)

    async def sends_photo(self, data: bytes, caption: str = "", *, in_: Group | None = None) -> Message:
        sizes = [(90, 60), (1280, 853)]
        photo = [self._file(data, "photos", ".jpg") | {"width": wide, "height": high} for wide, high in sizes]
        return self._send({"photo": photo} | _caption(caption), in_)

    async def sends_video(
        self, data: bytes, caption: str = "", *, seconds: int = 10, in_: Group | None = None
    ) -> Message:
        shape = {"width": 1280, "height": 720, "duration": seconds, "mime_type": "video/mp4"}
        return self._send({"video": self._file(data, "videos", ".mp4") | shape} | _caption(caption), in_)

    async def sends_document(
        self, data: bytes, name: str, mime: str, *, caption: str = "", in_: Group | None = None
    ) -> Message:
        document = self._file(data, "documents", "") | {"file_name": name, "mime_type": mime}
        return self._send({"document": document} | _caption(caption), in_)

    async def sends_sticker(self, *, in_: Group | None = None) -> Message:
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send({"sticker": self._file(b"RIFF", "stickers", ".webp") | shape | {"emoji": "🙂"}}, in_)

    async def sends_poll(self, question: str = "Tea?", *, in_: Group | None = None) -> Message:
        options: list[Json] = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("Yes", "No")]
        poll: Json = {"id": str(self._world.number()), "question": question, "options": options, "type": "regular"}
        poll |= {"total_voter_count": 0, "is_closed": False, "is_anonymous": True}
        poll |= dict.fromkeys(("allows_multiple_answers", "allows_revoting", "members_only"), False)
        return self._send({"poll": poll}, in_)

    async def sends_location(self, lat: float, lon: float, *, in_: Group | None = None) -> Message:
        return self._send({"location": {"latitude": lat, "longitude": lon, "horizontal_accuracy": 12.0}}, in_)

    async def sends_contact(self, phone: str = "+447700900123", *, in_: Group | None = None) -> Message:
        own = {"phone_number": phone, "first_name": self.about["first_name"], "user_id": self.id}
        return self._send({"contact": own}, in_)

    async def blocks_the_bot(self) -> None:
        self._place(None).bot_status = "kicked"
        _tell_membership(self._world, self._place(None), self.about, ("member", "kicked"))

    async def unblocks(self) -> None:
        self._place(None).bot_status = "member"
        _tell_membership(self._world, self._place(None), self.about, ("kicked", "member"))

    async def deletes_chat(self) -> None:
        """Remove the chat from this person's list: the bot is told nothing, its messages stay with Telegram."""
        place = self._place(None)
        place.hidden.update(place.messages)
        place.keyboard = None

    def _place(self, in_: Group | None) -> Chat:
        if in_ is not None:
            return self._world.chats[in_.id]
        names = {key: value for key, value in self.about.items() if key in ("id", "first_name", "username")}
        return self._world.chats.get(self.id) or Chat(about=names | {"type": "private"})

    def _send(self, content: Json, in_: Group | None, reply_to: Message | None = None) -> Message:
        place = self._place(in_)
        if place.is_private and place.bot_status != "member":
            raise AssertionError("someone who blocked the bot must unblock it before writing")
        self._world.chats[place.id] = place
        replied = {"reply_to_message": reply_to.body} if reply_to else {}
        message = self._world.post(place, content | replied, sender=self.about)
        if self._bot_hears(place, message):
            self._world.inject({"message": message.body})
        return message

    def _bot_hears(self, place: Chat, message: Message) -> bool:
        """In a group, a bot in privacy mode gets commands, mentions and replies to it only."""
        if place.is_private or (self._world.reads_groups and place.bot_status == "member"):
            return True
        if place.bot_status != "member":
            return False
        name = f"@{self._world.bot['username']}"
        command = re.match(r"/\w+(@\w+)?", message.text)
        if command:
            return command.group(1) in (None, name)
        replied: Any = message.body.get("reply_to_message", {}).get("from", {})
        return name in message.text or replied.get("id") == self._world.bot["id"]

    def _file(self, data: bytes, folder: str, suffix: str) -> Json:
        stored = self._world.store(data, folder, suffix)
        return {"file_id": stored.file_id, "file_unique_id": stored.file_id[-12:], "file_size": len(data)}

    def _button(self, label: str, message: Message | int | None, in_: Group | None) -> Button | None:
        wanted = message.message_id if isinstance(message, Message) else message
        with_buttons = [one for one in self.sees(in_) if one.by_bot and one.buttons]
        shown = with_buttons[-1:] if wanted is None else [one for one in with_buttons if one.message_id == wanted]
        return next((button for one in shown for button in one.buttons if button.label == label), None)

    def _no_button(self, label: str, in_: Group | None) -> str:
        older = [one.message_id for one in self.sees(in_) if label in [button.label for button in one.buttons]]
        hint = f"\nOlder messages with it: {older}; name one with message=." if older else ""
        return f"{self.about['first_name']} sees no button [{label}] but this screen:\n{self.looks(in_)}{hint}"

    def _newest_with(self, text: str, in_: Group | None) -> Message | None:
        return next((one for one in reversed(self.sees(in_)) if one.by_bot and text in one.text), None)

    def _unread(self, text: str, in_: Group | None) -> str:
        return f"{self.about['first_name']} never read {text!r} but sees this screen:\n{self.looks(in_)}"


def _tell_membership(world: World, chat: Chat, by: Json, steps: tuple[str, str]) -> None:
    old, new = ({"user": world.bot, "status": step, "until_date": 0} for step in steps)
    head = {"chat": chat.about, "from": by, "date": int(world.clock().timestamp())}
    world.inject({"my_chat_member": head | {"old_chat_member": old, "new_chat_member": new}})


def _with_command(body: Json) -> Json:
    body = {key: value for key, value in body.items() if key != "entities"}
    command = re.match(r"/\w+(@\w+)?", body.get("text", ""))
    if command is None:
        return body
    return body | {"entities": [{"type": "bot_command", "offset": 0, "length": utf16_length(command.group())}]}


def _caption(text: str) -> Json:
    return {"caption": text} if text else {}


def _label(button: Json | str) -> str:
    return button if isinstance(button, str) else str(button["text"])
