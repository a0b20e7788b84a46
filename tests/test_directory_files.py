"""Every mistake in the directory's files is found at once and named with file and line."""

from datetime import date, time
from pathlib import Path

import pytest

from services_directory.codes import Answer, Audience, Cost
from services_directory.hours import BankHolidays, Hours, Opening
from services_directory.load import PACKAGED, load
from services_directory.service import Ages
from services_directory.sources import Source
from tests.directory_folder import NEEDED, READ, WHOLE, change, faults, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "data")


SERVICES, NATIONAL = "easton/services.yaml", "national/services.yaml"
NEAR = 3  # lines: a fault of several lines is named with the first, one that is missing with what it is missing from
PHONE = "phone: 0333 323 1543"
MISTAKES = [
    (SERVICES, PHONE, "phone: 0333 323", "phone: is a telephone number that cannot exist"),
    (SERVICES, PHONE, "phone: ask Oak", "phone: is not a telephone number"),
    (SERVICES, PHONE, "phone: 0800 FLOWERS", "phone: is not a telephone number"),
    (NATIONAL, 'phone: "101"', 'phone: "1010"', "phone: is a telephone number that cannot exist"),
    (NATIONAL, 'text_sms: "85258"', 'text_sms: "999"', "text_sms: is a telephone number that cannot exist"),
    (SERVICES, "website: https://example.org", "website: example.org", "website: is not a web address"),
    (
        SERVICES,
        "website: https://example.org",
        'website: "https://example.o\\u202Erg"',
        "website: is not a web address",
    ),
    (SERVICES, "email: help@", "email: help at ", "email: is not an email address"),
    (SERVICES, "email: help@example.org", "email: help@@example.org", "email: is not an email address"),
    (SERVICES, "days: Mon-Fri", "days: Mon-Fry", "hours.0.days: Mon-Fry is not a day or a run of days like Mon-Fri"),
    (SERVICES, '"08:30"', '"8.30"', "hours.0.from: is not a time like 08:30"),
    (SERVICES, '"08:30"', '"17:30"', "hours.0: it closes in the minute in which it opens"),
    (SERVICES, '"08:30"', '"24:00"', "hours.0.from: is not a time like 08:30"),
    (SERVICES, '"02:00"', '"02:00:30"', "hours.1.to: is not a time like 08:30"),
    (SERVICES, '{days: Sat, from: "22:00"', '{days: Fri, from: "17:00"', "hours: two openings overlap"),
    (SERVICES, "bank_holidays: closed", "bank_holidays: shut", "bank_holidays: Input should be 'open', 'closed' or"),
    (NATIONAL, "hours: always", "hours: []", "hours: is neither always nor a list of days with from and to"),
    (NATIONAL, "hours: always", "hours: whenever", "hours: is neither always nor a list of days with from and to"),
    (NATIONAL, "hours: always", "hours: always\n  bank_holidays: open", "bank_holidays: there are no hours that"),
    (SERVICES, "{from: 13, to: 25}", "{from: 26, to: 25}", "ages: ages: not from 26 to 25"),
    (SERVICES, "{from: 13, to: 25}", "{from: -1, to: 25}", "ages: ages: not from -1 to 25"),
    (SERVICES, "genders: [women]", "genders: [ladies]", "genders: ladies is none of men, women"),
    (SERVICES, "languages: [en", "languages: [english", "english is not the tag of a language, like pl or zh-Hant"),
    (SERVICES, "languages: [en", "languages: [EN", "EN is not the tag of a language"),
    (SERVICES, "languages: [en", "languages: [qq", "qq is not the tag of a language"),
    (SERVICES, "zh-Hant", "zh-Hunt", "zh-Hunt is not the tag of a language"),
    (SERVICES, "communities: [lgbt]", "communities: [gays]", "communities: gays is none of black-and-minoritised"),
    (SERVICES, "access: [bsl]", "access: [lift]", "access: lift is none of bsl"),
    (SERVICES, "only_for: [partner]", "only_for: [wife]", "only_for: wife is none of partner, safe-phone"),
    (SERVICES, "within_days: 7", "within_days: 0", "within_days: must be at least 1"),
    (SERVICES, "within_days: 7", "within_days: soon", "within_days: Input should be a valid integer"),
    (SERVICES, "taking: no", "taking: perhaps", "taking: Input should be 'yes', 'no' or 'unknown'"),
    (SERVICES, "through: oak-line", "through: quiet", "through: a service cannot put people through to itself"),
    (SERVICES, "through: oak-line", "through: nobody", "through: nobody is no service with a contact to show"),
    (SERVICES, "audience: users", "audience: staff-only", "audience: a service that is not for users cannot be listed"),
    (SERVICES, "audience: users", "audience: partners", "audience: a service that is not for users cannot be listed"),
    (SERVICES, "name: Oak Line", 'name: "Oak \\u202Eeni\\u202C"', "name: holds a character that nobody sees, U+202E"),
    (SERVICES, "name: Oak Line", 'name: "Oak\\eLine"', "name: holds a character that nobody sees, U+001B"),
    (SERVICES, "{en: They help.", '{en: "They\\u2066 help."', "about: holds a character that nobody sees, U+2066"),
    (SERVICES, "ar: مساعدة.", "uk: Так.", "about: no text in: ar"),
    (SERVICES, "ar: مساعدة.", "ar: مساعدة., arabic: x", "about: arabic is not the tag of a language"),
    (SERVICES, "checked: 2026-11-21", "checked: 21 November", "checked: is not a date like 2026-11-21"),
    (
        SERVICES,
        "checked: 2026-11-21",
        "checked: 2026-11-21\n  source_date: 2024-13",
        "source_date: is not a year, month",
    ),
    ("easton/staff.yaml", "staff-only", "users", "audience: a service for users belongs in services.yaml"),
    (
        "easton/staff.yaml",
        "refer:",
        "phone: 0117 342 6999\n  refer:",
        "phone: a number may only be listed where advice",
    ),
    ("easton/staff.yaml", "id: course", "id: quiet", "id: quiet is used already in easton/services.yaml"),
    ("easton/agencies.yaml", "roles: [reporting", "rolls: [reporting", "rolls: is not a known key"),
    ("easton/agencies.yaml", "limits: {en: They help., ", "limits: {", "limits: no text in: en"),
    ("easton/area.yaml", "Europe/London", "Bristol/Easton", "time_zone: is not a time zone like Europe/London"),
    ("easton/area.yaml", "Europe/London", "../../etc/passwd", "time_zone: is not a time zone like Europe/London"),
    ("easton/area.yaml", "BS5", "bs5", "postcodes.0: String should match pattern"),
    ("easton/area.yaml", "[gender]", "[race]", "strands.0: race is recorded everywhere"),
    ("easton/area.yaml", "[gender]", "[hair]", "strands.0: hair is none of age, gender, sex-work, subculture"),
    ("easton/area.yaml", "people: 20000", "people: 0", "population: people: an area without people"),
    ("easton/area.yaml", "year: 2021", "year: 21", "population: year: not the year of a census or an estimate"),
    ("easton/area.yaml", '"https://example.org/census"', "census", "population.source: is not a web address"),
    ("easton/area.yaml", "agency: town", "agency: oak-centre", "oak-centre is no agency with the role monitoring"),
    ("easton/area.yaml", "[oak-centre]", "[oak]", "reporting_centres: oak is no agency with the role reporting-centre"),
    ("easton/area.yaml", "    agency: easton-police", "    agency: us", "routing: us is no agency of this area"),
    ("easton/area.yaml", "    agency: easton-police", "    places: [street]", "a rule names an agency"),
    ("easton/area.yaml", "id: easton", "id: bath", "id: must be the name of the folder, easton"),
    ("easton/area.yaml", "minutes: 15", "minutes: 0", "a deadline must be longer than nothing"),
    ("easton/area.yaml", "minutes: 15", "minutes: 99999999999999999999", "should be less than or equal to"),
    ("easton/area.yaml", "hours: 24", "hours: 9000", "a deadline must be shorter than a year"),
    ("easton/area.yaml", "working_days: 1", "days: 1", "days: is not a known key"),
    ("easton/area.yaml", "first-contact:", "first-call:", "deadlines: first-contact is missing"),
    ("easton/landlords.yaml", "agency: oak-centre", "agency: oak", "agency: oak is no agency with the role landlord"),
    ("easton/landlords.yaml", "organisation: oak", "organisation: elm", "organisation: not the organisation of its"),
    ("easton/landlords.yaml", "[Oak]", "[Oak", "not readable"),
    ("national/needs.yaml", "fallback: [police-101]", "fallback: [oak-line]", "fallback: oak-line is no national"),
    ("national/needs.yaml", "fallback: [police-101]", "fallback: []", "fallback: at least one national service"),
    (NATIONAL, "  kinds: [police]", "  name: Twice\n  kinds: [police]", "name stands here twice"),
    (NATIONAL, "- id: texters", "---\n- id: texters", "a second document begins here"),
]


@pytest.mark.parametrize(("file", "old", "new", "what"), MISTAKES)
def test_a_mistake_is_named_with_its_file_and_line(folder: Path, file: str, old: str, new: str, what: str) -> None:
    line = change(folder, file, old, new)

    named = [fault for fault in faults(folder) if what in fault]
    assert named
    assert any(fault.startswith(f"{file}:") and abs(int(fault.split(":")[1]) - line) <= NEAR for fault in named)


def test_an_id_used_twice_is_named_with_both_places(folder: Path) -> None:
    line = change(folder, SERVICES, "- id: quiet", "- id: police-101")

    assert f"{NATIONAL}:1: id: police-101 is used already in {SERVICES}:{line}" in faults(folder)


def test_nobody_is_put_through_to_a_service_of_another_area(folder: Path) -> None:
    _another_area(folder)
    line = change(folder, SERVICES, "through: oak-line", "through: fifth-oak-line")

    assert [f"{SERVICES}:{line}: through: fifth-oak-line is no service with a contact to show"] == faults(folder)


def test_nothing_else_is_said_about_a_single_mistake(folder: Path) -> None:
    line = change(folder, SERVICES, PHONE, "phone: 12")

    assert [f"{SERVICES}:{line}: phone: is a telephone number that cannot exist"] == faults(folder)


def test_all_mistakes_in_all_files_are_reported_at_once(folder: Path) -> None:
    lines = [
        change(folder, "easton/agencies.yaml", "name: Oak Centre", "nome: Oak Centre"),
        change(folder, "easton/area.yaml", "police_agency: easton", "police_agency: devon"),
        change(folder, "easton/landlords.yaml", "kind: association", "kind: hotel"),
        change(folder, NATIONAL, 'phone: "101"', 'phone: "1010"'),
    ]

    reported = faults(folder)
    assert [
        f"easton/agencies.yaml:{lines[0] - 1}: name: is missing",
        f"easton/agencies.yaml:{lines[0]}: nome: is not a known key",
        f"easton/area.yaml:{lines[1]}: police_agency: devon-police is no agency with the role police",
    ] == reported[:3]
    assert reported[3].startswith(f"easton/landlords.yaml:{lines[2]}: kind: ")
    assert reported[4].startswith(f"{NATIONAL}:{lines[3]}: phone: ")
    assert len(reported) == 5


def test_every_field_of_a_service_is_read(folder: Path) -> None:
    service = load(folder).service("oak-line")

    weekdays = Opening(days=frozenset(range(5)), opens=time(8, 30), closes=time(17, 30))
    saturday = Opening(days=frozenset({5}), opens=time(22), closes=time(2))
    assert service.hours == Hours(openings=(weekdays, saturday), bank_holidays=BankHolidays.CLOSED)
    assert (service.aliases, service.email, service.address) == (
        ("The Line",), "help@example.org", "1 Easton Road, Bristol",
    )  # fmt: skip
    assert (service.anonymous, service.on_bill, service.withheld, service.taking) == (
        Answer.YES, Answer.NO, Answer.YES, Answer.NO,
    )  # fmt: skip
    assert (service.interpreters, service.worker_genders, service.cost) == (Answer.YES, Answer.YES, Cost.STANDARD_RATE)
    assert (service.ages, service.within_days) == (Ages(least=13, most=25), 7)
    assert service.languages == {"en", "pl", "zh-Hant"}
    limits = (service.genders, service.communities, service.access, service.only_for)
    assert limits == tuple(frozenset({one}) for one in ("women", "lgbt", "bsl", "partner"))
    assert {service.answers, service.will_ask, service.tells, service.waiting, service.hours_note} == {service.about}


def test_an_area_knows_its_people_its_review_and_the_limits_of_secrecy(folder: Path) -> None:
    directory = load(folder)
    area = directory.area("easton")

    assert area.population
    assert area.case_review
    assert (area.population.people, area.case_review.in_("en")) == (20000, "Ask again.")
    assert directory.agency("oak-centre").limits == directory.agency("oak-centre").about
    assert [need.fallback for need in directory.needs] == [("police-101",)]


def test_services_for_staff_are_kept_apart_from_those_for_reporters(folder: Path) -> None:
    directory = load(folder)
    (course,) = directory.staff_services

    assert (course.id, course.audience, course.area) == ("course", Audience.STAFF_ONLY, "easton")
    assert course.id not in {service.id for service in directory.services_for("easton")}
    with pytest.raises(KeyError):
        directory.service("course")


@pytest.mark.parametrize("key", ["sources", "checked", "advice", "audience", "who_for", "about", "name", "id"])
def test_an_entry_without_its_source_date_or_words_is_refused(folder: Path, key: str) -> None:
    start = "- " if key == "id" else "  "
    change(folder, SERVICES, f"{start}{key}:", f"{start}{key}_:")

    assert any(f"{key}: is missing" in fault for fault in faults(folder))


def test_an_empty_list_of_sources_is_no_source(folder: Path) -> None:
    line = change(folder, "easton/landlords.yaml", "sources:\n    - https://example.org/read", "sources: []")

    assert faults(folder) == [f"easton/landlords.yaml:{line}: sources: needs at least one page"]


FOR_SOME = """\
  sources:
    - {page: "https://example.org/call", dated: 2024-10, for: [phone, cost]}
    - {page: "https://example.org/rest", for: [REST]}
  checked: 2026-11-21
"""
EVERY_FACT = (
    "text_sms, email, website, address, hours, hours_note, on_bill, withheld, anonymous, languages, ages, genders, "
    "waiting, taking, answers, will_ask, tells"
)


def test_pages_may_each_stand_behind_some_facts(folder: Path) -> None:
    change(folder, SERVICES, READ, FOR_SOME.replace("REST", EVERY_FACT))

    first = load(folder).service("oak-line").sources[0]
    assert first == Source(page="https://example.org/call", dated="2024-10", for_=frozenset({"phone", "cost"}))


@pytest.mark.parametrize("fact", EVERY_FACT.removeprefix("text_sms, ").split(", "))
def test_a_fact_that_no_page_stands_behind_is_refused(folder: Path, fact: str) -> None:
    rest = ", ".join(name for name in EVERY_FACT.split(", ") if name != fact)
    change(folder, SERVICES, READ, FOR_SOME.replace("REST", rest))

    (fault,) = faults(folder)
    assert fault.endswith(f": {fact}: no page among the sources is for it")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{page: example}", "sources.0: is not a web address"),
        ("{for: [phone]}", "sources.0: is not a web address"),
        ('{page: "https://example.org", dated: autumn}', "sources.0: is not a year, month or day"),
        ('{page: "https://example.org", dated: 2023-02-29}', "sources.0: is not a year, month or day"),
        ('{page: "https://example.org", for: phone}', "sources.0: for must be a list of fields"),
        ('{page: "https://example.org", for: []}', "sources.0: for names no field"),
        ('{page: "https://example.org", seen: 2024}', "sources.0: is neither a web address nor a page with"),
        ('{page: "https://example.org", for: [fax]}', "sources: fax is not a field of this entry"),
        ("[https://example.org]", "sources.0: is neither a web address nor a page with"),
    ],
)
def test_a_source_that_says_nothing_is_refused(folder: Path, source: str, what: str) -> None:
    change(folder, SERVICES, "    - https://example.org/read", f"    - {source}")

    assert [fault for fault in faults(folder) if what in fault]


NOUNS = {"email": "an email", "address": "an address"}


@pytest.mark.parametrize("field", ["phone: 0117 342 6999", "text_sms: 07400 123456", "email: a@b.org", "address: Here"])
def test_a_contact_that_nobody_confirmed_is_refused(folder: Path, field: str) -> None:
    line = change(folder, SERVICES, "  through: oak-line", f"  {field}")

    name, noun = field.split(":")[0], NOUNS.get(field.split(":")[0], "a number")
    assert f"{SERVICES}:{line}: {name}: {noun} may only be listed where advice is ok-after-routine-check" in faults(
        folder
    )


def test_values_are_read_as_they_stand(folder: Path) -> None:
    change(folder, "easton/landlords.yaml", "[Oak]", "[no, on, 013, 1e3, 2020-01-01, ~]")

    assert load(folder).landlord("oak-homes").aliases == ("no", "on", "013", "1e3", "2020-01-01", "~")


@pytest.mark.parametrize("file", NEEDED)
def test_a_file_that_is_missing_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()

    assert f"{file}:1: missing, or not a UTF-8 text file" in faults(folder)


def test_a_folder_need_not_list_anything_for_staff(folder: Path) -> None:
    (folder / "easton/staff.yaml").unlink()

    assert load(folder).staff_services == ()


def test_a_file_that_is_not_known_is_named(folder: Path) -> None:
    (folder / "easton/service.yaml").write_text("[]", encoding="utf-8")

    assert faults(folder) == ["easton/service.yaml:1: not a file of the directory"]


def test_a_folder_without_the_national_services_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path / "nothing") == ["national:1: the folder is missing"]


def _another_area(folder: Path) -> None:
    (folder / "fifth").mkdir()
    for file in ("agencies", "area", "landlords", "services"):
        text = WHOLE[f"easton/{file}.yaml"]
        for name in ("easton", "oak", "town", "quiet", "Easton"):
            text = text.replace(name, f"fifth-{name}" if name != "easton" else "fifth")
        (folder / f"fifth/{file}.yaml").write_text(text, encoding="utf-8")


def test_another_area_is_a_folder_of_files_and_nothing_else(folder: Path) -> None:
    _another_area(folder)

    assert [area.id for area in load(folder).areas] == ["easton", "fifth"]
    assert load(folder).area("fifth").checked == date(2026, 11, 21)


def test_everything_that_ships_loads() -> None:
    directory = load()

    assert {area.id for area in directory.areas} == {path.name for path in PACKAGED.iterdir()} - {"national"}
    assert directory.needs
    assert {one.audience for one in directory.staff_services} <= {Audience.STAFF_ONLY, Audience.PARTNERS}
