"""What of somebody's files leaves with a report or a letter: of each photo the copy they chose, no key to the other.

An original they keep lies beside it, its key sealed to the reporter alone.
"""

from collections.abc import Mapping
from typing import Any

from bot.encryption.content import ContentKey, bind
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.sealing import Purpose, open_sealed, seal
from dialogs.evidence import AS_IS, KEEP
from dialogs.inputs import Stored

Item = Mapping[str, Any]
_COPY = ("blob", "key", "sha256", "size")
_INSIDE = ("clean", "sends", "sure", "ref")  # what is the draft's own business


def handed_over(stored: Stored, report: str, reporter: PublicKey) -> Stored:
    """The answer as its receivers get it. `cleaned` says of a file whether something was taken out of it.

    A cleaned file has an `original`: its `sha256` and `size`, and, where the reporter keeps it, its `blob` and `sealed`
    key.
    """
    if not isinstance(stored, dict) or "items" not in stored:
        return stored
    return {"items": [_item(item, report, reporter) for item in stored["items"]], "done": True}


def files_of(stored: Stored) -> set[str]:
    """The blobs that belong to an answer that was handed over."""
    items = stored["items"] if isinstance(stored, dict) and "items" in stored else ()
    found = {item.get("blob") for item in items} | {item.get("original", {}).get("blob") for item in items}
    return {blob for blob in found if blob}


def original_key(original: Item, report: str, key: PrivateKey) -> ContentKey:
    """The key of an original its reporter kept. Raises CannotOpen."""
    context = bind(report, original["blob"])
    sealed = bytes.fromhex(original["sealed"])
    return ContentKey.from_bytes(open_sealed(sealed, key, Purpose.ORIGINAL_KEY, context=context))


def _item(item: Item, report: str, reporter: PublicKey) -> Item:
    told = {name: value for name, value in item.items() if name not in _INSIDE}
    if not item.get("blob"):
        return told
    if not item.get("clean") or item["sends"] == AS_IS:
        return {**told, "cleaned": False}
    original = {"sha256": item["sha256"], "size": item["size"]}
    if item["sends"] == KEEP:
        original |= {"blob": item["blob"], "sealed": _sealed(item, report, reporter)}
    return {**told, **{name: item["clean"][name] for name in _COPY}, "cleaned": True, "original": original}


def _sealed(item: Item, report: str, reporter: PublicKey) -> str:
    context = bind(report, item["blob"])
    return seal(bytes.fromhex(item["key"]), reporter, Purpose.ORIGINAL_KEY, context=context).hex()
