"""A pack holds what was asked for, nothing nobody confirmed, and reads well on paper in every language."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from bot.channels.web.handouts import KEPT, MOST_KEPT, Busy, Handouts
from bot.channels.web.leaflet import Leaflet, leaflet
from bot.channels.web.paper import write_pdf
from bot.channels.web.printing import print_pdf
from bot.rendering import strip_isolates
from dialogs.find_help import find_help
from dialogs.information_pack import information_pack
from dialogs.pack import MOST_SERVICES, NEEDS, Maker, Order, Pack, asked_for, assemble
from dialogs.start import Start
from services_directory.calendar import england
from services_directory.codes import Advice
from services_directory.model import NATIONAL
from tests.clock import Clock
from tests.dialog_world import START, Amina, english
from tests.walking import directory, voices

DAY = date(2026, 11, 22)
MADE = datetime(2026, 11, 22, 10, tzinfo=UTC)
EVERYTHING = Order()
HTTPS = "https://help.example.org"
REAL = replace(START, directory=directory())
_NUMBER = re.compile(r"(?<![\d/.\-])(?:\+44|0)\d[\d ]{7,}\d")


def a_pack(order: Order = EVERYTHING, language: str = "") -> Pack:
    maker = Maker(directory=directory(), operator="The partnership", day=DAY, holidays=england([2026]))
    return assemble(maker, order, language)


def a_leaflet(tag: str = "en", order: Order = EVERYTHING) -> Leaflet:
    return leaflet(a_pack(order, tag), voices()[tag])


def everything_on(paper: Leaflet) -> str:
    passages = [passage for chapter in paper.chapters for passage in chapter.passages]
    said = [paper.title, *paper.opening, *(chapter.heading for chapter in paper.chapters)]
    said += [words for passage in passages for words in (passage.heading, *passage.paragraphs)]
    return strip_isolates("\n".join([*said, *(chapter.dated for chapter in paper.chapters)]))


@cache
def printed(tag: str) -> bytes:
    return write_pdf(a_leaflet(tag, Order(area="bristol", topics=("hate", "rights"))), "Saysafe", MADE)


async def in_this_process(paper: Leaflet, name: str, made: datetime) -> bytes:
    """As quick as it can be: a process for each file is for people who wait for something else."""
    return await asyncio.to_thread(write_pdf, paper, name, made)


def on_paper(tag: str) -> str:
    """The words of the file, one space between them."""
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed(tag))).pages)
    return " ".join(strip_isolates(said).replace("\u00a0", " ").split())


# What is in it.


def test_without_choosing_everything_is_in() -> None:
    assert tuple(topic.id for topic in a_pack().topics) == tuple(NEEDS)


def test_only_what_was_chosen_is_in() -> None:
    assert [topic.id for topic in a_pack(Order(topics=("safety",))).topics] == ["safety"]


@pytest.mark.parametrize("area", ["", *(each.id for each in directory().areas)])
def test_services_are_those_of_the_area_and_of_the_country(area: str) -> None:
    found = a_pack(Order(area=area)).services

    assert 3 <= len(found) <= MOST_SERVICES
    assert {match.service.area for match in found} <= {NATIONAL, area}
    assert not area or area in {match.service.area for match in found}


def test_each_need_finds_its_best_service() -> None:
    kinds = frozenset(kind for match in a_pack().services for kind in match.service.kinds)

    assert kinds >= {"hate-crime", "sexual-violence", "migrants", "legal"}


@pytest.mark.parametrize("area", ["", *(each.id for each in directory().areas)])
@pytest.mark.parametrize("tag", ["en", "ar", "pl"])
def test_no_number_is_in_it_that_nobody_confirmed(area: str, tag: str) -> None:
    confirmed = {
        re.sub(r"\D", "", number.display)
        for service in directory().services_for(area or None)
        if service.advice is Advice.OK
        for number in (service.phone, service.text_sms)
        if number
    }

    shown = {re.sub(r"\D", "", found) for found in _NUMBER.findall(everything_on(a_leaflet(tag, Order(area=area))))}

    assert shown
    assert shown <= confirmed


def test_no_app_and_nothing_about_a_partner_is_on_a_page_anybody_may_find() -> None:
    for area in directory().areas:
        pack = a_pack(Order(area=area.id, needs=("partner-family",)))
        assert not any(match.service.only_for for match in pack.services)
        said = everything_on(a_leaflet("en", Order(area=area.id, needs=("partner-family",))))
        assert "Hollie Guard" not in said
        assert "Clare's Law" not in said


def test_the_pack_says_who_made_it_and_when_each_fact_was_checked() -> None:
    paper = a_leaflet()

    assert "The partnership made this pack on 22 November 2026." in strip_isolates(paper.opening[1])
    services, *topics = paper.chapters
    assert all("I last checked this on" in passage.paragraphs[-1] for passage in services.passages)
    assert all(chapter.dated.startswith("As of ") and chapter.sources for chapter in topics)


def test_nothing_follows_an_address_on_its_line() -> None:
    addresses = re.findall(r"https?://\S+(.*)", everything_on(a_leaflet()))

    assert addresses
    assert all(not rest or rest.startswith(".") for rest in addresses)


def test_999_is_named_before_everything_else() -> None:
    assert "999" in a_leaflet().opening[0]


def test_paper_never_says_that_somebody_is_there_now() -> None:
    assert "Open now" not in everything_on(a_leaflet())
    assert "Closed now" not in everything_on(a_leaflet())


def test_an_area_adds_its_own_reasons_and_its_own_rule() -> None:
    for area in directory().areas:
        said = everything_on(a_leaflet("en", Order(area=area.id)))
        others = [f"In {each.name} these count too" for each in directory().areas if each is not area]
        assert not any(other in said for other in others)
        assert area.case_review is None or area.case_review.in_("en") in said


# What somebody writes in an address.


@given(
    area=st.text(max_size=30), topics=st.lists(st.text(max_size=20), max_size=5), needs=st.lists(st.text(max_size=20))
)
def test_whatever_is_asked_for_a_pack_comes_of_it(area: str, topics: list[str], needs: list[str]) -> None:
    order = asked_for(directory(), area=area, topics=topics, needs=needs)

    assert order == Order() or set(order.topics) <= set(NEEDS)
    assert a_pack(order).topics


def test_what_is_known_is_taken_once_and_the_rest_left_out() -> None:
    order = asked_for(directory(), area="bristol", topics=["safety", "hate", "hate", "x"], needs=["hate", "hate", "'"])

    assert order == Order(area="bristol", topics=("hate", "safety"), needs=("hate",))
    assert order.address(lang="ar") == "/pack?area=bristol&topics=hate,safety&needs=hate&lang=ar"
    assert EVERYTHING.address() == "/pack"


# In a chat.


def pack_reader(public_url: str = "") -> Amina:
    return Amina(information_pack, replace(REAL, public_url=public_url))


def reads_all(amina: Amina) -> str:
    said = amina.reads()
    while amina.question != "to_the_menu":
        amina.taps("more")
        said += " " + amina.reads()
    return said


def test_the_pack_is_read_in_the_chat_to_its_last_service() -> None:
    amina = pack_reader().taps("bristol", "+hate", "+rights", "done", "here")

    said = reads_all(amina)

    assert "A hate crime is a crime done because of who you are." in said
    assert "report each time within one month" in said
    assert "After sexual violence" not in said
    assert "SARI" in said


def test_somebody_may_want_only_who_can_help() -> None:
    amina = pack_reader().taps("bristol", "+hate", "done", "services")

    assert "A hate crime is" not in amina.reads()
    assert "0800 171 2272" in amina.reads()


@pytest.mark.parametrize("public_url", ["", "http://127.0.0.1:8080"])
def test_no_link_is_given_where_others_could_read_along(public_url: str) -> None:
    said = pack_reader(public_url=public_url).taps("bristol", "+hate", "done").reads()

    assert "/pack" not in said
    assert "web page" not in said


def test_a_link_comes_with_the_warning_where_it_stays() -> None:
    said = pack_reader(public_url=HTTPS).taps("bristol", "+hate", "done").reads()

    assert f"{HTTPS}/pack?area=bristol&topics=hate" in said
    assert said.index("your browser keeps a link") < said.index(HTTPS)


def test_the_hour_of_the_day_never_changes_the_way_through_a_pack() -> None:
    def way(start: Start) -> list[str]:
        amina = Amina(information_pack, start).taps("walsall").skips_to("pack_how").taps("services")
        seen = [amina.question]
        while amina.question != "to_the_menu":
            seen.append(amina.taps("more").question)
        return [*seen, amina.reads()]

    assert way(REAL) == way(replace(REAL, now=REAL.now + timedelta(hours=15, days=1)))


def test_an_area_that_was_named_on_the_way_is_not_asked_for_again() -> None:
    async def help_with_pack(start: Start) -> None:
        await find_help(start, information_pack)

    amina = Amina(help_with_pack, REAL)
    for _ in range(6):
        if amina.question == "help_area":
            amina.taps("bristol")
        elif amina.question == "pack_topics":
            break
        else:
            amina.taps("info_pack" if "info_pack" in offered(amina) else offered(amina)[0])
    assert amina.question == "pack_topics"
    assert "pack_area" not in amina.answers


def offered(amina: Amina) -> list[str]:
    waiting = amina.now.waiting
    return [offer.option for offer in getattr(waiting, "offers", lambda _: ())(None)]


# On paper.


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("en", "A hate crime is a crime done because of who you are."),
        ("pl", "W niebezpieczeństwie dzwoń od razu na 999."),
        ("ar", "عند الخطر الآن، الرجاء الاتصال"),
    ],
)
def test_the_words_can_be_read_out_and_searched_in_every_language(tag: str, sentence: str) -> None:
    said = on_paper(tag)

    assert all(word.strip(".،") in said for word in sentence.split())
    assert tag == "ar" or sentence in said
    assert "0800 171 2272" in said


@pytest.mark.parametrize("tag", ["en", "pl", "ar"])
def test_every_letter_has_a_shape_in_the_fonts(tag: str, caplog: pytest.LogCaptureFixture) -> None:
    write_pdf(a_leaflet(tag), "Saysafe", MADE)

    assert "glyph" not in caplog.text.casefold()


@pytest.mark.parametrize("tag", ["en", "pl", "ar"])
def test_the_file_says_its_language_and_its_parts_but_nothing_about_anybody(tag: str) -> None:
    file = PdfReader(BytesIO(printed(tag)))
    root: Any = file.trailer["/Root"]
    tree = root["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    kinds = [part.get_object()["/S"] for part in tree]

    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert kinds[:2] == ["/H1", "/P"]
    assert {"/H2", "/H3", "/P"} <= set(kinds)
    assert len(file.outline) == 4  # its title, the services, two topics
    assert {name: str(value) for name, value in (file.metadata or {}).items()} == {
        "/Title": "Saysafe",
        "/CreationDate": "D:20261122000000Z",
    }


def test_nothing_in_the_file_leads_elsewhere_or_runs() -> None:
    file = PdfReader(BytesIO(printed("en")))
    root = file.trailer["/Root"]
    assert isinstance(root, DictionaryObject)

    assert not {"/AA", "/AcroForm", "/Names"} & set(root.keys())
    assert isinstance(root["/OpenAction"], ArrayObject)  # a place in the file, no action
    assert all("/Annots" not in page for page in file.pages)


# Files are made one at a time and kept for a while.


def test_a_file_is_written_once_and_again_when_it_is_old() -> None:
    clock = Clock()
    handouts = Handouts(clock, "Saysafe", in_this_process)
    paper = replace(a_leaflet("en", Order(topics=("newcomers",))), chapters=())

    async def twice_and_later() -> tuple[bytes, ...]:
        first, second = await handouts.pdf(paper), await handouts.pdf(paper)
        clock.advance(seconds=KEPT.total_seconds())
        return first, second, await handouts.pdf(paper)

    first, second, later = asyncio.run(twice_and_later())

    assert first is second
    assert later is not first


def test_the_process_of_its_own_writes_the_same_file() -> None:
    paper = replace(a_leaflet("ar", Order(topics=("newcomers",))), chapters=())

    assert len(asyncio.run(print_pdf(paper, "Saysafe", MADE))) == len(write_pdf(paper, "Saysafe", MADE))


def test_only_so_many_files_are_kept() -> None:
    handouts = Handouts(Clock(), "Saysafe", in_this_process)
    empty = replace(a_leaflet(), chapters=(), opening=())

    async def many() -> tuple[bytes, bytes]:
        first = await handouts.pdf(empty)
        for number in range(MOST_KEPT):
            await handouts.pdf(replace(empty, title=f"{number}"))
        return first, await handouts.pdf(empty)

    first, again = asyncio.run(many())

    assert first is not again


def test_a_crowd_is_turned_away_before_it_fills_the_house() -> None:
    handouts = Handouts(Clock(), "Saysafe", in_this_process)
    empty = replace(a_leaflet(), chapters=(), opening=())

    async def crowd() -> list[bytes | BaseException]:
        papers = [replace(empty, title=f"{number}") for number in range(12)]
        return await asyncio.gather(*(handouts.pdf(paper) for paper in papers), return_exceptions=True)

    answers = asyncio.run(crowd())

    assert sum(isinstance(answer, Busy) for answer in answers) == 6
    assert sum(isinstance(answer, bytes) for answer in answers) == 6


def test_all_shown_words_are_english_in_english() -> None:
    assert not re.search(r"[\u0600-\u06ff]", everything_on(a_leaflet("en")))
    assert english(a_pack().topics[0].title) == "Is this a hate crime?"
