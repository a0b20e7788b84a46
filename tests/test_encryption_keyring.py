"""The server's secrets: rotation keeps what was locked, uses are kept apart, a bad ring does not start."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encryption.content import ContentKey, bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keyring import KeyRing

OLD, NEW, STRANGE = (bytes(range(start, start + 32)) for start in (0, 50, 100))
RING = KeyRing([OLD])
ROTATED = KeyRing([OLD, NEW])
HERE = bind("conversation", "5")
KEY = ContentKey.generate()
WRAPPED = RING.wrap(KEY, context=HERE)


def test_a_draft_s_key_comes_back_from_its_wrapping() -> None:
    assert RING.unwrap(WRAPPED, context=HERE).raw == KEY.raw


def test_a_chat_address_comes_back_from_its_locking() -> None:
    locked = RING.lock_address(b"telegram:77001", context=HERE)

    assert RING.unlock_address(locked, context=HERE) == b"telegram:77001"


def test_drafts_begun_before_a_rotation_still_open_after_it() -> None:
    assert ROTATED.unwrap(WRAPPED, context=HERE).raw == KEY.raw


def test_what_is_locked_after_a_rotation_needs_the_new_secret() -> None:
    wrapped = ROTATED.wrap(KEY, context=HERE)

    assert KeyRing([NEW]).unwrap(wrapped, context=HERE).raw == KEY.raw
    with pytest.raises(CannotOpen):
        RING.unwrap(wrapped, context=HERE)


def test_a_ring_without_the_secret_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        KeyRing([STRANGE, NEW]).unwrap(WRAPPED, context=HERE)


def test_a_key_moved_to_another_conversation_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        ROTATED.unwrap(WRAPPED, context=bind("conversation", "6"))


def test_an_address_never_opens_as_a_key() -> None:
    locked = RING.lock_address(KEY.to_bytes(), context=HERE)

    with pytest.raises(CannotOpen):
        RING.unwrap(locked, context=HERE)
    with pytest.raises(CannotOpen):
        RING.unlock_address(WRAPPED, context=HERE)


def test_a_row_that_names_another_member_does_not_open() -> None:
    """The id in front only picks the secret; a forged one picks a secret that does not fit."""
    other_id = ROTATED.wrap(KEY, context=HERE)[1:5]

    with pytest.raises(CannotOpen):
        ROTATED.unwrap(WRAPPED[:1] + other_id + WRAPPED[5:], context=HERE)


@settings(deadline=None)
@given(bit=st.integers(0, 8 * len(WRAPPED) - 1), end=st.integers(0, len(WRAPPED) - 1))
def test_a_damaged_or_cut_off_wrapping_is_refused(bit: int, end: int) -> None:
    damaged = bytearray(WRAPPED)
    damaged[bit // 8] ^= 1 << bit % 8

    for row in (bytes(damaged), WRAPPED[:end]):
        with pytest.raises(CannotOpen):
            ROTATED.unwrap(row, context=HERE)


@pytest.mark.parametrize(
    ("secrets", "reason"),
    [
        ([], "no server secret"),
        ([b""], "shorter"),
        ([OLD, NEW[:31]], "shorter"),
        ([OLD, NEW, OLD], "twice"),
        ([b"change" * 6], "not random"),
        ([OLD, bytes(64)], "not random"),
    ],
)
def test_a_ring_with_one_bad_secret_does_not_start(secrets: list[bytes], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        KeyRing(secrets)


def test_amina_is_recognised_after_a_rotation() -> None:
    assert ROTATED.person_id("telegram", "77001") == RING.person_id("telegram", "77001")
    assert ROTATED.pepper() == RING.pepper()


def test_nobody_else_has_amina_s_id() -> None:
    ids = {
        RING.person_id("telegram", "77001"),
        RING.person_id("telegram", "77002"),
        RING.person_id("web", "77001"),
        RING.person_id("telegram7", "7001"),
        KeyRing([NEW]).person_id("telegram", "77001"),
    }

    assert len(ids) == 5


def test_ids_stored_by_version_one_are_still_found() -> None:
    """Fixed for ever: these are in the database and cannot be computed again for people who are away."""
    assert (
        RING.person_id("telegram", "77001").hex() == "e76a04f5bb0797c3dc1f9c0ebb048cd066d3c6abd91f958c6dbc90de57b8c286"
    )
    assert RING.pepper().hex() == "742b5e6747ca5930a8ef49b6947035d6470bf0be7469fd683426f0ef102ae295"


def test_an_address_locked_by_version_one_is_still_opened() -> None:
    """A stored row, fixed: a change of the format, the labels or the derivation fails here."""
    assert ROTATED.unlock_address(base64.b64decode(STORED), context=HERE) == b"telegram:77001"


def test_every_use_of_a_secret_has_a_key_of_its_own() -> None:
    uses = [
        RING.token("csrf"),
        RING.token("session"),
        RING.token("pepper"),
        RING.token("person"),
        RING.pepper(),
        OLD,
    ]

    assert len(set(uses)) == len(uses)


def test_a_cookie_signed_before_a_rotation_can_still_be_checked() -> None:
    assert ROTATED.token("session") != RING.token("session")
    assert ROTATED.tokens("session") == (KeyRing([NEW]).token("session"), RING.token("session"))
    assert ROTATED.token("session") == ROTATED.tokens("session")[0]


STORED = """
Ac1vgFYBYOWFK+l03vR5/rKXvaLTXYgCtMRwnrDIfaMrCqI7uJFYvMdxUMuU9Ec1BWlNhKLcKMX5Tu68njR5PaYf4oLWurNaw+MU
ayvy5BW2zSeX/gtgLZ+5kpmO40KXlI6ujbqozUKmkxJMM1Pb1oINBaparKwYz/9heVTESAABq9D/jucg0S33DVsVNvLimFVyAZpC
HIFVUnELjALclGNXBryOQZXfwxEm7bSvakI6JYPvOYyjWAAzLWkVf1Se+qMj9oYJlM1ROfU5gDUNe+9vn0irYL6pwSsaj79+iNOU
LNtpKTVWmGDyAoyux4G6JTP21lbUuOgOJlsajgBCmX5Fk59TkLIMH/NajANk38ZV8NOK8SPLFgbdNaNjvh2aphcOxslLlRZqXcQt
r72pFsraHgZEJw==
"""
