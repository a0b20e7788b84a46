"""Complaints: who may be told of one, and by when somebody who complains must hear.

The times are the same in every area, as law and good practice are.
"""

from datetime import timedelta

from services_directory.codes import Role
from services_directory.model import Agency, Deadline, Directory

ACKNOWLEDGED = Deadline(
    name="complaint-acknowledged",
    working_days=5,
    basis="Common among councils, see blackpool.gov.uk on hate crime reporting",
)
ANSWERED = Deadline(
    name="complaint-answered",
    working_days=20,
    basis="Common among councils, see blackpool.gov.uk on hate crime reporting",
)
BY_LAW = Deadline(
    name="data-complaint-acknowledged",
    elapsed=timedelta(days=30),
    basis="Data Protection Act 2018, section 164A, in force since 19 June 2026; guidance of the ICO, 12 February 2026",
)
OFFICE = "Information Commissioner’s Office"  # to whom one may go on with a complaint about data
OFFICE_WEBSITE = "ico.org.uk"


def hears_words(agency: Agency) -> bool:
    """Whether an agency may be told anything in a person's own words: one that only counts never is."""
    return agency.roles != {Role.MONITORING}


def instead_of(
    directory: Directory, about: str, *, centre: str, joined: frozenset[str], accused: frozenset[str]
) -> str:
    """The id of who else could get a complaint about an agency: the council of its area, or those who run the bot.

    `centre`: through whom those who run the bot are reached, "" if through nobody. `joined` are ids of agencies that
    have keys here, `accused` ids of organisations. "" if there is nobody who is apart from the agency and not accused.
    """
    agency = directory.agency(about)
    never = accused | {agency.organisation}
    found = (directory.agency(id) for id in (directory.area(agency.area).council_agency, centre) if id in joined)
    return next((one.id for one in found if one.organisation not in never), "")
