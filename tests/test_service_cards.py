"""Every card of every service, in every language: short, kind, and never a number that nobody confirmed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.preview.rules import faults_of
from bot.preview.screens import Seen
from dialogs.explore import explore
from dialogs.help_lines import answer_line, at_once
from dialogs.screen import View, question_screen
from dialogs.script import Question
from dialogs.service_card import card_lines, match_of, service_card
from dialogs.service_facts import facts, pages_of
from dialogs.start import Start
from dialogs.texts import Text
from services_directory.codes import Advice, Answer, Audience
from services_directory.model import Directory
from services_directory.seeker import Match
from services_directory.service import Phone, Service
from tests.dialog_world import START as EASTON
from tests.dialog_world import Amina, english, words
from tests.walking import a_start, directory, voices

HOURS = {
    "a Monday morning": datetime(2027, 3, 1, 10, tzinfo=UTC),
    "Christmas Day": datetime(2026, 12, 25, 11, tzinfo=UTC),
    "a Saturday night": datetime(2027, 3, 6, 23, 30, tzinfo=UTC),
}
SERVICES = directory().index.services
NUMBER = re.compile(r"(?<![\d:])\+?\d[\d ]{3,}\d")


def at_hour(hour: str) -> Start:
    return replace(a_start(), now=HOURS[hour])


def screens(service: Service, start: Start) -> Iterator[Seen]:
    """Every screen of one service's card, on a phone that others see and on one that nobody else sees."""

    async def card(start: Start) -> None:
        await service_card(start, match_of(start, service), sensitive=True)

    for stop in explore(card, start).stops:
        if isinstance(stop.played.waiting, Question):
            yield Seen(dialog=service.id, screen=question_screen(stop.played, View()), played=stop.played)


def everything_said(service: Service, start: Start) -> str:
    """All that is said of a service anywhere: in a line among answers, on its card, and in what is known of it."""
    match = match_of(start, service)
    lines = (answer_line(start, match), at_once(start, match), *card_lines(start, match), *facts(service))
    return " ".join(english(line) for line in lines)


def confirmed_numbers(match: Match) -> set[str]:
    """What may be shown with a service: its own numbers, where advice is ok, and those of who puts people through."""
    phones = [
        phone
        for one in (match.service, match.through)
        if one and one.advice is Advice.OK
        for phone in (one.phone, one.text_sms)
        if phone
    ]
    return {phone.display for phone in phones}


@pytest.mark.parametrize("hour", HOURS)
def test_every_card_obeys_every_rule_in_every_language(hour: str) -> None:
    seen = [screen for service in SERVICES for screen in screens(service, at_hour(hour))]

    assert len(seen) > 2 * len(SERVICES)
    assert sorted({str(fault) for each in seen for fault in faults_of(each, voices().values())}) == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.id)
def test_a_number_is_said_only_if_somebody_confirmed_it(service: Service) -> None:
    start = a_start()
    match = match_of(start, service)
    sure = {number.replace(" ", "") for number in confirmed_numbers(match)}
    said = {
        number.replace(" ", "")
        for number in NUMBER.findall(without_addresses(everything_said(service, start), service))
    }
    written = set() if service.advice is not Advice.OK else numbers_in_its_words(service)

    assert said <= sure | written


def numbers_in_its_words(service: Service) -> set[str]:
    """Numbers that the entry's own sentences name, such as one for the night; only where the entry was confirmed."""
    wordings = (service.about, service.who_for, service.answers, service.will_ask, service.tells, service.hours_note)
    found = (NUMBER.findall(wording.in_("en")) for wording in wordings if wording)
    return {number.replace(" ", "") for numbers in found for number in numbers}


def without_addresses(said: str, service: Service) -> str:
    """Addresses, names and days have digits of their own."""
    for part in (service.website, service.email, service.address, service.name, str(service.checked)):
        said = said.replace(part or "\0", "")
    through = service.through and directory().service(service.through)
    return said.replace(through.website or "\0", "") if through else said


@pytest.mark.parametrize("service", [s for s in SERVICES if not s.reachable], ids=lambda service: service.id)
def test_where_no_contact_may_be_shown_somebody_who_can_help_is_named(service: Service) -> None:
    said = " ".join(english(line) for line in card_lines(a_start(), match_of(a_start(), service)))

    assert "I have no sure number for it yet." in said
    assert service.through is not None
    assert directory().service(service.through).name in said


def test_nobody_for_staff_only_has_a_card() -> None:
    staff = {service.id for service in directory().staff_services}

    assert staff
    assert staff.isdisjoint(service.id for service in SERVICES)
    assert all(service.audience is Audience.USERS for service in SERVICES)


@settings(max_examples=60, deadline=None)
@given(
    advice=st.sampled_from([Advice.CONFIRM_FIRST, Advice.DO_NOT_SHOW, Advice.NO_CONTACT]),
    through=st.booleans(),
    checked=st.dates(min_value=HOURS["a Monday morning"].date() - timedelta(days=900)),
)
def test_a_service_that_was_not_confirmed_never_shows_its_number(advice: Advice, through: bool, checked: date) -> None:
    service = a_service(advice=advice, through="samaritans" if through else None, checked=checked)
    start = in_easton(service)
    said = everything_said(service, start)

    assert "0117 999 0000" not in said
    assert ("116 123" in said) is through
    with pytest.raises(ValueError, match="phone"):
        a_service(advice=advice, phone=Phone(display="0117 999 0000"))


def a_service(**further: object) -> Service:
    sample = EASTON.directory.national[0]
    return replace(sample, **{"id": "made-up", "name": "Made Up", "phone": None, **further})  # type: ignore[arg-type]  # fields


def in_easton(service: Service) -> Start:
    everybody = (*EASTON.directory.national, service)
    return replace(EASTON, directory=Directory(areas=EASTON.directory.areas, national=everybody))


def card_of(service: Service) -> Amina:
    start = in_easton(service)

    async def card(start: Start) -> None:
        await service_card(start, match_of(start, service))

    return Amina(card, start)


def test_an_app_is_named_only_on_a_phone_that_nobody_else_sees() -> None:
    app = a_service(name="Secret App", website="https://app.example", only_for=frozenset({"safe-phone"}))

    assert card_of(app).question == "phone_seen"
    assert "Secret App" in card_of(app).taps("no").reads()
    for answer in ("yes", "unsure"):
        amina = card_of(app).taps(answer)
        assert "Secret" not in amina.reads()
        assert "app.example" not in amina.reads()
        assert "0808" in amina.reads()  # somebody who can be called, without a name


def test_only_the_number_can_be_shown_without_a_name() -> None:
    amina = card_of(a_service(phone=Phone(display="0117 222 3333"), about=words("They help after hate."))).taps("small")

    assert "0117 222 3333" in amina.reads()
    assert [say.copy for say in amina.now.said] == ["0117 222 3333"]
    assert not re.search("Made Up|hate", amina.reads())


def test_the_number_can_be_copied_from_the_card() -> None:
    amina = card_of(a_service(phone=Phone(display="0117 222 3333")))

    assert [say.copy for say in amina.now.said if say.copy] == ["0117 222 3333"]


def test_all_that_is_known_is_on_the_card_and_when_it_was_checked() -> None:
    service = a_service(
        phone=Phone(display="0117 222 3333"),
        withheld=Answer.NO,
        on_bill=Answer.NO,
        anonymous=Answer.YES,
        taking=Answer.NO,
        waiting=words("You wait about eight weeks."),
        answers=words("A trained person answers."),
        will_ask=words("They ask what you need."),
        tells=words("They tell nobody."),
        languages=frozenset({"so", "pl"}),
        access=frozenset({"bsl"}),
    )
    said = " ".join(
        english(line)
        for line in (*card_lines(in_easton(service), match_of(in_easton(service), service)), *facts(service))
    )

    for known in (
        "hidden number do not get through",
        "does not show on a phone bill",
        "need not give your name",
        "no new people now",
        "eight weeks",
        "A trained person",
        "They ask",
        "They tell nobody",
        "British Sign Language",
        "I last checked this on",
    ):
        assert known in said


def test_lines_are_put_on_as_few_screens_as_hold_them() -> None:
    line = Text(" ".join(["word"] * 20))

    assert [len(page) for page in pages_of([line] * 5)] == [2, 2, 1]
    assert [len(page) for page in pages_of([Text(" ".join(["word"] * 80)), line])] == [1, 1]
    assert pages_of([]) == ()
