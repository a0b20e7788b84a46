"""Alert emails over TLS and with a password, to a mail server with a certificate of our own."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.alerts.email import EmailAlerts
from bot.errors import DeliveryError
from tests.mail_server import MailServer, serving_mail
from tests.test_alerts_email import FIRST, WORDS, mail_settings

LOGIN = ("saysafe", "a long password")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def _trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize("way", ["starttls", "tls"])
async def test_an_alert_travels_encrypted(context: ssl.SSLContext, way: str) -> None:
    mail = MailServer(login=LOGIN if way == "starttls" else None)
    user, password = LOGIN if way == "starttls" else ("", "")
    async with serving_mail(mail, **{way: context}):
        await EmailAlerts(mail_settings(mail, way, user, password)).send(FIRST, WORDS)

    assert [whom for whom, _ in mail.arrived] == [FIRST]
    assert mail.encrypted == [True] or way == "tls"


@pytest.mark.usefixtures("_trusted")
async def test_a_wrong_password_is_tried_again_later(context: ssl.SSLContext) -> None:
    mail = MailServer(login=LOGIN)
    async with serving_mail(mail, starttls=context):
        with pytest.raises(DeliveryError) as refused:
            await EmailAlerts(mail_settings(mail, "starttls", "saysafe", "wrong")).send(FIRST, WORDS)

    assert not refused.value.permanent
    assert mail.arrived == []


@pytest.mark.parametrize("way", ["starttls", "tls"])
async def test_a_mail_server_with_a_strange_certificate_is_told_nothing(context: ssl.SSLContext, way: str) -> None:
    mail = MailServer()
    async with serving_mail(mail, **{way: context}):
        with pytest.raises(DeliveryError) as refused:
            await EmailAlerts(mail_settings(mail, way)).send(FIRST, WORDS)

    assert not refused.value.permanent
    assert mail.arrived == []


async def test_a_mail_server_without_encryption_is_told_nothing() -> None:
    mail = MailServer()
    async with serving_mail(mail):
        with pytest.raises(DeliveryError):
            await EmailAlerts(mail_settings(mail, "starttls")).send(FIRST, WORDS)

    assert mail.arrived == []
