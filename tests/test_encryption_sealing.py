"""Sealing for a public key: only the right key, purpose and context open, and the format is RFC 9180's."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encryption.content import bind
from bot.encryption.errors import CannotOpen
from bot.encryption.keys import PrivateKey, PublicKey
from bot.encryption.purposes import label
from bot.encryption.sealing import Purpose, open_sealed, seal

BRUNO = PrivateKey.generate()
CARLA = PrivateKey.generate()
HERE = bind("report-7", "account", "1")
WORDS = b"He spat at me on the bus."
SEALED = seal(WORDS, BRUNO.public, Purpose.PART_KEY, context=HERE)


@settings(deadline=None)
@given(plain=st.binary(max_size=3000), context=st.binary(max_size=100), purpose=st.sampled_from(Purpose))
def test_bruno_opens_exactly_what_was_sealed_for_him(plain: bytes, context: bytes, purpose: Purpose) -> None:
    sealed = seal(plain, BRUNO.public, purpose, context=context)

    assert open_sealed(sealed, BRUNO, purpose, context=context) == plain


def test_carla_cannot_open_what_was_sealed_for_bruno() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(SEALED, CARLA, Purpose.PART_KEY, context=HERE)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.PART_KEY])
def test_what_is_sealed_for_one_purpose_never_opens_for_another(purpose: Purpose) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(SEALED, BRUNO, purpose, context=HERE)


@pytest.mark.parametrize("elsewhere", [bind("report-8", "account", "1"), bind("report-7", "account"), b""])
def test_a_key_moved_to_another_report_does_not_open(elsewhere: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(SEALED, BRUNO, Purpose.PART_KEY, context=elsewhere)


@settings(deadline=None, max_examples=300)
@given(bit=st.integers(0, 8 * len(SEALED) - 1))
def test_one_changed_bit_anywhere_closes_it_for_good(bit: int) -> None:
    damaged = bytearray(SEALED)
    damaged[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        open_sealed(bytes(damaged), BRUNO, Purpose.PART_KEY, context=HERE)


@pytest.mark.parametrize("version", [b"\x00", b"\x02", b"\xff", b""])
def test_an_unknown_version_is_refused_even_if_the_rest_is_right(version: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(version + SEALED[1:], BRUNO, Purpose.PART_KEY, context=HERE)


@settings(deadline=None)
@given(garbage=st.binary(max_size=1500) | st.integers(0, len(SEALED) - 1).map(lambda end: SEALED[:end]))
def test_rubbish_and_cut_off_rows_are_refused_in_the_same_way(garbage: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(garbage, BRUNO, Purpose.PART_KEY, context=HERE)


def test_the_same_words_sealed_twice_look_different() -> None:
    assert seal(WORDS, BRUNO.public, Purpose.PART_KEY, context=HERE) != SEALED


@settings(deadline=None)
@given(length=st.integers(0, 255))
def test_short_and_long_answers_have_the_same_sealed_length(length: int) -> None:
    sealed = seal(b"x" * length, BRUNO.public, Purpose.EQUALITY, context=b"")

    assert len(sealed) == 256 + 1137


def test_a_key_pair_survives_being_stored_and_read() -> None:
    bruno = PrivateKey.from_bytes(BRUNO.to_bytes())

    assert bruno.public == BRUNO.public == PublicKey.from_bytes(BRUNO.public.to_bytes())
    assert open_sealed(SEALED, bruno, Purpose.PART_KEY, context=HERE) == WORDS


def test_a_public_key_read_back_seals_for_the_same_person() -> None:
    sealed = seal(WORDS, PublicKey.from_bytes(BRUNO.public.to_bytes()), Purpose.PART_KEY, context=HERE)

    assert open_sealed(sealed, BRUNO, Purpose.PART_KEY, context=HERE) == WORDS


def test_a_stored_private_key_is_the_seed_and_the_x25519_key() -> None:
    assert len(BRUNO.to_bytes()) == 1 + 64 + 32
    assert len(BRUNO.public.to_bytes()) == 1 + 1184 + 32


@pytest.mark.parametrize(
    "damage",
    [b"", b"\x01", b"\x02" + BRUNO.to_bytes()[1:], BRUNO.to_bytes() + b"\0"],
    ids=["empty", "cut off", "version", "too long"],
)
def test_a_damaged_private_key_is_refused(damage: bytes) -> None:
    with pytest.raises(CannotOpen):
        PrivateKey.from_bytes(damage)


@pytest.mark.parametrize(
    "damage",
    [b"", BRUNO.public.to_bytes()[:-1], b"\x02" + BRUNO.public.raw, b"\x01" + b"\xff" * 1184 + bytes(32)],
    ids=["empty", "cut off", "version", "not an ML-KEM key"],
)
def test_a_damaged_public_key_is_refused(damage: bytes) -> None:
    with pytest.raises(CannotOpen):
        PublicKey.from_bytes(damage)


def test_key_pairs_are_those_of_the_published_x_wing_vector() -> None:
    """draft-connolly-cfrg-xwing-kem, appendix C, first vector: its seed, and its public key by SHA3-256."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    key = PrivateKey.from_bytes(b"\x01" + hashlib.shake_256(seed).digest(96))

    assert (
        hashlib.sha3_256(key.public.raw).hexdigest()
        == "5121745904643ad9dfacca7869292c19a8a69533b53e60666b7db910b4ad6367"
    )


def test_sealed_bytes_open_by_the_steps_of_rfc_9180_written_out() -> None:
    """A sealed row outlives this library: X-Wing's combiner and HPKE's key schedule, by hand, open it."""
    assert _open_by_hand(SEALED[1:], BRUNO.to_bytes()[1:], label(Purpose.PART_KEY, HERE)) == (
        WORDS + b"\x80" + bytes(256 - len(WORDS) - 1)
    )


def _open_by_hand(sealed: bytes, private: bytes, info: bytes) -> bytes:
    suite = b"HPKE" + b"\x64\x7a" + b"\x00\x01" + b"\x00\x03"  # X-Wing, HKDF-SHA256, ChaCha20-Poly1305

    def extract(salt: bytes, name: bytes, material: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + name + material, "sha256")

    def expand(secret: bytes, name: bytes, length: int) -> bytes:
        schedule = b"\x00" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + name + schedule
        return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]

    secret = extract(_x_wing(sealed[:1120], private), b"secret", b"")
    cipher = ChaCha20Poly1305(expand(secret, b"key", 32))
    return cipher.decrypt(expand(secret, b"base_nonce", 12), sealed[1120:], b"")


def _x_wing(encapsulated: bytes, private: bytes) -> bytes:
    mlkem = MLKEM768PrivateKey.from_seed_bytes(private[:64])
    x25519 = X25519PrivateKey.from_private_bytes(private[64:])
    ephemeral = encapsulated[1088:]
    shared = mlkem.decapsulate(encapsulated[:1088])
    shared += x25519.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    shared += ephemeral + x25519.public_key().public_bytes_raw() + b"\\.//^\\"
    return hashlib.sha3_256(shared).digest()
