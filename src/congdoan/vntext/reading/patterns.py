"""Regular expressions written in everyday Vietnamese spelling, matched against match keys.

A match key writes tỷ as tỉ and hoà as hòa; ``compiled`` gives the words of a pattern the same spelling, so that the
patterns stay readable. A blank in a pattern stands for one to three blanks of the text, an optional one for up to three. Every repetition is bounded:
the time is linear in the length of the text, whatever it holds.
"""

import functools
import re

from congdoan.vntext.folding import match_key

_PARTS = re.compile(r"\(\?P<\w+>|\(\?P=\w+\)|\\.|[^\W\d_]+| \{[^}]*\}| \?| ")


def _spelt(part: re.Match[str]) -> str:
    found = part[0]
    if found[0] == " ":
        return {" ": " {1,3}", " ?": " {0,3}"}.get(found, found)
    return found if found[0] in "\\(" else match_key(found)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for match keys. Classes name a blank as ``\\x20``; no upper-case letters are met."""
    return re.compile(_PARTS.sub(_spelt, pattern))


def spelt(words: str) -> frozenset[str]:
    """The match keys of words parted by blanks."""
    return frozenset(match_key(words).split())


@functools.cache
def key_of(word: str) -> str:
    """The match key of one of the words that rules name."""
    return match_key(word)
