"""Questions answered in a person's own words, in as many messages, voice notes and files as they like."""

from dataclasses import dataclass, field
from typing import Any

from dialogs import evidence
from dialogs.choices import DONE
from dialogs.inputs import Accepted, Attached, Input, Reader, Refused, Stored, Tapped, Typed, Verdict
from dialogs.script import Misfit, Offer, Question
from dialogs.texts import NOTHING, Text, counted, text

THATS_ALL = text("That's all")
_SAY_IT = text("Please type it, or send a voice note.")
_SEND_IT = text("Please send a photo, a video, a voice note or a file.")
TOO_LONG = text("That is more than I can keep in one answer. I kept what you sent before it.")
ACCOUNT = "account"  # the question of a report at which files are first welcome
MOST_CHARACTERS = 200_000  # of all messages of one answer: some 80 pages
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """What somebody said, verbatim: messages in the order they came. Falsy when nothing was said."""

    messages: tuple[str, ...] = field(default=(), repr=False)
    files: tuple[dict[str, Any], ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.messages or self.files)

    @property
    def words(self) -> str:
        """All messages, a blank line between them."""
        return "\n\n".join(self.messages)


class _Gathering(Question[Narrative]):
    """Gathers messages and files until "That's all"."""

    wanted: Text

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        items = list(recorded["items"]) if isinstance(recorded, dict) else []
        if isinstance(given, Tapped):
            return self._tapped(given.option, recorded)
        item = self._item(given, reader)
        if item is None:
            return Refused(self.wanted)
        if len(items) >= MOST_ITEMS or _characters([*items, item]) > MOST_CHARACTERS:
            return Refused(TOO_LONG)
        return Accepted(evidence.with_item(recorded, item))

    def _tapped(self, option: str, recorded: Stored) -> Verdict:
        if option == DONE:
            return Accepted({**recorded, "done": True}) if recorded and recorded["items"] else Refused(self.wanted)
        stored = evidence.chosen(recorded, option)
        return Refused(self.wanted) if stored is None else Accepted(stored)

    def _item(self, given: Input, reader: Reader) -> dict[str, Any] | None:
        if isinstance(given, Typed) and "words" in self.takes() and given.words.strip():
            return {"words": given.words, "locale": reader.locale, "ref": given.ref}
        if isinstance(given, Attached) and given.kind in self.takes():
            return evidence.item_of(given, reader)
        return None

    def read(self, stored: Stored) -> Narrative:
        if not isinstance(stored, dict) or not stored.get("items"):
            raise Misfit
        items = stored["items"]
        return Narrative(
            messages=tuple(item["words"] for item in items if item.get("words")),
            files=tuple(item for item in items if item.get("blob")),
        )

    def nothing(self) -> Narrative:
        return Narrative()

    def complete(self, stored: Stored) -> bool:
        return not isinstance(stored, dict) or bool(stored.get("done"))

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        narrative = self.read(stored)
        words = [text("{words}", words=message) for message in narrative.messages]
        return (*words, *(evidence.shown(item) for item in stored["items"] if "kind" in item))

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        if not recorded or not recorded["items"]:
            return ()
        return (*evidence.choices(recorded), Offer(option=DONE, label=THATS_ALL, main=True))

    def note(self, recorded: Stored) -> Text:
        if not recorded or not recorded["items"]:
            return NOTHING
        kept = counted(
            "I have kept {count} message. You can send more.",
            "I have kept {count} messages. You can send more.",
            len(recorded["items"]),
        )
        for words in evidence.told(recorded):
            kept = text("{kept} {words}", kept=kept, words=words)
        return kept

    def reopened(self, stored: Stored) -> Stored:
        return {**stored, "done": False}

    def examples(self) -> tuple[Stored, ...]:
        example = {"items": [{"words": "…", "locale": "en", "ref": ""}], "done": True}
        return (example,) if self.required else (example, None)


class Words(_Gathering):
    """Own words: typed, spoken, with photos if they like. The dialog receives a `Narrative`."""

    kind = "words"
    wanted = _SAY_IT

    def note(self, recorded: Stored) -> Text:
        return super().note(recorded) or (evidence.MOST_SIZE if self.id == ACCOUNT else NOTHING)

    def takes(self) -> frozenset[str]:
        return frozenset({"words", "voice", "photo", "video", "file", "place"})


class QuietWords(Words):
    """Own words where nothing invites files; who sends one is heard all the same."""

    def note(self, recorded: Stored) -> Text:
        return _Gathering.note(self, recorded)


class Line(Question[str]):
    """One short typed answer, such as a name or a reference; the dialog receives it, "" when skipped."""

    kind = "line"
    most = 500  # characters

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if not isinstance(given, Typed) or not given.words.strip():
            return Refused(_TYPE_IT)
        if len(given.words) > self.most:
            return Refused(SHORTER)
        return Accepted(given.words.strip())

    def read(self, stored: Stored) -> str:
        if not isinstance(stored, str):
            raise Misfit
        return stored

    def nothing(self) -> str:
        return ""

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return (text("{words}", words=stored),)

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        return ("…",) if self.required else ("…", None)


class Evidence(_Gathering):
    """Photos, videos, voice notes and files. The dialog receives a `Narrative` with `files`."""

    kind = "evidence"
    wanted = _SEND_IT

    def takes(self) -> frozenset[str]:
        return frozenset({"voice", "photo", "video", "file"})

    def note(self, recorded: Stored) -> Text:
        return super().note(recorded) or evidence.MOST_SIZE

    def examples(self) -> tuple[Stored, ...]:
        file = {
            "kind": "photo",
            "blob": "b",
            "key": "",
            "sha256": "",
            "size": 1,
            "words": "",
            "locale": "en",
            "ref": "",
        }
        told = {"says": ["device", "place", "time"], "sure": True, "clean": {"blob": "c"}, "sends": evidence.CLEAN}
        example = {"items": [{**file, **told}], "done": True}
        return (example,) if self.required else (example, None)


_TYPE_IT = text("Please type a few words.")
SHORTER = text("That is a bit long for this question. Please type less.")


def _characters(items: list[dict[str, Any]]) -> int:
    return sum(len(item.get("words") or "") for item in items)


def edited_item(stored: Stored, ref: str, words: str) -> Stored:
    """`stored` with the words of the message `ref` replaced."""
    items = [{**item, "words": words} if item["ref"] == ref else item for item in stored["items"]]
    return {**stored, "items": items}
