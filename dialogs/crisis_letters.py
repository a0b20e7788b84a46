"""Words as the crisis detector reads them: without case, accents, disguises, doubled letters and filling between."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

LEAST_LETTERS = 2  # of a word that may have digits for others: "0d" is in every web address
MOST = 60_000  # characters that are looked at; of a longer text its beginning and its end
_RANGES = ((0x20, 0x1400), (0x1D00, 0x2500), (0xFB00, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F200))
SIGNS = "🔪🩸🆘💣🔫"  # pictures that say something by themselves
_UNSPOKEN = "'’‘`´ʼ′ـ\ufe0e\ufe0f\u20e3"  # a letter lost by it is none that is missed: dont, hes
_SAME = {
    **dict(zip("łđøıæœðþŋ", ("l", "d", "o", "i", "ae", "oe", "d", "th", "n"), strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
    **dict(zip("ىةکیېۍےہھەۀٱ", "يهكييييهههها", strict=True)),
    "_": " ",
}
_LOOKALIKES = str.maketrans("авекмнорстухіїјѕһԁԛԝαβεηικνορτυχ", "abekmhopctyxiijshdqwabehikvoptux")
_DIGITS_AS_LETTERS = str.maketrans("0134578", "oieastb")
_STARS = {"*": "", "@": "a", "$": "s"}  # within a word: k*ll, r@ped
_FRAMED = (0x1F150, 0x1F170, 0x1F1E6)  # where three alphabets of letters in frames begin
_INDIC = "\u0900-\u0963\u0966-\u0dff"  # where vowels are marks, which Python takes for no letters
_WORD = re.compile(rf"(?:[^\W_]|[{_INDIC}])+|[.!?\n؟۔।]|[{SIGNS}]")
_SPACED_OUT = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-*]{1,2}){3,}[^\W\d_](?!\w)")
_INSIDE = re.compile(r"(?<=[^\W\d_])[*@$](?=[^\W\d_])")
_DOUBLED = re.compile(r"([^\W\d_])\1+|([^\w\s.!?])\2+")
_AT_ENDS = frozenset(".!?\n؟۔।")


def _plain(letter: str) -> str:
    if letter in _UNSPOKEN:
        return ""
    for first in _FRAMED:
        if first <= ord(letter) < first + 26:
            return chr(ord("a") + ord(letter) - first)
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(_kept(c) for c in spread)


def _kept(c: str) -> str:
    if unicodedata.combining(c) or unicodedata.category(c) == "Cf" or c in _UNSPOKEN:
        return ""
    return _SAME.get(c, str(unicodedata.digit(c, c)))


def _table() -> Mapping[int, str]:
    listed = (code for first, end in _RANGES for code in range(first, end))
    every = {code: _plain(chr(code)) for code in (*listed, *range(0xE0000, 0xE01F0), *range(0x1F3FB, 0x1F400))}
    return MappingProxyType({code: plain for code, plain in every.items() if plain != chr(code)})


_PLAIN = _table()


def plain_text(text: str) -> str:
    """`text` in plain letters, its words still where they were."""
    if len(text) > MOST:
        text = f"{text[: MOST // 2]}\n{text[-MOST // 2 :]}"
    plain = _SPACED_OUT.sub(_joined, text.translate(_PLAIN))
    return _DOUBLED.sub(r"\1\2", _INSIDE.sub(_unstarred, plain))


def _joined(spaced: "re.Match[str]") -> str:
    return re.sub(r"[ .\-*]", "", spaced.group())


def _unstarred(star: "re.Match[str]") -> str:
    return _STARS[star.group()]


def words_of(text: str) -> Iterator[str]:
    """The plain words of `text`; "." stands for every end of a sentence."""
    for word in _WORD.findall(plain_text(text)):
        yield "." if word in _AT_ENDS else _of_one_script(word)


def _of_one_script(word: str) -> str:
    """Letters that only look Latin, in a word that has Latin ones, are taken for what they look like."""
    if word.isascii() or not any("a" <= letter <= "z" for letter in word):
        return word
    return word.translate(_LOOKALIKES)


def without_digits(word: str) -> str:
    """A word with letters written as digits, "k1ll", in letters; others as they are."""
    letters = sum(letter.isalpha() for letter in word)
    return word.translate(_DIGITS_AS_LETTERS) if LEAST_LETTERS <= letters < len(word) else word
