"""Number formats of a workbook: which numbers are really dates, and which show leading zeros."""

import datetime as dt
import re

from congdoan.spreadsheets.errors import DamagedError
from congdoan.spreadsheets.markup import Readable, walk

DATE = "date"

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,30}")
_SECTIONS = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "extLst",
)
_MOST_STYLES = 100_000

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet knows no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_465
# Excel believes that 1900 was a leap year; its days up to that one are one further on.
_FALSE_LEAP_DAY = 60


def read_formats(stream: Readable) -> list[str | int | None]:
    """For each cell style: ``DATE``, how many digits it pads a number to, or None."""
    codes: dict[str, str | int | None] = {}
    formats: list[str | int | None] = []
    section = ""

    def on_start(element: str, attributes: dict[str, str]) -> None:
        nonlocal section
        if element in _SECTIONS:
            section = element
        elif element == "numFmt" and section == "numFmts":
            codes[attributes.get("numFmtId", "")] = _meaning(attributes.get("formatCode", ""))
        elif element == "xf" and section == "cellXfs":
            number = attributes.get("numFmtId", "0")
            built_in = DATE if number.isdecimal() and int(number[:9]) in _BUILT_IN_DATES else None
            formats.append(codes.get(number, built_in))
            if len(formats) > _MOST_STYLES:
                raise DamagedError("more styles than Excel has")

    walk(stream, on_start)
    return formats


def _meaning(code: str) -> str | int | None:
    if _ZEROS.fullmatch(code):
        return len(code)
    pattern = _NOT_PATTERN.sub("", code).lower()
    if pattern != "general" and any(letter in pattern for letter in "dmyhs"):
        return DATE
    return None


def serial_moment(serial: float, *, since_1904: bool = False) -> dt.datetime | None:
    """The day and time that a serial number of Excel means; None for one that it cannot show."""
    if not 0 <= serial < _LAST_SERIAL + 1 or (not since_1904 and int(serial) == _FALSE_LEAP_DAY):
        return None
    if since_1904:
        epoch = _EPOCH_1904
    else:
        epoch = _EPOCH if serial > _FALSE_LEAP_DAY else _EPOCH + dt.timedelta(days=1)
    try:
        return epoch + dt.timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None


def day_serial(day: dt.date) -> int:
    """The serial number of a day after February 1900."""
    return (day - _EPOCH.date()).days
