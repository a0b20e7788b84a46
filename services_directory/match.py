"""Finds landlords and areas under names as people type them. Pure; slips are forgiven, nothing is guessed."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from services_directory.model import Area, Directory, Landlord
from services_directory.typed import SURE_OF_FIRST_LETTER, slips_in, words_of

SHORTEST_PREFIX = 4
PREFIX = 4  # how far an unfinished name counts as being from the whole
_POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9]{1,2}[a-z]?)(?: ?[0-9][a-z]{2})?\b")


def find_landlords(directory: Directory, area_id: str, typed: str, *, limit: int = 5) -> tuple[Landlord, ...]:
    """The area's landlords whose name or alias was typed, or nearly, nearest first; none if none is near."""
    area = next((area for area in directory.areas if area.id == area_id), None)
    words = words_of(typed)
    if area is None or not words:
        return ()
    ranked = [
        (distance, place, landlord)
        for place, landlord in enumerate(area.landlords)
        if (distance := _nearest(words, (landlord.name, *landlord.aliases))) is not None
    ]
    return tuple(landlord for _, _, landlord in sorted(ranked, key=lambda found: found[:2])[:limit])


def find_areas(directory: Directory, typed: str) -> tuple[Area, ...]:
    """The areas a town, quarter or postcode belongs to, nearest first; none if none is near."""
    words = words_of(typed)
    districts = {found.upper() for found in _POSTCODE.findall(" ".join(words))}
    ranked = [
        (distance, place, area)
        for place, area in enumerate(directory.areas)
        if (distance := _area_distance(area, words, districts)) is not None
    ]
    return tuple(area for _, _, area in sorted(ranked, key=lambda found: found[:2]))


def _area_distance(area: Area, words: list[str], districts: set[str]) -> int | None:
    if districts & set(area.postcodes):
        return 0
    return _nearest(words, (area.name, *area.names))


def _nearest(words: list[str], names: Iterable[str]) -> int | None:
    found = (_distance(words, "".join(words_of(name))) for name in names)
    return min((distance for distance in found if distance is not None), default=None)


def _distance(words: list[str], name: str) -> int | None:
    """Slips between `name` and the run of words that comes nearest; None where it is another name."""
    slips = slips_in(name)
    near = [
        distance
        for run in _runs(words, len(name) + slips)
        if len(run) >= len(name) - slips
        and (len(name) > SURE_OF_FIRST_LETTER or run[:1] == name[:1])
        and (distance := OSA.distance(run, name, score_cutoff=slips)) <= slips
    ]
    if near:
        return min(near)
    whole = "".join(words)
    return PREFIX if len(whole) >= SHORTEST_PREFIX and name.startswith(whole) else None


def _runs(words: list[str], longest: int) -> Iterable[str]:
    """Every run of neighbouring words, written together, up to `longest` letters."""
    for start in range(len(words)):
        run = ""
        for word in words[start:]:
            run += word
            if len(run) > longest:
                break
            yield run
