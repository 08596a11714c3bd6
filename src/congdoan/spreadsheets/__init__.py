"""Tables of people and units in and out: XLSX and CSV, in plain Python.

The one way in which the product reads and writes spreadsheets. A kind of table is declared once, as columns, and
the same columns make the template, read the file that somebody filled in, and give refused rows back::

    COLUMNS = (
        Column("code", _("Mã đơn vị"), kind="code", required=True, example="LC-SP-001"),
        Column("founded", _("Ngày thành lập"), kind="date"),
    )

    write_template(stream, COLUMNS, title=_("Đơn vị"), notes=[_("Mỗi dòng là một đơn vị.")], translate=_)

    try:
        reading = read(path, COLUMNS)
    except SpreadsheetError as error:
        form.add_error("file", error.translated(_))

    tally = Tally()
    for row in reading:
        if row.values["code"] in closed:
            row.refuse("code", gettext_noop("Đơn vị %(code)s đã giải thể (ô %(cell)s)."), code=row.values["code"])
        if row.problems:
            tally.refused += 1
            refused.append(row)

    write_refused(stream, COLUMNS, refused, translate=_)

A file is judged as a whole before its first row is used, so a bad file changes nothing: another format, macros,
links to other files, formulas, merged cells, passwords, too many bytes, or packages that swell when unpacked are
``SpreadsheetError``; so are missing, unknown and doubled columns. What is wrong with one row is a ``Problem`` of that
row. Both carry Vietnamese sentences for the reader; ``translated(_)`` puts them into another language.

Kinds of columns and what a row's value is: ``text``, ``code``, ``email``, ``phone`` and ``choice`` give ``str`` (for
a choice its value, not its label), ``integer`` gives ``int``, ``date`` gives ``datetime.date``, or an ``int`` for a
bare year where ``year_only`` allows it. A blank cell is None.

Memory stays the same for any number of rows, for reading and for writing.
"""

from congdoan.spreadsheets.columns import Column
from congdoan.spreadsheets.errors import (
    ActiveContentError,
    CellError,
    DamagedError,
    EmptyFileError,
    EncryptedError,
    HeadersError,
    NotSpreadsheetError,
    Problem,
    SheetNotFoundError,
    SpreadsheetError,
    TooLargeError,
    ZipBombError,
)
from congdoan.spreadsheets.files import MAX_BYTES
from congdoan.spreadsheets.reading import Reading, Row, inspect, read
from congdoan.spreadsheets.tallies import Tally
from congdoan.spreadsheets.templates import write_refused, write_template
from congdoan.spreadsheets.writing import write_csv, write_table

__all__ = [
    "MAX_BYTES",
    "ActiveContentError",
    "CellError",
    "Column",
    "DamagedError",
    "EmptyFileError",
    "EncryptedError",
    "HeadersError",
    "NotSpreadsheetError",
    "Problem",
    "Reading",
    "Row",
    "SheetNotFoundError",
    "SpreadsheetError",
    "Tally",
    "TooLargeError",
    "ZipBombError",
    "inspect",
    "read",
    "write_csv",
    "write_refused",
    "write_table",
    "write_template",
]
