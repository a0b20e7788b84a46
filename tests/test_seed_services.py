"""The services that partnerships named in their plans: each is found by the way a person would take, and how fast."""

import pytest
from sqlalchemy import Connection, func, select

from bot.app import App
from bot.storage import tables
from dialogs.menu import menu
from dialogs.screen import page_of
from dialogs.script import Offer, Question
from tests.conftest import Cast
from tests.dialog_world import Amina
from tests.on_telegram import app, telegram
from tests.telegram_world.server import TelegramWorld
from tests.walking import a_start, directory

__all__ = ["app", "telegram"]

TYPED = "types "

#: Service, the way from the menu, and the taps and messages it takes (a turned page of buttons is a tap).
TABLE = [
    # Bristol: hate, and the framework after sexual violence.
    ("safe-link", ("help", "need:sexual-violence", "bristol"), 3),
    ("the-bridge-sarc", ("help", "need:sexual-violence", "bristol"), 3),
    ("sarsas", ("help", "need:sexual-violence", "bristol"), 3),
    ("sari", ("help", "need:hate", "bristol"), 3),
    ("bhcds", ("help", "need:hate", "bristol"), 3),
    ("one25", ("help", "need:sex-work", "bristol"), 6),
    ("lighthouse-victim-care", ("help", "need:police-victim-care", "bristol"), 4),
    ("ask-police-hate-crime-avon-somerset", ("help", "need:police-victim-care", "bristol"), 4),
    ("bristol-care-direct", ("help", "need:home", "bristol"), 4),
    ("resolve-west", ("help", "types resolve west"), 2),
    ("avon-somerset-bluestone", ("help", "near-me", "bristol"), 4),
    # The whole country.
    ("crimestoppers", ("help", "need:anonymous", "elsewhere"), 5),
    ("true-vision", ("help", "need:hate", "elsewhere"), 3),
    ("victim-support", ("help", "need:hate"), 2),
    ("emergency-sms", ("help", "types emergency sms"), 2),
    ("clares-law", ("help", "types clares law"), 2),
    ("freedom-programme", ("help", "types freedom programme"), 2),
    ("bright-sky-app", ("help", "types bright sky"), 2),
    ("hollie-guard-app", ("help", "types holly guard"), 2),
    # Stockton-on-Tees.
    ("ask-police-hate-crime-cleveland", ("help", "need:police-victim-care", "stockton"), 4),
    ("cleveland-tprc", ("help", "need:hate", "stockton"), 3),
    ("vcas-cleveland", ("help", "near-me", "stockton"), 3),
    ("hart-gables", ("help", "need:lgbt", "stockton"), 6),
    ("mesign", ("help", "need:deaf", "stockton"), 6),
    ("stockton-housing-solutions", ("help", "need:home", "stockton"), 4),
    # Telford and Wrekin.
    ("west-mercia-police-hate", ("help", "need:hate", "telford"), 3),
    ("victim-support-west-mercia", ("help", "near-me", "telford"), 3),
    ("telford-family-connect", ("help", "need:child", "telford"), 3),
    ("telford-council-asb", ("help", "need:hate", "telford"), 3),
    ("wrekin-housing-asb", ("help", "need:home", "telford"), 4),
    ("taarc", ("help", "types taarc"), 2),
    # Walsall.
    ("walsall-council-hate", ("help", "need:hate", "walsall"), 3),
    ("victim-support-west-midlands", ("help", "near-me", "walsall"), 3),
    ("walsall-council-asb", ("help", "need:home", "walsall"), 4),
    ("ask-police-hate-crime-west-midlands", ("help", "need:police-victim-care", "walsall"), 4),
]


class Tapping(Amina):
    """Amina, who also turns the pages of buttons until the one she wants is there."""

    pages = 0

    def goes(self, *way: str) -> "Tapping":
        for step in way:
            if step.startswith(TYPED):
                self.types(step.removeprefix(TYPED))
                continue
            self.pages += self.turns_to(step)
            self.taps(step)
        return self

    def turns_to(self, option: str) -> int:
        """How often she turns the page before the button is on it. Fails if it is on none."""
        offers = self.offered
        for page in range(len(offers)):
            if option in [offer.option for offer in page_of(offers, page)]:
                return page
        raise AssertionError(f"there is no button {option}")

    @property
    def offered(self) -> tuple[Offer, ...]:
        waiting = self.now.waiting
        assert isinstance(waiting, Question)
        return waiting.offers(self.now.recorded)

    def pages_to_see(self, service: str) -> int:
        """Pages to turn until a service is read or is on a button."""
        known = directory().service(service)
        if known.name in self.reads():
            return 0
        listed = {offer.option for offer in self.offered}
        return self.turns_to(service if service in listed else f"service:{service}")


@pytest.mark.parametrize(("service", "way", "taps"), TABLE, ids=[service for service, _, _ in TABLE])
def test_a_service_that_was_named_is_found(service: str, way: tuple[str, ...], taps: int) -> None:
    amina = Tapping(menu, a_start()).goes(*way)

    assert amina.sent + amina.pages + amina.pages_to_see(service) == taps


def test_safety_tools_are_offered_after_two_questions_on_a_safe_phone_only() -> None:
    """Clare's Law is for partners; apps are only for a phone that nobody else looks at."""
    narrowing = ("help", "need:partner-family", "bristol", "narrow_down")
    for phone, offered in (("no", True), ("yes", False)):
        amina = Tapping(menu, a_start()).goes(*narrowing)
        while amina.question != "help_pick[narrowed]":
            answer = {"help_partner": "yes", "phone_seen": phone}.get(amina.question)
            if answer:
                amina.goes(answer)
            else:
                amina.skips_to("help_partner", "phone_seen", "help_pick[narrowed]")
        options = {offer.option for offer in amina.offered}

        assert "clares-law" in options
        assert ("bright-sky-app" in options) is offered


@pytest.mark.parametrize("service", ["reprovide", "respect-phoneline", "probation-perpetrator-programmes"])
def test_what_is_for_staff_is_found_by_nobody(service: str) -> None:
    staff = {each.id: each for each in directory().staff_services}

    assert service in staff
    assert service not in directory().index.by_id
    amina = Tapping(menu, a_start()).goes("help")
    waiting = amina.now.waiting
    assert isinstance(waiting, Question)
    assert f"service:{service}" not in {offer.option for offer in waiting.offers(None)}


async def test_on_telegram_amina_has_the_number_after_three_taps_and_leaves_no_trace(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    await amina.taps("English")

    for label in ("Find help", "Hate because of who I am", "Bristol"):
        await amina.taps(label)
    await amina.reads("0800 171 2272")

    await amina.taps("SARI")
    await amina.reads("What would you like next?")
    assert "0800 171 2272" in amina.screen.labels  # the button that copies it

    await amina.taps("Back")
    await amina.taps("Back to the menu")
    await amina.reads("What would you like to do?")
    await amina.settles()
    left = await rows(app)
    assert left.pop("conversations") == 1  # the sealed draft
    assert not any(left.values()), left


async def rows(app: App) -> dict[str, int]:
    """How many rows there are of everything that leaves or is kept beyond a draft."""
    beyond = ("conversations", "outbox", "reports", "parts", "cases", "alerts", "equality", "blobs")
    kept = {name: tables.metadata.tables[name] for name in beyond}

    def count(connection: Connection) -> dict[str, int]:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in kept.items()
        }

    return await app.house.database.look(count)
