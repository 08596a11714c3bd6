"""Dates as Vietnamese prints them: on screens, in administrative documents, and read back.

Screens write 17/10/2019 with both parts in two digits. Administrative documents follow decree
30/2020/NĐ-CP: a leading zero for days below 10 and for months 1 and 2 only. Times are printed as they
are given; no time zone is converted here.
"""

import datetime as dt
import re

from congdoan.vntext.errors import DateError, gettext_noop
from congdoan.vntext.folding import fold

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)  # fmt: skip

# Folded: dates are read from text typed without diacritics too.
_WEEKDAY_WORDS = {
    name: weekday
    for weekday, names in enumerate(("hai 2", "ba 3", "tu 4", "nam 5", "sau 6", "bay 7"))
    for name in names.split()
}
_MONTH_WORDS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"(?:(?P<sunday>chu nhat|cn)|(?:thu |t)(?P<name>"
    + "|".join(_WEEKDAY_WORDS)
    + r"))\b\.?\s*[,:\-–]?\s*(?=[0-9n])"
)
_IN_DIGITS = re.compile(r"(?:ngay )?([0-9]{1,2}) ?([/.\-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_IN_WORDS = re.compile(
    r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}|"
    + "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
    + r"),? (?:nam )?([0-9]{4})"
)
_NO_FULL_YEAR = re.compile(
    r"(?:ngay )?[0-9]{1,2} ?(?:[/.\-]|thang) ?[0-9]{1,2}(?: ?(?:[/.\-]|nam) ?[0-9]{2})?"
)


def _is_english(language: str) -> bool:
    return language.lower().startswith("en")


def weekday_name(date: dt.date, language: str = "vi") -> str:
    """ "Thứ Năm", "Chủ nhật"; in English "Thursday", "Sunday"."""
    return (_WEEKDAYS_EN if _is_english(language) else _WEEKDAYS)[date.weekday()]


def format_date(date: dt.date, language: str = "vi") -> str:
    """ "07/08/2013", for screens; in English "7 August 2013", which no reader takes for the 8th of July."""
    if _is_english(language):
        return f"{date.day} {_MONTHS_EN[date.month - 1]} {date.year}"
    return f"{date.day:02}/{date.month:02}/{date.year:04}"


def format_long(date: dt.date, language: str = "vi") -> str:
    """ "Thứ Năm, ngày 17/10/2019"; in English "Thursday, 17 October 2019"."""
    day = format_date(date, language)
    return f"{weekday_name(date, language)}, {day if _is_english(language) else f'ngày {day}'}"


def format_administrative(date: dt.date, *, short: bool = False) -> str:
    """ "ngày 07 tháng 8 năm 2013", or short "07/8/2013" and "22/02/2019", as decree 30/2020 wants."""
    month = f"{date.month:02}" if date.month <= 2 else str(date.month)
    if short:
        return f"{date.day:02}/{month}/{date.year:04}"
    return f"ngày {date.day:02} tháng {month} năm {date.year:04}"


def format_time(time: dt.time | dt.datetime) -> str:
    """ "08:32"."""
    return f"{time.hour:02}:{time.minute:02}"


def format_datetime(moment: dt.datetime, language: str = "vi") -> str:
    """ "08:32, 17/10/2019"; in English "08:32, 17 October 2019"."""
    return f"{format_time(moment)}, {format_date(moment, language)}"


def parse_date(text: str) -> dt.date:
    """Read one printed date, alone in ``text``; with or without diacritics, "ngày" and a weekday.

    17/10/2019, 12-6-2021, 18.1.2019, "ngày 03 tháng 4 năm 2018", "Thứ 5, ngày 17/10/2019", 2019-10-17.
    Raises ``DateError`` for what is no date, has no full year, is not in the calendar, or falls on another
    weekday than it says.
    """
    shown = " ".join(text.split())[:80]
    plain = " ".join(fold(text).replace("‑", "-").split()).rstrip(".,; ")
    weekday = None
    if found := _WEEKDAY.match(plain):
        weekday = 6 if found["sunday"] else _WEEKDAY_WORDS[found["name"]]
        plain = plain[found.end() :]

    year, month, day = _read_parts(plain, shown)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise DateError(
            f"no such day: {shown!r}",
            sentence=gettext_noop("Không có ngày “%(text)s” trong lịch. Hãy kiểm tra lại ngày và tháng."),
            text=shown,
        ) from None
    if weekday is not None and weekday != date.weekday():
        raise DateError(
            f"weekday does not fit: {shown!r}",
            sentence=gettext_noop(
                "“%(text)s” không khớp: ngày %(date)s là %(weekday)s. Hãy kiểm tra lại ngày hoặc thứ."
            ),
            text=shown,
            date=format_date(date),
            weekday=weekday_name(date),
        )
    return date


def _read_parts(plain: str, shown: str) -> tuple[int, int, int]:
    if found := _IN_DIGITS.fullmatch(plain):
        return int(found[4]), int(found[3]), int(found[1])
    if found := _ISO.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _IN_WORDS.fullmatch(plain):
        month = _MONTH_WORDS.get(found[2]) or int(found[2])
        return int(found[3]), month, int(found[1])
    if _NO_FULL_YEAR.fullmatch(plain):
        raise DateError(
            f"no full year: {shown!r}",
            sentence=gettext_noop(
                "“%(text)s” chưa có đủ năm. Hãy ghi năm bằng bốn chữ số, ví dụ 17/10/2019."
            ),
            text=shown,
        )
    raise DateError(
        f"not a date: {shown!r}",
        sentence=gettext_noop("“%(text)s” không phải là ngày. Hãy nhập theo mẫu 17/10/2019."),
        text=shown,
    )
