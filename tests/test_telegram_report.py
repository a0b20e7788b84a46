"""Amina reports on Telegram, over the real Bot API protocol."""

from sqlalchemy import select

from bot.app import App
from bot.storage.tables import cases, reports
from tests.conftest import Cast
from tests.on_telegram import app, sends_a_short_report, starts_a_report, telegram
from tests.telegram_world.server import TelegramWorld

__all__ = ["app", "telegram"]


async def test_amina_sends_a_report_in_twelve_taps_and_messages(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")

    code = await sends_a_short_report(amina, "They shouted at me at the bus stop.")

    assert len(code.replace(" ", "")) == 20
    filed = await app.house.database.look(lambda c: c.execute(select(reports.c.id)).all())
    opened = await app.house.database.look(lambda c: c.execute(select(cases.c.agency)).scalars().all())
    assert len(filed) == 1
    assert opened == ["bhcds"]


async def test_one_message_is_edited_while_amina_taps(app: App, cast: Cast, telegram: TelegramWorld) -> None:
    amina = telegram.person("Amina")

    await starts_a_report(amina)

    by_the_bot = [message for message in amina.chat if message.by_bot]
    assert len(by_the_bot) == 1
