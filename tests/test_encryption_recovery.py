"""The agency's recovery code: typed from paper years later, it opens the key or says that it is damaged."""

import os

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.recovery import (
    RecoveryCode,
    new_recovery_code,
    open_with_recovery,
    parse_recovery_code,
    seal_for_recovery,
)

AGENCY = PrivateKey.generate()
HERE = bind("agency", "bristol")
CODE = RecoveryCode(secret=bytes(range(20)))
SEALED = seal_for_recovery(AGENCY, CODE, context=HERE)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

recovery_codes = st.binary(min_size=20, max_size=20).map(lambda secret: RecoveryCode(secret=secret))


def test_a_printed_code_is_eight_groups_of_five_that_are_hard_to_misread() -> None:
    assert [len(group) for group in CODE.groups] == [5] * 8
    assert set("".join(CODE.groups)) <= set(ALPHABET)


def test_a_code_printed_by_version_one_is_still_read() -> None:
    """Fixed for ever: the paper in the safe does not change."""
    assert " ".join(CODE.groups) == "000G4 0R40M 30E20 9185G R38E1 W8124 GKG1J QX7KW"
    assert parse_recovery_code("000G4 0R40M 30E20 9185G R38E1 W8124 GKG1J QX7KW") == CODE


@given(code=recovery_codes)
def test_every_code_is_read_back_as_printed(code: RecoveryCode) -> None:
    assert parse_recovery_code("-".join(code.groups)) == code


@given(code=recovery_codes, ones=st.sampled_from("iIlL1"), zeros=st.sampled_from("oO0"))
def test_letters_taken_for_digits_are_read_as_meant(code: RecoveryCode, ones: str, zeros: str) -> None:
    typed = " ".join(code.groups).lower().replace("1", ones).replace("0", zeros)

    assert parse_recovery_code(f"\u200e {typed}.\n") == code


@given(code=recovery_codes, at=st.integers(0, 39), sign=st.sampled_from(ALPHABET + "U!é"))
def test_one_damaged_letter_is_noticed(code: RecoveryCode, at: int, sign: str) -> None:
    letters = "".join(code.groups)
    assume(letters[at] != sign)

    assert parse_recovery_code(letters[:at] + sign + letters[at + 1 :]) is None


@given(code=recovery_codes, one=st.integers(0, 7), other=st.integers(0, 7))
def test_groups_in_the_wrong_order_are_noticed(code: RecoveryCode, one: int, other: int) -> None:
    groups = list(code.groups)
    groups[one], groups[other] = groups[other], groups[one]

    assert parse_recovery_code(" ".join(groups)) == (code if tuple(groups) == code.groups else None)


@given(typed=st.text(max_size=80))
def test_no_typed_text_makes_reading_fail(typed: str) -> None:
    assert parse_recovery_code(typed) is None


def test_the_recovery_code_opens_the_agency_s_key() -> None:
    typed = parse_recovery_code(" ".join(CODE.groups).lower())

    assert typed is not None
    assert open_with_recovery(SEALED, typed, context=HERE).to_bytes() == AGENCY.to_bytes()


def test_another_agency_s_code_or_place_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        open_with_recovery(SEALED, new_recovery_code(os.urandom), context=HERE)
    with pytest.raises(CannotOpen):
        open_with_recovery(SEALED, CODE, context=bind("agency", "walsall"))


@settings(deadline=None)
@given(bit=st.integers(0, 8 * len(SEALED) - 1))
def test_a_damaged_row_is_refused(bit: int) -> None:
    damaged = bytearray(SEALED)
    damaged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        open_with_recovery(bytes(damaged), CODE, context=HERE)


def test_new_codes_differ_and_hold_160_random_bits() -> None:
    assert len({new_recovery_code(os.urandom).secret for _ in range(100)}) == 100
    with pytest.raises(ValueError, match="20 bytes"):
        new_recovery_code(lambda size: bytes(size - 1))
