"""From what stands in a cell to what its column means, or the reason why it cannot be."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from congdoan.spreadsheets.cells import CellFault, Given, plain_number, shown
from congdoan.spreadsheets.columns import Column, title_key
from congdoan.spreadsheets.errors import quoted
from congdoan.spreadsheets.formats import day_serial, serial_moment
from congdoan.vntext import DateError, NumberError, format_date, format_int, parse_date, parse_number
from congdoan.vntext.errors import gettext_noop

FIRST_YEAR, LAST_YEAR = 1900, 2100
LARGEST_INTEGER = 10**15
SHORTEST_PHONE, LONGEST_PHONE = 8, 15
_EXACT_DIGITS = 15
_SUGGESTED = 3
_SUGGESTIONS_KEPT = 500
_SHOWN = 60

Convert = Callable[[Given], Any]

_DAY = re.compile(r"([0-9]{1,2})\s?([/.\-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = re.compile(r"[ T,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?$")
_YEAR = re.compile(r"[12][0-9]{3}")
_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]+@(?:[^\s@<>(),;:\"\\.]+\.)+[^\W\d_]{2,}")
_PHONE_FILL = re.compile(r"[\s.\-()/]+")
_PHONE = re.compile(r"(\+?)([0-9]+)")


class Unfit(Exception):  # noqa: N818  # not an error of ours: one cell cannot be used
    """A value does not fit its column. ``sentence`` and ``values`` become the row's problem."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


def converter(column: Column) -> Convert:
    """The function that reads a filled cell of ``column``. It raises ``Unfit``."""
    by_kind: dict[str, Convert] = {
        "text": shown,
        "integer": _integer,
        "code": _code,
        "email": _email,
        "phone": _phone,
    }
    if column.kind == "choice":
        convert: Convert = _Choice(column)
    elif column.kind == "date":
        convert = _year_or_day if column.year_only else _day
    else:
        convert = by_kind[column.kind]
    longest = column.max_length

    def read(value: Given) -> Any:
        if isinstance(value, CellFault):
            raise Unfit(gettext_noop("Ô %(cell)s có lỗi %(fault)s. Hãy nhập lại giá trị."), fault=value.text)
        converted = convert(value)
        if longest is not None and isinstance(converted, str) and len(converted) > longest:
            raise Unfit(
                gettext_noop("Dài %(length)s ký tự, nhiều nhất là %(longest)s (ô %(cell)s)."),
                length=format_int(len(converted)),
                longest=format_int(longest),
            )
        return converted

    return read


def _short(value: Given) -> str:
    text = " ".join(shown(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _integer(value: Given) -> int:
    if isinstance(value, str):
        try:
            number = parse_number(value)
        except NumberError as error:
            raise Unfit(
                gettext_noop("“%(text)s” không phải là số nguyên (ô %(cell)s)."), text=_short(value)
            ) from error
    elif isinstance(value, Decimal):
        number = value
    else:
        raise Unfit(gettext_noop("“%(text)s” không phải là số nguyên (ô %(cell)s)."), text=_short(value))
    if number != number.to_integral_value() or abs(number) > LARGEST_INTEGER:
        raise Unfit(gettext_noop("“%(text)s” không phải là số nguyên (ô %(cell)s)."), text=_short(value))
    return int(number)


def _code(value: Given) -> str:
    if isinstance(value, Decimal):
        # Excel has already turned the sixteenth digit and those behind it into zeros.
        if abs(value) >= 10**_EXACT_DIGITS:
            raise Unfit(
                gettext_noop(
                    "Excel đã làm tròn số “%(text)s” (ô %(cell)s). Hãy định dạng ô là Văn bản (Text) rồi nhập lại."
                ),
                text=_short(value),
            )
        return plain_number(value)
    if isinstance(value, dt.datetime):
        raise Unfit(
            gettext_noop(
                "Excel đã đổi mã thành ngày %(text)s (ô %(cell)s). Hãy định dạng ô là Văn bản (Text) rồi nhập lại."
            ),
            text=_short(value),
        )
    return shown(value)


def _email(value: Given) -> str:
    text = shown(value).removeprefix("mailto:")
    if not _EMAIL.fullmatch(text):
        raise Unfit(
            gettext_noop("“%(text)s” không phải là địa chỉ thư điện tử (ô %(cell)s)."), text=_short(value)
        )
    return text


def _phone(value: Given) -> str:
    """Digits with the leading zero that Excel took away; "+84 912…" as 0912…, other countries with their +."""
    text = _PHONE_FILL.sub("", plain_number(value) if isinstance(value, Decimal) else shown(value))
    found = _PHONE.fullmatch(text)
    if found is not None:
        plus, digits = found.groups()
        for prefix in ("0084", "84"):
            # A number that begins with 84 is one of Vietnam only if it is longer than a number without its zero.
            if digits.startswith(prefix) and (plus or len(digits) >= len(prefix) + 9):
                plus, digits = "", "0" + digits[len(prefix) :].removeprefix("0")
                break
        if not plus and _lost_its_zero(digits):
            digits = f"0{digits}"
        if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
            return plus + digits
    raise Unfit(gettext_noop("“%(text)s” không phải là số điện thoại (ô %(cell)s)."), text=_short(value))


def _lost_its_zero(digits: str) -> bool:
    """Nine digits of a mobile phone, or ten of a fixed one, which begin with 2."""
    return (len(digits) == 9 and digits[0] in "356789") or (len(digits) == 10 and digits[0] == "2")


class _Choice:
    """Finds the choice that a text means, at first to the letter, then without diacritics."""

    def __init__(self, column: Column) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, set[str]] = {}
        self._labels: dict[str, str] = {}
        for value, label in column.labels.items():
            self._exact[value] = value
            self._folded.setdefault(title_key(value), set()).add(value)
            self._folded.setdefault(title_key(label), set()).add(value)
            self._labels.setdefault(title_key(label), label)
        self._exact |= {label.casefold(): value for value, label in column.labels.items()}
        self._nearest: dict[str, str] = {}

    def __call__(self, value: Given) -> str:
        text = shown(value)
        if (found := self._exact.get(text.casefold(), self._exact.get(text))) is not None:
            return found
        key = title_key(text)
        candidates = self._folded.get(key, set())
        if len(candidates) == 1:
            return next(iter(candidates))
        raise Unfit(
            gettext_noop("“%(text)s” không có trong danh mục (ô %(cell)s). Gần nhất: %(nearest)s."),
            text=_short(value),
            nearest=self._near(key),
        )

    def _near(self, key: str) -> str:
        # A column of nothing but wrong names must not take for ever: comparing is slow.
        if key not in self._nearest:
            if len(self._nearest) >= _SUGGESTIONS_KEPT:
                return quoted(list(self._labels.values())[:_SUGGESTED])
            near = get_close_matches(key[:_SHOWN], self._labels, n=_SUGGESTED, cutoff=0)
            self._nearest[key] = quoted([self._labels[label] for label in near])
        return self._nearest[key]


def _year_or_day(value: Given) -> dt.date | int:
    year = bare_year(value)
    return _day(value) if year is None else year


def _day(value: Given) -> dt.date:
    year = bare_year(value)
    if year is not None:
        raise Unfit(
            gettext_noop("Chỉ có năm %(year)s (ô %(cell)s). Hãy ghi đủ ngày, tháng, năm, ví dụ 17/10/2019."),
            year=str(year),
        )
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, Decimal):
        moment = serial_moment(float(value))
        if moment is None:
            raise _no_date(value)
        day = moment.date()
    elif isinstance(value, str):
        day = _written_day(value)
    else:
        raise _no_date(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unfit(
            gettext_noop("Năm %(year)s không hợp lý (ô %(cell)s). Hãy kiểm tra lại ngày này."),
            year=str(day.year),
        )
    return day


def bare_year(value: Given) -> int | None:
    """The year, where nothing but a year was typed.

    A cell that is formatted as a date shows a typed 1985 as 7 June 1905; nobody means that day.
    """
    if isinstance(value, dt.datetime):
        serial = day_serial(value.date())
        return serial if value.time() == dt.time.min and FIRST_YEAR <= serial <= LAST_YEAR else None
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and FIRST_YEAR <= value <= LAST_YEAR
        return int(value) if whole else None
    if isinstance(value, str) and _YEAR.fullmatch(value) and FIRST_YEAR <= int(value) <= LAST_YEAR:
        return int(value)
    return None


def _written_day(text: str) -> dt.date:
    text = _CLOCK.sub("", text)
    if found := _DAY.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if len(found[4]) == 2:
            # As Excel reads two digits: 29 is 2029, 30 is 1930.
            year += 2000 if year < 30 else 1900
    elif found := _ISO_DAY.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        return _day_in_words(text)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise Unfit(
            gettext_noop("Ngày %(day)s không có thật (ô %(cell)s)."), day=f"{day:02}/{month:02}/{year:04}"
        ) from None


def _day_in_words(text: str) -> dt.date:
    try:
        return parse_date(text)
    except DateError as error:
        if "date" in error.values and "weekday" in error.values:
            raise Unfit(
                gettext_noop("“%(text)s” không khớp: ngày %(day)s là %(weekday)s (ô %(cell)s)."),
                text=_short(text),
                day=error.values["date"],
                weekday=error.values["weekday"],
            ) from None
        raise _no_date(text) from None


def _no_date(value: Given) -> Unfit:
    return Unfit(
        gettext_noop("“%(text)s” không phải là ngày (ô %(cell)s). Hãy nhập theo mẫu %(example)s."),
        text=_short(value),
        example=format_date(dt.date(2019, 10, 17)),
    )
