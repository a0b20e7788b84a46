"""The data behind a button: which draft, which question, which option; at most 64 bytes (Telegram's limit)."""

from dataclasses import dataclass, field
from hashlib import blake2s

MOST_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TapData:
    """`draft`: the draft the button was shown in; `token`: the screen; `option`: the answer or the bar's code."""

    draft: str
    token: str
    option: str = field(repr=False)


def token_of(key: str) -> str:
    """Six letters that stand for a screen."""
    return blake2s(key.encode(), digest_size=3).hexdigest()


def write_tap(draft: str, key: str, option: str) -> str:
    """Raises ValueError if the option's code is too long for a button; a test walks every one."""
    data = f"{draft}.{token_of(key)}.{option}"
    if len(data.encode()) > MOST_BYTES:
        raise ValueError("this option's code is too long for a button")
    return data


def read_tap(data: str) -> TapData | None:
    """None if this is no data of ours."""
    draft, _, rest = data.partition(".")
    token, dot, option = rest.partition(".")
    return TapData(draft=draft, token=token, option=option) if dot and option else None
