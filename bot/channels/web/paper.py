"""A leaflet as PDF: shaped letters, both directions, tagged for screen readers, and nothing in it about anybody.

A program of its own, started by `printing.py`: it reads what to print as JSON and writes the file.

fpdf2 tags only pictures, so `_Paper.tagged` writes the tags of headings and paragraphs with fpdf2's own builder.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.prefs import ViewerPreferences
from pydantic import TypeAdapter

from bot.channels.web.leaflet import Chapter, Leaflet, ToPrint
from bot.rendering import strip_isolates

FONTS = Path(__file__).parent / "fonts"
MARGIN, FOOT, LEAST = 18.0, 20.0, 34.0  # millimetres: around, below, and what must be left under a heading
INK, QUIET = (22, 40, 45), (69, 88, 93)
_LINE = 1.45  # height of a line, in its letters
_NUMBER = re.compile(r"(?<!\d)\d+(?: \d+)+")  # kept on one line, and in one piece where one reads from the right

_STYLES: dict[str, tuple[str, int, tuple[int, int, int], float]] = {  # weight, points, colour, space before
    "H1": ("B", 20, INK, 0),
    "H2": ("B", 15, INK, 7),
    "H3": ("B", 11, INK, 3),
    "P": ("", 11, INK, 1.2),
    "Note": ("", 8, QUIET, 1.2),
}


def write_pdf(leaflet: Leaflet, name: str, made: datetime) -> bytes:
    """The bytes of the file. `name`: its title, which says nothing to who looks over a shoulder. Slow: tenths of a
    second, so not for the event loop."""
    paper = _Paper(leaflet, name, made)
    paper.put("H1", leaflet.title)
    for words in leaflet.opening:
        paper.put("P", words)
    for chapter in leaflet.chapters:
        _put_chapter(paper, chapter, leaflet.sources_label)
    return bytes(paper.output())


def _put_chapter(paper: "_Paper", chapter: Chapter, sources: str) -> None:
    paper.put("H2", chapter.heading)
    for passage in chapter.passages:
        if passage.heading:
            paper.put("H3", passage.heading)
        for words in passage.paragraphs:
            paper.put("P", words)
    if chapter.dated:
        paper.put("Note", chapter.dated)
    if chapter.sources:
        paper.put("Note", f"{sources}: {' '.join(origin.address for origin in chapter.sources)}")


class _Paper(FPDF):
    """A4, with page numbers."""

    def __init__(self, leaflet: Leaflet, name: str, made: datetime) -> None:
        super().__init__(format="A4")
        self._start = Align.R if leaflet.right_to_left else Align.L
        self.set_title(name)
        self.set_lang(leaflet.locale)
        self.set_creation_date(made.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        for weight, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font("DejaVu", weight, FONTS / file)
        self.set_font("DejaVu", "", 11)
        self.set_text_shaping(use_shaping_engine=True, direction="rtl" if leaflet.right_to_left else "ltr")
        self.add_page()

    def footer(self) -> None:
        """The number of the page, which no screen reader reads out."""
        self.set_y(-FOOT / 1.6)
        self.set_font("DejaVu", "", 8)
        self.set_text_color(*QUIET)
        self._out("/Artifact BMC")
        self.cell(w=0, text=str(self.page_no()), align=Align.C)
        self._out("EMC")

    def put(self, kind: str, words: str) -> None:
        """A heading or a paragraph. Never broken over two pages; a heading stays with what follows."""
        weight, points, colour, before = _STYLES[kind]
        self.set_font("DejaVu", weight, points)
        self.set_text_color(*colour)
        height = self._lay(words, points, dry=True)
        if self.will_page_break(before + height + (LEAST if kind.startswith("H") else 0)):
            self.add_page()
            self.set_font("DejaVu", weight, points)
            self.set_text_color(*colour)
        self.ln(before)
        if kind in ("H2", "H1"):
            self.start_section(strip_isolates(words), level=0)
        with self.tagged(kind):
            self._lay(words, points)

    def _lay(self, words: str, points: int, *, dry: bool = False) -> float:
        height = self.multi_cell(
            w=0,
            h=points * _LINE / self.k,
            text=_NUMBER.sub(lambda found: found.group().replace(" ", "\u00a0"), words),
            align=self._start,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
            dry_run=dry,
            output=MethodReturnValue.HEIGHT,
        )
        return float(height)  # type: ignore[arg-type]  # fpdf2 returns what `output` names, typed as all it could be

    @contextmanager
    def tagged(self, kind: str) -> Iterator[None]:
        """Mark what is written inside as a heading or paragraph."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number)
        self._out(f"/{kind} <</MCID {number}>> BDC")
        yield
        self._out("EMC")


if __name__ == "__main__":
    work = TypeAdapter(ToPrint).validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(write_pdf(work.leaflet, work.name, work.made))
