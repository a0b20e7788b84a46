"""Words that mean the same wherever they are typed: exit, help, back and their like, in every language (T16)."""

import unicodedata
from collections.abc import Mapping

from bot.messages import Asked, Did, Said
from bot.rendering import Voice
from dialogs.global_words import GLOBAL_WORDS

MOST = 40  # characters; more is a sentence, not a command


def plain(words: str) -> str:
    """Without case, accents, punctuation at the ends and needless spaces; digits in any script as ASCII."""
    spread = unicodedata.normalize("NFKD", " ".join(words.split()).casefold())
    kept = "".join(c for c in spread if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.digit(c, c)) for c in kept).strip(" .!?/،؟۔…'\"")


def command_in(did: Did, voices: Mapping[str, Voice], locale: str) -> Asked | None:
    """The command that was given, by name or as a typed word of the reader's language or of English."""
    if isinstance(did, Asked):
        return did
    if not isinstance(did, Said) or len(did.words) > MOST:
        return None
    said = plain(did.words)
    spoken = [voice for tag, voice in voices.items() if not locale or tag in (locale, "en")]
    for command, words in GLOBAL_WORDS.items():
        if any(said in _alternatives(voice.say(words)) for voice in spoken):
            return Asked(command=command)
    return None


def _alternatives(listed: str) -> frozenset[str]:
    return frozenset(plain(word) for word in listed.replace("،", ",").split(",")) - {""}
