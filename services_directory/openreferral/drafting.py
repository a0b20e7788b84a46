"""One record of a feed as an entry of ours: which of its fields say what, in plain words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from services_directory.codes import Audience
from services_directory.languages import is_language
from services_directory.nodes import Plain
from services_directory.openreferral.cleaning import clean
from services_directory.openreferral.conditions import Conditions, Note, Refused
from services_directory.openreferral.facts import LISTS, OURS, WORDINGS, Fact, entry_of
from services_directory.openreferral.reading import mappings
from services_directory.wording import LOCALES

LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE = 200, 2_000, 500
MOST_FACTS = 500
CLOSED = {"inactive": "it is closed", "defunct": "it does not exist any more"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Drafting:
    """A record on its way to an entry. Raises Refused for one that is no service for people who use services.

    `own`: what attributes of our own export tell. `notes`: what was left out so far, and why.
    """

    def __init__(self, record: Mapping[str, object], label: str, conditions: Conditions) -> None:
        self.record = record
        self.label = label
        self.conditions = conditions
        self.notes: list[Note] = []
        self.feed_id = self.line("id", LONGEST_NAME)
        self.name = self.line("name", LONGEST_NAME)
        if not self.feed_id or not self.name:
            raise Refused("left out: it has no id or no name")
        closed = CLOSED.get(self.line("status", LONGEST_NAME))
        if closed:
            raise Refused(f"left out: {closed}")
        self.own = entry_of(self._facts())
        if self.own.get("audience", Audience.USERS.value) != Audience.USERS.value:
            raise Refused("left out: it is not meant for people who look for help")

    def note(self, field: str, why: str) -> None:
        self.notes.append(Note(service=self.label, field=field, why=why))

    def line(self, field: str, longest: int) -> str:
        """A text of the record in plain words; "" where it has none."""
        return self.plainly(field, self.record.get(field), longest)

    def plainly(self, field: str, value: object, longest: int) -> str:
        """`value` in plain words; "" where it is not text."""
        if value is not None and not isinstance(value, str):
            self.note(field, "left out: not a text")
        cleaned = clean(value, longest) if isinstance(value, str) else clean("", longest)
        for why in cleaned.notes:
            self.note(field, why)
        return cleaned.text

    def _facts(self) -> Iterator[Fact]:
        for attribute in mappings(self.record, "attributes", MOST_FACTS):
            kind, value, label = (attribute.get(key) for key in ("link_type", "value", "label"))
            if isinstance(kind, str) and kind.startswith(OURS) and isinstance(value, str):
                field = kind.removeprefix(OURS)
                known = field not in WORDINGS or (isinstance(label, str) and is_language(label))
                if known and re.fullmatch("[a-z_]{1,30}", field):
                    said = self.plainly(field, value, LONGEST_TEXT)
                    yield Fact(field, clean(str(label or ""), LONGEST_LINE).text, said)

    def words(self) -> dict[str, Plain]:
        """Its name, id, languages of description and what it is for; contacts are taken elsewhere."""
        entry: dict[str, Plain] = {"id": self._slug(), "name": self.name}
        alias = self.line("alternate_name", LONGEST_NAME)
        if alias and "id" not in self.own:
            entry["aliases"] = [alias]
        entry["kinds"] = self._kinds()
        entry["about"] = self._wording("about", "description")
        entry["who_for"] = self._wording("who_for", "eligibility_description")
        return entry

    def _slug(self) -> str:
        own = str(self.own.get("id", ""))
        if SLUG.fullmatch(own):
            return own
        letters = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return "-".join(re.findall("[a-z0-9]+", letters))[:60].strip("-") or "service"

    def _wording(self, field: str, source: str) -> Plain:
        held = self.own.get(field)
        texts = held if isinstance(held, dict) else {"en": self.line(source, LONGEST_TEXT)}
        return {**{locale: "" for locale in LOCALES}, **texts}

    def _kinds(self) -> Plain:
        held = self.own.get("kinds")
        if isinstance(held, list):
            return held
        found = set()
        for attribute in mappings(self.record, "attributes", MOST_FACTS):
            term = attribute.get("taxonomy_term")
            for word in (term.get("code"), term.get("name"), term.get("term")) if isinstance(term, dict) else ():
                found.add("-".join(re.findall("[a-z0-9]+", str(word or "")[:LONGEST_NAME].lower())))
        return [*sorted(found & self.conditions.kinds)]

    def checked(self) -> date | None:
        """The day on which the feed says it was checked; None for none, or one that has not come."""
        text = self.line("assured_date", LONGEST_LINE)
        try:
            day = date.fromisoformat(text[:10]) if text else None
        except ValueError:
            day = None
        if day is None or day > self.conditions.today:
            self.note("checked", "to be filled in: the feed does not say when it was checked")
            return None
        return day

    def sources(self, website: str) -> Plain:
        """The pages it was read on."""
        held = self.own.get("sources")
        return held if isinstance(held, list) else [page for page in (self.conditions.source, website) if page]

    def others(self) -> dict[str, Plain]:
        """What only our own export tells."""
        return {field: self.own[field] for field in self.own if field in KEPT}


#: Fields of ours that no field of the published shape can tell, and that are no contact.
KEPT: Sequence[str] = (
    *sorted((WORDINGS | LISTS) - {"about", "who_for", "kinds", "sources", "roles"}),
    *("bank_holidays", "cost", "anonymous", "on_bill", "withheld", "taking", "interpreters", "worker_genders"),
    *("within_days", "through", "source_date"),
)
