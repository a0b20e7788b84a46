"""A code is found in whatever is written around it; telephone numbers, dates, cards and accounts are no codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.code_typed import MOST_NUMBERS, STRUCK, TypedCode, Unsearchable, find_code
from bot.encryption.codes import ReportCode, new_code
from dialogs.narrative import MOST_CHARACTERS
from tests.properties import PROPERTY

CODE = new_code(lambda size: b"\x01" * size)
DIGITS, GROUPED = CODE.digits, " ".join(CODE.groups)
codes = st.binary(min_size=8, max_size=8).filter(lambda drawn: drawn < b"\xf9").map(lambda d: new_code(lambda _: d))
letters = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Po", "Zs", "So"]), max_size=60)
scripts = st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "０１２３４５６７８９"])
gaps = st.sampled_from(["", " ", "-", "\n", " · ", "\u200b", " | "])


@PROPERTY
@given(code=codes, before=letters, after=letters, digits=scripts, gap=gaps)
def test_a_code_is_struck_out_of_any_words(code: ReportCode, before: str, after: str, digits: str, gap: str) -> None:
    written = gap.join(code.groups).translate(str.maketrans("0123456789", digits))
    found = find_code(f"{before} {written} {after}")

    assert found is not None
    assert found.digits == code.digits
    assert not any(group in found.rest for group in written.split(gap or None))
    assert found.rest in ("", f"{before} {STRUCK} {after}")


@PROPERTY
@given(words=st.text(max_size=300))
def test_no_words_are_too_strange_to_be_looked_at(words: str) -> None:
    found = find_code(words)

    assert found is None or sum(sign.isdecimal() for sign in words) >= 18


@pytest.mark.parametrize(
    "written",
    [
        DIGITS,
        GROUPED,
        f"🔑 {GROUPED} 🙏",
        f"{DIGITS}{DIGITS}",
        f"{GROUPED}\n{GROUPED}",
        "\n".join(CODE.groups),
        " ".join(DIGITS),
        "".join(f"{digit}\ufe0f\u20e3" for digit in DIGITS),
    ],
)
def test_a_code_with_nothing_beside_it_leaves_no_words(written: str) -> None:
    found = find_code(written)

    assert found is not None
    assert (found.digits, found.rest) == (DIGITS, "")


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        (f"My code is {GROUPED}. He came back", f"My code is {STRUCK}. He came back"),
        (f"{GROUPED} 2 men came", f"{STRUCK} 2 men came"),
        (f"1 {GROUPED}", f"1 {STRUCK}"),
        (f"code{DIGITS}", f"code{STRUCK}"),
        (f"one {GROUPED} and {DIGITS} again", f"one {STRUCK} and {STRUCK} again"),
    ],
)
def test_the_words_around_a_code_are_left_as_they_were(written: str, rest: str) -> None:
    found = find_code(written)

    assert found is not None
    assert (found.digits, found.rest) == (DIGITS, rest)


@pytest.mark.parametrize(
    "slip", [DIGITS[:-1], f"{DIGITS}5", GROUPED[:-2], f"{DIGITS[:-1]}{(int(DIGITS[-1]) + 1) % 10}"]
)
def test_a_slip_is_noticed_where_nothing_else_is_written(slip: str) -> None:
    found = find_code(slip)

    assert found is not None
    assert found.digits == ""
    assert find_code(f"they wrote {slip} on my door") is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "07700900123",
        "+44 7700 900123",
        "07700900123 07700900456",
        "07700 900123\n0117 922 2222",
        "12/05/2026 07700900123",
        "2026-05-12 18:30, 2026-05-13",
        "4929 1234 5678 9012",
        "4929 1234 5678 9012, 12/28, 123",
        "GB29 NWBK 6016 1331 9268 19",
        "DE89370400440532013000",
        "9" * 5_000,
        "² ³ ½ Ⅷ",
    ],
)
def test_other_numbers_are_no_codes(written: str) -> None:
    assert find_code(written) is None


def test_an_account_number_that_ends_like_a_code_is_none() -> None:
    """Check digits of both kinds are remainders of 97: one account number in 97 ends in the digits of a code."""
    account = next(n for n in _accounts() if (found := find_code(n[2:])) and found.digits)

    assert find_code(account) is None
    assert find_code(f"my account is {account}, his is another") is None
    assert find_code(f"it is{account[2:]}") is not None


def _accounts() -> list[str]:
    """Account numbers of a German bank, with their check digits (ISO 13616)."""
    numbers = [f"{370400440532013000 + more:018d}" for more in range(500)]
    return [f"DE{98 - int(f'{number}131400') % 97:02d}{number}" for number in numbers]


def test_a_code_at_the_end_of_a_story_full_of_numbers_is_found() -> None:
    told = "On 12/03/2025 at 10:30 he rang 14 times from 07700 900123. " * 3_000

    found = find_code(f"{told}My code is {GROUPED}.")

    assert found == TypedCode(digits=DIGITS, rest=f"{told}My code is {STRUCK}.")


def test_a_code_after_a_list_of_five_thousand_calls_is_found() -> None:
    calls = "12/03/2025 10:31:22 07700 900123 00:03\n" * 5_000

    found = find_code(f"{calls}{GROUPED}")

    assert found is not None
    assert found.digits == DIGITS


@pytest.mark.parametrize(
    "words",
    ["1 " * (MOST_NUMBERS + 1), "1 " * (MOST_NUMBERS // 2) + "x" + "1 " * MOST_NUMBERS, "m" * MOST_CHARACTERS + "m"],
)
def test_words_that_take_too_long_to_look_through_are_not_let_through(words: str) -> None:
    with pytest.raises(Unsearchable):
        find_code(words)
