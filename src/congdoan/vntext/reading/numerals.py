"""From the tokens of a text to its numbers with their units of measure; what they mean is worked out in ``finding``."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal

from congdoan.vntext.reading import measures, refusals
from congdoan.vntext.reading.amounts import Numeral, magnitude_at, read_digits, spaced_groups
from congdoan.vntext.reading.composite import (
    DASHES,
    NONE_HAPPENED,
    bounds_at,
    hangs_on_slash,
    none_at,
    range_at,
    ratio_at,
    words_at,
)
from congdoan.vntext.reading.exclusions import Blocked
from congdoan.vntext.reading.measures import measure_at, noun_at
from congdoan.vntext.reading.numeral import Reading, percent_end, with_measure
from congdoan.vntext.reading.patterns import compiled, key_of, spelt
from congdoan.vntext.reading.source import Source

UNKNOWN_THING = 0.55
"""How sure a figure is whose words of counting are not in the vocabulary."""
_EXACT = Context(prec=80)
_MONEY_WORDS = compiled(
    r"(?<!\w)(?:tiền|kinh phí|trị giá|giá trị|tổng thu|thu|chi|hỗ trợ|quỹ|ủng hộ|ngân sách|vốn|vay|doanh thu|lợi nhuận|đầu tư|quyên góp|nộp|đóng góp|mức|lương|trợ cấp|thưởng|phạt|giá)(?!\w)[^.;\n]{0,60}$"
)


def readings(source: Source, blocked: Blocked) -> Iterator[Reading]:
    """All readings in order, without overlaps."""
    tokens = source.tokens
    ordinals = _row_numbers(source)
    zeros = {match.start(): match for match in NONE_HAPPENED.finditer(source.key)}
    index, reach = 0, 0
    while index < len(tokens):
        token = tokens[index]
        found: Reading | None = None
        if token.start >= reach and token.start not in blocked:
            if token.is_number:
                if token.start not in ordinals:
                    found = _number(source, index, blocked)
                    if found is None and token.start >= reach:
                        skipped = _named_list(source, index)
                        if skipped > index + 1:
                            index = skipped
                            continue
            elif token.start in zeros:
                found = none_at(source, zeros[token.start])
            elif token.key == _EVERY:
                found = bounds_at(source, index)
            else:
                found = words_at(source, index)
        if found is None:
            index += 1
            continue
        yield found
        reach = found.end
        while index < len(tokens) and tokens[index].start < reach:
            index += 1


_EVERY = key_of("hàng")


def _number(source: Source, index: int, blocked: Blocked) -> Reading | None:
    tokens = source.tokens
    token = tokens[index]
    if refusals.before_is_code(source, token.start, is_grouped="." in token.key) or len(token.key) > 40:
        return None
    after = spaced_groups(source, index)
    digits = token.key
    if after > index + 1:
        if (
            measure_at(source, after) is None
            and "%" not in source.key[tokens[after - 1].end : tokens[after - 1].end + 2]
        ):
            after = index + 1
        else:
            digits = "".join(part.key for part in tokens[index:after])
    if hangs_on_slash(source, after):
        return ratio_at(source, index, after)
    ranged = range_at(source, index, after, blocked)
    if ranged is not None:
        return ranged
    return _single(source, index, after, digits)


def _single(source: Source, index: int, after: int, digits: str) -> Reading | None:
    tokens = source.tokens
    start, end = tokens[index].start, tokens[after - 1].end
    factor, behind = magnitude_at(source, after)
    if _is_glued(source, end, behind if factor > 1 else after):
        return None
    percent = percent_end(source, end) if factor == 1 else None
    measure = measure_at(source, behind)
    if percent is not None:
        unit, stop = "‰" if source.key[percent - 1] == "‰" else "%", percent
        next_index = source.token_at(stop)
        unit, per_end = measures.per_at(source, next_index, unit)
        end_text = tokens[per_end - 1].end if per_end > next_index else stop
        numeral = read_digits(digits, scaled=True)
        if numeral is None:
            return None
        value = numeral.value
        if (
            source.key[start - 1 : start] in DASHES
            and start > 1
            and source.key[start - 2 : start - 1] in (" ", "(")
        ):
            value, start = -value, start - 1
        return Reading(start, stop, end_text, value, unit=unit, base="%", style=numeral.style, has_noun=True)
    is_scaled = factor > 1 or (measure is not None and measure.base in measures.PHYSICAL | measures.MONEY)
    numeral = read_digits(
        digits, scaled=is_scaled and not (measure is not None and measure.base == "VND" and factor == 1)
    )
    if numeral is None:
        return None
    value = _EXACT.multiply(numeral.value, Decimal(factor))
    number_end = end
    if factor > 1:
        value, number_end, behind = _compound(source, value, factor, number_end, behind)
        measure = measure_at(source, behind)
    reading = Reading(
        start,
        number_end,
        max(number_end, tokens[behind - 1].end),
        value,
        style=numeral.style,
        is_magnitude=factor > 1,
    )
    if measure is None and factor > 1 and _MONEY_WORDS.search(source.key[max(0, start - 90) : start]):
        unit, per_end = measures.per_at(source, behind, "VND")
        end = tokens[per_end - 1].end if per_end > behind else reading.end
        reading = replace(reading, end=end, unit=unit, base="VND", confidence=0.8)
    if measure is not None:
        reading = with_measure(reading, measure)
        if numeral.style == "point" and measure.base not in measures.PHYSICAL and factor == 1:
            return None
        if numeral.style == "two_ways":
            reading = replace(reading, confidence=0.5)
    return _admitted(source, index, reading, numeral)


def _admitted(source: Source, index: int, reading: Reading, numeral: Numeral) -> Reading | None:
    """The reading, unless the number names, orders or dates something."""
    tokens = source.tokens
    is_bare = numeral.style in ("plain", "point") and not reading.is_magnitude
    has_noun = reading.unit is not None
    is_early = is_bare and numeral.value < 3000 and len(tokens[index].key) == 4
    if refusals.names_something(source, index, has_noun=has_noun, is_bare=is_bare, is_early=is_early):
        return None
    if numeral.style == "point" and not has_noun and not reading.is_magnitude:
        return None
    if is_bare and not has_noun:
        digits = tokens[index].key
        if is_early and 1800 <= numeral.value < 2100:
            return None
        if digits.startswith("0") and len(digits) > 2:
            return None
        following = source.token_at(reading.end)
        is_cell = _is_cell(source, index)
        if not is_cell and refusals.follows_a_name(source, index):
            return None
        if not is_cell and not refusals.introduces_value(source, index):
            if not refusals.is_thing(source, following):
                return None
            return replace(reading, confidence=UNKNOWN_THING)
        return replace(reading, confidence=0.65)
    if is_early and has_noun and 1900 <= numeral.value < 2100 and reading.words in _AFTER_YEARS:
        return None
    if not has_noun and not reading.is_magnitude:
        return replace(reading, confidence=0.7 if numeral.style == "grouped" else 0.6)
    return reading


_AFTER_YEARS = spelt("công tỉnh tổ đoàn bộ hội nam")


def _compound(
    source: Source, value: Decimal, factor: int, number_end: int, behind: int
) -> tuple[Decimal, int, int]:
    """Add "214 triệu" after "119 tỷ"."""
    tokens = source.tokens
    if (
        behind < len(tokens)
        and tokens[behind].start == tokens[behind - 1].end
        and re.fullmatch("[0-9]", tokens[behind].key)
    ):
        return value + Decimal(tokens[behind].key) * factor / 10, tokens[behind].end, behind + 1  # 2tr5
    while behind + 1 < len(tokens) and tokens[behind].is_number:
        if source.key[tokens[behind - 1].end : tokens[behind].start].strip(" "):
            break
        smaller, after = magnitude_at(source, behind + 1)
        numeral = read_digits(tokens[behind].key, scaled=smaller > 1)
        is_money = after < len(tokens) and (noun_at(source, after) or ("", 0))[0] == "VND"
        if numeral is None or (smaller == 1 and not is_money) or numeral.value * smaller >= factor:
            break
        value += numeral.value * smaller
        number_end, factor, behind = tokens[behind].end, smaller, after
        if smaller == 1:
            break
    return value, number_end, behind


def _is_glued(source: Source, end: int, after: int) -> bool:
    """Whether letters hang on the digits that are no unit of measure: 4E, 5S, 3D."""
    tokens = source.tokens
    if end >= len(source.key) or not (source.key[end].isalpha() or source.key[end] == "_"):
        return False
    if after < len(tokens) and tokens[after - 1].end > end:
        return False  # a magnitude: 200tr
    return after >= len(tokens) or noun_at(source, after) is None


def _named_list(source: Source, index: int) -> int:
    """After "Điều 3" or "Nghị quyết 20" also the numbers that go on: ", 4 và 5". Returns the next index to look at."""
    tokens = source.tokens
    if not refusals.names_something(source, index, has_noun=False, is_bare=True, is_early=False):
        return index
    at = index + 1
    while (
        at + 1 < len(tokens)
        and (
            tokens[at].key in (",", ";", "/")
            or tokens[at].key in DASHES
            or tokens[at].key in (key_of("và"), key_of("đến"))
        )
        and tokens[at + 1].is_number
        and len(tokens[at + 1].key) <= 3
        and "," not in tokens[at + 1].key
        and noun_at(source, at + 2) is None
        and percent_end(source, tokens[at + 1].end) is None
        and "\n" not in source.key[tokens[at].end : tokens[at + 1].start]
        and magnitude_at(source, at + 2)[0] == 1
    ):
        at += 2
    return at


def _is_cell(source: Source, index: int) -> bool:
    """Whether the number fills a cell of a line with tabs or bars."""
    token = source.tokens[index]
    start, end = source.line(token.start)
    before = source.key[max(start, token.start - 3) : token.start].strip(" ")
    after = source.key[token.end : min(end, token.end + 3)].strip(" ")
    opens, closes = before[-1:] in ("\t", "|"), after[:1] in ("\t", "|")
    is_first, is_last = before == "" and token.start - 3 <= start, after == ""
    return (opens and (closes or is_last)) or (is_first and closes)


_ROW = re.compile(r"(?:(?<=\n)|\A)[\x20|]{0,6}([0-9]{1,3})[\x20\t|]{1,12}(?=[^\W\d_])")


def _row_numbers(source: Source) -> set[int]:
    """Where lines are numbered 1, 2, 3 in front: offsets of those numbers."""
    rows = [(match.start(1), int(match[1])) for match in _ROW.finditer(source.key)]
    found: set[int] = set()
    for (at, number), (next_at, following) in itertools.pairwise(rows):
        if following == number + 1 and source.key.count("\n", at, next_at) <= 3:
            found.update((at, next_at))
    return found
