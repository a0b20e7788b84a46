"""A small child asks for help on Telegram, and staff read at once that somebody must keep them safe."""

from bot.app import App
from bot.casework import open_task
from bot.storage.tables import cases
from bot.storage.tasks import of_case
from tests.conftest import Cast
from tests.on_telegram import app, telegram
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]


async def test_a_small_child_on_telegram_is_read_by_staff_at_once(
    app: App, cast: Cast, telegram: TelegramWorld
) -> None:
    amina = telegram.person("Amina")
    await amina.says("/start")
    for label in (
        "English", "Sexual or partner violence", "Sexual violence", "Yes", "No", "It happened to me", "Bristol",
        "Under 13",
    ):  # fmt: skip
        await amina.taps(label)
    await amina.reads("Shall I ask someone to help you?")
    for label in ("Yes", "Go on", "Someone to talk to", "Go on", "Through someone I trust"):
        await amina.taps(label)
    await amina.says("Mrs Hall at my school")
    await amina.taps("Skip")
    await amina.reads("Mrs Hall at my school")
    assert await app.house.database.look(lambda c: c.execute(cases.select()).all()) == []
    await amina.taps("Send")
    await amina.reads("Your code is")

    [case] = await app.house.database.look(lambda c: c.execute(cases.select()).mappings().all())
    assert (case["agency"], case["urgent"]) == ("bhcds", True)
    sealed = await app.house.database.look(lambda c: of_case(c, case["id"], "bhcds"))
    opened = {task.template for one in sealed.tasks if (task := open_task(one, cast.bruno.agency.key))}
    assert "child-safeguarding" in opened
    assert "child-sexual-abuse-notified" not in opened
