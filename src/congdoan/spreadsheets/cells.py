"""What can stand in a cell as it is given, before a column says what it should mean."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from congdoan.vntext import format_date, format_datetime


@dataclass(frozen=True, slots=True)
class CellFault:
    """An error value that a formula left behind, such as #N/A."""

    text: str


Given = str | Decimal | bool | dt.datetime | CellFault
"""A cleaned text, a number, true or false, a number that is shown as a date, or an error value."""


def iso_moment(text: str) -> dt.datetime | None:
    """The moment that an ISO 8601 text names, without its zone; None for any other text."""
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def shown(value: Given) -> str:
    """The text that Excel with Vietnamese settings shows for a value: 123; 1,5; 17/10/2019; TRUE."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return format_datetime(value) if value.time() != dt.time.min else format_date(value)
    if isinstance(value, Decimal):
        return plain_number(value).replace(".", ",")
    return value.text if isinstance(value, CellFault) else value


def plain_number(value: Decimal) -> str:
    """All digits of a number, with a decimal point and no zeros behind: 123.0 → "123"."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
