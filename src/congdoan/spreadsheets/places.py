"""Where a cell is: column letters and numbers, as Excel shows them."""

import re

from congdoan.spreadsheets.errors import TooLargeError
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
MAX_FILLED = 200
"""Filled cells that one row may have; no table of people or units is wider."""

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?")


def column_letters(column: int) -> str:
    """1 → "A", 28 → "AB"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """ "AB" → 28. Raises ``ValueError`` for what no sheet has."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} names no column")
        number = number * 26 + ord(letter) - ord("A") + 1
        if number > MAX_COLUMNS:
            break
    if not 1 <= number <= MAX_COLUMNS:
        raise ValueError(f"{letters!r} names no column")
    return number


def cell_name(column: int, row: int) -> str:
    """(4, 7) → "D7"."""
    return f"{column_letters(column)}{row}"


def range_corners(reference: str) -> tuple[int, int, int, int]:
    """ "A1:C4" → first column, first row, last column, last row. Raises ``ValueError``."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference!r} is no range")
    left, top = column_number(found[1]), int(found[2])
    if found[3] is None:
        return left, top, left, top
    return left, top, column_number(found[3]), int(found[4])


def check_width(row: int, filled: int) -> None:
    """Refuse a row with more filled cells than any real table has."""
    if filled > MAX_FILLED:
        raise TooLargeError(
            f"{filled} filled cells in row {row}",
            sentence=gettext_noop(
                "Dòng %(row)s có %(filled)s cột có dữ liệu, nhiều hơn giới hạn %(limit)s cột. Hãy bỏ bớt cột."
            ),
            row=str(row),
            filled=format_int(filled),
            limit=format_int(MAX_FILLED),
        )
