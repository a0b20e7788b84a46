"""Alerts by email to a real mail server: they say nothing, are never lost, and go from one person to the next."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.alerts.email import EmailAlerts
from bot.alerts.words import AlertWords
from bot.app import App, World, open_app
from bot.config import Config, Mail
from bot.encryption.passphrase import FOR_TESTS
from bot.errands import errands
from bot.errors import DeliveryError
from bot.logs import EventLog
from bot.storage import agencies, cases
from bot.storage.tables import alerts, outbox
from tests.clock import A_MONDAY, Clock
from tests.mail_server import MailServer, serving_mail
from tests.talking import Talker

FIRST, SECOND, THIRD = "first@bhcds.example", "second@bhcds.example", "third@bhcds.example"
WORDS = AlertWords(number="abcd2345", urgent=False, due_at=A_MONDAY, step=0, console="https://safe.example/console")
ALERT_READ = timedelta(hours=1)


def mail_settings(server: MailServer, tls: str = "none", user: str = "", password: str = "") -> Mail:
    return Mail(
        host="127.0.0.1", port=server.port, user=user, password=password, sender="saysafe@safe.example", tls=tls
    )


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    server = MailServer()
    async with serving_mail(server):
        yield server


@pytest.fixture
async def app(config: Config, clock: Clock, mail: MailServer) -> AsyncIterator[App]:
    """The program with a mail server; the reporting centre has three people to alert, one after the other."""
    cheap = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(replace(config, mail=mail_settings(mail)), EventLog(), cheap) as opened:
        await opened.joining.agency("bhcds")
        for address in (FIRST, SECOND, THIRD):
            await alerts_go_to(opened, address)
        yield opened


async def alerts_go_to(app: App, address: str, kind: str = "email") -> None:
    """After those people who are alerted already."""
    await app.house.database.unit(lambda c: app.joining.alert_way(c, agency="bhcds", kind=kind, address=address))


async def passes(app: App, clock: Clock, time: timedelta) -> None:
    """Time passes; what is due is passed on and leaves."""
    clock.advance(seconds=time.total_seconds())
    await app.alerts.escalate()
    await app.delivery.send_due()


async def waiting(app: App) -> int:
    """How many alerts are in the outbox."""
    alerts_waiting = select(func.count()).select_from(outbox).where(outbox.c.kind == "alert")
    return await app.house.database.look(lambda c: c.execute(alerts_waiting).scalar_one())


async def reads_the_alert(app: App) -> None:
    number = await app.house.database.look(lambda c: c.execute(select(alerts.c.number)).scalar_one())
    assert await app.house.database.unit(lambda c: cases.seen(c, number, "bhcds", app.house.clock()))


async def test_a_report_alerts_the_first_person_once(app: App, mail: MailServer) -> None:
    await Talker(app).sends_a_report("They shouted at me.")

    await app.delivery.send_due()
    await app.delivery.send_due()

    assert [whom for whom, _ in mail.arrived] == [FIRST]
    assert await waiting(app) == 0


async def test_the_mail_says_nothing_of_the_report(app: App, mail: MailServer) -> None:
    await Talker(app).sends_a_report("They shouted at me in the Xylophone Street.")
    await app.delivery.send_due()

    [message] = mail.to(FIRST)
    said = message.as_string().lower()
    assert not [word for word in ("xylophone", "shouted", "hate", "bristol", "report ", "bhcds,") if word in said]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"


async def test_the_mails_of_all_reports_are_the_same_but_for_their_number(app: App, mail: MailServer) -> None:
    for number, words in enumerate(("Short.", "A long story. " * 200, "قصة", "<b>&{}%s\r\nBcc: x@y.example")):
        await Talker(app, who=str(number)).sends_a_report(words)
    await app.delivery.send_due()

    numbers = await app.house.database.look(lambda c: c.execute(select(alerts.c.number)).scalars().all())
    texts = [message.as_string() for message in mail.to(FIRST)]
    plain = {text.replace(number, "?") for text in texts for number in numbers if number in text}
    assert len(texts) == 4
    assert len(plain) == 1


@given(
    st.from_regex(r"[2-9a-hjkmnp-z]{8}", fullmatch=True),
    st.booleans(),
    st.integers(0, 9),
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds
)
def test_an_alert_tells_number_urgency_time_and_step_only(number: str, urgent: bool, step: int, due: datetime) -> None:
    words = replace(WORDS, number=number, urgent=urgent, step=step, due_at=due)
    same = replace(words, number=number[::-1])

    assert same.body.replace(number[::-1], number) == words.body
    assert same.subject.replace(number[::-1], number) == words.subject
    assert replace(words, urgent=False, step=bool(step), due_at=A_MONDAY).body.count("\n") == words.body.count("\n")
    assert "\n" not in words.subject


@pytest.mark.parametrize("what", [FIRST, "DATA"])
@pytest.mark.parametrize("refusal", ["450 greylisted, come back later", "451 local error", "421 too many connections"])
async def test_a_greylisted_alert_leaves_later(
    app: App, mail: MailServer, clock: Clock, *, refusal: str, what: str
) -> None:
    mail.refusals[what] = refusal
    await Talker(app).sends_a_report("They shouted at me.")
    await app.delivery.send_due()
    assert (mail.arrived, await waiting(app)) == ([], 1)

    mail.refusals.clear()
    clock.advance(minutes=6)
    await app.delivery.send_due()

    assert [whom for whom, _ in mail.arrived] == [FIRST]
    assert await waiting(app) == 0


async def test_an_alert_waits_for_a_mail_server_that_is_down(config: Config, clock: Clock) -> None:
    server = MailServer()
    async with serving_mail(server):
        pass
    cheap = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(replace(config, mail=mail_settings(server)), EventLog(), cheap) as app:
        await app.joining.agency("bhcds")
        await alerts_go_to(app, FIRST)
        await Talker(app).sends_a_report("They shouted at me.")
        for _ in range(12):
            await app.delivery.send_due()
            clock.advance(minutes=6)
        assert await waiting(app) == 1

        async with serving_mail(server):
            await app.delivery.send_due()

    assert [whom for whom, _ in server.arrived] == [FIRST]


async def test_a_refusal_for_ever_goes_to_the_next_person_at_once(app: App, mail: MailServer) -> None:
    mail.refusals[FIRST] = "550 no such mailbox"
    await Talker(app).sends_a_report("They shouted at me.")

    await app.delivery.send_due()

    assert [whom for whom, _ in mail.arrived] == [SECOND]
    assert await waiting(app) == 0


async def test_an_alert_every_address_refuses_is_tried_again_when_it_is_due(
    app: App, mail: MailServer, clock: Clock
) -> None:
    mail.refusals["DATA"] = "554 this looks like spam"
    await Talker(app).sends_a_report("They shouted at me.")
    await app.delivery.send_due()
    assert mail.arrived == []

    mail.refusals.clear()
    await passes(app, clock, ALERT_READ)

    assert [whom for whom, _ in mail.arrived] == [SECOND]


async def test_an_unread_alert_goes_to_one_person_after_the_other(app: App, mail: MailServer, clock: Clock) -> None:
    await Talker(app).sends_a_report("They shouted at me.")
    await passes(app, clock, timedelta())
    for pause in (ALERT_READ, ALERT_READ, 2 * ALERT_READ, 3 * ALERT_READ):
        await passes(app, clock, pause - timedelta(seconds=1))
        await passes(app, clock, timedelta(seconds=1))

    assert [whom for whom, _ in mail.arrived] == [FIRST, SECOND, THIRD, FIRST, SECOND]
    assert "Nobody has said yet that they have it." not in mail.to(FIRST)[0].get_content()
    assert "Nobody has said yet that they have it." in mail.to(SECOND)[0].get_content()


async def test_an_alert_that_was_read_goes_to_nobody_else(app: App, mail: MailServer, clock: Clock) -> None:
    await Talker(app).sends_a_report("They shouted at me.")
    await passes(app, clock, timedelta())

    await reads_the_alert(app)
    for _ in range(5):
        await passes(app, clock, timedelta(days=1))

    assert [whom for whom, _ in mail.arrived] == [FIRST]


async def test_an_alert_read_before_it_left_is_not_sent(app: App, mail: MailServer) -> None:
    await Talker(app).sends_a_report("They shouted at me.")
    await reads_the_alert(app)

    await app.delivery.send_due()

    assert (mail.arrived, await waiting(app)) == ([], 0)


async def test_an_alert_is_passed_on_for_ever_until_it_is_read(app: App, mail: MailServer, clock: Clock) -> None:
    await Talker(app).sends_a_report("They shouted at me.")

    for _ in range(30):
        await passes(app, clock, timedelta(days=1))

    assert len(mail.arrived) >= 30


async def test_two_programs_pass_an_alert_on_once(app: App, mail: MailServer, clock: Clock, config: Config) -> None:
    await Talker(app).sends_a_report("They shouted at me.")
    await app.delivery.send_due()
    clock.advance(hours=1)
    async with open_app(replace(config, mail=mail_settings(mail)), EventLog(), World(clock=clock)) as other:
        assert await app.alerts.escalate() + await other.alerts.escalate() == 1
        await other.delivery.send_due()
        await app.delivery.send_due()

    assert [whom for whom, _ in mail.arrived] == [FIRST, SECOND]


async def test_an_agency_that_names_somebody_later_is_still_alerted(
    config: Config, clock: Clock, mail: MailServer
) -> None:
    cheap = World(clock=clock, code_cost=FOR_TESTS, passphrase_cost=FOR_TESTS)
    async with open_app(replace(config, mail=mail_settings(mail)), EventLog(), cheap) as app:
        await app.joining.agency("bhcds")
        await Talker(app).sends_a_report("They shouted at me.")
        await app.delivery.send_due()

        await alerts_go_to(app, FIRST)
        await passes(app, clock, ALERT_READ)

    assert [whom for whom, _ in mail.arrived] == [FIRST]


async def test_a_way_that_fails_strangely_holds_up_no_other_alert(app: App, mail: MailServer, clock: Clock) -> None:
    class Strange:
        async def send(self, address: str, words: AlertWords) -> None:
            raise LookupError

    strange = replace(app.alerts, senders={**app.alerts.senders, "strange": Strange()})
    ways = errands(app.house, app.delivery.channels, strange)
    delivery = replace(app.delivery, errands=ways)
    await Talker(app).sends_a_report("They shouted at me.")
    for way in await app.house.database.look(lambda c: agencies.ways(c, "bhcds")):
        await app.house.database.unit(partial(agencies.drop_way, id=way.id))
    await alerts_go_to(app, "x", "strange")
    await delivery.send_due()

    assert await waiting(app) == 1
    await alerts_go_to(app, SECOND)
    await passes(app, clock, ALERT_READ)
    assert {whom for whom, _ in mail.arrived} == {SECOND}


@pytest.mark.parametrize("address", ["a\r\nBcc: thief@x.example", ""])
async def test_an_address_no_mail_can_be_made_for_is_given_up(mail: MailServer, address: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        await EmailAlerts(mail_settings(mail)).send(address, WORDS)

    assert mail.arrived == []
    assert refused.value.permanent
