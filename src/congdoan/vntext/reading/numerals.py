"""From the tokens of a text to its numbers with their units of measure; what they mean is worked out in ``finding``."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from congdoan.vntext.folding import match_key
from congdoan.vntext.reading import measures, refusals
from congdoan.vntext.reading.amounts import (
    MAGNITUDES,
    Numeral,
    in_words,
    magnitude_at,
    read_digits,
    spaced_groups,
)
from congdoan.vntext.reading.exclusions import Blocked
from congdoan.vntext.reading.measures import Measure, measure_at, noun_at
from congdoan.vntext.reading.patterns import compiled, spelt
from congdoan.vntext.reading.source import Source

_EXACT = Context(prec=80)
_FRACTION_OF = spelt("số trang tổng diện thời quãng chiều dân chặng khối")
_DASHES = frozenset("-‐‑‒–—−")
_CHANGING = compiled(r"(?<!\w)(?:tăng|giảm|nâng|rút|hạ|chuyển)(?: [^\W\d_]{1,8}){0,4} từ[\x20]{1,3}$")
_WORD_NOUNS = frozenset(
    "persons events cases units enterprises families households days months years weeks hours conferences sessions courses "
    "accidents strikes gifts houses prizes collectives questions grassroots-unions scholarships copies entries meetings schools".replace(
        "-", "_"
    ).split()
)
_BEFORE_WORDS = spelt("thứ hạng giải lần hàng hằng số khóa tháng ngày nhất mỗi từng ông bà anh chị cô chú")
_BEFORE_YEAR = spelt("có và là gồm làm tặng cho được bắt khiến với, còn tổ mất cướp khoảng hơn gần trên ,")
_BEFORE_LENGTH = spelt("trong sau qua suốt hơn gần khoảng cứ vòng là hạn quá từ")
_NONE_HAPPENED = compiled(
    r"(?<!\w)không (?:để )?xảy ra(?= (?:vụ|cuộc|trường hợp|tai nạn|tnlđ|đình công|ngừng việc|cháy|tình trạng|vi phạm|tranh chấp))"
)
_LATE_UNIT = compiled(r"\x20?(?:vụ|cuộc|trường hợp|tai nạn|tnlđ)")
_MONEY_WORDS = compiled(
    r"(?<!\w)(?:tiền|kinh phí|trị giá|giá trị|tổng thu|thu|chi|hỗ trợ|quỹ|ủng hộ|ngân sách|vốn|vay|doanh thu|lợi nhuận|đầu tư|quyên góp|nộp|đóng góp|mức|lương)(?!\w)[^.;\n]{0,60}$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what is counted. ``start``/``number_end``: the number as printed; ``end``: after its measure."""

    start: int
    number_end: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    base: str | None = None
    words: str = ""
    style: str = "plain"
    confidence: float = 0.9
    is_magnitude: bool = False
    is_fraction: bool = False
    has_noun: bool = False


def readings(source: Source, blocked: Blocked) -> Iterator[Reading]:
    """All readings in order, without overlaps."""
    tokens = source.tokens
    ordinals = _row_numbers(source)
    zeros = {match.start(): match for match in _NONE_HAPPENED.finditer(source.key)}
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
                found = _zero(source, zeros[token.start])
            elif token.key == _EVERY:
                found = _magnitude_alone(source, index)
            else:
                found = _words(source, index)
        if found is None:
            index += 1
            continue
        yield found
        reach = found.end
        while index < len(tokens) and tokens[index].start < reach:
            index += 1


_EVERY = match_key("hàng")


def _number(source: Source, index: int, blocked: Blocked) -> Reading | None:
    tokens = source.tokens
    token = tokens[index]
    if refusals.before_is_code(source, token.start) or len(token.key) > 40:
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
    ratio = _ratio(source, index, after)
    if ratio is not None:
        return ratio
    ranged = _range(source, index, after, blocked)
    if ranged is not None:
        return ranged
    return _single(source, index, after, digits)


def _single(source: Source, index: int, after: int, digits: str) -> Reading | None:
    tokens = source.tokens
    start, end = tokens[index].start, tokens[after - 1].end
    factor, behind = magnitude_at(source, after)
    if _is_glued(source, end, behind if factor > 1 else after):
        return None
    percent = _percent(source, end) if factor == 1 else None
    measure = measure_at(source, behind)
    if percent is not None:
        unit, stop = "%", percent
        next_index = source.token_at(stop)
        unit, per_end = measures.per_at(source, next_index, unit)
        end_text = tokens[per_end - 1].end if per_end > next_index else stop
        numeral = read_digits(digits, scaled=True)
        if numeral is None:
            return None
        value = numeral.value
        if (
            source.key[start - 1 : start] in _DASHES
            and start > 1
            and source.key[start - 2 : start - 1] in (" ", "(")
        ):
            value = -value
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
        reading = replace(reading, unit="VND", base="VND", confidence=0.8)
    if measure is not None:
        reading = _with(reading, measure)
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
        if refusals.follows_a_name(source, index):
            return None
        introduced = refusals.introduces_value(source, index)
        if not introduced and not _is_cell(source, index):
            if not refusals.is_thing(source, following):
                return None
            return replace(reading, confidence=0.55)
        return replace(reading, confidence=0.65)
    if is_early and has_noun and 1900 <= numeral.value < 2100 and reading.words in _AFTER_YEARS:
        return None
    if not has_noun and not reading.is_magnitude:
        return replace(reading, confidence=0.7 if numeral.style == "grouped" else 0.6)
    return reading


_AFTER_YEARS = spelt("công tỉnh tổ đoàn bộ hội nam")


def _with(reading: Reading, measure: Measure) -> Reading:
    return replace(
        reading, end=measure.end, unit=measure.unit, base=measure.base, words=measure.words, has_noun=True
    )


def _compound(
    source: Source, value: Decimal, factor: int, number_end: int, behind: int
) -> tuple[Decimal, int, int]:
    """Add "214 triệu" after "119 tỷ"."""
    tokens = source.tokens
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


def _percent(source: Source, end: int) -> int | None:
    match = re.compile(r"[\x20\u00a0\u202f]?[%٪％‰]").match(source.key, end)
    return match.end() if match else None


def _ratio(source: Source, index: int, after: int) -> Reading | None:
    """ "1/2 trang", "2/3 số hộ", "39/45 công đoàn", "95/100 điểm"."""
    tokens = source.tokens
    if after + 1 >= len(tokens) or tokens[after].key != "/" or not tokens[after + 1].is_number:
        return None
    gap = source.key[tokens[after - 1].end : tokens[after + 1].start]
    if len(gap) > 3:
        return None
    digits, below = (
        read_digits(tokens[index].key, scaled=False),
        read_digits(tokens[after + 1].key, scaled=False),
    )
    behind = after + 2
    if (
        digits is None
        or below is None
        or not below.value
        or (behind < len(tokens) and tokens[behind].key == "/")
    ):
        return None
    start, end = tokens[index].start, tokens[after + 1].end
    if source.key[end : end + 1].isalpha() and noun_at(source, behind) is None:
        return None
    measure = measure_at(source, behind)
    following = tokens[behind].key if behind < len(tokens) else ""
    is_day = digits.value <= 31 and below.value <= 12 and digits.value >= 1
    is_of = following in _FRACTION_OF
    if measure is None and not is_of and (is_day or digits.value > below.value):
        return None
    if measure is not None and measure.base == "%":
        return None
    is_small = digits.value < below.value <= 10 and (below.value <= 4 or is_of)
    if refusals.names_something(
        source, index, has_noun=measure is not None or is_of, is_bare=True, is_early=False
    ):
        return None
    value = digits.value / below.value if is_small else digits.value
    reading = Reading(start, end, end, value, is_fraction=is_small, style="ratio", confidence=0.8)
    if measure is None and is_of:
        found = noun_at(source, behind + 1) if following != match_key("trang") else None
        return replace(reading, unit=found[0] if found else None, base=found[0] if found else None)
    return _with(reading, measure) if measure is not None else replace(reading, confidence=0.6)


def _range(source: Source, index: int, after: int, blocked: Blocked) -> Reading | None:
    """ "5-7 triệu đồng", "từ 10% đến 15%": one figure with two bounds."""
    tokens = source.tokens
    if after + 1 >= len(tokens):
        return None
    first_end = tokens[after - 1].end
    at = after
    first_percent = _percent(source, first_end)
    if first_percent is not None:
        first_end = first_percent
        at = source.token_at(first_percent)
        if at >= len(tokens):
            return None
    start = tokens[index].start
    first_factor, at_magnitude = magnitude_at(source, at)
    if first_factor > 1 and at_magnitude < len(tokens):
        at = at_magnitude
    joint = tokens[at].key
    if joint == match_key("đến"):
        before = source.key[max(0, start - 45) : start]
        if not before.rstrip().endswith(match_key("từ")) or _CHANGING.search(before):
            return None
    elif joint not in _DASHES or (source.key[first_end : tokens[at].start].strip(" ") and first_factor == 1):
        return None
    at += 1
    if at >= len(tokens) or not tokens[at].is_number or tokens[at].start in blocked:
        return None
    if (
        joint in _DASHES
        and source.key[tokens[at - 1].end : tokens[at].start] == ""
        and source.key[first_end : tokens[at - 1].start] != ""
    ):
        return None
    if "\n" in source.key[first_end : tokens[at].end]:
        return None
    number_end = tokens[at].end
    factor, behind = magnitude_at(source, at + 1)
    percent = _percent(source, number_end)
    measure = measure_at(source, behind)
    is_scaled = (
        factor > 1 or percent is not None or (measure is not None and measure.base in measures.PHYSICAL)
    )
    low, high = (
        read_digits(tokens[index].key, scaled=is_scaled),
        read_digits(tokens[at].key, scaled=is_scaled),
    )
    if low is None or high is None or (measure is None and percent is None and factor == 1):
        return None
    low_value = low.value * (first_factor if first_factor > 1 else factor)
    high_value = high.value * factor
    if low_value >= high_value:
        return None
    if refusals.names_something(source, index, has_noun=True, is_bare=True, is_early=False):
        return None
    if percent is not None:
        return Reading(
            start, percent, percent, None, low_value, high_value, "%", "%", confidence=0.8, has_noun=True
        )
    reading = Reading(start, number_end, tokens[behind - 1].end, None, low_value, high_value, confidence=0.8)
    if measure is not None:
        return _with(reading, measure)
    return replace(reading, unit="VND", base="VND", confidence=0.7)


def _magnitude_alone(source: Source, index: int) -> Reading | None:
    """ "hàng trăm", "hàng chục nghìn": bounds without a value."""
    tokens = source.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].key not in MAGNITUDES or tokens[index + 1].key == "tr":
        return None
    factor, behind = magnitude_at(source, index + 1)
    if factor == 1:
        return None
    start, end = tokens[index].start, tokens[behind - 1].end
    reading = Reading(
        start, end, end, None, Decimal(factor), Decimal(factor * 10 - 1), style="magnitude", confidence=0.85
    )
    measure = measure_at(source, behind)
    if measure is None:
        return replace(reading, confidence=0.7)
    return _with(reading, measure)


def _zero(source: Source, match: re.Match[str]) -> Reading:
    """ "không xảy ra vụ tai nạn lao động nào": none."""
    start, end = match.span()
    reading = Reading(start, end, end, Decimal(0), style="words", confidence=0.6)
    measure = measure_at(source, source.token_at(end))
    return _with(reading, measure) if measure is not None else reading


def _words(source: Source, index: int) -> Reading | None:
    """ "hai mươi lăm công nhân"; one short word only before what is often counted in words."""
    tokens = source.tokens
    found = in_words(tokens, index)
    if found is None:
        return None
    before = tokens[index - 1].key if index else ""
    if before in _BEFORE_WORDS or (index > 1 and tokens[index - 2].key == match_key("thứ")):
        return None
    start, end = tokens[index].start, tokens[found.after - 1].end
    if "\n" in source.key[start:end] or any(
        tokens[at].end < tokens[at + 1].start - 1 for at in range(index, found.after - 1)
    ):
        return None
    measure = measure_at(source, found.after)
    if measure is None or (before == match_key("năm") and 1900 <= found.value < 2100):
        return None
    is_single = found.after == index + 1
    is_length = measure.base in measures.DURATIONS
    if is_single:
        if found.value == 1 or measure.base not in _WORD_NOUNS:
            return None
        if tokens[index].key == match_key("năm") and before not in _BEFORE_YEAR:
            return None
        if is_length and before not in _BEFORE_LENGTH:
            return None
    reading = Reading(
        start, end, end, Decimal(found.value), style="words", confidence=0.6 if is_single else 0.75
    )
    return _with(reading, measure)


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
            or tokens[at].key in _DASHES
            or tokens[at].key in (match_key("và"), match_key("đến"))
        )
        and tokens[at + 1].is_number
        and len(tokens[at + 1].key) <= 3
        and "," not in tokens[at + 1].key
        and noun_at(source, at + 2) is None
        and _percent(source, tokens[at + 1].end) is None
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
    line = source.key[start : min(end, start + 2000)]
    if "\t" not in line and "|" not in line:
        return False
    return ((before == "" and token.start - 3 <= start) or before[-1:] in ("\t", "|")) and (
        after[:1] in ("\t", "|", ";") or after == ""
    )


_ROW = re.compile(r"(?:(?<=\n)|\A)[\x20|]{0,6}([0-9]{1,3})[\x20\t|]{1,12}(?=[^\W\d_])")


def _row_numbers(source: Source) -> set[int]:
    """Where lines are numbered 1, 2, 3 in front: offsets of those numbers."""
    rows = [(match.start(1), int(match[1])) for match in _ROW.finditer(source.key)]
    found: set[int] = set()
    for (at, number), (next_at, following) in itertools.pairwise(rows):
        if following == number + 1 and source.key.count("\n", at, next_at) <= 3:
            found.update((at, next_at))
    return found
