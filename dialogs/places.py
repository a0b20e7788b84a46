"""Questions about where: the area a report belongs to, and the landlord of a home."""

from dataclasses import dataclass
from typing import Any, Unpack

from dialogs.choices import PICK_ONE
from dialogs.inputs import Accepted, Input, Reader, Refused, Stored, Tapped, Typed, Verdict
from dialogs.script import Faces, Misfit, Offer, Question
from dialogs.texts import NOTHING, Text, text
from services_directory.match import find_areas, find_landlords
from services_directory.model import Directory

ELSEWHERE = "elsewhere"
NOT_LISTED = "not-listed"
MOST = 200  # characters of a typed place or name
_ELSEWHERE = text("Somewhere else")
_NOT_LISTED = text("None of these")
_TYPE_PLACE = text("I do not know that place. Please tap a button, or type a town or the start of a postcode.")
_TYPE_NAME = text("Please type the name of the landlord. Part of it is enough.")
_NOBODY = text("I did not find that name. Tap the button below, or type it another way.")


class InArea(Question[str]):
    """The area: a tap, a town or the start of a postcode. The dialog receives its id, or `ELSEWHERE`."""

    kind = "area"
    from_directory = True

    def __init__(self, id: str, words: str | Text, directory: Directory, **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.directory = directory

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Tapped) and given.option in self.choices():
            return Accepted(given.option)
        if not isinstance(given, Typed) or len(given.words) > MOST:
            return Refused(_TYPE_PLACE)
        found = find_areas(self.directory, given.words)
        return Accepted(found[0].id) if len(found) == 1 else Refused(_TYPE_PLACE)

    def read(self, stored: Stored) -> str:
        if stored not in self.choices():
            raise Misfit
        return str(stored)

    def nothing(self) -> str:
        return ELSEWHERE

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        return tuple(offer.label for offer in self.offers(stored) if offer.marked)

    def choices(self) -> tuple[str, ...]:
        return (*(area.id for area in self.directory.areas), ELSEWHERE)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        named = [(area.id, text("{name}", name=area.name)) for area in self.directory.areas]
        labels = [*named, (ELSEWHERE, _ELSEWHERE)]
        return tuple(Offer(option=code, label=label, marked=code == recorded) for code, label in labels)

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        return self.choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A landlord as the person named it: `id` where it was found in the directory. Falsy when skipped."""

    id: str = ""
    typed: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.typed)


class WhichLandlord(Question[Named]):
    """A landlord by typed name, typing errors forgiven; then a tap on the right one of those found."""

    kind = "landlord"

    def __init__(self, id: str, words: str | Text, directory: Directory, area: str, **faces: Unpack[Faces]) -> None:
        super().__init__(id, words, **faces)
        self.directory = directory
        self.area = area

    def accept(self, given: Input, recorded: Stored, reader: Reader) -> Verdict:
        if isinstance(given, Typed):
            return self._search(given.words)
        if isinstance(given, Tapped) and isinstance(recorded, dict):
            return self._pick(given.option, recorded)
        return Refused(_TYPE_NAME)

    def _search(self, words: str) -> Verdict:
        typed = words.strip()
        if not typed or len(typed) > MOST:
            return Refused(_TYPE_NAME)
        found = find_landlords(self.directory, self.area, typed)
        return Accepted({"typed": typed, "found": [landlord.id for landlord in found], "id": None})

    def _pick(self, option: str, recorded: dict[str, Any]) -> Verdict:
        if option == NOT_LISTED:
            return Accepted({**recorded, "id": ""})
        return Accepted({**recorded, "id": option}) if option in recorded["found"] else Refused(PICK_ONE)

    def complete(self, stored: Stored) -> bool:
        return not isinstance(stored, dict) or stored.get("id") is not None

    def read(self, stored: Stored) -> Named:
        if not isinstance(stored, dict) or not isinstance(stored.get("typed"), str):
            raise Misfit
        id = stored.get("id") or ""
        if id and id not in self._known():
            raise Misfit
        return Named(id=id, typed=stored["typed"])

    def _known(self) -> dict[str, str]:
        return {landlord.id: landlord.name for area in self.directory.areas for landlord in area.landlords}

    def nothing(self) -> Named:
        return Named()

    def shown(self, stored: Stored) -> tuple[Text, ...]:
        named = self.read(stored)
        return (text("{name}", name=self._known().get(named.id, named.typed)),)

    def offers(self, recorded: Stored) -> tuple[Offer, ...]:
        if not isinstance(recorded, dict):
            return ()
        names = self._known()
        found = [Offer(option=id, label=text("{name}", name=names[id])) for id in recorded["found"] if id in names]
        return (*found, Offer(option=NOT_LISTED, label=_NOT_LISTED))

    def note(self, recorded: Stored) -> Text:
        return _NOBODY if isinstance(recorded, dict) and not recorded["found"] else NOTHING

    def takes(self) -> frozenset[str]:
        return frozenset({"words"})

    def examples(self) -> tuple[Stored, ...]:
        listed = [{"typed": "…", "found": [id], "id": id} for id in self._known()]
        unlisted = {"typed": "…", "found": [], "id": ""}
        return (*listed, unlisted) if self.required else (*listed, unlisted, None)
