"""`saysafe init`: the server's secret, the first agency, its first member of staff and the recovery code."""

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import pyotp
import segno

from bot.app import App
from bot.errors import ConfigurationError

FEWEST_LETTERS = 14  # of a passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStaff:
    """What is asked for: an agency of the directory, and who works there."""

    agency: str
    name: str
    passphrase: str
    email: str = ""  # for alerts


def new_secret() -> str:
    """A server's secret, for the settings: 256 random bits."""
    return secrets.token_hex(32)


def faults_of(app: App, first: FirstStaff) -> tuple[str, ...]:
    """Everything that is wrong with `first`."""
    known = {agency.id for agency in app.house.directory.all_agencies}
    faults = []
    if first.agency not in known:
        faults.append(f"There is no such agency. The directory has: {', '.join(sorted(known))}")
    if not first.name.strip() or len(first.name) > 80:
        faults.append("The name must have 1 to 80 letters.")
    if len(first.passphrase) < FEWEST_LETTERS:
        faults.append(f"The passphrase must have {FEWEST_LETTERS} letters or more. Four or five words are good.")
    return tuple(faults)


async def initialise(app: App, first: FirstStaff, write: Callable[[str], None]) -> None:
    """Let the agency join and tell, once, what must be kept. Raises `ConfigurationError` with every fault."""
    faults = faults_of(app, first)
    if faults:
        raise ConfigurationError(faults)
    joined = await app.joining.agency(first.agency)
    member = await app.joining.member(joined, name=first.name.strip(), passphrase=first.passphrase)
    if first.email:
        await app.house.database.unit(
            lambda c: app.joining.alert_way(c, agency=first.agency, kind="email", address=first.email)
        )
    link = pyotp.TOTP(member.totp).provisioning_uri(name=member.name, issuer_name="Saysafe")
    write("Scan this with an authenticator app:\n")
    write(_qr(link))
    write(f"or type this secret into it: {member.totp}\n")
    write("Recovery code of the agency. Print it, keep it in a safe, and nowhere else. It is not shown again:\n")
    write("    " + " ".join(joined.recovery.groups) + "\n")
    code = await app.joining.staff_chat_code(first.agency)
    write(f"To link a staff chat on Telegram, send this in it to the bot within an hour:  /link {code}\n")


def _qr(link: str) -> str:
    drawn = io.StringIO()
    segno.make(link, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()
