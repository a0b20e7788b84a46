"""Settings, read once from the environment; everything wrong is named at once.

Each setting is `SAYSAFE_` and its name, or that and `_FILE` for the path of a file that holds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, ValidationError, field_validator

from bot.errors import ConfigurationError

PREFIX = "SAYSAFE_"
_FILE = "_FILE"


def _secrets(listed: str) -> str:
    secrets = [secret.strip() for secret in listed.split(",")]
    if not all(len(secret) >= 64 and len(set(secret)) >= 8 for secret in secrets) or len(set(secrets)) < len(secrets):
        raise ValueError("must be one or more different secrets, as `saysafe init` makes them")
    return listed


class _Environment(BaseModel):
    """The settings as they are written; each description stands in the README's table too."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    secret: Annotated[str, AfterValidator(_secrets)] = Field(
        description="The server's secret, made by `saysafe init`. To rotate: old,new."
    )
    database: Path = Field(Path("saysafe.sqlite3"), description="The database file.")
    operator: str = Field("Saysafe", min_length=2, max_length=60, description="Who runs this bot, as people read it.")
    public_url: HttpUrl = Field(
        HttpUrl("http://127.0.0.1:8080"), description="Where staff and people reach the web pages; alerts link to it."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port to listen on.")
    telegram_token: str = Field("", description="The bot's token from @BotFather. Empty: no Telegram.")
    telegram_webhook: str = Field("", description="https address for Telegram to call. Empty: long polling.")
    telegram_api: str = Field("https://api.telegram.org", description="The Bot API server, if it is your own.")
    smtp_host: str = Field("", description="The mail server for alerts. Empty: no email.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", description="The name to sign in with there.")
    smtp_password: str = Field("", description="The password to sign in with there.")
    smtp_from: str = Field("", description="The sender of alert emails.")
    smtp_tls: str = Field("starttls", pattern="^(starttls|tls|none)$", description="starttls, tls or none.")

    @field_validator("telegram_webhook")
    @classmethod
    def _over_https(cls, address: str) -> str:
        if address and not address.startswith("https://"):
            raise ValueError("must begin with https://")
        return address


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail server for alerts."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    tls: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """The bot on Telegram. `webhook`: "" for long polling."""

    token: str = field(repr=False)
    webhook: str
    api: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. `secrets`: oldest first. `mail` and `telegram` are None where they are not used."""

    secrets: tuple[bytes, ...] = field(repr=False)
    database: Path
    operator: str
    public_url: str
    host: str
    port: int
    telegram: TelegramSettings | None
    mail: Mail | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Config":
        """Raises `ConfigurationError` with every fault; no fault shows the value of a setting."""
        given, faults = _given(environ)
        faults += _missing(given)
        try:
            values = _Environment.model_validate(given)
        except ValidationError as invalid:
            faults += [f"{_name(error['loc'])}: {_reason(error)}" for error in invalid.errors(include_input=False)]
        if faults:
            raise ConfigurationError(tuple(faults))
        return cls(
            secrets=tuple(secret.strip().encode() for secret in values.secret.split(",")),
            database=values.database,
            operator=values.operator,
            public_url=str(values.public_url).rstrip("/"),
            host=values.host,
            port=values.port,
            telegram=_telegram(values),
            mail=_mail(values),
        )


def descriptions() -> dict[str, tuple[str, str]]:
    """Each setting's full name, with its default ("" for none) and what it is for; the README shows the same."""
    fields = _Environment.model_fields.items()
    return {
        f"{PREFIX}{name.upper()}": ("" if item.is_required() else str(item.default), item.description or "")
        for name, item in fields
    }


def _given(environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    given: dict[str, str] = {}
    faults: list[str] = []
    for name, value in environ.items():
        setting = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX) or not value:
            continue
        if not setting.endswith(_FILE.lower()):
            given[setting] = value
            continue
        try:
            content = Path(value).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):  # a ValueError would show what could not be decoded
            faults.append(f"{name}: the file cannot be read")
            continue
        if environ.get(name.removesuffix(_FILE)):
            faults.append(f"{name}: the setting is given twice, here and without {_FILE}")
        given[setting.removesuffix(_FILE.lower())] = content
    return given, faults


def _missing(given: Mapping[str, str]) -> list[str]:
    """What one setting needs beside it."""
    needs = {"smtp_host": "smtp_from", "smtp_user": "smtp_password", "telegram_webhook": "telegram_token"}
    return [
        f"{PREFIX}{needed.upper()}: is missing, as {PREFIX}{setting.upper()} is given"
        for setting, needed in needs.items()
        if given.get(setting) and not given.get(needed)
    ]


def _name(location: tuple[int | str, ...]) -> str:
    return f"{PREFIX}{'_'.join(str(step) for step in location).upper()}"


def _reason(error: Any) -> str:
    if error["type"] == "missing":
        return "is missing"
    return "is not a setting" if error["type"] == "extra_forbidden" else str(error["msg"])


def _telegram(values: _Environment) -> TelegramSettings | None:
    if not values.telegram_token:
        return None
    return TelegramSettings(
        token=values.telegram_token, webhook=values.telegram_webhook, api=values.telegram_api.rstrip("/")
    )


def _mail(values: _Environment) -> Mail | None:
    if not values.smtp_host:
        return None
    return Mail(
        host=values.smtp_host,
        port=values.smtp_port,
        user=values.smtp_user,
        password=values.smtp_password,
        sender=values.smtp_from,
        tls=values.smtp_tls,
    )
