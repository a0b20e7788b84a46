"""The outside of everything stored: a version byte in front, and a length that says little.

Nothing here encrypts.
"""

from bot.encryption.errors import CannotOpen

VERSION = b"\x01"

_SMALLEST_CLASS = 256
_LARGEST_POWER = 64 * 1024
_END = 0x80


def body(stored: bytes, *, size: int | None = None) -> memoryview:
    """Return what follows the version byte.

    Raises CannotOpen for an unknown version or, where `size` (bytes) is given, for another length.
    """
    if stored[:1] != VERSION:
        raise CannotOpen
    rest = memoryview(stored)[1:]
    if size is not None and len(rest) != size:
        raise CannotOpen
    return rest


def size_class(length: int) -> int:
    """Return the size, in bytes, of the smallest class that holds `length` bytes.

    Classes: 256 B, then powers of two up to 64 KiB, then multiples of 64 KiB; from 1 MiB on eight classes to
    each doubling, because a photo can be recognised by its exact size. A class is less than twice the length
    (or 256 B) up to 64 KiB, less than 64 KiB more up to 1 MiB, and less than an eighth more after that.
    """
    if length <= _LARGEST_POWER:
        return max(_SMALLEST_CLASS, 1 << (length - 1).bit_length())
    step = max(_LARGEST_POWER, 1 << (length.bit_length() - 4))
    return -(-length // step) * step


def pad(plain: bytes) -> bytearray:
    """Fill `plain` up to its size class; the mark that ends it takes one byte."""
    # ISO/IEC 7816-4: one 0x80, then zeros. It is reversible for any bytes whatever, also for those that end
    # in zeros or in 0x80, and needs no length field. It is authenticated with the text, so there is no
    # padding oracle.
    padded = bytearray(size_class(len(plain) + 1))
    # Through a view, because assigning to a slice of a bytearray copies the text once more: files are large.
    memoryview(padded)[: len(plain)] = plain
    padded[len(plain)] = _END
    return padded


def unpad(padded: bytes | bytearray) -> bytes:
    """Undo `pad`; raises CannotOpen if the ending mark is missing."""
    end = padded.rfind(_END)
    if end < 0 or padded.count(0, end + 1) != len(padded) - end - 1:
        raise CannotOpen
    return bytes(memoryview(padded)[:end])
