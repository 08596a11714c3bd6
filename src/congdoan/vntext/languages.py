"""Does a text read as Vietnamese?"""

import re
from dataclasses import dataclass

from congdoan.vntext.folding import nfc
from congdoan.vntext.syllables import is_syllable

_WORD_OR_ODD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_EXPECTED_SIGNS = frozenset("\u00a0\u202f“”‘’–—…•₫²³°")
_ABBREVIATION_LETTERS = frozenset("ĂÂĐÊÔƠƯ")


@dataclass(frozen=True, slots=True)
class Reading:
    """How far text reads as Vietnamese: accented words that are syllables, and what is not."""

    good: int
    bad: int

    @property
    def share(self) -> float:
        """Good among all that carry a mark; 0.0 where nothing does."""
        return self.good / (self.good + self.bad) if self.good else 0.0


def read_as_vietnamese(text: str) -> Reading:
    """Count the words beyond ASCII that are Vietnamese syllables, and all that could not be.

    Signs that Vietnamese text does not use count as bad too: a legacy encoding read by the wrong table shows
    itself by them. Abbreviations in capitals (LĐLĐ, TƯ) tell nothing and are left out.
    """
    good = bad = 0
    for match in _WORD_OR_ODD.finditer(nfc(text)):
        word = match[0]
        if word.isascii() or word in _EXPECTED_SIGNS:
            continue
        if is_syllable(word):
            good += 1
        elif not _is_abbreviation(word):
            bad += 1
    return Reading(good, bad)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and all(char in _ABBREVIATION_LETTERS or ("A" <= char <= "Z") for char in word)


def looks_vietnamese(text: str) -> float:
    """From 0.0 to 1.0: the share of the marked words that are well-formed Vietnamese syllables.

    0.0 for a text without any marks: nothing can be told of it.
    """
    return read_as_vietnamese(text).share
