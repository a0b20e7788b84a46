"""A small partnership, Easton, and Amina, who talks to a dialog without any channel in between."""

from datetime import UTC, date, datetime, timedelta

from dialogs.commands import FileReport
from dialogs.inputs import Accepted, Input, Reader, Stored, Tapped, Typed
from dialogs.play import Dialog, Played, play, unbound
from dialogs.script import Bound, Question
from dialogs.start import Start
from services_directory.calendar import england
from services_directory.codes import Advice, LandlordKind, Reason, Role
from services_directory.model import Agency, Area, Deadline, Directory, Landlord, RoutingRule
from services_directory.service import Phone, Service
from services_directory.wording import LOCALES, Wording

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)  # a Friday morning
READER = Reader(locale="en", today=TODAY)


def words(english: str) -> Wording:
    return Wording.of(dict.fromkeys(LOCALES, english))


def agency(id: str, *roles: Role, organisation: str = "", must_tell_police: bool = False) -> Agency:
    return Agency(
        id=id,
        name=id.title(),
        area="easton",
        organisation=organisation or id,
        roles=frozenset(roles),
        about=words("They help."),
        must_tell_police=must_tell_police,
        sources=(),
        checked=TODAY,
    )


def landlord(id: str, kind: LandlordKind, organisation: str, agency: str | None = None) -> Landlord:
    return Landlord(
        id=id,
        name=id.title(),
        area="easton",
        kind=kind,
        organisation=organisation,
        agency=agency,
        sources=(),
        checked=TODAY,
    )


def service(id: str, name: str, phone: str, *kinds: str, area: str = "national") -> Service:
    return Service(
        id=id,
        name=name,
        area=area,
        kinds=frozenset(kinds),
        about=words("They listen."),
        who_for=words("Everybody."),
        phone=Phone(display=phone),
        advice=Advice.OK,
        sources=(),
        checked=TODAY,
    )


AGENCIES = (
    agency("oak-centre", Role.REPORTING_CENTRE, Role.LANDLORD, organisation="oak"),
    agency("law-centre", Role.REPORTING_CENTRE, must_tell_police=True),
    agency("town-council", Role.COUNCIL, organisation="town"),
    agency("town-homes", Role.LANDLORD, organisation="town"),
    agency("police", Role.POLICE),
    agency("counters", Role.MONITORING, organisation="town"),
)
EASTON = Area(
    id="easton",
    name="Easton",
    names=("Easton",),
    postcodes=("BS5",),
    strands=frozenset({"gender"}),
    time_zone="Europe/London",
    agencies=AGENCIES,
    landlords=(
        landlord("oak-homes", LandlordKind.ASSOCIATION, "oak", "oak-centre"),
        landlord("town-flats", LandlordKind.COUNCIL, "town", "town-homes"),
    ),
    services=(service("oak-line", "Oak Line", "0117 111", "hate-crime", "victim-care", area="easton"),),
    reporting_centres=("oak-centre", "law-centre"),
    monitoring_agency="counters",
    police_agency="police",
    council_agency="town-council",
    routing=(
        RoutingRule(reason=Reason.YOUR_LANDLORD),
        RoutingRule(reason=Reason.THEIR_LANDLORD),
        RoutingRule(reason=Reason.COUNCIL_SAFETY, agency="town-council"),
        RoutingRule(reason=Reason.POLICE, agency="police"),
        RoutingRule(reason=Reason.COUNTING, agency="counters"),
    ),
    deadlines=(
        Deadline(name="first-contact", working_days=2, basis="agreed"),
        Deadline(name="first-contact-urgent", elapsed=timedelta(hours=24), basis="agreed"),
    ),
    sources=(),
    checked=TODAY,
)
NATIONAL = (
    service("police-101", "Police 101", "101", "police"),
    service("victim-support", "Victim Support", "0808", "hate-crime", "victim-care"),
    service("samaritans", "Samaritans", "116 123", "suicide"),
    service("childline", "Childline", "0800 1111", "children"),
)
START = Start(
    directory=Directory(areas=(EASTON,), national=NATIONAL),
    joined=frozenset(agency.id for agency in AGENCIES),
    today=TODAY,
    now=NOW,
    holidays=england((2026, 2027)),
    channel="telegram",
    operator="Easton Law Centre",
)


class Amina:
    """Somebody in a conversation: what she taps and types, and what she reads."""

    def __init__(self, dialog: Dialog[Start], start: Start = START) -> None:
        self.dialog = dialog
        self.start = start
        self.answers: dict[str, Stored] = {}
        self.sent = 0  # taps and messages

    @property
    def now(self) -> Played:
        return play(self.dialog, self.start, self.answers)

    @property
    def question(self) -> str:
        waiting = self.now.waiting
        return waiting.id if waiting else ""

    def taps(self, *options: str) -> "Amina":
        for option in options:
            self._gives(Tapped(option=option))
        return self

    def types(self, words: str) -> "Amina":
        self._gives(Typed(words=words))
        return self

    def _gives(self, given: Input) -> None:
        now = self.now
        assert isinstance(now.waiting, Question)
        verdict = now.waiting.accept(given, now.recorded, READER)
        assert isinstance(verdict, Accepted), f"{now.waiting.id} does not take this"
        bound = {"bound": unbound(now.waiting)} if isinstance(now.waiting, Bound) else {}
        self.answers[now.waiting.id] = {**verdict.stored, **bound} if bound else verdict.stored
        self.sent += 1

    def skips_to(self, *questions: str) -> "Amina":
        """Skips every question until one of `questions` is asked."""
        while self.question not in questions:
            waiting = self.now.waiting
            assert isinstance(waiting, Question), "the dialog ended"
            assert not waiting.required, f"{waiting.id} cannot be skipped"
            self.answers[waiting.id] = None
        return self

    def is_told_it_was_sent(self) -> "Amina":
        command = self.command
        self.answers[command.id] = command.examples()[0]
        return self

    @property
    def command(self) -> FileReport:
        command = self.now.waiting
        assert isinstance(command, FileReport)
        return command

    def reads(self) -> str:
        """Everything on the screen, in English."""
        now = self.now
        texts = [say.text for say in now.said]
        if isinstance(now.waiting, Question):
            texts += [now.waiting.text, now.waiting.hint]
        return " ".join(english(text) for text in texts)


def english(text: object) -> str:
    if isinstance(text, Wording):
        return text.in_("en")
    message = getattr(text, "message", None)
    if message is None:
        return str(text)
    count = getattr(text, "count", None)
    plural = getattr(text, "plural", "")
    values = {name: english(value) for name, value in getattr(text, "values", {}).items()}
    return str(plural if count not in (None, 1) else message).format_map(values)
