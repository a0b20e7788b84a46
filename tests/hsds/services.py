"""Services of every kind that the directory allows, invented by hypothesis."""

from datetime import date, time

from hypothesis import strategies as st

from services_directory.codes import ACCESS, COMMUNITIES, GATES, GENDERS, Advice, Answer, Cost
from services_directory.fields import CALLED_SHORT_CODES
from services_directory.hours import BankHolidays, Hours, Opening
from services_directory.nodes import Plain
from services_directory.service import Service
from services_directory.service_entries import ServiceEntry
from services_directory.wording import LOCALES

NUMBERS = ("0800 171 2272", "0117 496 0123", "+44 1642 524552", *sorted(CALLED_SHORT_CODES))
WORDS = ["help", "no", "~", "null", "2026-11-21", "0800", "<18", "a:b", "#1", "-", "&", "l'Ł", "é", "العربية", "100%"]
WORDS += ["@", "[a]", "{b}", "'q'", '"q"', "yes:", "|", "(x)", "&amp", ">", "*x", "!"]
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
SLUGS = st.sampled_from(["sari", "999-emergency", "no", "a", "7", "one-two-three"])
WORDINGS = st.fixed_dictionaries({locale: LINES for locale in LOCALES})
PAGES = SLUGS.map(lambda slug: f"https://{slug}.example.org/{slug}?a=1&b=%20")
ANSWERS = st.sampled_from([answer.value for answer in Answer])
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
OPTIONAL_WORDINGS = ("hours_note", "answers", "will_ask", "tells", "waiting")
OPTIONAL_ANSWERS = ("anonymous", "on_bill", "withheld", "taking", "interpreters", "worker_genders")
DATED = st.sampled_from(["2024", "2024-10", "2024-10-24"])
TODAY = date(2026, 11, 22)


def some(codes: frozenset[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(codes)), unique=True)


@st.composite
def hours(draw: st.DrawFn) -> Plain:
    """As they stand in a file."""
    if draw(st.booleans()):
        return "always"
    days = draw(st.lists(st.integers(0, 6), unique=True, min_size=1))
    opens, closes = sorted(draw(st.lists(TIMES, unique=True, min_size=2, max_size=2)))
    opening = Opening(days=frozenset(days), opens=opens, closes=closes)
    Hours(openings=(opening,))
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    written: dict[str, Plain] = {"days": ",".join(names[day] for day in sorted(days))}
    return [{**written, "from": f"{opens:%H:%M}", "to": f"{closes:%H:%M}"}]


@st.composite
def services(draw: st.DrawFn) -> Service:
    """One service as the directory would load it."""
    entry: dict[str, object] = {"id": draw(SLUGS), "name": draw(LINES), "about": draw(WORDINGS)}
    entry |= {"who_for": draw(WORDINGS), "kinds": draw(st.lists(SLUGS, unique=True, max_size=3)), "audience": "users"}
    entry |= {"checked": "2026-11-21", "cost": draw(st.sampled_from([cost.value for cost in Cost]))}
    advice = draw(st.sampled_from([Advice.OK, Advice.CONFIRM_FIRST, Advice.DO_NOT_SHOW, Advice.NO_CONTACT]))
    entry["advice"] = advice.value
    entry["sources"] = draw(st.lists(_sources(), min_size=1, max_size=3))
    entry |= {name: draw(WORDINGS) for name in OPTIONAL_WORDINGS if draw(st.booleans())}
    entry |= {name: draw(ANSWERS) for name in OPTIONAL_ANSWERS}
    entry |= {"communities": draw(some(COMMUNITIES)), "access": draw(some(ACCESS)), "genders": draw(some(GENDERS))}
    entry |= {"only_for": draw(some(GATES)), "languages": draw(some(frozenset({"pl", "ar", "zh-Hant", "pa"})))}
    entry["aliases"] = draw(st.lists(LINES, max_size=3))
    entry |= draw(_may_be()) | draw(_contacts(advice))
    return ServiceEntry.model_validate(entry).value(draw(st.sampled_from(["bristol", "national"])))


@st.composite
def _sources(draw: st.DrawFn) -> Plain:
    page, dated = draw(PAGES), draw(st.just("") | DATED)
    return {"page": page, "dated": dated} if dated else page


@st.composite
def _may_be(draw: st.DrawFn) -> dict[str, object]:
    found: dict[str, object] = {}
    if draw(st.booleans()):
        found["hours"] = draw(hours())
    if isinstance(found.get("hours"), list):
        found["bank_holidays"] = draw(st.sampled_from([one.value for one in BankHolidays]))
    if draw(st.booleans()):
        least = draw(st.integers(0, 60))
        found["ages"] = {"from": str(least)} | (
            {"to": str(draw(st.integers(least, 120)))} if draw(st.booleans()) else {}
        )
    if draw(st.booleans()):
        found |= {"within_days": str(draw(st.integers(1, 400))), "source_date": draw(DATED)}
    return found


@st.composite
def _contacts(draw: st.DrawFn, advice: Advice) -> dict[str, object]:
    found: dict[str, object] = {}
    if advice is not Advice.DO_NOT_SHOW and draw(st.booleans()):
        found["website"] = draw(PAGES)
    if advice is Advice.OK and draw(st.booleans()):
        found |= {"phone": draw(st.sampled_from(NUMBERS)), "text_sms": draw(st.sampled_from(["85258", "07911 123456"]))}
    if advice is Advice.OK and draw(st.booleans()):
        found |= {"email": "help@example.org", "address": draw(st.sampled_from(ADDRESSES) | LINES)}
    return found


ADDRESSES = ("15 Portland Square, Bristol BS2 8SJ", "The Old School, 3 High Street, Walsall, WS1 1AA")
