"""Numbers of more than digits: ratios, ranges, bounds ("hàng trăm"), none ("không xảy ra") and numbers in words."""

import re
from dataclasses import replace
from decimal import Decimal

from congdoan.vntext.reading import measures, refusals
from congdoan.vntext.reading.amounts import MAGNITUDES, in_words, magnitude_at, read_digits
from congdoan.vntext.reading.exclusions import Blocked
from congdoan.vntext.reading.measures import measure_at, noun_at
from congdoan.vntext.reading.numeral import Reading, percent_end, with_measure
from congdoan.vntext.reading.patterns import compiled, key_of, spelt
from congdoan.vntext.reading.source import Source

_FRACTION_OF = spelt("số trang tổng diện thời quãng chiều dân chặng khối")
DASHES = frozenset("-‐‑‒–—−")
_WORD_NOUNS = frozenset(
    [
        "persons",
        "events",
        "cases",
        "units",
        "enterprises",
        "families",
        "households",
        "days",
        "months",
        "years",
        "weeks",
        "hours",
        "conferences",
        "sessions",
        "courses",
        "accidents",
        "strikes",
        "gifts",
        "houses",
        "prizes",
        "collectives",
        "questions",
        "scholarships",
        "copies",
        "entries",
        "meetings",
        "schools",
    ]
) | {"grassroots unions"}
_BEFORE_WORDS = spelt("thứ hạng giải lần hàng hằng số khóa tháng ngày nhất mỗi từng ông bà anh chị cô chú")
_BEFORE_YEAR = spelt("có và là gồm làm tặng cho được bắt khiến với, còn tổ mất cướp khoảng hơn gần trên ,")
_BEFORE_LENGTH = spelt("trong sau qua suốt hơn gần khoảng cứ vòng là hạn quá từ")
NONE_HAPPENED = compiled(
    r"(?<!\w)không (?:để )?xảy ra(?= (?:vụ|cuộc|trường hợp|tai nạn|tnlđ|đình công|ngừng việc|cháy|tình trạng|vi phạm|tranh chấp))"
)


def hangs_on_slash(source: Source, after: int) -> bool:
    """Whether "/" and more digits follow: a ratio, or a day and a month."""
    tokens = source.tokens
    return after + 1 < len(tokens) and tokens[after].key == "/" and tokens[after + 1].is_number


def ratio_at(source: Source, index: int, after: int) -> Reading | None:
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
        at = behind + 1
        while at < len(tokens) and tokens[at].key == key_of("số"):
            at += 1
        found = noun_at(source, at)
        return replace(reading, unit=found[0] if found else None, base=found[0] if found else None)
    return with_measure(reading, measure) if measure is not None else replace(reading, confidence=0.6)


def range_at(source: Source, index: int, after: int, blocked: Blocked) -> Reading | None:
    """ "5-7 triệu đồng", "từ 10% đến 15%": one figure with two bounds."""
    tokens = source.tokens
    if after + 1 >= len(tokens):
        return None
    first_end = tokens[after - 1].end
    at = after
    first_percent = percent_end(source, first_end)
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
    if joint == key_of("đến"):
        before = source.key[max(0, start - 6) : start]
        if not before.rstrip().endswith(key_of("từ")):
            return None
    elif joint not in DASHES or (source.key[first_end : tokens[at].start].strip(" ") and first_factor == 1):
        return None
    at += 1
    if at >= len(tokens) or not tokens[at].is_number or tokens[at].start in blocked:
        return None
    if (
        joint in DASHES
        and source.key[tokens[at - 1].end : tokens[at].start] == ""
        and source.key[first_end : tokens[at - 1].start] != ""
    ):
        return None
    if "\n" in source.key[first_end : tokens[at].end]:
        return None
    number_end = tokens[at].end
    factor, behind = magnitude_at(source, at + 1)
    percent = percent_end(source, number_end)
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
        return with_measure(reading, measure)
    return replace(reading, unit="VND", base="VND", confidence=0.7)


def bounds_at(source: Source, index: int) -> Reading | None:
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
    return with_measure(reading, measure)


def none_at(source: Source, match: re.Match[str]) -> Reading:
    """ "không xảy ra vụ tai nạn lao động nào": none."""
    start, end = match.span()
    reading = Reading(start, end, end, Decimal(0), style="words", confidence=0.6)
    measure = measure_at(source, source.token_at(end))
    return with_measure(reading, measure) if measure is not None else reading


def words_at(source: Source, index: int) -> Reading | None:
    """ "hai mươi lăm công nhân"; one short word only before what is often counted in words."""
    tokens = source.tokens
    found = in_words(tokens, index)
    if found is None:
        return None
    before = tokens[index - 1].key if index else ""
    if before in _BEFORE_WORDS or (index > 1 and tokens[index - 2].key == key_of("thứ")):
        return None
    start, end = tokens[index].start, tokens[found.after - 1].end
    if "\n" in source.key[start:end] or any(
        tokens[at].end < tokens[at + 1].start - 1 for at in range(index, found.after - 1)
    ):
        return None
    measure = measure_at(source, found.after)
    if measure is None or (before == key_of("năm") and 1900 <= found.value < 2100):
        return None
    is_single = found.after == index + 1
    noun = tokens[found.after]
    if is_single and source.text[noun.start].isupper() and not source.text[noun.start : noun.end].isupper():
        return None  # Hai Bà Trưng
    is_length = measure.base in measures.DURATIONS
    if is_single:
        if found.value == 1 or measure.base not in _WORD_NOUNS:
            return None
        if tokens[index].key == key_of("năm") and before not in _BEFORE_YEAR:
            return None
        if is_length and before not in _BEFORE_LENGTH:
            return None
    reading = Reading(
        start, end, end, Decimal(found.value), style="words", confidence=0.6 if is_single else 0.75
    )
    return with_measure(reading, measure)
