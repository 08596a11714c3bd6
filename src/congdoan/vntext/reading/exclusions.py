"""What has digits and is no figure: dates, times, symbols of documents, telephones, addresses on the web, years.

Each pattern blocks the stretch it matches. Ordinals and numbers that name something ("Điều 5", "khoá 12") depend on
what stands beside them and are refused in ``refusals``.
"""

import re
from bisect import bisect_right

from congdoan.vntext.reading.patterns import compiled
from congdoan.vntext.reading.source import Source

_YEAR = r"(?:1[89]|20)[0-9]{2}"
_DASH = r"[\-‐‑‒–—−]"
_DM = rf"(?:0?[1-9]|[12][0-9]|3[01])(?:/|\.|{_DASH})(?:0?[1-9]|1[0-2])"
_NOT_LONGER = r"(?![0-9]|[.,/][0-9])"

_PATTERNS: dict[str, re.Pattern[str]] = {
    "date": compiled(
        rf"(?<![0-9/.,])[0-3]?[0-9] ?[/.\-–] ?[01]?[0-9] ?[/.\-–] ?(?:{_YEAR}|[0-9]{{2}}){_NOT_LONGER}"
        rf"|(?<![0-9]){_YEAR}-[01][0-9]-[0-3][0-9](?![0-9])"
    ),
    "date_in_words": compiled(
        r"(?:ngày|mùng|mồng|hôm)? ?[0-3]?[0-9] tháng (?:[01]?[0-9]|giêng|chạp|mười hai|mười một|mười|một|hai|ba|tư|năm|sáu|bảy|tám|chín)"
        rf",? năm {_YEAR}(?![0-9])|(?:ngày|mùng|mồng|hôm) (?:[0-3]?[0-9] ?(?:,|và|đến|{_DASH}) ?(?:ngày )?){{0,5}}[0-3]?[0-9] tháng (?:[01]?[0-9](?![0-9])|giêng|chạp)"
    ),
    "day_and_month": compiled(
        rf"(?:ngày|mùng|mồng|hôm|sáng|chiều|tối|đêm|trưa|dịp|lễ) (?:[0-3]?[0-9] ?(?:,|và|đến|{_DASH}) ?(?:ngày )?){{0,5}}{_DM}(?:[/.\-]{_YEAR})?{_NOT_LONGER}"
        rf"(?: ?(?:,|và|đến|{_DASH}) ?(?:ngày )?{_DM}(?:[/.\-]{_YEAR})?{_NOT_LONGER}){{0,5}}"
    ),
    "month_of_year": compiled(
        rf"(?<![0-9/.,])[01]?[0-9] ?[/\-] ?{_YEAR}{_NOT_LONGER}|tháng [01]?[0-9] năm {_YEAR}(?![0-9])"
    ),
    "years": compiled(
        rf"(?<![0-9.,/]){_YEAR} {{0,2}}(?:{_DASH}|đến|tới|và|,) ?(?:năm )?{_YEAR}(?![0-9]|[.,][0-9])"
    ),
    "year": compiled(rf"năm (?:học |công tác |tài chính )?{_YEAR}(?![0-9]|[.,][0-9])"),
    "named_period": compiled(
        r"(?<![0-9.,])(?:0?[369]) tháng (?:đầu|cuối|năm (?=[12][0-9]{3}))(?: năm)?"
        r"|(?:quý|học kỳ|kỳ) (?:[1-4]|0[1-4])(?![0-9])"
    ),
    "time": compiled(
        r"(?<![0-9.,])[0-2]?[0-9] ?(?:h|g|:) ?[0-5][0-9](?![0-9])(?: ?(?:phút|')| ?:[0-5][0-9])?"
        r"|(?<![0-9.,])[0-2]?[0-9]h(?![^\W_])"
        r"|(?<![0-9.,])[0-2]?[0-9] giờ [0-5]?[0-9](?: phút)?(?![0-9.,%])"
        r"|(?:lúc|hồi|vào|khoảng lúc|trước|sáng|chiều|tối) [0-2]?[0-9] giờ(?! làm)(?: [0-5]?[0-9](?: phút)?(?![0-9.,%]))?"
        r"|(?<![0-9.,])[0-2]?[0-9] giờ (?:sáng|chiều|tối|đêm|trưa|ngày [0-9])|24/24(?: ?h| giờ)?|24/7|7/7(?= ngày)"
    ),
    "telephone": compiled(
        r"(?:điện thoại|đt|sđt|fax|tel|hotline|di động|zalo|đường dây nóng|số máy|mobile)[^0-9\n]{0,20}[(+]{0,2}[0-9][0-9.()\-–\x20]{4,22}[0-9]"
        r"(?:\x20?[,;/\-–]\x20?[(+]{0,2}[0-9][0-9.()\-–\x20]{4,22}[0-9]){0,3}"
        r"|\(0[0-9]{2,3}\)\x20?[0-9][0-9.\x20]{5,9}[0-9]|\+84[0-9.\x20]{8,14}"
        r"|(?<![0-9.,])0[0-9]{2,3}[.\x20\-][0-9]{3,4}[.\x20\-]?[0-9]{3,4}(?![0-9]|[.,][0-9])|(?<![0-9.,])0[0-9]{2,14}(?![0-9]|,[0-9])"
        r"|(?<![0-9.,])1[89]00[.\x20]?[0-9]{4,6}(?![0-9])"
    ),
    "identifier": compiled(
        r"(?:mã số|mã|mst|tài khoản số|tài khoản|stk|số tk|cccd|cmnd|cmtnd|isbn|issn|bưu chính|biển số|biển kiểm soát|số hiệu|số sê-ri)(?: (?:số|thuế|bưu điện|đơn vị|doanh nghiệp|đoàn viên))?\x20?[:\x20]\x20?[a-z]{0,4}[0-9][0-9a-z.\-]{0,25}"
        r"|\bkm ?[0-9]{1,4} ?\+ ?[0-9]{1,4}"
    ),
    "score": compiled(r"(?:tỷ số|tỉ số|tỷ lệ điểm) [0-9]{1,3} ?[-–:] ?[0-9]{1,3}"),
    "law": compiled(
        r"[0-9]{1,3}(?:\.[0-9]{1,2})?/[12][0-9]{3}/[^\W\d_]{2,12}[0-9]{0,2}(?:-[^\W\d_]{1,12}){0,2}"
    ),
    "reference": re.compile(r"\[[0-9]{1,3}\]|\((?:[0-9]{1,2})\)"),
    "marker": re.compile(
        r"(?:(?<=\n)|\A)[\x20\t]{0,12}(?:[-–+*•●]\x20?)?(?:\(?[0-9]{1,2}[.)\-/:](?=[\x20\t])|[0-9]{1,2}\.(?=[^\W\d_])|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}\.?(?=[\x20\t]{1,4}[^\W\d_]))"
    ),
    "inline_marker": re.compile(r"(?<=[;:,.] )[0-9]{1,2}\)(?= )"),
}

# Upper case tells a symbol from a rate: 993/CTr-LĐLĐ, 25-NQ/TW, 15/ĐA-TU; 217 QĐ/ TW.
_SYMBOL = re.compile(
    r"(?<![\w.,%/])[0-9]{1,5}(?:\.[0-9]{1,3})?[a-zđ]?(?:/(?:1[89]|20)[0-9]{2})?\s?[-‐‑‒–—−/]\s?"
    r"(?:[A-ZĐ][A-Za-zĐđƯÂÊÔƠĂ]{0,6}[A-ZĐƯÂÊÔƠĂ&]|[A-ZĐƯÂÊÔƠĂ]{2,12}|TTg|CTr|[a-zđ]{2,3}/tw)[0-9]{0,2}"
    r"(?:\s?[-‐‑‒–—−/&]\s?[A-ZĐƯÂÊÔƠĂa-zđ]{2,12}[0-9]{0,2}){0,3}(?:/(?:1[89]|20)[0-9]{2})?"
    r"|(?<![\w.,%/])[0-9]{1,5}\s[A-ZĐ]{2,4}\s?/\s?[A-ZĐƯ]{2,8}\b"
)
_CHUNK = re.compile(r"\S+")
_DIGIT = re.compile("[0-9]")
_ENDINGS = (".vn", ".com", ".org", ".net", ".gov", ".edu", ".htm", ".html", ".aspx", ".pdf", ".docx", ".xlsx")
_UNITS_OF_SYMBOLS = ("cđcs", "cnlđ", "cnvclđ", "đv", "nlđ")
"""Abbreviations that are counted: "500.000 đ/CNLĐ" is a rate, and so is "12/CĐCS"."""


class Blocked:
    """Stretches of a text that hold no figures, with the reason for each."""

    def __init__(self, source: Source) -> None:
        stretches: list[tuple[int, int, str]] = []
        for reason, pattern in _PATTERNS.items():
            for match in pattern.finditer(source.key):
                start, end = match.span()
                if reason not in ("marker", "reference") and start and self._is_mid_word(source.key, start):
                    continue
                stretches.append((start, end, reason))
        for match in _SYMBOL.finditer(source.text):
            tail = match[0].rstrip().rsplit("/", 1)[-1].lower()
            if tail not in _UNITS_OF_SYMBOLS or "-" in match[0]:
                stretches.append((*match.span(), "symbol"))
        stretches += self._web(source)
        stretches.sort()
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.stretches = stretches
        reach = 0
        for start, end, _reason in stretches:
            self._starts.append(start)
            reach = max(reach, end)
            self._ends.append(reach)

    @staticmethod
    def _is_mid_word(key: str, start: int) -> bool:
        return key[start].isalpha() and key[start - 1].isalpha()

    @staticmethod
    def _web(source: Source) -> list[tuple[int, int, str]]:
        found = []
        for match in _CHUNK.finditer(source.key):
            chunk = match[0]
            if (
                len(chunk) > 3
                and _DIGIT.search(chunk)
                and (
                    "@" in chunk
                    or "://" in chunk
                    or chunk.startswith("www.")
                    or chunk.rstrip(").,;").endswith(_ENDINGS)
                )
            ):
                found.append((*match.span(), "web"))
        return found

    def __contains__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and self._ends[index] > offset
