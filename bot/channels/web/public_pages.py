"""The pages for everybody as HTML. Their addresses hold all there is to know, so that nothing has to be kept."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.channels.web.leaflet import Leaflet, card
from bot.channels.web.pages import Pages
from bot.channels.web.parts import WebChat
from bot.rendering import Voice, strip_isolates
from dialogs.all_topics import all_topics
from dialogs.cards import EMERGENCY
from dialogs.pack import PATH, Order
from dialogs.texts import Text, text
from dialogs.topics import Place
from services_directory.needs import Need
from services_directory.signpost import Seeker, signposts

HELP, PDF = "/help", "/pack.pdf"
MOST_HELPERS = 6
BUSY = text("Many people ask for this now. Please try again in a minute.")

_WORDS: Mapping[str, Text] = {
    "kept": text("You need not tell us anything. We keep nothing of what you look at here."),
    "need": text("What do you need help with?"),
    "area": text("Area"),
    "anywhere": text("Anywhere"),
    "other": text("Other help"),
    "pack": text("A pack to take with you"),
    "topics": text("What would you like in it?"),
    "make": text("Make the pack"),
    "change": text("Choose something else"),
    "paper": text("The same as a PDF to print"),
    "stays": text("Take care: a file stays on this phone or computer."),
    "languages": text("Languages"),
    "chat": text("Go to the first page"),
    "more": text("More about this"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for, and the language it is answered in."""

    order: Order
    voice: Voice

    def link(self, path: str) -> str:
        """The address of the same in this language, elsewhere."""
        return self.order.address(path, lang=self.voice.tag)


class PublicPages:
    """Renders them with the templates of `pages`."""

    def __init__(self, pages: Pages, web: WebChat) -> None:
        self._pages = pages
        self._web = web

    def need(self, id: str) -> Need | None:
        """None for what nobody has heard of."""
        return next((need for need in self._web.directory.needs if need.id == id), None)

    def needs(self, asked: Asked) -> str:
        """What people look for."""
        listed = [
            (need.label.in_(asked.voice.tag), asked.link(f"{HELP}/{need.id}")) for need in self._web.directory.needs
        ]
        return self._render("help.html", asked, HELP, needs=listed, areas=self._areas(asked, HELP))

    def helpers(self, asked: Asked, need: Need, now: datetime, holidays: Container[date]) -> str:
        """Who can help with `need` at the moment `now`."""
        path = f"{HELP}/{need.id}"
        seeker = Seeker(need=need.id, area=asked.order.area or None, language=asked.voice.language, at=now)
        found = signposts(self._web.directory, seeker, holidays, limit=MOST_HELPERS)
        return self._render(
            "need.html",
            asked,
            path,
            heading=need.label.in_(asked.voice.tag),
            cards=[card(match, asked.voice, now) for match in found],
            areas=self._areas(asked, path),
        )

    def choose(self, asked: Asked) -> str:
        """The page on which a pack is put together."""
        place = Place(areas=self._web.directory.areas, operator=self._web.operator)
        topics = [(topic.id, asked.voice.say(topic.title)) for topic in all_topics(place)]
        areas = [(area.id, area.name) for area in self._web.directory.areas]
        return self._render("choose.html", asked, PATH, topics=topics, areas=areas)

    def pack(self, asked: Asked, leaflet: Leaflet) -> str:
        """A pack, with the ways to print and to change it."""
        return self._render("pack.html", asked, PATH, leaflet=leaflet)

    def _areas(self, asked: Asked, path: str) -> list[tuple[str, str, bool]]:
        """A link for each area, and whether it is the one that is shown."""
        named = [("", asked.voice.say(_WORDS["anywhere"])), *((a.id, a.name) for a in self._web.directory.areas)]
        return [
            (name, replace(asked, order=replace(asked.order, area=id)).link(path), id == asked.order.area)
            for id, name in named
        ]

    def _render(self, template: str, asked: Asked, path: str, **values: object) -> str:
        voice = asked.voice
        tongues = [
            (each, replace(asked, voice=each).link(path)) for each in self._web.voices.values() if each is not voice
        ]
        return self._pages.render(
            template,
            voice,
            words={name: strip_isolates(voice.say(said)) for name, said in _WORDS.items()},
            emergency=voice.say(EMERGENCY),
            tongues=tongues,
            path=path,
            links={
                "help": asked.link(HELP),
                "pack": f"{PATH}?lang={voice.tag}",
                "pdf": asked.link(PDF),
            },
            **values,
        )
