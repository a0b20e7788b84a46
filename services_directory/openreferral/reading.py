"""A feed as bytes, read with bounds: a list of services, a page of the published API, or one service."""

import json
from collections.abc import Iterator, Mapping
from typing import NoReturn

LARGEST = 50_000_000  # bytes of a feed
MOST_SERVICES = 20_000
DEEPEST = 40
LISTS = ("contents", "content", "services", "service")  # under these names pages and bundles keep their services


class FeedRefused(ValueError):
    """Nothing of the feed can be used; the message says why."""


def read_feed(raw: bytes) -> list[object]:
    """What the feed holds where services are expected. Raises FeedRefused."""
    if len(raw) > LARGEST:
        raise FeedRefused(f"the feed is larger than {LARGEST // 1_000_000} megabytes")
    found = _services(_parsed(raw))
    if len(found) > MOST_SERVICES:
        raise FeedRefused(f"the feed has more than {MOST_SERVICES} services")
    return found


def _parsed(raw: bytes) -> object:
    try:
        document: object = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise FeedRefused("the feed is not UTF-8 text") from None
    except RecursionError:
        raise FeedRefused("the feed holds lists within lists without end") from None
    except json.JSONDecodeError as fault:
        raise FeedRefused(f"the feed is not JSON: line {fault.lineno}") from None
    except ValueError:
        raise FeedRefused("the feed is not JSON: a number that is none") from None
    if _depth(document) > DEEPEST:
        raise FeedRefused("the feed holds lists within lists without end")
    return document


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _depth(document: object) -> int:
    """How deeply lists and mappings stand within each other, as far as it matters."""
    depth, level = 0, [document]
    while level and depth <= DEEPEST:
        level = [inner for outer in level for inner in _inside(outer)]
        depth += 1
    return depth


def _inside(value: object) -> Iterator[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from (one for one in inner if isinstance(one, (dict, list)))


def _services(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    if isinstance(document, dict):
        for name in LISTS:
            if isinstance(document.get(name), list):
                return list(document[name])
        if "name" in document and "id" in document:
            return [document]
    raise FeedRefused("there is no list of services in the feed: it is neither a list, nor a page, nor a service")


def mappings(record: Mapping[str, object], name: str, most: int = 500) -> list[Mapping[str, object]]:
    """The mappings that stand in the list `name` of a record, the first `most` of them; others are passed over."""
    held = record.get(name)
    return [one for one in held[:most] if isinstance(one, dict)] if isinstance(held, list) else []
