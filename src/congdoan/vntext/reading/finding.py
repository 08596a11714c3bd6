"""Reading the figures of a text: numbers, their units, qualifiers, periods, and the indicators they may belong to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from congdoan.vntext.reading import measures
from congdoan.vntext.reading.exclusions import Blocked
from congdoan.vntext.reading.found import Found, whole
from congdoan.vntext.reading.indicators import Catalogue, Hint
from congdoan.vntext.reading.measures import noun_at
from congdoan.vntext.reading.numeral import Reading
from congdoan.vntext.reading.numerals import UNKNOWN_THING, readings
from congdoan.vntext.reading.patterns import compiled, key_of, spelt
from congdoan.vntext.reading.periods import Mention, Periods
from congdoan.vntext.reading.qualifiers import Qualifier, qualifier_of
from congdoan.vntext.reading.source import Source

_WORKFORCE = compiled(
    r"tổng số (?:đoàn viên|cnvclđ|cnlđ|nlđ|cbccvc|công nhân|lao động|người lao động|cán bộ)[^.;\n]{0,140}$"
)
_WORKERS = spelt("cnvclđ cnlđ nlđ cnvc đoàn cán công lao người lượt viên cbccvc")
_TAKING_PART = compiled(
    r"[^.;\n]{0,60}?(?:tham gia|tham dự|dự|được học|được tuyên truyền|được phổ biến|theo dõi|hưởng ứng)"
)
_AMONG = compiled(r"(?:trong đó|gồm|bao gồm|cơ cấu giải)[^.\n]{0,200}$")
_LABELS = [
    (compiled(r"truy cập"), "visits"),
    (compiled(r"dân số"), "persons"),
    (compiled(r"(?:tổng thu|tổng chi|số tiền|kinh phí|doanh thu|lợi nhuận|số dư)"), "VND"),
]
_GRADES = compiled(r" (?:giỏi|khá|trung bình|yếu|kém|xuất sắc|tốt|đạt|không đạt|nữ|nam)(?!\w)")
_LABEL_REACH = 120
_STATED = compiled(r"(?:đơn vị tính|đvt|đơn vị)\x20?:\x20?")


def read_figures(text: str, catalogue: Sequence[Hint] = (), *, today: dt.date | None = None) -> list[Found]:
    """Find the figures of a Vietnamese text, in order, never overlapping.

    Offsets count the code points of ``text`` as it was given. ``catalogue`` holds the indicators that may be proposed.
    ``today`` is the day of the report, for "đến nay" and "5 năm qua"; without it the latest date in the text is taken.
    """
    if not text.strip():
        return []
    source = Source(text)
    found = [_unit_from_context(source, reading) for reading in readings(source, Blocked(source))]
    found = _without_units_filled(source, found)
    found = _prizes(source, found)
    found = _attendances(source, found)
    periods = Periods(source, today)
    hints = Catalogue(source, catalogue) if catalogue else None
    starts = [reading.start for reading in found]
    result = []
    for index, reading in enumerate(found):
        qualifier = _qualifier(source, reading)
        reading = _points(source, found, index, qualifier)  # the unit is known only now
        found[index] = reading
        proposal = hints.propose(reading.start, reading.number_end, reading.unit, starts) if hints else None
        result.append(
            _found(source, reading, qualifier, periods.of(reading.start, reading.end, reading.unit), proposal)
        )
    return result


def _qualifier(source: Source, reading: Reading) -> Qualifier | None:
    if reading.style == "magnitude":
        return Qualifier(reading.start, reading.number_end, "order_of_magnitude")
    return qualifier_of(
        source,
        reading.start,
        reading.number_end,
        reading.end,
        is_fraction=reading.is_fraction or reading.style == "ratio",
    )


def _unit_from_context(source: Source, reading: Reading) -> Reading:
    """Give a number without words of counting the unit that its label names: "Số đoàn viên: 45", "Dân số: 656.900"."""
    if reading.unit is not None or reading.confidence == UNKNOWN_THING:
        return reading
    start, _end = source.line(reading.start)
    before = source.key[max(start, reading.start - _LABEL_REACH) : reading.start]
    if not before.strip(" \t•●-–*|") and start:
        lines = source.key[max(0, start - _LABEL_REACH) : start].rstrip("\n \t").rsplit("\n", 1)
        for pattern, unit in _LABELS:
            if pattern.search(lines[-1]):
                return replace(reading, unit=unit, base=unit)
    for pattern, label in _LABELS:
        if (match := pattern.search(before)) and (
            reading.is_magnitude or label != "VND" or len(before) - match.end() < 40
        ):
            return replace(reading, unit=label, base=label)
    named = _label_unit(source, reading)
    return replace(reading, unit=named, base=named) if named else reading


def _label_unit(source: Source, reading: Reading) -> str | None:
    tokens = source.tokens
    index = source.token_at(reading.start)
    line_start, _end = source.line(reading.start)
    nearest = None
    at = index - 1
    while at >= 0 and at >= index - 22 and tokens[at].start >= line_start:
        token = tokens[at]
        if token.key in (".", ";", "!", "?", "\t", "|") or (
            token.is_number and at < index - 1 and tokens[at + 1].key != ")"
        ):
            break
        if token.key == key_of("số") and (found := noun_at(source, at + 1)):
            return found[0]
        if (
            nearest is None
            and (found := noun_at(source, at))
            and found[0] not in measures.DURATIONS | {"m", "%", "provinces"}
        ):
            nearest = found[0]
        at -= 1
    return nearest


def _without_units_filled(source: Source, found: list[Reading]) -> list[Reading]:
    """In a list of parts a number without words of counting is of what was counted before."""
    filled: list[Reading] = []
    for reading in found:
        is_thing = reading.confidence == UNKNOWN_THING and not _GRADES.match(source.key, reading.end)
        if reading.unit is None and filled and not is_thing:
            previous = filled[-1]
            between = source.key[previous.end : reading.start]
            if (
                len(between) < 60
                and "\n" not in between
                and "." not in between
                and previous.unit is not None
                and previous.base not in ("%", *measures.DURATIONS)
            ):
                reading = replace(
                    reading, unit=previous.unit, base=previous.base
                )  # the same number, completed
        filled.append(reading)
    return filled


def _prizes(source: Source, found: list[Reading]) -> list[Reading]:
    """Prizes listed after "15 ảnh đạt giải, trong đó có" are counted in pictures."""
    result: list[Reading] = []
    whole_unit: tuple[str, int] | None = None
    for reading in found:
        if (
            reading.base in ("photos", "entries", "topics", "initiatives")
            and key_of("giải") in source.key[reading.end - 6 : reading.end + 20]
        ):
            whole_unit = str(reading.base), reading.end
        elif (
            reading.base == "prizes"
            and whole_unit is not None
            and _AMONG.search(source.key[whole_unit[1] : reading.start])
        ):
            reading = replace(reading, unit=whole_unit[0])  # the same number, completed
        result.append(reading)
    return result


def _attendances(source: Source, found: list[Reading]) -> list[Reading]:
    """More workers than the whole workforce can only be attendances, even where the writer dropped "lượt"."""
    workforce = [
        reading.value
        for reading in found
        if reading.base == "persons"
        and reading.value is not None
        and _WORKFORCE.search(source.key[max(0, reading.start - 200) : reading.start])
    ]
    if not workforce:
        return found
    limit = max(workforce)
    return [
        replace(reading, unit="attendances", base="attendances")
        if reading.unit == "persons"
        and reading.value is not None
        and reading.value > limit
        and reading.words.split(" ")[0] in _WORKERS
        and _TAKING_PART.match(source.key, reading.end)
        else reading
        for reading in found
    ]


def _points(source: Source, found: Sequence[Reading], index: int, qualifier: Qualifier | None) -> Reading:
    """ "vượt 6,11%" after a rate means percentage points."""
    reading = found[index]
    if reading.unit != "%" or not index:
        return reading
    previous = found[index - 1]
    between = source.key[previous.end : reading.start]
    if previous.base != "%" or len(between) > 60 or "\n" in between or ". " in between:
        return reading
    is_excess = (qualifier is not None and qualifier.op == "excess") or key_of("vượt") in between.split()
    return replace(reading, unit="percentage points") if is_excess else reading


def _found(
    source: Source,
    reading: Reading,
    qualifier: Qualifier | None,
    period: tuple[Mention, str] | None,
    proposal: tuple[str, float] | None,
) -> Found:
    start, end = source.raw_span(reading.start, reading.end)
    number_start, number_end = source.raw_span(reading.start, reading.number_end)
    return Found(
        text=source.raw[start:end],
        start=start,
        end=end,
        number_text=source.raw[number_start:number_end],
        number_start=number_start,
        number_end=number_end,
        value=None if reading.value is None else whole(reading.value),
        value_min=None if reading.low is None else whole(reading.low),
        value_max=None if reading.high is None else whole(reading.high),
        unit=reading.unit,
        qualifier=_placed(source, qualifier.start, qualifier.end) | {"op": qualifier.op}
        if qualifier
        else None,
        period=_period(source, *period) if period else None,
        indicator=proposal[0] if proposal else None,
        confidence=round(reading.confidence if reading.unit or not reading.confidence > 0.7 else 0.7, 2),
    )


def _placed(source: Source, start: int, end: int) -> dict[str, Any]:
    start, end = source.raw_span(start, end)
    return {"text": source.raw[start:end], "start": start, "end": end}


def _period(source: Source, mention: Mention, how: str) -> dict[str, Any]:
    bounds = {"from": mention.from_, "to": mention.to, "precision": mention.precision}
    if how == "title":
        return {
            "text": None,
            "start": None,
            "end": None,
            **bounds,
            "basis": "not printed; inherited from the title",
        }
    basis = {
        "paragraph": f"{mention.basis}; stated in the same paragraph",
        "document": "date of the document",
        "clock": "page clock",
    }.get(how, mention.basis)
    if how == "clock":
        bounds["from"] = None
    return {**_placed(source, mention.start, mention.end), **bounds, "basis": basis}
