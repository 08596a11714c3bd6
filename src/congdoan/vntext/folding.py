"""Keys for finding text: without diacritics, and with them but indifferent to spelling fashion.

Both keys have exactly one code point for each code point of the NFC text, so an offset in a key is an
offset in the text. Keys are for comparing only; names and texts are never rewritten with them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from congdoan.vntext.syllables import match_spelling

UNSEEN = "\u034f"
"""Stands in a key for what has no letter of its own: a mark that composes with nothing, a soft hyphen."""

# Do not decompose in Unicode. Eth and the African d look like đ and are met in its place.
_STROKE_LETTERS = {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ς": "σ"}
_JOINERS = frozenset("\u00ad\u034f\u200c\u200d\u2060\ufeff")
_ZERO_WIDTH_SPACE = "\u200b"

_LETTER_RUN = re.compile(r"[^\W\d_]+")


def nfc(text: str) -> str:
    """The text in Unicode's composed form (NFC), the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def _is_latin_mark(char: str) -> bool:
    return (
        "\u0300" <= char <= "\u036f"
        or "\u1ab0" <= char <= "\u1aff"
        or "\u1dc0" <= char <= "\u1dff"
        or "\u20d0" <= char <= "\u20ff"
        or "\ufe20" <= char <= "\ufe2f"
    )


def _key_char(char: str) -> str:
    """Lower case and plain spaces, one code point for one."""
    if char in _JOINERS:
        return UNSEEN
    if char == _ZERO_WIDTH_SPACE or unicodedata.category(char) == "Zs":
        return " "
    lower = char.lower()
    # Only the Turkish dotted capital İ grows when it is put into lower case.
    return lower if len(lower) == 1 else lower[0]


def _folded_char(char: str) -> str:
    char = _key_char(char)
    if _is_latin_mark(char):
        return UNSEEN
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) == 1 and compatible.isascii():
        # Full-width and raised forms (Ａ, ²). Only to ASCII: others could compose with a neighbour.
        char = compatible.lower()
    base, *marks = list(unicodedata.normalize("NFD", char))
    if marks and all(map(_is_latin_mark, marks)):
        char = base
    return _STROKE_LETTERS.get(char, char)


class _Table(dict[int, str]):
    """A ``str.translate`` table that works out each code point once, when it is first met."""

    def __init__(self, map_char: Callable[[str], str]) -> None:
        super().__init__()
        self._map_char = map_char

    def __missing__(self, code_point: int) -> str:
        mapped = self[code_point] = self._map_char(chr(code_point))
        return mapped


_KEY = _Table(_key_char)
_FOLD = _Table(_folded_char)


def fold(text: str) -> str:
    """Search key without case, tones and vowel marks: "Đặng Thuỷ" → "dang thuy".

    As long as ``nfc(text)``, code point for code point; folding twice changes nothing. Every kind of space
    becomes a plain one. A mark that no letter takes up becomes ``UNSEEN``.
    """
    return nfc(text).translate(_FOLD)


def match_key(text: str) -> str:
    """Search key with diacritics, equal for spelling variants: "Hoà" and "hòa", "kỹ" and "kĩ".

    As long as ``nfc(text)``, code point for code point. Lower case, plain spaces.
    """
    return _LETTER_RUN.sub(lambda run: match_spelling(run[0]), nfc(text).translate(_KEY))


def has_diacritics(text: str) -> bool:
    """Whether anything but case is lost in folding: True for "Đà", "dân"; False for "Da", "CDCS"."""
    return any(
        char.translate(_KEY) != char.translate(_FOLD)
        for char in nfc(text)
        if unicodedata.category(char)[0] in "LM"
    )


@dataclass(frozen=True, slots=True)
class Word:
    """One run of letters and digits. ``start`` and ``end`` (half-open) are offsets in the NFC text."""

    start: int
    end: int
    text: str
    folded: str
    """Folded, and free of ``UNSEEN``."""
    key: str
    """Match key, and free of ``UNSEEN``."""


def _is_word_char(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M" or char in _JOINERS


_WORD_OR_GAP = _Table(lambda char: "w" if _is_word_char(char) else " ")
_WORD_RUN = re.compile("w+")


def words(text: str) -> list[Word]:
    """Cut a text into its syllables, numbers and other runs of letters and digits, in order.

    Everything else separates: "25-NQ/TW" gives 25, NQ, TW and "12.076" gives 12, 076, so that a symbol or
    number is found as a phrase however it is punctuated.
    """
    text = nfc(text)
    folded, key = fold(text), match_key(text)
    found = []
    for run in _WORD_RUN.finditer(text.translate(_WORD_OR_GAP)):
        start, end = run.span()
        plain = folded[start:end].replace(UNSEEN, "")
        if plain:
            found.append(Word(start, end, text[start:end], plain, key[start:end].replace(UNSEEN, "")))
    return found


def highlight_spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where ``query`` occurs in ``text``: half-open offsets in ``nfc(text)``, in order, not overlapping.

    Whole words only. The most exact reading that occurs at all is taken: the query as a phrase, else each
    of its words; and where the query was typed with diacritics, first with them, then without.
    """
    in_text, in_query = words(text), words(query)
    if not in_query:
        return []
    readings: list[Callable[[Word], str]] = [_folded]
    if has_diacritics(query):
        readings.insert(0, _key)
    for spans_of in (_phrase_spans, _word_spans):
        for reading in readings:
            spans = spans_of(
                in_text, [reading(word) for word in in_text], [reading(word) for word in in_query]
            )
            if spans:
                return spans
    return []


def _folded(word: Word) -> str:
    return word.folded


def _key(word: Word) -> str:
    return word.key


def _phrase_spans(found: Sequence[Word], keys: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    while at + len(wanted) <= len(keys):
        if keys[at : at + len(wanted)] == wanted:
            spans.append((found[at].start, found[at + len(wanted) - 1].end))
            at += len(wanted)
        else:
            at += 1
    return spans


def _word_spans(found: Sequence[Word], keys: Sequence[str], wanted: Iterable[str]) -> list[tuple[int, int]]:
    wanted = set(wanted)
    return [(word.start, word.end) for word, key in zip(found, keys, strict=True) if key in wanted]
