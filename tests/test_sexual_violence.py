"""Amina tells of sexual violence: care first, in the order of Bristol's framework, and nothing she did not choose."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.app import App
from bot.storage.tables import cases
from dialogs.cards import EMERGENCY
from dialogs.menu import menu
from dialogs.parts import Package, Part
from dialogs.sexual_violence import sexual_violence
from dialogs.topic_sexual import PILLS
from tests.after_violence import (
    AREAS,
    RECEIVERS,
    Telling,
    adult,
    asked,
    at,
    begins,
    helped,
    offered,
    receiver,
    sends,
    where_nobody_joined,
)
from tests.conftest import Cast
from tests.dialog_world import START, Amina, english
from tests.talking import Talker
from tests.walking import a_start

CENTRES = {
    "bristol": "The Bridge: https://www.thebridgecanhelp.org.uk/",
    "stockton": "SARC Teesside: call 0333 344 8283",
    "telford": "The Glade: http://www.theglade.org.uk",
    "walsall": "NHS sexual assault centres: https://www.nhs.uk/sarcs",
}
ADVISERS = {
    "bristol": "Safe Link: call 0333 323 1543",
    "stockton": "Arch Teesside: call 01642 822331",
    "telford": "West Mercia Victim Advice Line: call 0800 952 3000",
    "walsall": "Victim Support: call 0808 168 9111",
}
ORDER = (
    "safe", "phone_seen", "role", "area", "age", "medical", "how_long_ago", "tips", "receiving[bhcds]", "police",
    "account", "hate", "close", "sex_work", "services_for", "worker", "same_building", "contact",
)  # fmt: skip


# The whole of it.


def test_everything_comes_in_the_order_of_the_framework() -> None:
    assert [id for id in asked(at("contact")) if id in ORDER] == list(ORDER)


def test_all_but_the_first_answers_can_be_skipped() -> None:
    amina = sends(adult())

    assert "Your report is with Bristol Hate Crime & Discrimination Services." in amina.reads()


def test_it_begins_with_how_long_it_is_and_how_long_answers_are_kept() -> None:
    said = Amina(sexual_violence, a_start()).reads()

    assert "There are 20 to 35 short questions." in said
    assert "24 hours" in said


@pytest.mark.parametrize("area", AREAS)
def test_in_each_area_it_reaches_the_agency_that_was_named_and_nobody_else(area: str) -> None:
    amina = adult(area).skips_to("account").types("It was at a party.").taps("done").skips_to("check[1]").taps("send")

    assert {receiver.agency: receiver.package for receiver in amina.command.receivers} == {
        RECEIVERS[area]: Package.ACCOUNT
    }
    assert amina.command.situation.kinds == {"sexual"}


@pytest.mark.parametrize("area", AREAS)
def test_after_sending_and_after_stopping_the_same_people_can_be_chosen(area: str) -> None:
    sent = sends(adult(area)).skips_to("who_helps")
    stopped = receiver(area).taps("stop")

    assert "What they did is not your fault." in sent.reads()
    assert "Nothing was sent. You can come back at any time." in stopped.reads()
    for amina in (sent, stopped):
        assert "call 0" in amina.reads() or "call 1" in amina.reads()
        assert "anonymous" in offered(amina)
        assert CENTRES[area].split(":")[0] in helped(amina)
        assert ADVISERS[area].split(":")[0] in helped(amina)


def test_not_sending_in_the_end_still_leads_to_help() -> None:
    amina = adult().skips_to("check[1]").taps("stop")

    assert amina.question == "who_helps"
    assert "Nothing was sent." in amina.reads()


def test_a_service_that_is_chosen_shows_its_card() -> None:
    amina = receiver().taps("stop", "safe-link")

    assert "Safe Link: A worker helps you after sexual violence." in amina.reads()


def test_staff_read_that_it_is_sexual_violence_without_another_question() -> None:
    amina = adult().skips_to("check[1]").taps("send")

    safe = next(line for line in amina.command.sheet.lines if line.id == "safe")
    assert (safe.part, english(safe.label)) == (Part.FACTS, "Sexual violence: safe now")


def test_the_door_of_the_menu_asks_only_what_it_is_about() -> None:
    amina = Amina(menu, a_start()).taps("sexual")

    assert "What is it about?" in amina.reads()
    assert amina.taps("unsure").question == "safe"


# Row 0: danger.


@pytest.mark.parametrize("safe", ["no", "unsure"])
def test_whoever_is_not_safe_reads_whom_to_call_and_the_report_is_urgent(safe: str) -> None:
    amina = Telling(sexual_violence, a_start()).taps(safe)
    assert english(EMERGENCY) in amina.reads()

    amina.taps("sexual", "carry-on", "no", "self", "bristol", "adult").skips_to("check[1]").taps("send")

    assert amina.command.urgent


def test_whoever_is_safe_sends_no_urgent_report() -> None:
    assert not adult().skips_to("check[1]").taps("send").command.urgent


# Row 1: who receives it, and what cannot stay secret, before anything is told.


@pytest.mark.parametrize("area", AREAS)
def test_the_limits_of_secrecy_come_before_any_account(area: str) -> None:
    amina = receiver(area)

    assert english(a_start().directory.agency(RECEIVERS[area]).limits) in amina.reads()
    assert not {"account", "police", "hate", "close"} & set(asked(amina))


def test_an_agency_that_must_tell_the_police_says_so_before_the_account() -> None:
    easton = replace(START, joined=frozenset({"law-centre"}))

    assert "They must tell the police that something happened." in receiver("easton", start=easton).reads()


def test_an_agency_that_is_part_of_it_learns_nothing() -> None:
    amina = receiver("stockton").taps("accused")

    assert amina.question == "receiving[stockton-citizens-advice]"
    assert "stockton-council" in amina.taps("on").skips_to("check[1]").taps("send").command.situation.accused


@pytest.mark.parametrize("area", AREAS)
def test_no_landlord_is_asked_to_receive_it_first(area: str) -> None:
    amina = receiver(area)
    while amina.question.startswith("receiving"):
        agency = a_start().directory.agency(amina.question.partition("[")[2].rstrip("]"))
        assert "landlord" not in agency.roles
        amina.taps("accused")

    assert "I cannot send a report there. These people can help you now." in amina.reads()


def test_outside_our_areas_people_who_help_are_named_after_care() -> None:
    amina = receiver("elsewhere")

    assert "I cannot send a report there. These people can help you now." in amina.reads()
    assert "Victim Support" in helped(amina)


def test_where_no_agency_joined_she_still_finds_care_and_the_times_for_it() -> None:
    amina = where_nobody_joined(sexual_violence).taps("yes", "no", "self", "bristol", "adult", "yes")
    assert CENTRES["bristol"] in amina.reads()
    assert all(english(line) in amina.taps("yes").reads() for line in PILLS[:1])

    assert amina.taps("day").question == "tips"
    amina.skips_to("who_helps")
    assert not {"police", "account"} & set(asked(amina))


@pytest.mark.parametrize("age", ["under-13", "13-15"])
def test_where_no_agency_joined_a_child_finds_childline_and_no_line_for_grown_ups(age: str) -> None:
    amina = where_nobody_joined(sexual_violence).taps("yes", "no", "self", "bristol", age)

    assert "Childline: call 0800 1111" in amina.reads()
    assert "child_help" not in asked(amina)
    assert "Rape & Sexual Abuse Support Line" not in amina.reads()


# Row 2: age.


def test_a_small_child_finds_people_at_once_and_no_form() -> None:
    amina = begins().taps("under-13")

    assert "This is not your fault." in amina.reads()
    assert "Childline: call 0800 1111" in amina.reads()
    assert "First Response: call 0117 903 6444" in amina.reads()
    assert amina.question == "child_help"
    assert "account" not in asked(amina.taps("no"))
    assert amina.question == "to_the_menu"


def test_who_tells_of_a_small_child_is_told_to_listen_and_ask_nothing_more() -> None:
    said = begins(role="for-someone").taps("under-13", "no").reads()

    assert "Listen to the child, and ask nothing more." in said
    assert "NSPCC Helpline: call 0808 800 5000" in said


@pytest.mark.parametrize(
    ("area", "age", "centre"),
    [
        ("bristol", "13-15", "The Bridge"),
        ("bristol", "16-17", "The Bridge"),
        ("telford", "13-15", "West Midlands CYPS"),
        ("telford", "16-17", "West Midlands CYPS"),
        ("walsall", "13-15", "West Midlands CYPS, Walsall"),
        ("stockton", "16-17", "SARC Teesside"),
    ],
)
def test_a_young_person_finds_a_centre_for_their_age_and_the_limits_for_it(area: str, age: str, centre: str) -> None:
    amina = begins(area).taps(age)

    assert f"{centre}: " in amina.reads()
    assert "Childline: call 0800 1111" in amina.reads()
    assert "If you may be in danger, staff may tell others to keep you safe." in amina.reads()
    assert "a child" not in amina.reads()
    assert amina.taps("on").question == "medical"


def test_a_young_person_may_look_only_at_who_helps() -> None:
    amina = begins().taps("16-17", "services")

    assert amina.question == "who_helps"
    assert "Nothing was sent." in amina.reads()


# Row 3: health.


@pytest.mark.parametrize("area", AREAS)
def test_whoever_wants_medical_help_reads_where_it_is(area: str) -> None:
    amina = adult(area).taps("yes")

    assert "If you are badly hurt, call 999." in amina.reads()
    assert CENTRES[area] in amina.reads()


def test_a_centre_without_a_sure_number_says_who_puts_people_through() -> None:
    said = adult().taps("yes").reads()

    assert "Safe Link: call 0333 323 1543. Open now, until" in said
    assert "Ask to be put through." in said
    assert "111" not in said


def test_at_night_nobody_is_sent_to_a_number_where_nobody_answers() -> None:
    night = replace(a_start(), now=datetime(2027, 3, 1, 23, tzinfo=UTC))

    said = begins(start=night).taps("adult", "yes").reads()

    assert "Safe Link: call 0333 323 1543. Closed now." in said
    assert "Ask to be put through." not in said
    assert "For care now, call 111." in said


def test_times_for_pills_are_told_as_ranges_and_only_if_wanted() -> None:
    amina = adult().taps("yes")
    assert not any(english(line) in amina.reads() for line in PILLS)

    said = amina.taps("yes").reads()
    assert all(english(line) in said for line in PILLS)


@pytest.mark.parametrize("medical", ["no", "later"])
def test_medical_help_can_be_chosen_later(medical: str) -> None:
    assert "It can be chosen later too." in adult().taps(medical).reads()


# Row 4: how long ago.


@pytest.mark.parametrize("since", ["day", "two-days", "three-days", "week", "ten-days"])
@pytest.mark.parametrize("area", AREAS)
def test_up_to_ten_days_a_centre_and_tips_are_offered(area: str, since: str) -> None:
    amina = at("how_long_ago", since, area=area)

    assert CENTRES[area] in amina.reads()
    assert amina.question == "tips"


@pytest.mark.parametrize("area", AREAS)
def test_longer_ago_a_worker_is_named_and_no_tips_are_offered(area: str) -> None:
    amina = at("how_long_ago", "longer", area=area)

    assert "It is never too late." in amina.reads()
    assert ADVISERS[area] in amina.reads()
    assert amina.taps("on").question == f"receiving[{RECEIVERS[area]}]"


def test_whoever_does_not_say_when_finds_both() -> None:
    said = adult().skips_to("how_long_ago").skips_to("tips").reads()

    assert CENTRES["bristol"] in said
    assert ADVISERS["bristol"] in said


def test_tips_are_read_only_by_those_who_want_them() -> None:
    assert "wash" not in at("how_long_ago", "day", "no").reads()

    amina = at("how_long_ago", "day", "yes")
    read = amina.reads()
    while amina.question.startswith("read"):
        read += amina.taps("more").reads()

    assert "If you already washed, it is OK. You can still go." in read
    assert "If you need to drink or use the toilet, do." in read
    assert "7 to 10 days" in read
    assert "1 to 2 days" in read
    assert "Ask how long they keep it." in read
    assert amina.taps("on").question == "receiving[bhcds]"


def test_no_time_for_keeping_samples_is_ever_told() -> None:
    amina = at("how_long_ago", "day", "yes")
    read = amina.reads()
    while amina.question.startswith("read"):
        read += amina.taps("more").reads()

    assert not {"month", "months", "year", "years"} & set(read.lower().split())


# All the way.


async def test_a_report_of_sexual_violence_reaches_bruno_sealed_and_is_acknowledged(app: App, cast: Cast) -> None:
    amina = Talker(app)
    await amina.asks("start")
    await amina.taps("English", "Sexual or partner violence", "Sexual violence", "Yes", "No", "It happened to me")
    await amina.taps("Bristol", "18 or over")
    await amina.skips_to("Shall we go on?")
    await amina.taps("Go on")
    await amina.skips_to("What happened?")
    await amina.says("It was somebody I know.")
    await amina.taps("That's all")
    await amina.skips_to("Shall I send this now?")
    assert "Sexual violence: safe now" in amina.reads()

    await amina.taps("Send")

    assert "Your report is with" in amina.reads()
    assert amina.shown is not None
    assert len(amina.shown.copy.split()) == 5
    filed = await app.house.database.look(lambda c: c.execute(select(cases.c.agency)).scalars().all())
    assert list(filed) == [cast.bruno.agency.agency]
