"""Writing tables to download: as XLSX and as CSV, row by row, the same bytes for the same rows.

What a person typed never becomes a formula: a text that begins like one is written as text.
"""

import csv
import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.writer.excel import ExcelWriter

from congdoan.spreadsheets.cells import plain_number
from congdoan.spreadsheets.delimited import protected
from congdoan.spreadsheets.places import column_letters
from congdoan.spreadsheets.strings import LONGEST_TEXT
from congdoan.vntext import format_date
from congdoan.vntext.errors import gettext_noop

DAY_FORMAT = "dd/mm/yyyy"
MOMENT_FORMAT = "dd/mm/yyyy hh:mm"
TEXT_FORMAT = "@"

HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="0B4A99")
HEAD_ALIGNMENT = Alignment(wrap_text=True, vertical="center")
BOLD = Font(bold=True, size=13)

_MOMENT = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # the properties of a workbook know no zone
_ZIP_MOMENT = (2000, 1, 1, 0, 0, 0)
_NARROWEST, _WIDEST = 10, 44
_LONGEST_SHEET_NAME = 31
_SHEET_NAME = gettext_noop("Bảng")

# Excel counts a day in 1900 that never was; and small serials are years that somebody typed (see ``conversion``).
_FIRST_REAL_DAY = dt.date(1906, 1, 1)
_LARGEST_EXACT = 10**15
_LOOKS_OTHERWISE = ("=", "+", "-", "@", "#", "\t", "\r")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_table(
    stream: IO[bytes],
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    widths: Sequence[float] | None = None,
) -> None:
    """Write a table as XLSX: the header row stays in sight, days are real days, numbers real numbers.

    ``title`` names the sheet. None is an empty cell; everything that is no number and no day is written as its
    ``str``. A moment is written as the clock showed it, without its zone.
    """
    book = new_book(write_only=True)
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    for number, header in enumerate(headers, 1):
        width = widths[number - 1] if widths else min(max(len(header) + 4, _NARROWEST), _WIDEST)
        sheet.column_dimensions[column_letters(number)].width = width
    cells = _Cells(sheet)
    sheet.append(cells.head(headers))
    for row in rows:
        sheet.append(cells.row(row))
    save(book, stream)


def write_csv(stream: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV in UTF-8, with a mark at its beginning so that Excel reads it; days as 17/10/2019.

    A text that Excel would run as a formula gets an apostrophe before it, which ``read`` takes off again.
    """
    stream.write(b"\xef\xbb\xbf")
    writer = csv.writer(_Encoded(stream))
    writer.writerow([protected(header) for header in headers])
    writer.writerows([_field(value) for value in row] for row in rows)


class _Encoded:
    """Takes text, passes UTF-8 on; a response or a socket need not be wrapped as a whole file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Pass ``text`` on."""
        return self._stream.write(text.encode("utf-8", "replace"))


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{format_date(value)} {value:%H:%M}"
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, Decimal) and value.is_finite():
        return plain_number(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return protected(str(value).replace("\x00", ""))


class _Cells:
    """Makes the cells of one sheet. A cell with a format is one object, used over and over: each is written at once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._text = WriteOnlyCell(sheet)
        self._text.number_format = TEXT_FORMAT
        # Excel then keeps it a text even after somebody has edited it.
        self._text.quotePrefix = True
        self._day = WriteOnlyCell(sheet)
        self._day.number_format = DAY_FORMAT
        self._moment = WriteOnlyCell(sheet)
        self._moment.number_format = MOMENT_FORMAT

    def head(self, titles: Sequence[str]) -> Iterator[Any]:
        """Yield the cells of the header row."""
        for title in titles:
            cell = WriteOnlyCell(self._sheet, value=text_value(title))
            cell.data_type = "s"
            cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_ALIGNMENT
            yield cell

    def row(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield what openpyxl writes for each value."""
        # One at a time: a shared cell is written before it takes the next value.
        return (self._cell(value) for value in values)

    def _cell(self, value: Any) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float | Decimal):
            return value if _is_exact(value) else self._as_text(str(value))
        if isinstance(value, dt.date):
            return self._as_day(value)
        text = text_value(str(value))
        return self._as_text(text) if text.startswith(_LOOKS_OTHERWISE) else text

    def _as_text(self, text: str) -> Any:
        self._text.value = text
        # What begins with = or reads #N/A would be taken for a formula or a fault otherwise.
        self._text.data_type = "s"
        return self._text

    def _as_day(self, value: dt.date) -> Any:
        if isinstance(value, dt.datetime):
            if value.date() < _FIRST_REAL_DAY:
                return f"{format_date(value)} {value:%H:%M}"
            cell, value = self._moment, value.replace(tzinfo=None)
        elif value < _FIRST_REAL_DAY:
            return format_date(value)
        else:
            cell = self._day
        cell.value = value
        return cell


def _is_exact(number: float | Decimal) -> bool:
    """Whether Excel keeps the number to its last digit."""
    if isinstance(number, Decimal):
        if not number.is_finite():
            return False
        digits = number.normalize().as_tuple().digits
        return len(digits) <= len(str(_LARGEST_EXACT)) - 1 and abs(number) < _LARGEST_EXACT
    return isinstance(number, float) or abs(number) < _LARGEST_EXACT


def text_value(text: str) -> str:
    """A text as a cell can hold it: no control characters, no more letters than Excel keeps."""
    text = _CONTROLS.sub("", text)
    if "_x" in text:
        # "_x0041_" in a workbook is an escaped letter; this one was typed.
        text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def new_book(*, write_only: bool = False) -> Workbook:
    """A workbook that does not carry the hour of its making."""
    book = Workbook(write_only=write_only)
    book.properties.created = book.properties.modified = _MOMENT
    book.properties.creator = "Congdoan"
    return book


def sheet_name(title: str) -> str:
    """A name that Excel takes for a sheet: at most 31 letters and none of a few signs."""
    kept = "".join(" " if char in "[]:*?/\\" else char for char in title)
    return " ".join(kept.split()).strip("'")[:_LONGEST_SHEET_NAME].strip() or _SHEET_NAME


def save(book: Workbook, stream: IO[bytes]) -> None:
    """Write the package to ``stream``, which need not be seekable. ``Workbook.save`` would write the hour into it."""
    ExcelWriter(book, _TimelessZip(stream, "w", zipfile.ZIP_DEFLATED)).save()


class _TimelessZip(zipfile.ZipFile):
    """A package whose entries all bear the same date, so that the same table is the same bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add ``data`` as an entry."""
        entry = zipfile.ZipInfo(getattr(zinfo_or_arcname, "filename", zinfo_or_arcname), _ZIP_MOMENT)
        super().writestr(entry, data, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a file, such as the rows that were written to a temporary one, in steps."""
        source = Path(filename)
        entry = zipfile.ZipInfo(str(arcname or source.name), _ZIP_MOMENT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.file_size = source.stat().st_size
        with source.open("rb") as rows, self.open(entry, "w") as target:
            shutil.copyfileobj(rows, target)
