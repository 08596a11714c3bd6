"""Numbers as they stand in running text: digits with separators, words of magnitude, ranges, fractions, number words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from congdoan.vntext.folding import match_key
from congdoan.vntext.reading.patterns import key_of, spelt
from congdoan.vntext.reading.source import Source, Token

LONGEST = 40
"""Longer runs of digits are no figures; they may be anything."""

MAGNITUDES = {
    match_key(word): value
    for word, value in {
        "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9,
    }.items()
}  # fmt: skip
_NO_MAGNITUDE_BEFORE = {
    key_of("tỷ"): spelt("lệ số trọng suất giá phú"),
    key_of("triệu"): spelt("tập hồi"),
    key_of("vạn"): spelt("vật thọ"),
    key_of("trăm"): spelt("năm"),
}

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)")
_ENGLISH_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """The digits of one number, read. ``style`` tells how it was printed."""

    value: Decimal
    style: str
    """ "plain", "grouped", "decimal", "two_ways" (1,289), "english", "point" (99.8)."""


def read_digits(digits: str, *, scaled: bool) -> Numeral | None:
    """Read digits with separators; ``scaled`` when a magnitude, a % or a measured unit follows.

    Then a comma before three digits begins decimals. "1,289" of what is counted is taken for thousands.
    """
    if len(digits) > LONGEST:
        return None
    if _PLAIN.fullmatch(digits):
        return Numeral(Decimal(digits), "plain")
    if _GROUPED.fullmatch(digits):
        return Numeral(Decimal(digits.replace(".", "").replace(",", ".")), "grouped")
    if _TWO_WAYS.fullmatch(digits):
        return Numeral(
            Decimal(digits.replace(",", "." if scaled else "")), "decimal" if scaled else "two_ways"
        )
    if _DECIMAL.fullmatch(digits):
        return Numeral(Decimal(digits.replace(",", ".")), "decimal")
    if _ENGLISH.fullmatch(digits):
        return Numeral(Decimal(digits.replace(",", "")), "english")
    if _ENGLISH_DECIMAL.fullmatch(digits):
        return Numeral(Decimal(digits), "point")
    return None


def magnitude_at(source: Source, index: int) -> tuple[int, int]:
    """The product of the words of magnitude from token ``index`` on, and the index after them: (1, index) for none."""
    tokens = source.tokens
    product = 1
    while index < len(tokens) and tokens[index].key in MAGNITUDES and product < 10**12:
        following = tokens[index + 1].key if index + 1 < len(tokens) else ""
        if following in _NO_MAGNITUDE_BEFORE.get(tokens[index].key, ()):
            break
        gap = source.key[tokens[index - 1].end : tokens[index].start] if index else ""
        if gap.strip(" ") or (tokens[index].key == "tr" and gap and not _is_money(following)):
            break
        product *= MAGNITUDES[tokens[index].key]
        index += 1
    return product, index


def _is_money(key: str) -> bool:
    return key in (key_of("đồng"), "đ", "vnđ", "vnd")


def spaced_groups(source: Source, index: int) -> int:
    """Index after a number grouped by blanks ("12 076"): ``index + 1`` when there are no further groups.

    No-break and narrow blanks group wherever they stand; a plain blank only if every group fits.
    """
    tokens = source.tokens
    first = tokens[index]
    if not re.fullmatch(r"[1-9][0-9]{0,2}", first.key):
        return index + 1
    at = index + 1
    while at < len(tokens) and tokens[at].start == tokens[at - 1].end + 1:
        gap = source.text[tokens[at - 1].end]
        if gap not in " \u00a0\u202f\u2009" or not re.fullmatch(r"[0-9]{3}(?:,[0-9]+)?", tokens[at].key):
            break
        at += 1
        if "," in tokens[at - 1].key:
            break
    return at


_UNITS = {
    match_key(word): value
    for value, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in words.split()
}
_TEN, _TENS, _HUNDRED = key_of("mười"), key_of("mươi"), key_of("trăm")
_AND = spelt("lẻ linh")
_STARTS = spelt("một hai ba bốn năm sáu bảy tám chín mười")
_SCALES = {
    match_key(word): value
    for word, value in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3), ("ngàn", 10**3))
}


@dataclass(frozen=True, slots=True)
class InWords:
    """A number in words: tokens ``[first, after)``."""

    first: int
    after: int
    value: int


def in_words(tokens: list[Token], index: int) -> InWords | None:
    """The number in words that starts at token ``index``, as long as it goes: "hai mươi lăm", "một trăm linh hai"."""
    if tokens[index].key not in _STARTS:
        return None
    total, at, last_scale = 0, index, 10**12
    while at < len(tokens):
        group = _below_thousand(tokens, at)
        if group is None:
            break
        value, after = group
        scale = _SCALES.get(tokens[after].key, 1) if after < len(tokens) else 1
        if scale == 1:
            if last_scale > 1 and not (at > index and last_scale == 1):
                total += value
                at = after
            break
        if scale >= last_scale:
            break
        total += value * scale
        last_scale = scale
        at = after + 1
    return InWords(index, at, total) if at > index else None


def _below_thousand(tokens: list[Token], at: int) -> tuple[int, int] | None:
    def key(index: int) -> str:
        return tokens[index].key if index < len(tokens) else ""

    value, start = 0, at
    if key(at) in _UNITS and key(at + 1) == _HUNDRED:
        value, at = _UNITS[key(at)] * 100, at + 2
        if key(at) in _AND and key(at + 1) in _UNITS:
            return value + _UNITS[key(at + 1)], at + 2
    if key(at) == _TEN:
        if key(at + 1) in _UNITS and _UNITS[key(at + 1)]:
            return value + 10 + _UNITS[key(at + 1)], at + 2
        return value + 10, at + 1
    if key(at) in _UNITS and key(at + 1) == _TENS:
        value += _UNITS[key(at)] * 10
        if key(at + 2) in _UNITS and _UNITS[key(at + 2)]:
            return value + _UNITS[key(at + 2)], at + 3
        return value, at + 2
    if at == start and key(at) in _UNITS:
        return _UNITS[key(at)], at + 1
    return (value, at) if at > start else None
