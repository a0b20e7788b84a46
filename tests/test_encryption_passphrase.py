"""Staff passphrases: they open one key only, in any keyboard's spelling, at a cost nobody can inflate."""

import dataclasses
import threading
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey
from bot.encryption.passphrase import CODE, FOR_TESTS, PASSPHRASE, Cost, open_private, seal_private, stretch

BRUNO = PrivateKey.generate()
DESK = bind("staff", "bruno")
WORDS = "correct café staple"
SEALED = seal_private(BRUNO, WORDS, FOR_TESTS, context=DESK)


@settings(deadline=None)
@given(passphrase=st.text(max_size=80))
def test_any_passphrase_opens_the_key_it_closed(passphrase: str) -> None:
    sealed = seal_private(BRUNO, passphrase, FOR_TESTS, context=DESK)

    assert open_private(sealed, passphrase, context=DESK).to_bytes() == BRUNO.to_bytes()


@pytest.mark.parametrize(
    "typed", ["correct cafe\u0301 staple", "ｃｏｒｒｅｃｔ café staple", "correct\u00a0café staple"]
)
def test_another_keyboard_s_spelling_of_the_passphrase_opens(typed: str) -> None:
    assert open_private(SEALED, typed, context=DESK).to_bytes() == BRUNO.to_bytes()


@pytest.mark.parametrize("typed", ["", "correct cafe staple", "Correct café staple", "correct café staple "])
def test_a_wrong_passphrase_does_not_open(typed: str) -> None:
    with pytest.raises(CannotOpen):
        open_private(SEALED, typed, context=DESK)


def test_bruno_s_row_does_not_open_in_carla_s_place() -> None:
    with pytest.raises(CannotOpen):
        open_private(SEALED, WORDS, context=bind("staff", "carla"))


@settings(deadline=None, max_examples=300)
@given(bit=st.integers(0, 8 * len(SEALED) - 1))
def test_one_changed_bit_anywhere_is_refused(bit: int) -> None:
    assume(not 8 <= bit < 24)  # higher bits of the memory cost: refused or slow, see the next tests
    damaged = bytearray(SEALED)
    damaged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        open_private(bytes(damaged), WORDS, context=DESK)


@pytest.mark.parametrize(
    "cost",
    [
        "ffffffff0101",
        "000400010101",
        "00000008ff01",
        "0000000801ff",
        "000000080000",
        "000000070101",
        "000000000000",
    ],
)
def test_a_forged_cost_cannot_take_the_machine(cost: str) -> None:
    started = time.process_time()

    with pytest.raises(CannotOpen):
        open_private(SEALED[:1] + bytes.fromhex(cost) + SEALED[7:], WORDS, context=DESK)
    assert time.process_time() - started < 0.05


@settings(deadline=None)
@given(end=st.integers(0, len(SEALED) - 1))
def test_a_row_cut_off_anywhere_is_refused(end: int) -> None:
    with pytest.raises(CannotOpen):
        open_private(SEALED[:end], WORDS, context=DESK)


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(CannotOpen):
        open_private(b"\x02" + SEALED[1:], WORDS, context=DESK)


def test_the_cost_is_kept_with_the_key_so_it_can_be_raised_later() -> None:
    dearer = Cost(memory_kib=1024, iterations=2, lanes=2)
    sealed = seal_private(BRUNO, WORDS, dearer, context=DESK)

    assert sealed[1:7].hex() == "000004000202"
    assert open_private(sealed, WORDS, context=DESK).to_bytes() == BRUNO.to_bytes()


def test_the_costs_in_use_are_the_recommended_ones() -> None:
    assert dataclasses.astuple(PASSPHRASE) == (65536, 3, 4)
    assert dataclasses.astuple(CODE) == (47104, 1, 1)


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [(7, 1, 1), (15, 1, 2), (262145, 1, 1), (8, 0, 1), (8, 13, 1), (64, 1, 0), (1024, 1, 9)],
)
def test_an_unreasonable_cost_cannot_exist(memory_kib: int, iterations: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="Argon2id cost"):
        Cost(memory_kib=memory_kib, iterations=iterations, lanes=lanes)


def test_salt_and_cost_both_change_the_key() -> None:
    dearer = Cost(memory_kib=8, iterations=2, lanes=1)
    keys = [
        stretch(WORDS, bytes(16), FOR_TESTS),
        stretch(WORDS, bytes(15) + b"\1", FOR_TESTS),
        stretch(WORDS, bytes(16), dearer),
    ]

    assert len({key.raw for key in keys}) == 3
    assert stretch(WORDS.encode(), bytes(16), FOR_TESTS).raw == keys[0].raw


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        stretch(WORDS, bytes(15), FOR_TESTS)


def test_the_bot_goes_on_answering_while_a_passphrase_is_stretched() -> None:
    """With the interpreter lock held, this thread would count to almost nothing meanwhile."""
    slow = threading.Thread(target=stretch, args=(WORDS, bytes(16), PASSPHRASE))
    counted = 0
    slow.start()
    while slow.is_alive():
        counted += 1

    assert counted > 1000
