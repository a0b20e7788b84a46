"""What a key or a sealed value is for, and how its place in the program becomes bytes."""

from enum import StrEnum

_LENGTH_BYTES = 4


class Purpose(StrEnum):
    """A label that goes into the authenticated data: what was sealed for one purpose never opens for another.

    The labels are stored formats. A label may be added; none may be changed or used for a second thing.
    """

    PART = "saysafe/v1/part"  #: the words and answers of one part of a report
    BLOB = "saysafe/v1/blob"  #: one photo, voice note, video or file
    ORIGINAL_KEY = "saysafe/v1/original-key"  #: the key of a photo as it was taken, for its reporter alone
    PART_KEY = "saysafe/v1/part-key"  #: a part's content key, for one receiver
    REPORTER_KEY = "saysafe/v1/reporter-key"  #: the private key of the reporter's own copy, under the code
    MESSAGE = "saysafe/v1/message"  #: what reporter and agency write to each other
    MESSAGE_KEY = "saysafe/v1/message-key"  #: a message's content key, for one who may read it
    LINK = "saysafe/v1/link"  #: a reporter's private key, for a chat they linked, under the server secret
    CASE = "saysafe/v1/case"  #: an agency's notes, actions and records of a case
    TASK = "saysafe/v1/task"  #: what an agency has to do about a case
    TASK_NOTE = "saysafe/v1/task-note"  #: what its staff wrote down about doing it
    AGENCY_KEY = "saysafe/v1/agency-key"  #: an agency's private key, for one member of staff
    RECOVERY = "saysafe/v1/recovery"  #: an agency's private key, under its offline recovery code
    STAFF_KEY = "saysafe/v1/staff-key"  #: a staff member's private key, under the passphrase
    STAFF_SECRET = "saysafe/v1/staff-secret"  # noqa: S105  #: a staff member's second factor
    DRAFT = "saysafe/v1/draft"  #: the answers of an unfinished dialog
    DRAFT_KEY = "saysafe/v1/draft-key"  #: a conversation's key, under the server secret
    ADDRESS = "saysafe/v1/address"  #: a chat to write to, or what waits in the outbox for it
    EQUALITY = "saysafe/v1/equality"  #: answers to the equality questions, linked to nobody
    FEEDBACK = "saysafe/v1/feedback"  #: thanks or a complaint that belongs to no report, for one agency
    SURVEY = "saysafe/v1/survey"  #: ticks of a survey, for the monitoring agency, linked to nobody
    COUNT = "saysafe/v1/count"  #: a statistics row, for the monitoring agency


def bind(*parts: str) -> bytes:
    """Write `parts` so that no two different lists of parts ever give the same bytes.

    The usual context names the record: `bind(report_id, "account", "2")`.
    """
    # Each part is preceded by its length, so ("ab", "c") and ("a", "bc") differ and no separator can be
    # forged. "surrogatepass" is injective too, and it spares us a UnicodeEncodeError, which carries the text
    # it refused.
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in encoded)


def label(purpose: Purpose, context: bytes) -> bytes:
    """Join purpose and context, to be authenticated with a sealed value."""
    # The purpose carries its length, so the context begins at one place only and may be any bytes.
    return bind(purpose.value) + context
