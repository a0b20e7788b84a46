"""A chat that opens Amina's report no more: her key goes from the database's files, its journal too."""

from sqlalchemy import select

from bot.app import App
from bot.commands import Setting
from bot.errors import DeliveryError
from bot.linking import Linking
from bot.messages import Address, Shown
from bot.nudging import Nudging
from bot.state import State
from bot.storage.tables import links
from dialogs.my_report_commands import LinkChat, Opened, OpenReport, UnlinkChat
from dialogs.parts import Package
from tests.afterwards import office
from tests.at_the_console import Office
from tests.clock import Clock
from tests.conftest import Cast
from tests.sharing import filed

__all__ = ["office"]


class Gone:
    """A channel on which she has blocked the bot."""

    name = "web"

    async def show(self, _who: str, _shown: Shown, *, replaces: str, in_place: bool) -> str:
        raise DeliveryError(permanent=True)

    async def clear(self, _who: str, _messages: tuple[str, ...]) -> None:
        """Nothing is left to be cleared."""


async def run(app: App, clock: Clock, command: LinkChat | UnlinkChat) -> None:
    state = State(draft="d", began=clock().date(), locale="en")
    setting = Setting(conversation="c", address=Address(channel="web", who="w"), state=state, now=clock())
    await app.house.database.unit(lambda c: app.house.runners[type(command)].run(c, command, None, setting))


async def linked(app: App, office: Office, clock: Clock) -> Opened:
    code = await filed(office, {"bhcds": Package.FULL})
    found = await app.house.runners[OpenReport].prepare(OpenReport("open", code=code.replace(" ", "")))
    opened = Opened(report=found.report, key=found.key.to_bytes().hex())
    await run(app, clock, LinkChat("link", opened, words="news", hours="any"))
    return opened


async def kept(app: App) -> list[bytes]:
    """What lies in the links, of which her key is a part."""
    return list(await app.house.database.look(lambda c: c.execute(select(links.c.locked)).scalars().all()))


def on_the_disk(app: App) -> bytes:
    path = app.config.database
    return path.read_bytes() + path.with_suffix(".sqlite3-wal").read_bytes()


async def test_unlinking_leaves_her_key_nowhere_on_the_disk(app: App, cast: Cast, office: Office, clock: Clock) -> None:
    opened = await linked(app, office, clock)
    [locked] = await kept(app)
    assert locked in on_the_disk(app)

    await run(app, clock, UnlinkChat("unlink", opened))
    await app.delivery.send_due()

    assert await kept(app) == []
    assert locked not in on_the_disk(app)


async def test_a_chat_that_is_gone_leaves_her_key_nowhere_on_the_disk(
    app: App, cast: Cast, office: Office, clock: Clock
) -> None:
    await linked(app, office, clock)
    [locked] = await kept(app)
    house = app.house
    [link] = await house.database.look(lambda c: c.execute(select(links.c.id)).scalars().all())
    linking = Linking(house.keyring, house.random)
    nudging = Nudging(
        database=house.database,
        linking=linking,
        channels={"web": Gone()},
        voices=house.voices,
        clock=house.clock,
        random=house.random,
    )

    await nudging.send(link)
    await app.delivery.send_due()

    assert await kept(app) == []
    assert locked not in on_the_disk(app)
