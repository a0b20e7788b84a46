"""By when somebody who complains must hear: the same in every area, as law and good practice are."""

from datetime import timedelta

from services_directory.model import Deadline

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
