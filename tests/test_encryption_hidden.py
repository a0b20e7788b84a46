"""No secret prints: not in a repr, not in a sentence, not in an exception or its traceback."""

import os
import traceback
from collections.abc import Callable

import pytest

from bot.encryption.codes import ReportCode, new_code, parse_code
from bot.encryption.content import ContentKey, lock, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.passphrase import FOR_TESTS, open_private, seal_private
from bot.encryption.recovery import new_recovery_code, open_with_recovery, seal_for_recovery
from bot.encryption.sealing import Purpose, open_sealed, seal

AMINA = PrivateKey.generate()
KEY = ContentKey.generate()
CODE = new_code(os.urandom)
RECOVERY = new_recovery_code(os.urandom)
SECRET = b"a-server-secret-nobody-may-see-42"
RING = KeyRing([SECRET])
CANARY = "canary-kestrel"


@pytest.mark.parametrize("secret", [AMINA, KEY, CODE, RECOVERY, RING], ids=lambda secret: type(secret).__name__)
def test_a_secret_prints_as_hidden_everywhere(secret: object) -> None:
    assert {repr(secret), str(secret), f"{secret}", f"{secret!r}", "%s" % secret} == {"<hidden>"}  # noqa: UP031
    assert f"{[secret]} { {'secret': secret} }" == "[<hidden>] {'secret': <hidden>}"


def test_a_public_key_prints_without_its_thousand_bytes() -> None:
    assert repr(AMINA.public) == "PublicKey()"


def _foreign_row() -> bytes:
    return seal(CANARY.encode(), PrivateKey.generate().public, Purpose.PART_KEY, context=CANARY.encode())


FAILURES: dict[str, Callable[[], object]] = {
    "sealed": lambda: open_sealed(_foreign_row(), AMINA, Purpose.PART_KEY, context=CANARY.encode()),
    "locked": lambda: unlock(
        lock(CANARY.encode(), ContentKey.generate(), Purpose.PART, context=b""),
        KEY,
        Purpose.PART,
        context=b"",
    ),
    "version": lambda: unlock(CANARY.encode(), KEY, Purpose.PART, context=b""),
    "passphrase": lambda: open_private(
        seal_private(AMINA, "right", FOR_TESTS, context=b""), CANARY + "\ud800", context=b""
    ),
    "recovery": lambda: open_with_recovery(
        seal_for_recovery(AMINA, new_recovery_code(os.urandom), context=b""), RECOVERY, context=b""
    ),
    "ring": lambda: RING.unlock_address(
        KeyRing([SECRET[::-1]]).lock_address(CANARY.encode(), context=b""), context=b""
    ),
    "private key": lambda: PrivateKey.from_bytes(b"\x01" + CANARY.encode()),
    "public key": lambda: PublicKey.from_bytes(b"\x01" + CANARY.encode()),
    "content key": lambda: ContentKey.from_bytes(b"\x01" + CANARY.encode()),
}


@pytest.mark.parametrize("failing", FAILURES.values(), ids=FAILURES)
def test_a_refusal_says_the_same_sentence_and_no_value(failing: Callable[[], object]) -> None:
    with pytest.raises(CannotOpen) as refusal:
        failing()

    sentence = "Refused: wrong key, wrong context, damaged, or of an unknown version."
    assert str(refusal.value) == sentence
    assert refusal.value.args == (sentence,)
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
    printed = "".join(traceback.format_exception(refusal.value))
    assert CANARY not in printed
    assert SECRET.decode() not in printed


REFUSED_VALUES: dict[str, Callable[[], object]] = {
    "code": lambda: ReportCode(digits=CANARY),
    "content key": lambda: ContentKey(raw=CANARY.encode()),
    "short secret": lambda: KeyRing([CANARY.encode()]),
    "repeated secret": lambda: KeyRing([CANARY.encode() * 3, CANARY.encode() * 3]),
}


@pytest.mark.parametrize("failing", REFUSED_VALUES.values(), ids=REFUSED_VALUES)
def test_a_refused_secret_is_not_quoted_in_the_error(failing: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=".") as refusal:
        failing()

    assert CANARY not in "".join(traceback.format_exception(refusal.value))


def test_a_mistyped_code_leaves_no_exception_behind() -> None:
    assert parse_code(CANARY) is None
