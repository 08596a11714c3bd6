"""Periods that a text states, and which of them a figure belongs to: its sentence, its paragraph, the title."""

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from congdoan.vntext.reading.patterns import compiled, key_of
from congdoan.vntext.reading.source import Source

_Y = r"(?:1[89]|20)[0-9]{2}"
_D = r"[\-‐‑‒–—−]"
_DATE = rf"[0-3]?[0-9] ?[/.\-] ?[01]?[0-9] ?[/.\-] ?{_Y}|[0-3]?[0-9] tháng [01]?[0-9](?: năm |,? ){_Y}"
_DAY_MONTH = r"[0-3]?[0-9]/[01]?[0-9]"
REACH = 3
"""A figure looks back over so many sentences of its paragraph."""

_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("dates", compiled(rf"(?:từ )?(?:ngày )?(?P<a>{_DATE}|{_DAY_MONTH})(?: đến(?: hết)? ngày | đến(?: hết)? | ?{_D} ?)(?P<b>{_DATE})")),
    ("since", compiled(rf"từ (?:đầu )?(?:năm )?(?P<y>{_Y}) (?:cho )?(?:đến|tới) nay")),
    ("years", compiled(rf"(?:từ năm |từ |giai đoạn |nhiệm kỳ |trong các năm |năm học |những năm |niên độ |khóa [ivxl]{{1,6}},? (?:nhiệm kỳ )?)\(?(?P<y>{_Y}) {{0,2}}(?:{_D}|đến|tới) ?(?:năm )?(?P<z>{_Y})(?![0-9/])")),
    ("halves", compiled(rf"(?P<n>0?[369]|12) tháng (?P<part>đầu|cuối) năm(?: (?P<y>{_Y}))?|(?P<m>0?[369]) tháng năm (?P<v>{_Y})")),
    ("quarter", compiled(rf"quý (?P<q>iv|iii|ii|i|[1-4])(?: ?/ ?| năm |,? )(?P<y>{_Y})")),
    ("day_in_words", compiled(rf"(?:tính )?(?:đến )?(?:hết )?ngày (?P<a>{_DATE})|(?<![0-9/.,])(?P<c>{_DATE})")),
    ("month", compiled(rf"tháng (?P<m>[01]?[0-9])(?: ?/ ?| ?- ?| năm )(?P<y>{_Y})")),
    ("length", compiled(r"(?:trong |qua |sau |suốt )?(?:vòng )?(?P<n>[0-9]{1,2}) (?P<u>năm|tháng|tuần|ngày)(?P<past> (?:vừa )?qua| gần đây)?(?![\w/]| (?:một|1) lần)")),
    ("year", compiled(rf"(?:trong |cả |đến (?:hết |cuối )?|đầu |cuối )?năm (?P<y>{_Y})(?![0-9/]|[.,][0-9]| ?{_D} ?[0-9])")),
    ("now", compiled(r"(?:cho )?(?:đến )?(?:thời điểm )?(?:hiện nay|hiện tại)|(?:tính )?đến nay|(?:cho )?đến thời điểm này|(?<!thực\x20)hiện(?= có| toàn)")),
    ("bracket", compiled(rf"\((?:năm )?(?P<y>{_Y})\)(?=\x20?:)")),
]  # fmt: skip
_CITED = compiled(
    r"(?:luật|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|hiến pháp|kế hoạch|chương trình|công văn|số|[/\-][a-zđ]{2,12}|hội thi|cuộc thi|sinh|thành lập)[^.;\n]{0,40}$"
)
_DOCUMENT_CONTENT = frozenset({"groups of tasks", "tasks", "targets"})
_ANNIVERSARY = compiled(
    r"\x20?(?:ngày )?(?:truyền thống|thành lập|công đoàn|ngày|giải phóng|chiến thắng|xây dựng|tuổi)"
)
_YEARLY = compiled(r"(?<!\w)(?:hàng|hằng) năm(?!\w)")
_TIMELESS = frozenset({"km2"})
_QUOTED = re.compile(r"“[^”\n]{0,200}$")
_TITLE_LINES = 12
_BODY_FROM = 160
NEAREST = 12
"""So many periods of its sentence are looked at on each side of a figure."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A period in the text. ``start`` and ``end`` are offsets of the working copy."""

    start: int
    end: int
    from_: str | None
    to: str | None
    precision: str
    basis: str
    kind: str = field(compare=False)
    is_cited: bool = False
    """The date or year of a document, a law or an event that is named, not of the figures around it."""


class Periods:
    """All periods of a text, in order. ``today`` is the day of the report where the text does not print it."""

    def __init__(self, source: Source, today: dt.date | None) -> None:
        self._source = source
        self._today = today
        self.as_of = today or self._latest_date()
        self._since = self._first_since()
        mentions: list[Mention] = []
        dates: list[Mention] = []  # the first kind of all, so complete before lengths are read
        taken: list[tuple[int, int]] = []
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(source.key):
                at = bisect_left(taken, (match.start(), match.start()))
                if (at and taken[at - 1][1] > match.start()) or (
                    at < len(taken) and taken[at][0] < match.end()
                ):
                    continue
                if (
                    match.start()
                    and source.key[match.start() - 1].isalnum()
                    and source.key[match.start()].isalnum()
                ):
                    continue
                if kind == "now" and _QUOTED.search(source.key[max(0, match.start() - 200) : match.start()]):
                    continue
                if kind == "length" and match[0].startswith("sau"):
                    mention = self._after(match, dates)
                else:
                    mention = self._mention(kind, match)
                if mention is not None:
                    mentions.append(mention)
                    if kind == "dates":
                        dates.append(mention)
                    taken.insert(at, match.span())
        mentions.sort(key=lambda mention: mention.start)
        self.mentions = mentions
        self._yearly = [match.start() for match in _YEARLY.finditer(source.key)]
        self._starts = [mention.start for mention in mentions]
        self.title = self._title()

    def of(self, start: int, end: int, unit: str | None) -> tuple[Mention, str] | None:
        """The period of the figure at ``[start, end)``: the mention, and "stated", "paragraph" or "title"."""
        sentence = self._source.sentence(start)
        inside = self._around(start, *sentence)
        if unit in _DOCUMENT_CONTENT:
            cited = [mention for mention in inside if mention.end <= start]
            if cited:
                return cited[-1], "document"
        for mention in inside:
            if mention.start <= start < mention.end and mention.kind == "length":
                if _ANNIVERSARY.match(self._source.key, mention.end):
                    continue
                return mention, "stated"
        free = [
            mention
            for mention in inside
            if not mention.is_cited
            and not (
                (mention.kind == "length" and mention.start >= start - 1) or self._is_anniversary(mention)
            )
        ]
        before = [mention for mention in free if mention.start < start]
        if before:
            strong = [mention for mention in before if mention.kind != "now"] or before
            return strong[-1], "stated"
        if free and ";" not in self._source.key[end : free[0].start]:
            return free[0], "stated"
        yearly = bisect_left(self._yearly, sentence[0])
        is_yearly = yearly < len(self._yearly) and self._yearly[yearly] < sentence[1]
        if is_yearly or " per " in (unit or ""):
            return None
        at = sentence[0]
        line_start, _end = self._source.line(start)
        for _step in range(REACH):
            if at <= line_start:
                break
            at = self._source.sentence(at - 1)[0]
            earlier = [
                m
                for m in self._around(self._source.sentence(at)[1], *self._source.sentence(at))
                if not m.is_cited and not self._is_anniversary(m)
            ]
            if earlier:
                return earlier[-1], "paragraph"
        if unit == "visits":
            index = bisect_left(self._starts, start) - 1
            if index >= 0:
                return self.mentions[index], "clock"
        return (self.title, "title") if self.title is not None and unit not in _TIMELESS else None

    def _is_anniversary(self, mention: Mention) -> bool:
        return mention.kind == "length" and bool(_ANNIVERSARY.match(self._source.key, mention.end))

    def _around(self, at: int, start: int, end: int) -> list[Mention]:
        """The mentions nearest to ``at`` between ``start`` and ``end``."""
        middle = bisect_left(self._starts, at)
        first = max(bisect_left(self._starts, start), middle - NEAREST)
        return self.mentions[first : min(bisect_left(self._starts, end), middle + NEAREST)]

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _title(self) -> Mention | None:
        """The first period in a heading: a short line near the top that ends without a full stop."""
        lines = 0
        for at in self._source.line_starts:
            start, end = self._source.line(at)
            line = self._source.key[start:end].strip()
            if not line:
                continue
            lines += 1
            if lines > _TITLE_LINES or (len(line) > 2 * _BODY_FROM):
                break
            if line[-1] in ".;,":
                continue
            for mention in self._between(start, end):
                if not mention.is_cited and mention.kind != "day":
                    return mention
        return None

    def _latest_date(self) -> dt.date | None:
        latest = None
        for match in re.finditer(
            r"(?<![0-9/])([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]((?:19|20)[0-9]{2})", self._source.key
        ):
            found = _day(match[0])
            if found is not None and (latest is None or found > latest):
                latest = found
        if latest is None:
            years = [
                int(year) for year in re.findall(rf"(?<![0-9.,/]){_Y}(?![0-9]|[.,][0-9])", self._source.key)
            ]
            return dt.date(max(years), 12, 31) if years else None
        return latest

    def _first_since(self) -> int | None:
        match = _PATTERNS[1][1].search(self._source.key)
        return int(match["y"]) if match else None

    def _mention(self, kind: str, match: re.Match[str]) -> Mention | None:
        group = match.groupdict()
        start, end = match.span()
        is_cited = bool(_CITED.search(self._source.key[max(0, start - 60) : start]))
        if kind == "dates":
            last = _day(group["b"])
            first = _day(group["a"]) or (last and _day(f"{group['a']}/{last.year}"))
            if first is None or last is None or last < first:
                return None
            return Mention(start, end, str(first), str(last), "day", "stated", "dates")
        if kind == "since":
            to = str(self.as_of.year) if self.as_of else None
            return Mention(start, end, group["y"], to, "year", "start stated, until the report", "since")
        if kind == "years":
            return Mention(start, end, group["y"], group["z"], "year", "stated", "years")
        if kind == "halves":
            return self._halves(start, end, group)
        if kind == "quarter":
            number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(group["q"]) or int(group["q"])
            year = group["y"]
            return Mention(
                start,
                end,
                f"{year}-{number * 3 - 2:02}",
                f"{year}-{number * 3:02}",
                "quarter",
                "stated",
                kind,
            )
        if kind == "day_in_words":
            day = _day(group["a"] or group["c"])
            if day is None:
                return None
            until = key_of("tính") in match[0] or match[0].startswith(key_of("đến"))
            return Mention(
                start,
                end,
                None if until else str(day),
                str(day),
                "day",
                "as of the day stated" if until else "stated",
                "day",
                is_cited,
            )
        if kind == "month":
            month = f"{group['y']}-{int(group['m']):02}"
            return (
                Mention(start, end, month, month, "month", "stated", kind, is_cited)
                if 1 <= int(group["m"]) <= 12
                else None
            )
        if kind == "length":
            return self._length(start, end, group)
        if kind in ("year", "bracket"):
            return (
                Mention(
                    start, end, group["y"], group["y"], "year", "stated", kind, is_cited and kind == "year"
                )
                if kind == "year"
                else Mention(*match.span("y"), group["y"], group["y"], "year", "stated", kind)
            )
        to = str(self.as_of.year) if self.as_of else None
        if key_of("đến") in match[0] and self._since is not None:
            return Mention(
                start,
                end,
                str(self._since),
                to,
                "year",
                "running total; start taken from elsewhere in the text",
                "now",
            )
        return Mention(start, end, None, to, "unknown", 'snapshot "now"; no cut-off date printed', "now")

    def _after(self, match: re.Match[str], dates: list[Mention]) -> Mention | None:
        """ "sau 02 tháng": counted from the last dates before it."""
        plain = self._mention("length", match)
        index = bisect_left(dates, match.start(), key=lambda mention: mention.start) - 1
        if plain is None or index < 0 or match.start() - dates[index].end >= 600:
            return plain
        first, number = dt.date.fromisoformat(str(dates[index].from_)), int(match["n"])
        days = {key_of("ngày"): 1, key_of("tuần"): 7}.get(match["u"])
        if days is not None:
            last = first + dt.timedelta(days * number)
        else:
            months = first.year * 12 + first.month - 1 + number * (12 if match["u"] == key_of("năm") else 1)
            last = _clamped(months // 12, months % 12 + 1, first.day)
        return Mention(*match.span(), str(first), str(last), "day", "length stated; dates inferred", "length")

    def _halves(self, start: int, end: int, group: dict[str, str]) -> Mention | None:
        year = group["y"] or group["v"] or (str(self.as_of.year) if self.as_of else None)
        months = int(group["n"] or group["m"])
        if year is None:
            return Mention(start, end, None, None, "month", "stated without a year", "halves")
        first, last = (13 - months, 12) if group["part"] == key_of("cuối") else (1, months)
        basis = "stated" if group["y"] or group["v"] else "year taken from the report"
        return Mention(start, end, f"{year}-{first:02}", f"{year}-{last:02}", "month", basis, "halves")

    def _length(self, start: int, end: int, group: dict[str, str]) -> Mention | None:
        number, unit = int(group["n"]), group["u"]
        basis = "length stated; ends inferred"
        if self.as_of is None or not 0 < number < 100:
            return Mention(start, end, None, None, "unknown", "length stated", "length")
        if unit == key_of("năm"):
            to = self.as_of.year
            return Mention(start, end, str(to - number), str(to), "year", basis, "length")
        if unit == key_of("tháng") and group["past"]:
            months = self.as_of.year * 12 + self.as_of.month - 1 - number
            return Mention(
                start,
                end,
                f"{months // 12}-{months % 12 + 1:02}",
                f"{self.as_of:%Y-%m}",
                "month",
                basis,
                "length",
            )
        return Mention(start, end, None, None, "unknown", "length stated", "length")


def _clamped(year: int, month: int, day: int) -> dt.date:
    """The day of a month, or its last one."""
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + dt.timedelta(day - 1), following - dt.timedelta(1))


def _day(text: str) -> dt.date | None:
    parts = re.findall("[0-9]+", text)
    if len(parts) != 3:
        return None
    try:
        return dt.date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
