"""Settings: everything wrong is said at once, and no fault shows what was set."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import PREFIX, Config, descriptions
from bot.errors import ConfigurationError

SECRET = "3f9c2a71d08b5e64" * 4
OTHER = "90ab4c7de1f23856" * 4
README = Path(__file__).parent.parent / "README.md"


def faults(**settings: str) -> tuple[str, ...]:
    """What is wrong with these settings, by their names without the prefix."""
    with pytest.raises(ConfigurationError) as refused:
        Config.from_env({f"{PREFIX}{name.upper()}": value for name, value in settings.items()})
    return refused.value.faults


def config(**settings: str) -> Config:
    given = {"secret": SECRET, **settings}
    return Config.from_env({f"{PREFIX}{name.upper()}": value for name, value in given.items()})


def test_a_secret_is_all_it_needs() -> None:
    assert config().secrets == (SECRET.encode(),)
    assert config().telegram is None
    assert config().mail is None


def test_every_fault_is_named_at_once() -> None:
    named = {
        fault.partition(":")[0] for fault in faults(port="x", smtp_tls="maybe", colour="red", public_url="nowhere")
    }

    assert named == {f"{PREFIX}{name}" for name in ("SECRET", "PORT", "SMTP_TLS", "COLOUR", "PUBLIC_URL")}


def test_settings_of_other_programs_are_left_alone() -> None:
    assert Config.from_env({"PATH": "/bin", "SAYSAFE_SECRET": SECRET, "SAYSAFELY": "x"}).port == 8080


@given(st.text(st.characters(codec="ascii", exclude_characters="\0"), min_size=4, max_size=70).map(lambda s: f"zqx{s}"))
def test_no_fault_ever_shows_a_value(value: str) -> None:
    settings = dict.fromkeys(("secret", "port", "smtp_tls", "public_url", "smtp_port", "unknown"), value)

    said = "\n".join(faults(**settings))

    assert "zqx" not in said


@pytest.mark.parametrize("secret", ["short", "a" * 64, f"{SECRET},{SECRET}", f"{SECRET},"])
def test_a_secret_that_is_none_is_refused(secret: str) -> None:
    [fault] = faults(secret=secret)

    assert fault.startswith("SAYSAFE_SECRET")


def test_secrets_are_rotated_oldest_first() -> None:
    assert config(secret=f"{SECRET}, {OTHER}").secrets == (SECRET.encode(), OTHER.encode())


def test_a_setting_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")

    assert Config.from_env({"SAYSAFE_SECRET_FILE": str(tmp_path / "secret")}).secrets == (SECRET.encode(),)


def test_a_setting_given_twice_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)

    [fault] = faults(secret=OTHER, secret_file=str(tmp_path / "secret"))

    assert "twice" in fault


@pytest.mark.parametrize("content", [None, b"\xff\xfe zqx \x80"])
def test_a_file_that_cannot_be_read_is_named_without_what_it_holds(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)

    said = faults(secret_file=str(tmp_path / "secret"))

    assert "SAYSAFE_SECRET_FILE: the file cannot be read" in said
    assert "zqx" not in "".join(said)


@pytest.mark.parametrize(
    ("setting", "value", "needed"),
    [
        ("smtp_host", "mail.example", "SAYSAFE_SMTP_FROM"),
        ("smtp_user", "saysafe", "SAYSAFE_SMTP_PASSWORD"),
        ("telegram_webhook", "https://bot.example/telegram", "SAYSAFE_TELEGRAM_TOKEN"),
    ],
)
def test_what_a_setting_needs_beside_it_is_named(setting: str, value: str, needed: str) -> None:
    [fault] = faults(secret=SECRET, **{setting: value})

    assert fault.startswith(needed)


def test_a_webhook_must_be_over_https() -> None:
    [fault] = faults(secret=SECRET, telegram_token="1:a", telegram_webhook="http://bot.example")

    assert "https" in fault


def test_no_secret_is_printed_with_the_settings() -> None:
    printed = repr(
        config(
            telegram_token="12:token", smtp_host="m", smtp_user="u", smtp_password="hidden!", smtp_from="a@b.example"
        )
    )

    assert not [secret for secret in (SECRET, "12:token", "hidden!") if secret in printed]


def test_every_setting_stands_in_the_readme() -> None:
    missing = [name for name, (_, meaning) in descriptions().items() if name not in README.read_text() or not meaning]

    assert missing == []
