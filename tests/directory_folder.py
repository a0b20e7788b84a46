"""A small directory on disk, Easton and the whole country, and hands to spoil it with."""

from pathlib import Path

import pytest

from services_directory.faults import DirectoryFaults
from services_directory.load import load

ABOUT = "{en: They help., ar: مساعدة., pl: Pomagają.}"
READ = """\
  sources:
    - https://example.org/read
  checked: 2026-11-21
"""
NATIONAL_SERVICES = f"""\
- id: police-101
  name: Police
  kinds: [police]
  about: {ABOUT}
  who_for: {ABOUT}
  phone: "101"
  hours: always
  advice: ok-after-routine-check
  audience: users
{READ}
- id: texters
  name: Texters
  kinds: [suicide]
  about: {ABOUT}
  who_for: {ABOUT}
  text_sms: "85258"
  advice: ok-after-routine-check
  audience: users
{READ}"""
NEEDS = f"""\
- id: hate
  label: {ABOUT}
  kinds: [police, hate-crime]
  words:
    en: [they hate me]
  fallback: [police-101]
"""
AGENCIES = f"""\
- id: oak-centre
  name: Oak Centre
  organisation: oak
  roles: [reporting-centre, landlord]
  about: {ABOUT}
  limits: {ABOUT}
{READ}
- id: town
  name: Easton Town
  organisation: town
  roles: [council, monitoring]
  about: {ABOUT}
{READ}
- id: easton-police
  name: Easton Police
  organisation: police
  roles: [police]
  about: {ABOUT}
{READ}"""
LANDLORDS = f"""\
- id: oak-homes
  name: Oak Homes
  aliases: [Oak]
  kind: association
  organisation: oak
  agency: oak-centre
{READ}"""
SERVICES = f"""\
- id: oak-line
  name: Oak Line
  aliases: [The Line]
  kinds: [hate-crime]
  about: {ABOUT}
  who_for: {ABOUT}
  phone: 0333 323 1543
  email: help@example.org
  website: https://example.org
  address: 1 Easton Road, Bristol
  hours:
    - {{days: Mon-Fri, from: "08:30", to: "17:30"}}
    - {{days: Sat, from: "22:00", to: "02:00"}}
  bank_holidays: closed
  hours_note: {ABOUT}
  cost: standard-rate
  anonymous: yes
  answers: {ABOUT}
  will_ask: {ABOUT}
  tells: {ABOUT}
  on_bill: no
  withheld: yes
  waiting: {ABOUT}
  taking: no
  languages: [en, pl, zh-Hant]
  interpreters: yes
  ages: {{from: 13, to: 25}}
  genders: [women]
  worker_genders: yes
  communities: [lgbt]
  access: [bsl]
  within_days: 7
  only_for: [partner]
  advice: ok-after-routine-check
  audience: users
{READ}
- id: quiet
  name: Quiet House
  kinds: [domestic-abuse]
  about: {ABOUT}
  who_for: {ABOUT}
  through: oak-line
  advice: no-contact-yet
  audience: users
{READ}"""
AREA = """\
id: easton
name: Easton
names: [Easton Hill]
postcodes: [BS5]
strands: [gender]
time_zone: Europe/London
reporting_centres: [oak-centre]
monitoring_agency: town
police_agency: easton-police
council_agency: town
routing:
  - reason: your-landlord
  - reason: police
    agency: easton-police
deadlines:
  alert-read: {hours: 1, basis: agreed}
  alert-read-urgent: {minutes: 15, basis: agreed}
  first-contact: {working_days: 1, basis: agreed}
  first-contact-urgent: {hours: 24, basis: agreed}
population: {people: 20000, year: 2021, source: "https://example.org/census"}
case_review: {en: Ask again., ar: إعادة الطلب., pl: Poproś znów.}
sources: [https://example.org/area]
checked: 2026-11-21
"""
STAFF = f"""\
- id: course
  name: The Course
  kinds: [perpetrator-programme]
  about: A course for people who did it.
  refer: Staff ring first.
  advice: no-contact-yet
  audience: staff-only
{READ}"""
WHOLE = {
    "easton/agencies.yaml": AGENCIES,
    "easton/area.yaml": AREA,
    "easton/landlords.yaml": LANDLORDS,
    "easton/services.yaml": SERVICES,
    "easton/staff.yaml": STAFF,
    "national/needs.yaml": NEEDS,
    "national/services.yaml": NATIONAL_SERVICES,
}
NEEDED = tuple(file for file in WHOLE if not file.endswith("staff.yaml"))


def written(folder: Path) -> Path:
    """The folder with everything in it."""
    for file, text in WHOLE.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; returns its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    """What the loader says is wrong, as it says it."""
    with pytest.raises(DirectoryFaults) as raised:
        load(folder)
    assert str(raised.value) == "\n".join(map(str, raised.value.faults))
    return [str(fault) for fault in raised.value.faults]
