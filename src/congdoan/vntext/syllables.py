"""The Vietnamese syllable: its letters, its tone, and the ways in which it may be written.

Every Vietnamese word is written as syllables of one onset, one rime and one tone. The inventory below is
the closed list of the written language; it tells Vietnamese from other text, and spelling variants of one
syllable (hoà, hòa) from different syllables (hoa, hòa).
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""All letters in the order of the dictionary; f, j, w and z stand where Latin has them."""

VOWELS = "aăâeêioôơuưy"

TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Ngang, huyền, hỏi, ngã, sắc, nặng: the order in which tones are sorted."""

_TONED = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone)
    for vowel in VOWELS + VOWELS.upper()
    for tone, mark in enumerate(TONE_MARKS)
    if mark
}
_WITH_TONE = {parts: letter for letter, parts in _TONED.items()}

VIETNAMESE_LETTERS = frozenset(LETTERS + LETTERS.upper()) | frozenset(_TONED)

_ONSETS = (
    # Longest first: "ngh" before "ng" before "n".
    *("ngh",),
    *("ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x"),
    "",
)

_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet
    oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 – reads as a table
)
_RIMES_AFTER_QU_ONLY = frozenset(("ych", "yn", "ynh", "yp", "yt"))
# A syllable that ends in a stop is spoken with sắc or nặng only.
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = (4, 5)

_I_OR_Y_AFTER = frozenset(("h", "k", "l", "m", "s", "t", "v", "qu"))


@dataclass(frozen=True, slots=True)
class Syllable:
    """One written syllable in lower case; ``rime`` without tone, ``tone`` an index of ``TONE_MARKS``."""

    onset: str
    rime: str
    tone: int


def split_tone(word: str) -> tuple[str, int, int]:
    """Take the tone marks off a word in NFC: the word without, the last tone, and how many marks it had."""
    letters = []
    tone = marks = 0
    for letter in word:
        plain, found = _TONED.get(letter, (letter, 0))
        letters.append(plain)
        if found:
            tone = found
            marks += 1
    return "".join(letters), tone, marks


def parse_syllable(word: str) -> Syllable | None:
    """Read ``word`` (NFC, any case) as one Vietnamese syllable; ``None`` when it is not one.

    A tone mark on the wrong vowel of the right syllable is forgiven, since both fashions of
    placing it are in daily use.
    """
    toneless, tone, marks = split_tone(word.lower())
    if marks > 1 or not 0 < len(toneless) <= 7:
        return None
    for onset in _ONSETS:
        if not toneless.startswith(onset):
            continue
        rime = toneless[len(onset) :]
        if rime not in _RIMES and not (onset == "qu" and rime in _RIMES_AFTER_QU_ONLY):
            continue
        if rime.endswith(_STOPS) and marks and tone not in _STOP_TONES:
            return None
        return Syllable(onset, rime, tone)
    return None


def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed Vietnamese syllable, in any case and either tone placement."""
    return parse_syllable(word) is not None


def spell(syllable: Syllable) -> str:
    """Write a syllable in lower case, its tone where the older fashion puts it (hòa, thủy)."""
    if not syllable.tone:
        return syllable.onset + syllable.rime
    at = _tone_position(syllable.rime)
    rime = syllable.rime
    return syllable.onset + rime[:at] + _WITH_TONE[rime[at], syllable.tone] + rime[at + 1 :]


@lru_cache(maxsize=1024)
def _tone_position(rime: str) -> int:
    vowels = [at for at, letter in enumerate(rime) if letter in VOWELS]
    shaped = [at for at in vowels if rime[at] in "ăâêôơư"]
    if shaped:
        return shaped[-1]
    closed = vowels[-1] < len(rime) - 1
    if closed:
        return vowels[-1]
    if len(vowels) == 3:
        # khoái, xoáy, khuỷu; "uya" carries it on y as well.
        return vowels[1]
    return vowels[0]


@lru_cache(maxsize=65536)
def match_spelling(word: str) -> str:
    """One spelling for all variants of a syllable, the same number of code points.

    ``word`` is in lower case and NFC. Tone placement is made one (hoà = hòa, thuỷ = thủy), and a final
    i or y after h, k, l, m, s, t, v, qu becomes i (kỹ = kĩ). What is no syllable comes back unchanged.
    """
    syllable = parse_syllable(word)
    if syllable is None:
        return word
    if syllable.rime == "y" and syllable.onset in _I_OR_Y_AFTER:
        syllable = Syllable(syllable.onset, "i", syllable.tone)
    return spell(syllable)
