"""Words that may not be said to anybody who was hurt: "why", blame, doubt, advice to report (T6, domain 3.5).

Written by hand for each language, as regular expressions on lower-case text without vowel marks.
"""

import re
import unicodedata
from collections.abc import Mapping

_ENGLISH = (
    r"\bwhy\b",
    r"\bhow come\b",
    r"\balleg(?:e|es|ed|edly|ation|ations|ing)\b",
    r"\bclaim(?:s|ed|ing)?\b",
    r"\bare you sure\b",
    r"\bdid you (?:resist|fight|scream|say no|try to (?:stop|leave|run))\b",
    r"\b(?:what|were) (?:were )?you (?:wearing|drinking|drunk)\b",
    r"\bwhat did you (?:wear|drink)\b",
    r"\bprovok\w*\b",
    r"\byou should(?: have|n't have)?\b",
    r"\byou (?:must|ought to|have to) (?:report|tell|prove)\b",
    r"\b(?:prove|proof)\b",
    r"(?<!not )(?<!never )(?<!n't )\byour fault\b",
    r"\bnobody will (?:ever )?know\b",
    r"\bwe will (?:catch|punish)\b",
    r"(?<!about )\bimmigration status\b",
)
_POLISH = (
    r"\bdlaczego\b",
    r"\bczemu\b",
    r"\bpo co\b",
    r"\brzekom\w*",
    r"\bdomnieman\w*",
    r"\b(?:pani|pan|osoba) twierdzi\b",
    r"\btwierdzisz\b",
    r"\bczy (?:na pewno|jesteś pew\w+)",
    r"\bczy (?:się )?broni(?:łaś|łeś|łaś/łeś|łeś/łaś)",
    r"\bsprowokow\w*",
    r"\bmia(?:łaś|łeś) na sobie\b",
    r"\b(?:powinnaś|powinieneś)\b",
    r"\bmusisz (?:zgłosić|udowodnić)\b",
    r"\budowodni\w*",
    r"(?<!nie )(?<!nie jest )\btwoja wina\b",
    r"\bnikt się nie dowie\b",
)
_ARABIC = (
    r"\bلماذا\b",
    r"\bلمَ?\s+لم\b",
    r"\bلم[اه]ذا\b",
    r"\bليش\b",
    r"\bليه\b",
    r"\b(?:ال)?مزعوم(?:ة|ين|ون)?\b",
    r"\b[يت]?زعم(?:ت|ين|ون)?\b",
    r"\b[يت]دعي(?:ن)?\s+(?:أن|ان)\b",
    r"\bهل (?:أنت|انت) متأكد(?:ة)?\b",
    r"\bهل قاومت\b",
    r"\bماذا كنت (?:ترتدي|تلبس)(?:ن)?\b",
    r"\bاستفز\w*",
    r"\bكان (?:عليك|يجب عليك)\b",
    r"\bيجب (?:عليك|أن) ت(?:بلغ|ثبت)\w*",
    r"\bأثبت(?:ي)?\b",
    r"\b(?:هذا|انه|إنه) (?:ذنبك|خطؤك|خطأك)\b",
    r"\bلن يعرف أحد\b",
)

BLAME: Mapping[str, tuple[re.Pattern[str], ...]] = {
    tag: tuple(re.compile(pattern) for pattern in patterns)
    for tag, patterns in {"en": _ENGLISH, "pl": _POLISH, "ar": _ARABIC}.items()
}


def blame_in(words: str, locale: str) -> str:
    """The first of these words in `words`, "" if there is none. English is looked for in every language."""
    heard = _bare(words)
    for tag in dict.fromkeys((locale.partition("-")[0], "en")):
        for pattern in BLAME.get(tag, ()):
            found = pattern.search(heard)
            if found:
                return found.group()
    return ""


def _bare(words: str) -> str:
    """Lower case, without Arabic vowel marks and marks of direction; Latin accents stay."""
    composed = unicodedata.normalize("NFC", words.casefold()).replace("’", "'")
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cf", "Mn"))
