"""What a person is told about the files they sent, and what they may choose: what a file says beside what it shows.

An answer that gathers files is `{"items": [...], "done": bool, "from": n, "chosen": bool}`. The choice is about the
items from the `from`th on; once it is made, the next file begins anew. What is not chosen is taken out.
"""

from dataclasses import asdict
from typing import Any

from dialogs.inputs import Attached, Reader, Stored
from dialogs.script import Offer
from dialogs.texts import Text, counted, text

Item = dict[str, Any]

CLEAN, KEEP, AS_IS = "clean", "keep", "as-is"  # an item's `sends`: a copy; that, and the original kept; the original
TAKE_OUT = "take-out"
MOST_SIZE = text("A file can have 20 MB at most.")
KINDS = {
    "voice": text("A voice note"),
    "photo": text("A photo"),
    "video": text("A video"),
    "file": text("A file"),
    "place": text("A place on the map"),
}
_CHOICES = {
    CLEAN: text("Take these details out"),
    KEEP: text("Also keep the original"),
    AS_IS: text("Send it as it is"),
}
_THEN = {
    CLEAN: text("I take that out before I send it."),
    KEEP: text("I take that out. I keep the original, locked with your code."),
    AS_IS: text("I send that too."),
}
_SHOWN = {
    CLEAN: text("{what}, without its hidden details"),
    KEEP: text("{what}, without its hidden details. Only your code opens the original."),
    AS_IS: text("{what}, with its hidden details"),
}
_OUT = text("Take out the last file")
_DEVICE = text("The phone or camera is named too.")
_NAME = text("There is a name in it too.")
_VOICE = text("Your voice can be recognised. You can take it out and type.")
_CANNOT = text("I cannot take that out.")
_UNSURE = {
    "photo": text("A photo can say where it was taken. I cannot see that in this one."),
    "video": text("A video can say where and when it was made."),
    "file": text("A file can hold a name and dates. I cannot see all of that."),
}


def item_of(given: Attached, reader: Reader) -> Item:
    """What an answer keeps of a file."""
    item = {
        "kind": given.kind,
        "blob": given.blob,
        "key": given.key,
        "sha256": given.sha256,
        "size": given.size,
        "received_at": given.received_at,
        "says": list(given.says),
        "sure": given.sure,
        "media_type": given.media_type,
        "name": given.name,
        "seconds": given.seconds,
        "words": given.caption,
        "locale": reader.locale,
        "ref": given.ref,
    }
    return item if given.clean is None else {**item, "clean": asdict(given.clean), "sends": CLEAN}


def with_item(recorded: Stored, item: Item) -> Stored:
    """The answer with one more message or file."""
    stored = {"items": [], **(recorded or {}), "done": False}
    if stored.get("chosen") and item.get("blob"):
        stored |= {"from": len(stored["items"]), "chosen": False}
    return {**stored, "items": [*stored["items"], item]}


def chosen(recorded: Stored, option: str) -> Stored:
    """The answer after one of `choices` was tapped; None if there is no such choice."""
    if not recorded or option not in {offer.option for offer in choices(recorded)}:
        return None
    if option == TAKE_OUT:
        return _without_the_last_file(recorded)
    first = recorded.get("from", 0)
    items = [
        {**item, "sends": option} if number >= first and item.get("clean") else item
        for number, item in enumerate(recorded["items"])
    ]
    return {**recorded, "items": items, "chosen": True, "done": False}


def _without_the_last_file(recorded: Stored) -> Stored:
    """What was written below the file stays."""
    items = list(recorded["items"])
    last = max(number for number, item in enumerate(items) if item.get("blob"))
    out = items[last]
    words = {name: out[name] for name in ("words", "locale", "ref")}
    items[last : last + 1] = [words] if out["words"] else []
    return {**recorded, "items": items, "from": min(recorded.get("from", 0), len(items)), "done": False}


def choices(recorded: Stored) -> tuple[Offer, ...]:
    """What may be done with the files sent last; nothing while there are none."""
    files = _spoken_of(recorded)
    if not files:
        return ()
    sends = _sends(files)
    about = _CHOICES if sends else {}
    ways = (Offer(option=code, label=label, marked=code == sends) for code, label in about.items())
    return (*ways, Offer(option=TAKE_OUT, label=_OUT))


def told(recorded: Stored) -> tuple[Text, ...]:
    """What the files sent last say beside what they show, and what becomes of that."""
    files = _spoken_of(recorded)
    photos = [item for item in files if item.get("clean")]
    others = [item for item in files if not item.get("clean")]
    return (*_of_voice(recorded, files), *_of_photos(photos), *_of_others(others))


def shown(item: Item) -> Text:
    """A file as a line of the check before sending."""
    kind, sends = item["kind"], item.get("sends") or (AS_IS if item.get("says") else "")
    what = KINDS["photo" if item.get("clean") and kind == "file" else kind]
    return text(_SHOWN[sends].message, what=what) if sends else what


def _spoken_of(recorded: Stored) -> list[Item]:
    return [item for item in recorded["items"][recorded.get("from", 0) :] if item.get("blob")] if recorded else []


def _sends(files: list[Item]) -> str:
    return next((str(item["sends"]) for item in files if item.get("clean")), "")


def _of_voice(recorded: Stored, files: list[Item]) -> tuple[Text, ...]:
    """Said after the first voice note, not after each."""
    voices = sum(item.get("kind") == "voice" for item in recorded["items"]) if files else 0
    return (_VOICE,) if voices == 1 and files[-1]["kind"] == "voice" else ()


def _of_photos(photos: list[Item]) -> tuple[Text, ...]:
    if not photos:
        return ()
    says = {code for item in photos for code in item["says"]}
    further = {"device": _DEVICE, "name": _NAME}
    named = (words for code, words in further.items() if code in says)
    return (_photos_say(says, len(photos)), *named, _THEN[_sends(photos)])


def _photos_say(says: set[str], count: int) -> Text:
    if {"place", "time"} <= says:
        return counted(
            "This photo says where and when it was taken.", "{count} photos say where and when they were taken.", count
        )
    if "place" in says:
        return counted("This photo says where it was taken.", "{count} photos say where they were taken.", count)
    if "time" in says:
        return counted("This photo says when it was taken.", "{count} photos say when they were taken.", count)
    return counted("This photo says more than it shows.", "{count} photos say more than they show.", count)


def _of_others(others: list[Item]) -> tuple[Text, ...]:
    """Of files that stay as they are: what they say, or what they may say."""
    says = {code for item in others for code in item.get("says", ())}
    if says:
        return (_file_says(says), _CANNOT)
    unsure = next((item["kind"] for item in reversed(others) if not item.get("sure", True)), "")
    return (_UNSURE[unsure],) if unsure in _UNSURE else ()


def _file_says(says: set[str]) -> Text:
    if "place" in says:
        return text("This file says where it was made.")
    if "name" in says:
        return text("This file holds a name.")
    return text("This file says when it was made.") if "time" in says else text("This file says more than it shows.")
