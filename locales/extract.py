"""`python -m locales.extract` collects every sentence of the program into the catalogs, for translators.

`python -m locales.extract ro` begins a catalog for another language, too.

New sentences arrive untranslated, changed ones are marked fuzzy (and shown in English until looked at).
"""

import sys
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).parent.parent
FOLDERS = ("dialogs", "bot")
KINDS = (
    "Choice",
    "Choices",
    "Words",
    "Line",
    "Evidence",
    "When",
    "InArea",
    "WhichLandlord",
    "SafeContact",
    "Consent",
    "Code",
    "KeptCode",
    "Note",
)
KEYWORDS = {
    "text": (1,),
    "counted": (1, 2),
    "Say": (1,),
    "Option": (2,),
    "Confirm": (2,),
    **dict.fromkeys(KINDS, (2,)),
}


def template() -> Catalog:
    """All sentences, with the translators' comments above them."""
    catalog = Catalog(project="Saysafe", charset="utf-8", fuzzy=False)
    for folder in FOLDERS:
        found = extract_from_dir(
            HOME / folder,
            [("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for file, _line, message, comments, context in found:
            catalog.add(message, locations=[(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def update(source: Path, sentences: Catalog) -> None:
    """Bring one catalog up to date."""
    with source.open("rb") as old:
        catalog = read_po(old, locale=Locale.parse(source.parent.parent.name, sep="_"))
    catalog.update(sentences, no_fuzzy_matching=False)
    catalog.msgid_bugs_address, catalog.last_translator, catalog.language_team = "the makers", "the makers", "none yet"
    with source.open("wb") as new:
        write_po(new, catalog, width=120, omit_header=False, ignore_obsolete=True, include_lineno=False)


def begin(tag: str) -> None:
    """Make an empty catalog for the language with this tag. Raises FileExistsError if there is one."""
    name = tag.replace("-", "_")
    source = HOME / "locales" / name / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    with source.open("xb") as new:
        write_po(new, Catalog(locale=name, project="Saysafe", charset="utf-8", fuzzy=False))


if __name__ == "__main__":
    for tag in sys.argv[1:]:
        begin(tag)
    everything = template()
    for po in sorted((HOME / "locales").rglob("*.po")):
        update(po, everything)
