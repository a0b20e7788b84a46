"""A mail server on loopback that keeps what it takes, and refuses what it is told to."""

import asyncio
import ssl
from asyncio import AbstractServer, get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PATIENCE = 20  # seconds
Arrived = tuple[str, EmailMessage]  # the recipient, and the message


@dataclass
class MailServer:
    """`refusals`: what to answer, by recipient, or by "DATA" for any message. `login`: the only name and password."""

    port: int = 0
    arrived: list[Arrived] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    login: tuple[str, str] | None = None
    encrypted: list[bool] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def to(self, recipient: str) -> list[EmailMessage]:
        return [message for whom, message in self.arrived if whom == recipient]

    async def brings(self, recipient: str) -> None:
        """Wait until a message to them has come; the program may be in the middle of sending it."""
        async with asyncio.timeout(PATIENCE):
            while not self.to(recipient):
                self.came.clear()
                await self.came.wait()

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.extend((recipient, message) for recipient in envelope.rcpt_tos)
        self.encrypted.append(session.ssl is not None)
        self.came.set()
        return "250 Kept"

    def lets_in(self, _: SMTP, __: Session, ___: Envelope, ____: str, given: Any) -> AuthResult:
        known = isinstance(given, LoginPassword) and (given.login.decode(), given.password.decode()) == self.login
        return AuthResult(success=known, handled=False)


@asynccontextmanager
async def serving_mail(
    mail: MailServer, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[AbstractServer]:
    """Serve `mail` on its port, or on a free one that it then knows; again after the block ended, if you like."""

    def connected() -> SMTP:
        return SMTP(
            mail,
            loop=get_running_loop(),
            enable_SMTPUTF8=True,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=mail.login is not None,
            auth_require_tls=starttls is not None,
            authenticator=mail.lets_in,
        )

    server = await get_running_loop().create_server(connected, "127.0.0.1", mail.port, ssl=tls)
    mail.port = server.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.close()
        await server.wait_closed()
