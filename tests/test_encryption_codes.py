"""The reporter's code: made without bias, read as people type it, every slip noticed, found by pepper."""

import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encryption.codes import ReportCode, code_key, looks_like_code, lookup_id, new_code, parse_code
from bot.encryption.content import lock, unlock
from bot.encryption.errors import CannotOpen
from bot.encryption.passphrase import FOR_TESTS
from bot.encryption.sealing import Purpose

PEPPER = bytes(range(32))
SALT = bytes(range(16))
CODE = new_code(lambda size: bytes(size - 1) + b"\x07")

codes = st.binary(min_size=8, max_size=8).filter(lambda drawn: drawn < b"\xf9").map(lambda d: new_code(lambda _: d))


def test_a_code_is_shown_in_five_groups_of_four() -> None:
    assert CODE.groups == ("0000", "0000", "0000", "0000", "0777")


def test_check_digits_are_those_of_iso_7064() -> None:
    """The standard's own example, 794 with check digits 44, written with zeros in front."""
    assert parse_code("0000 0000 0000 0007 9444") == ReportCode(digits="00000000000000079444")


def test_check_digits_agree_with_a_payment_reference_that_has_the_same() -> None:
    """RF18 5390 0754 7034, the usual example of ISO 11649: its digits, then RF as 27 15, then its check 18."""
    assert parse_code("0053 9007 5470 3427 1518") == ReportCode(digits="00539007547034271518")


@given(code=codes)
def test_every_new_code_can_be_typed_back(code: ReportCode) -> None:
    assert parse_code(" ".join(code.groups)) == code
    assert looks_like_code("".join(code.groups))


def test_codes_of_the_real_randomness_differ() -> None:
    assert len({new_code(os.urandom).digits for _ in range(500)}) == 500


def test_a_draw_that_would_favour_small_codes_is_drawn_again() -> None:
    draws = iter([b"\xff" * 8, (18 * 10**18).to_bytes(8, "big"), (10**18 + 5).to_bytes(8, "big")])

    assert new_code(lambda _: next(draws)).digits[:18] == "000000000000000005"


ZEROS = {
    "Arabic-Indic": "٠",
    "Persian": "۰",
    "Bengali": "০",
    "Devanagari": "०",
    "full width": "０",
    "N'Ko": "߀",
}


@pytest.mark.parametrize("zero", ZEROS.values(), ids=ZEROS)
@given(code=codes)
def test_a_code_is_read_in_amina_s_own_digits(zero: str, code: ReportCode) -> None:
    typed = " ".join(code.groups).translate({ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)})

    assert parse_code(typed) == code


BETWEEN = [
    "",
    " ",
    "-",
    "\u2013",
    "\u2014",
    "\u2212",
    "\u00a0",
    "\u202f",
    "\n",
    "\t",
    ".",
    "\u060c",
    " \u00b7 ",
    "_",
]
INVISIBLE = [
    "\u200e",
    "\u200f",
    "\u202a",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u061c",
]


@given(code=codes, between=st.lists(st.sampled_from(BETWEEN + INVISIBLE), min_size=21, max_size=21))
def test_spaces_dashes_and_invisible_marks_are_overlooked(code: ReportCode, between: list[str]) -> None:
    typed = "".join(gap + digit for gap, digit in zip(between, code.digits, strict=False)) + between[-1]

    assert parse_code(typed) == code


def test_a_code_typed_with_keycap_emoji_is_read() -> None:
    assert parse_code("".join(f"{digit}\ufe0f\u20e3" for digit in CODE.digits)) == CODE


@given(code=codes, at=st.integers(0, 19), shift=st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(code: ReportCode, at: int, shift: int) -> None:
    wrong = str((int(code.digits[at]) + shift) % 10)

    assert parse_code(code.digits[:at] + wrong + code.digits[at + 1 :]) is None


@given(code=codes, at=st.integers(0, 18))
def test_two_swapped_neighbours_are_always_noticed(code: ReportCode, at: int) -> None:
    one, other = code.digits[at], code.digits[at + 1]
    swapped = code.digits[:at] + other + one + code.digits[at + 2 :]

    assert parse_code(swapped) == (code if one == other else None)


@given(code=codes, cut=st.integers(1, 2))
def test_a_digit_too_few_or_too_many_is_an_attempt_but_no_code(code: ReportCode, cut: int) -> None:
    for typed in (code.digits[cut:], code.digits + "0" * cut):
        assert parse_code(typed) is None
        assert looks_like_code(typed)


def test_check_digits_above_the_standard_s_range_are_refused() -> None:
    """02 and 99 leave the same remainder; only one of them makes the code."""
    code = next(code for code in map(_numbered, range(97)) if code.digits.endswith("02"))

    assert int(code.digits[:18] + "99") % 97 == 1
    assert parse_code(code.digits[:18] + "99") is None


def _numbered(number: int) -> ReportCode:
    return new_code(lambda size: number.to_bytes(size, "big"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "0117 496 0123",
        "+44 7700 900123",
        "4929 1234 5678 9012",
        "x" * 20,
        "²" * 20,
        "1" * 100_000,
    ],
)
def test_telephone_and_card_numbers_are_not_taken_for_codes(typed: str) -> None:
    assert parse_code(typed) is None
    assert not looks_like_code(typed)


def test_a_sentence_that_holds_a_code_is_a_sentence() -> None:
    assert not looks_like_code(f"my code is {CODE.digits}")


@given(typed=st.text(max_size=60))
def test_no_typed_text_makes_reading_a_code_fail(typed: str) -> None:
    code = parse_code(typed)

    assert code is None or looks_like_code(typed)


@pytest.mark.parametrize("digits", ["", "1" * 20, "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٧٩٤٤٤", "794 44", CODE.digits + "0"])
def test_a_code_that_is_not_one_cannot_exist(digits: str) -> None:
    with pytest.raises(ValueError, match="^not a report code$"):
        ReportCode(digits=digits)


def test_the_look_up_is_an_hmac_under_the_pepper() -> None:
    named = b"\x00\x00\x00\x16saysafe/v1/code-lookup\x00\x00\x00\x14" + CODE.digits.encode()

    assert lookup_id(CODE, PEPPER) == hmac.new(PEPPER, named, hashlib.sha256).digest()


def test_look_ups_differ_by_pepper_and_by_code() -> None:
    other = new_code(lambda size: bytes(size))

    assert len({lookup_id(CODE, PEPPER), lookup_id(CODE, PEPPER[::-1]), lookup_id(other, PEPPER)}) == 3


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="pepper"):
        lookup_id(CODE, PEPPER[:31])


def test_amina_s_code_opens_her_own_copy_and_no_other_code_does() -> None:
    locked = lock(b"her words", code_key(CODE, SALT, FOR_TESTS), Purpose.REPORTER_KEY, context=b"report-7")
    typed_again = parse_code("٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٠٠٠ ٠٧٧٧")

    assert typed_again is not None
    amina = code_key(typed_again, SALT, FOR_TESTS)
    assert unlock(locked, amina, Purpose.REPORTER_KEY, context=b"report-7") == b"her words"
    for wrong in (code_key(new_code(os.urandom), SALT, FOR_TESTS), code_key(CODE, SALT[::-1], FOR_TESTS)):
        with pytest.raises(CannotOpen):
            unlock(locked, wrong, Purpose.REPORTER_KEY, context=b"report-7")
