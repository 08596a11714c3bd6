"""Words that say how a number is meant: more than, nearly, at least, each, a change, a target."""

from dataclasses import dataclass

from congdoan.vntext.reading.patterns import compiled
from congdoan.vntext.reading.source import Source


@dataclass(frozen=True, slots=True)
class Qualifier:
    """``op`` is one of gt, lt, lt_close, approx, ge, le, eq_index, increase, decrease, excess, per, target, forecast, order_of_magnitude."""

    start: int
    end: int
    op: str


# Right before the number; the nearest one is taken. "trên" before a fraction or a place means "on".
_BEFORE = [
    (compiled(pattern + r"[\x20“\"]{1,3}$"), op)
    for pattern, op in (
        (r"(?<!\w)(?:ít nhất|tối thiểu|không dưới|không ít hơn|từ trên)", "ge"),
        (r"(?<!\w)(?:không quá|không vượt quá|tối đa|nhiều nhất|không hơn|không nhiều hơn|chưa quá)", "le"),
        (r"(?<!\w)(?:trên|hơn|vượt quá|quá|ngoài|nhiều hơn)", "gt"),
        (r"(?<!\w)(?:gần đạt|gần|xấp xỉ gần|ngót|sát)", "lt_close"),
        (r"(?<!\w)(?:dưới|chưa đến|chưa đầy|chưa tới|ít hơn|thấp hơn)", "lt"),
        (r"(?<!\w)(?:khoảng|ước khoảng|ước chừng|xấp xỉ|chừng|độ|ước đạt|ước tính|ước)", "approx"),
        (r"(?<!\w)(?:mỗi|từng)", "per"),
    )
]
_OR_MORE = compiled(r"\x20?(?:trở lên|đổ lên)")
_OR_LESS = compiled(r"\x20?(?:trở xuống|đổ xuống)")
_FROM = compiled(r"(?<!\w)từ[\x20]{1,3}$")
_INDEX = compiled(r"(?<!\w)bằng[\x20]{1,3}$")
_SAME_PERIOD = compiled(r"\x20?(?:so )?(?:với )?(?:cùng kỳ|năm trước|tháng trước|quý trước)")
_CHANGE = compiled(
    r"(?<!\w)(?P<up>tăng(?: thêm)?|nâng thêm)(?: (?:bình quân|so với [^,;.\n]{1,25}|là|tới|đến))?[\x20]{1,3}$"
    r"|(?<!\w)(?P<down>giảm(?: bớt)?)(?: (?:bình quân|so với [^,;.\n]{1,25}|là|tới|còn))?[\x20]{1,3}$"
    r"|(?<!\w)(?P<excess>vượt(?: mức)?)[\x20]{1,3}$"
)
_TARGET = compiled(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu đề ra|mục tiêu|đề ra chỉ tiêu|chỉ tiêu giao|kế hoạch giao)(?!\w)[^.;\n]{0,90}$"
)
_FORECAST = compiled(r"(?<!\w)(?:dự kiến|dự báo|dự tính)(?!\w)[^.;\n]{0,70}$")
_WINDOW = 100


def qualifier_of(
    source: Source, start: int, number_end: int, end: int, *, is_fraction: bool
) -> Qualifier | None:
    """The qualifier of the number at ``[start, number_end)`` whose words of measure end at ``end``."""
    line_start, _line_end = source.line(start)
    base = max(line_start, start - _WINDOW)
    before = source.key[base:start]
    after = source.key[end : end + 40]
    if match := _OR_MORE.match(after):
        return Qualifier(end + len(match[0]) - len(match[0].lstrip()), end + match.end(), "ge")
    if match := _OR_LESS.match(after):
        return Qualifier(end + len(match[0]) - len(match[0].lstrip()), end + match.end(), "le")
    short = before[-30:]
    for pattern, op in _BEFORE:
        match = pattern.search(short)
        if match and not (is_fraction and op == "gt" and short[match.start()] == "t"):
            return _at(start - len(short), match.start(), match[0], op)
    if (match := _INDEX.search(short)) and _SAME_PERIOD.match(after):
        return _at(start - len(short), match.start(), match[0], "index")
    if match := _CHANGE.search(before):
        group = str(match.lastgroup)
        op = {"up": "increase", "down": "decrease", "excess": "excess"}[group]
        return Qualifier(base + match.start(group), base + match.end(group), op)
    if match := _TARGET.search(before):
        return Qualifier(base + match.start(), base + match.start() + len("phấn đấu"), "target")
    if match := _FORECAST.search(before):
        return Qualifier(base + match.start(), base + match.start() + len("dự kiến"), "forecast")
    return None


def _at(base: int, start: int, words: str, op: str) -> Qualifier:
    return Qualifier(base + start, base + start + len(words.rstrip(' “"')), op)
