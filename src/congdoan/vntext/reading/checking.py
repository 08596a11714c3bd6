"""Looking through a text for figures that contradict each other, before it is published.

Each ``Remark`` points at places in the text and says in one Vietnamese sentence what to look at. A remark is a question
to the editor: the text may be right. ``is_conflict`` is false for what was checked and holds, or is only worth knowing.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from congdoan.vntext.dates import format_date, weekday_name
from congdoan.vntext.errors import gettext_noop
from congdoan.vntext.numbers import format_decimal
from congdoan.vntext.reading.found import Found
from congdoan.vntext.reading.patterns import compiled, key_of
from congdoan.vntext.reading.periods import Periods
from congdoan.vntext.reading.source import Source

Span = tuple[int, int]

_PARTS = compiled(r"(?<!\w)(?:trong đó|bao gồm|gồm|chia ra|cụ thể|cơ cấu)(?!\w)")
_FULLY = compiled(r"(?<!\w)(?:bao gồm|gồm|chia ra)(?!\w)")
_WOMEN = compiled(r"(?<!\w)nữ(?: là| có)?[\x20]{1,3}$")
_WORKFORCE = compiled(
    r"tổng số (?:đoàn viên|cnvclđ|cnlđ|nlđ|cbccvc|công nhân|lao động|người lao động|cán bộ)[^.;\n]{0,140}$"
)
_RATE = compiled(r"(?<!\w)(?:tỷ lệ|đạt|chiếm|bằng)(?!\w)[^.;,\n]{0,40}$")
_SINCE = compiled(r"(?<!\w)(?:sau|trong|qua|kéo dài|suốt)(?: vòng| gần| hơn)?[\x20]{1,3}$")
_PAST = compiled(r"\x20?(?:vừa )?qua(?!\w)|\x20?(?:thực hiện|triển khai)")
_YEARLY = compiled(r"(?<!\w)(?:hàng|hằng) năm(?!\w)")
_WEEKDAY = compiled(r"(?<!\w)(?:thứ (?P<name>[2-7]|hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật))\x20?[,(:]?\x20?(?:ngày )?(?P<day>[0-3]?[0-9])[/.\-](?P<month>[01]?[0-9])[/.\-](?P<year>(?:19|20)[0-9]{2})(?![0-9])")  # fmt: skip
_WEEKDAYS = {
    key_of(name): day
    for day, names in enumerate(("hai 2", "ba 3", "tư 4", "năm 5", "sáu 6", "bảy 7"))
    for name in names.split()
}
_DAYS_IN = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal("30.44"), "years": Decimal("365.25")}
_UNCOUNTED = frozenset(
    {"%", "percentage points", "days", "weeks", "months", "years", "hours", "minutes", None}
)
_MOST_PARTS = 8

HOLDS = "sum.holds"
"""The one code that asks for nothing: the parts do add up."""
_NEAR = 600
"""So many characters after two dates a length is still told of them."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something an editor should look at. ``spans`` are offsets in the text that was given, the first one the main place.

    ``code`` is one of sum.holds, sum.differs, subset.larger, rate.differs, rate.no_base, duration.differs,
    windows.differ, cycle.differs, weekday.differs, attendances. ``sentence`` is a Vietnamese msgid, ``params`` fills it.
    """

    code: str
    spans: tuple[Span, ...]
    sentence: str
    params: dict[str, str] = field(default_factory=dict)
    is_conflict: bool = True

    def translated(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``translate``; Vietnamese without it."""
        return translate(self.sentence) % self.params


def check_figures(text: str, found: Sequence[Found], *, today: dt.date | None = None) -> list[Remark]:
    """What does not fit in ``text``, whose figures are ``found`` (of the same text), by place."""
    source = Source(text)
    remarks = [
        *_sums(source, found),
        *_rates(source, found),
        *_durations(source, found, today),
        *_windows(source, found),
        *_cycles(source, found),
        *_weekdays(source),
        *_attendances(source, found),
    ]
    return sorted(remarks, key=lambda remark: remark.spans[0])


def _span(figure: Found) -> Span:
    return figure.start, figure.end


def _shown(value: Decimal | int) -> str:
    return format_decimal(Decimal(value))


def _same_sentence(source: Source, found: Sequence[Found], index: int) -> list[Found]:
    _start, end = _sentence(source, found[index].start)
    following = found[index + 1 : index + 1 + _MOST_PARTS]
    return [figure for figure in following if figure.end <= end]


def _sentence(source: Source, raw: int) -> Span:
    """The sentence at a raw offset, in raw offsets."""
    start, end = source.sentence(source.offset_of(raw))
    return source.raw_span(start, start + 1)[0], source.raw_span(end - 1, end)[1]


def _between(source: Source, start: int, end: int) -> str:
    return source.key[source.offset_of(start) : source.offset_of(end)]


def _before(source: Source, raw: int, size: int) -> str:
    offset = source.offset_of(raw)
    return source.key[max(0, offset - size) : offset]


def _sums(source: Source, found: Sequence[Found]) -> Iterator[Remark]:
    """Parts after "trong đó", "gồm": do they make up the whole, and is none larger than it?"""
    for index, total in enumerate(found):
        if total.value is None or total.unit in _UNCOUNTED or _WOMEN.search(_before(source, total.start, 12)):
            continue
        parts = [
            figure
            for figure in _same_sentence(source, found, index)
            if figure.unit == total.unit and figure.value is not None
        ]
        if not parts:
            continue
        joint = _between(source, total.end, parts[0].start)
        women = [figure for figure in parts if _WOMEN.search(_before(source, figure.start, 12))]
        for figure in (women[:1] if women[:1] == parts[:1] else []) or (
            parts[:1] if _PARTS.search(joint) else []
        ):
            if figure.value is not None and figure.value > total.value:
                yield Remark(
                    "subset.larger",
                    (_span(figure), _span(total)),
                    gettext_noop("%(part)s nằm trong %(whole)s nhưng lại lớn hơn. Hãy kiểm tra hai số này."),
                    {"part": figure.text, "whole": total.text},
                )
        others = [figure for figure in parts if figure not in women]
        yield from _parts(source, total, others)


def _parts(source: Source, total: Found, others: list[Found]) -> Iterator[Remark]:
    values = [figure.value for figure in others if figure.value is not None]
    if len(values) < 2 or total.value is None:
        return
    joint = _between(source, total.end, others[0].start)
    if not _PARTS.search(joint):
        return
    running = Decimal(values[0])
    for count, value in enumerate(values[1:], start=2):
        running += Decimal(value)
        if running == total.value:
            yield Remark(
                HOLDS,
                (_span(total), *map(_span, others[:count])),
                gettext_noop("%(parts)s = %(whole)s: các phần cộng lại đúng bằng tổng."),
                {"parts": " + ".join(map(_shown, values[:count])), "whole": _shown(total.value)},
                is_conflict=False,
            )
            return
    is_near = abs(running - total.value) * 10 <= total.value
    if running > total.value or is_near or _FULLY.search(joint):
        yield Remark(
            "sum.differs",
            (_span(total), *map(_span, others)),
            gettext_noop("%(parts)s = %(sum)s, khác tổng %(whole)s. Hãy kiểm tra các phần và tổng."),
            {"parts": " + ".join(map(_shown, values)), "sum": _shown(running), "whole": _shown(total.value)},
        )


def _rates(source: Source, found: Sequence[Found]) -> Iterator[Remark]:
    """A percentage after a count: can it be worked out from what is printed?"""
    bases = sorted(
        Decimal(figure.value)
        for figure in found
        if figure.value is not None and figure.unit not in _UNCOUNTED
    )
    for index, rate in enumerate(found):
        if rate.unit != "%" or rate.value is None or not index:
            continue
        part = found[index - 1]
        start, _end = _sentence(source, rate.start)
        if (
            part.start < start
            or part.value is None
            or part.unit in _UNCOUNTED
            or not _RATE.search(_before(source, rate.start, 60))
        ):
            continue
        printed = Decimal(rate.value)
        places = len(rate.number_text.rstrip("% ").partition(",")[2])
        margin = Decimal(1).scaleb(-places) * Decimal("0.51")
        numbers = part.number_text.split("/")
        if len(numbers) == 2 and all(number.replace(".", "").isdigit() for number in numbers):
            of, whole = (Decimal(number.replace(".", "")) for number in numbers)
            if whole and abs(of / whole * 100 - printed) > margin:
                yield Remark(
                    "rate.differs",
                    (_span(rate), _span(part)),
                    gettext_noop("%(part)s là %(computed)s%%, không phải %(rate)s. Hãy kiểm tra lại."),
                    {
                        "part": part.number_text,
                        "computed": _shown((of / whole * 100).quantize(Decimal("0.01"))),
                        "rate": rate.number_text,
                    },
                )
            continue
        if printed > 100 or part.value == 0:
            continue
        if printed <= margin or not _has_between(
            bases,
            Decimal(part.value) * 100 / (printed + margin),
            Decimal(part.value) * 100 / (printed - margin),
        ):
            yield Remark(
                "rate.no_base",
                (_span(rate), _span(part)),
                gettext_noop(
                    "Không tính lại được %(rate)s từ %(part)s: văn bản không ghi số làm mẫu số. Hãy ghi thêm mẫu số nếu có."
                ),
                {"rate": rate.number_text, "part": part.text},
                is_conflict=False,
            )


def _has_between(values: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    """Whether one of the sorted ``values`` lies between two bounds, both included."""
    index = bisect_left(values, low)
    return index < len(values) and values[index] <= high


def _durations(source: Source, found: Sequence[Found], today: dt.date | None) -> Iterator[Remark]:
    """A length that is told shortly after two dates, and is another one."""
    spans = [mention for mention in Periods(source, today).mentions if mention.kind == "dates"]
    starts = [mention.start for mention in spans]
    for figure in found:
        days_in = _DAYS_IN.get(figure.unit or "")
        if days_in is None or figure.value is None or not _SINCE.search(_before(source, figure.start, 20)):
            continue
        at = source.offset_of(figure.start)
        index = bisect_left(starts, at) - 1
        if index < 0 or at - spans[index].end >= _NEAR:
            continue
        span = spans[index]
        first, last = dt.date.fromisoformat(str(span.from_)), dt.date.fromisoformat(str(span.to))
        days = (last - first).days + 1
        told = Decimal(figure.value) * days_in
        if days < 2 * 365 and abs(told - days) > max(Decimal(4), told / 5):
            yield Remark(
                "duration.differs",
                (_span(figure), source.raw_span(span.start, span.end)),
                gettext_noop(
                    "“%(length)s” không khớp với thời gian từ %(first)s đến %(last)s (%(days)s ngày). Hãy kiểm tra lại."
                ),
                {
                    "length": figure.text,
                    "first": format_date(first),
                    "last": format_date(last),
                    "days": str(days),
                },
            )


def _windows(source: Source, found: Sequence[Found]) -> Iterator[Remark]:
    """One text that looks back over five years here and six there."""
    windows: dict[Decimal | int, Found] = {}
    for figure in found:
        is_past = figure.value is not None and figure.unit == "years" and 1 < figure.value <= 20
        if not is_past or figure.value is None:
            continue
        offset = source.offset_of(figure.end)
        if _PAST.match(source.key, offset) or _SINCE.search(_before(source, figure.start, 20)):
            windows.setdefault(figure.value, figure)
    if len(windows) > 1:
        yield Remark(
            "windows.differ",
            tuple(_span(figure) for figure in windows.values()),
            gettext_noop(
                "Văn bản nói đến nhiều khoảng thời gian khác nhau: %(lengths)s. Hãy ghi rõ số liệu thuộc khoảng nào."
            ),
            {"lengths": ", ".join(figure.text for figure in windows.values())},
        )


def _cycles(source: Source, found: Sequence[Found]) -> Iterator[Remark]:
    for figure in found:
        if figure.unit != "years per edition" or figure.value is None or figure.value <= 1:
            continue
        start, _end = _sentence(source, figure.start)
        before = _between(source, start, figure.start)
        if match := _YEARLY.search(before):
            at = source.offset_of(start) + match.start()
            place = source.raw_span(at, at + len(match[0]))
            yield Remark(
                "cycle.differs",
                (_span(figure), place),
                gettext_noop("“%(yearly)s” mâu thuẫn với “%(cycle)s”. Hãy giữ một cách nói."),
                {"yearly": source.raw[slice(*place)], "cycle": figure.text},
            )


def _weekdays(source: Source) -> Iterator[Remark]:
    for match in _WEEKDAY.finditer(source.key):
        try:
            date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        told = 6 if match["sunday"] else _WEEKDAYS[match["name"]]
        if told != date.weekday():
            place = source.raw_span(*match.span())
            yield Remark(
                "weekday.differs",
                (place,),
                gettext_noop("“%(text)s”: ngày %(date)s là %(weekday)s. Hãy kiểm tra lại ngày hoặc thứ."),
                {
                    "text": " ".join(source.raw[slice(*place)].split()),
                    "date": format_date(date),
                    "weekday": weekday_name(date),
                },
            )


def _attendances(source: Source, found: Sequence[Found]) -> Iterator[Remark]:
    """More people than there are workers, and no "lượt": each coming was counted."""
    workforce = [
        figure
        for figure in found
        if figure.unit == "persons"
        and figure.value is not None
        and _WORKFORCE.search(_before(source, figure.start, 200))
    ]
    if not workforce:
        return
    limit = max(workforce, key=lambda figure: figure.value or 0)
    for figure in found:
        if (
            figure.unit == "attendances"
            and figure.value is not None
            and limit.value is not None
            and figure.value > limit.value
            and key_of("lượt") not in figure.text.lower()
        ):
            yield Remark(
                "attendances",
                (_span(figure), _span(limit)),
                gettext_noop(
                    "%(people)s nhiều hơn tổng số %(workforce)s, nên đây là lượt người. Hãy viết thêm chữ “lượt”."
                ),
                {"people": figure.text, "workforce": limit.text},
            )
