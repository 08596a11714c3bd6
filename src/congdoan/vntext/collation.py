"""Sort keys for Vietnamese words and for the names of people.

A key is a string of 0–9 and a–z. It sorts rightly by plain comparison in Python and in any database
collation, so that it can be stored in a column and paged through. Units of a key have a fixed width: two
characters for a letter, one for a tone, one for case.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from congdoan.vntext.folding import nfc
from congdoan.vntext.syllables import LETTERS, TONE_MARKS

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_END = "00"
_END_OF_LEVEL = "0"
_NEUTRAL = "1"
_OTHER_MARK = "7"

_SHAPING_MARKS = frozenset("\u0302\u0306\u031b")
_TONE_WEIGHT = {mark: str(tone + 1) for tone, mark in enumerate(TONE_MARKS) if mark}
_LETTER_WEIGHT = {letter: "a" + _BASE36[at] for at, letter in enumerate(LETTERS)}


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = _BASE36[digit] + digits
    return digits


def _weights(char: str) -> tuple[str, str, str]:
    """Letter, tone and case of one NFC character; spaces < signs < digits < letters < other scripts."""
    category = unicodedata.category(char)
    if char.isspace() or category == "Zs":
        return "01", _NEUTRAL, _NEUTRAL
    base, *marks = list(unicodedata.normalize("NFD", char))
    tone = _NEUTRAL
    shapes = [mark for mark in marks if mark in _SHAPING_MARKS]
    for mark in marks:
        if mark not in _SHAPING_MARKS:
            tone = _TONE_WEIGHT.get(mark, _OTHER_MARK)
    letter = nfc(base.lower() + "".join(shapes))
    case = "2" if base != base.lower() else _NEUTRAL
    if letter in _LETTER_WEIGHT:
        return _LETTER_WEIGHT[letter], tone, case
    if base.lower() in _LETTER_WEIGHT:
        # â, ă and ơ are letters; the same mark elsewhere (ŝ) is foreign and only a shade of its letter.
        return _LETTER_WEIGHT[base.lower()], _OTHER_MARK, case
    if char in "0123456789":
        return "1" + char, _NEUTRAL, _NEUTRAL
    if category[0] == "M":
        # A mark without a letter of its own is a shade of what stands before it.
        return "", _TONE_WEIGHT.get(char, _OTHER_MARK), _NEUTRAL
    if category[0] in "LN":
        lower = char.lower()
        return "zz" + _base36(ord(lower[0]), 4), _NEUTRAL, "2" if char != lower else _NEUTRAL
    return "02" + _base36(ord(char), 4), _NEUTRAL, _NEUTRAL


def _levels(text: str) -> tuple[str, str, str]:
    letters, tones, cases = [], [], []
    for char in nfc(text):
        letter, tone, case = _weights(char)
        letters.append(letter)
        tones.append(tone)
        cases.append(case)
    # Neutral weights at the end say nothing, and the end of a level sorts before them.
    return "".join(letters), "".join(tones).rstrip(_NEUTRAL), "".join(cases).rstrip(_NEUTRAL)


@lru_cache(maxsize=4096)
def _syllable_levels(syllable: str) -> tuple[str, str, str]:
    """``_levels``, remembered: the names of a whole province are made of a few hundred syllables."""
    return _levels(syllable)


def sort_key(text: str) -> str:
    """Key in the order of Unicode's locale data (CLDR) for Vietnamese, as computers list words.

    All letters first (a ă â b c d đ e ê …), then all tones (ngang huyền hỏi ngã sắc nặng), then case:
    "bán buôn" < "ban hành", "an" < "An" < "àn".
    """
    letters, tones, cases = _levels(text)
    return letters + _END + tones + _END_OF_LEVEL + cases


def dictionary_key(text: str) -> str:
    """Key in the order of a printed dictionary, syllable by syllable: "ban hành" < "bán buôn"."""
    return _key_by_syllable(text.replace("-", " ").split())


def name_key(full_name: str) -> str:
    """Key for a person: by given name (the last word), then surname, then middle names.

    "Trần Văn An" < "Lê Thị Bình" < "Nguyễn Thị Bình". Each word as in a dictionary.
    """
    names = full_name.split()
    return _key_by_syllable([*names[-1:], *names[:1], *names[1:-1]] if len(names) > 1 else names)


def _key_by_syllable(syllables: Sequence[str]) -> str:
    key = ""
    all_cases = ""
    for syllable in syllables:
        letters, tones, cases = _syllable_levels(syllable)
        key += letters + _END + tones + _END_OF_LEVEL
        all_cases += cases + _END_OF_LEVEL
    return key + _END + all_cases.rstrip(_END_OF_LEVEL)
