"""How a query, or a text to be indexed, is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from congdoan import vntext

MAX_CHARACTERS = 300
MAX_WORDS = 24
"""More than anybody types; a pasted page is cut here, so that it costs no more than a long question."""

_WORD = re.compile(r"[^\W_]+")
# What vntext.match_key makes one with diacritics must be one without them too.
# Written from its y, which is rare: seven times as fast as from the beginning of the word.
_OPEN_Y = re.compile(r"y(?:(?<=[hklmstv]y)(?<![^\W_].y)|(?<=quy)(?<![^\W_]..y))(?![^\W_])")
_QUOTED = re.compile(r'["“”„«]([^"“”„«»]*)["“”»]?')


def fold(text: str) -> str:
    """Without case and diacritics, and one spelling for i and y where both are in use (kỹ, kĩ; quý, quí).

    As long as ``vntext.nfc(text)``: an offset in the one is an offset in the other.
    """
    return _OPEN_Y.sub("i", vntext.fold(text))


def folded_words(text: str) -> list[str]:
    """Cut into words without diacritics: "25-NQ/TW" gives 25, nq, tw."""
    return _WORD.findall(fold(text).replace(vntext.UNSEEN, ""))


def exact_words(text: str) -> list[str]:
    """Cut into words with diacritics, spelling variants made one (hoà, hòa)."""
    return _WORD.findall(vntext.match_key(text).replace(vntext.UNSEEN, ""))


def symbol_words(text: str) -> list[str]:
    """Words of a document symbol; "05" is "5"."""
    return [word.lstrip("0") or "0" if word.isdigit() else word for word in folded_words(text)]


@dataclass(frozen=True, slots=True)
class Part:
    """What must be found together, in this order: one word, a quoted phrase, or a symbol such as 25-NQ/TW."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    is_quoted: bool = False
    has_diacritics: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A query taken apart. ``text`` is what is left to highlight by."""

    text: str
    parts: tuple[Part, ...]
    symbols: tuple[tuple[str, ...], ...]
    has_diacritics: bool

    @property
    def folded(self) -> tuple[str, ...]:
        """All words without diacritics, in order."""
        return tuple(word for part in self.parts for word in part.folded)

    @property
    def exact(self) -> tuple[str, ...]:
        """All words with diacritics, in order."""
        return tuple(word for part in self.parts for word in part.exact)


def clean(text: str) -> str:
    """Composed, printable and short enough; what cannot be encoded is dropped."""
    text = text[: 4 * MAX_CHARACTERS].encode("utf-8", "ignore").decode()
    return vntext.nfc(text)[:MAX_CHARACTERS].replace("\0", " ")


def read(text: str) -> Reading:
    """Take a query apart. Any text will do; one without a word gives no parts."""
    text = clean(text)
    parts: list[Part] = []
    at = 0
    for quoted in _QUOTED.finditer(text):
        parts += _loose_parts(text[at : quoted.start()])
        parts += _part(quoted[1], is_quoted=True)
        at = quoted.end()
    parts += _loose_parts(text[at:])
    parts = _first_words(parts)
    plain = _QUOTED.sub(lambda quoted: f" {quoted[1]} ", text).strip()
    return Reading(
        text=plain,
        parts=tuple(parts),
        symbols=_symbols(plain),
        has_diacritics=any(part.has_diacritics for part in parts),
    )


def _loose_parts(text: str) -> list[Part]:
    # What is written without a blank belongs together: 25-NQ/TW, 28/7/2019, Covid-19.
    return [part for chunk in text.split() for part in _part(chunk)]


def _part(text: str, *, is_quoted: bool = False) -> list[Part]:
    folded, exact = tuple(folded_words(text)), tuple(exact_words(text))
    if not folded or len(folded) != len(exact):
        # Marks of other scripts may cut differently; then the folded words stand for both.
        exact = folded
    return [Part(folded, exact, is_quoted, vntext.has_diacritics(text))] if folded else []


def _first_words(parts: list[Part]) -> list[Part]:
    kept = []
    left = MAX_WORDS
    for part in parts:
        if left <= 0:
            break
        kept.append(Part(part.folded[:left], part.exact[:left], part.is_quoted, part.has_diacritics))
        left -= len(part.folded)
    return kept


def _symbols(text: str) -> tuple[tuple[str, ...], ...]:
    """What in the query may be a document symbol, most complete first: all of it, then each piece with a number."""
    whole = tuple(symbol_words(text))[:MAX_WORDS]
    candidates = [whole] if len(whole) <= 8 else []
    candidates += [tuple(symbol_words(chunk)) for chunk in text.split()]
    return tuple(
        dict.fromkeys(
            words
            for words in candidates
            if any(word.isdigit() for word in words) and (len(words) > 1 or words == whole)
        )
    )
