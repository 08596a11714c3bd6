"""Reading a table: checked as a whole first, then row by row, so that a bad file changes nothing."""

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any, Self

from congdoan.spreadsheets.cells import Given, shown
from congdoan.spreadsheets.columns import Column, Titles
from congdoan.spreadsheets.conversion import Convert, Unfit, converter
from congdoan.spreadsheets.delimited import Delimited
from congdoan.spreadsheets.errors import CellError, EmptyFileError, HeadersError, Problem, TooLargeError
from congdoan.spreadsheets.files import MAX_BYTES, Kind, kind_of
from congdoan.spreadsheets.places import cell_name, column_letters
from congdoan.spreadsheets.workbooks import Workbook
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

HEADER_WITHIN = 30
"""The header row is looked for in so many filled rows: forms begin with a letterhead and a title."""
_STRAY_CELLS_NAMED = 5
_LONGEST_TITLE = 200

FilePath = str | PathLike[str]
Place = tuple[str, str]
"""Title and letters of a column in the file at hand."""


@dataclass(slots=True)
class Row:
    """One row below the header. ``number`` is the one that Excel shows.

    ``values`` has every key of the columns; None is a blank cell or one with a problem. ``given`` is what stands in
    the file, for giving the row back.
    """

    number: int
    values: dict[str, Any]
    problems: list[Problem]
    given: dict[str, Given]
    places: Mapping[str, Place] = field(repr=False)

    def refuse(self, key: str, sentence: str, **values: object) -> None:
        """Add a problem found by a rule beyond this package. ``sentence`` is a msgid and may use ``%(cell)s``."""
        title, letters = self.places.get(key, ("", ""))
        self.problems.append(Problem(title, f"{letters}{self.number}", sentence, values))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the table stands: its header row, the columns found, and the last filled row."""

    header_row: int
    found: dict[int, Column]
    titles: dict[int, str]
    passed_over: frozenset[int]
    total: int


class Reading:
    """A table whose file, sheet and headers are in order. Iterating yields its rows; each time anew.

    ``sheet`` and ``header_row`` say where it stands, ``headers`` under which title each column was found, ``total``
    how many rows there are (for a progress bar). The file stays open as long as the reading is in use.
    """

    def __init__(self, table: Workbook | Delimited, columns: Sequence[Column], layout: _Layout) -> None:
        self.sheet = table.sheet
        self.header_row = layout.header_row
        self.headers: dict[str, str] = {
            column.key: layout.titles[number] for number, column in layout.found.items()
        }
        self.total = layout.total
        self._table = table
        self._columns = tuple(columns)
        self._layout = layout
        self.close = weakref.finalize(self, table.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Row]:
        return self.after(0)

    def after(self, number: int) -> Iterator[Row]:
        """The rows behind row ``number``: goes on where an interrupted import stopped."""
        maker = _RowMaker(self._columns, self._layout)
        for row, cells in self._table.rows():
            if row > self.header_row and row > number and (made := maker.make(row, cells)):
                yield made


def inspect(
    path: FilePath,
    columns: Sequence[Column] = (),
    *,
    sheet: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> None:
    """Raise a ``SpreadsheetError`` if the file is anything but a harmless table of values.

    With ``columns`` the header row is found by their titles; without, it is the first row of more than one cell.
    Merged cells above it are let be.
    """
    with closing(_open(Path(path), sheet, max_bytes)) as table:
        _survey(table, Titles(columns))


def read(
    path: FilePath,
    columns: Sequence[Column],
    *,
    sheet: str | None = None,
    limit: int | None = None,
    ignored: Iterable[str] = (),
    max_bytes: int = MAX_BYTES,
) -> Reading:
    """Check the whole file, find its header row, and return its rows as a ``Reading``.

    ``sheet`` is the first visible one unless named. More than ``limit`` rows are refused. Columns titled as in
    ``ignored`` are passed over, as running numbers and reasons of refusal always are. A column that is not required
    may be missing.
    """
    titles = Titles(columns, ignored)
    with ExitStack() as undo:
        table = _open(Path(path), sheet, max_bytes)
        undo.callback(table.close)
        layout = _survey(table, titles)
        _check_headers(layout, columns)
        if not layout.total:
            raise EmptyFileError(
                "no rows",
                sentence=gettext_noop(
                    "Bảng chưa có dòng dữ liệu nào dưới dòng tiêu đề. Hãy điền rồi thử lại."
                ),
            )
        if limit is not None and layout.total > limit:
            raise TooLargeError(
                f"{layout.total} rows, at most {limit}",
                sentence=gettext_noop(
                    "Bảng có %(total)s dòng, nhiều hơn giới hạn %(limit)s dòng. Hãy tách thành nhiều tệp."
                ),
                total=format_int(layout.total),
                limit=format_int(limit),
            )
        undo.pop_all()
        return Reading(table, columns, layout)


def _open(path: Path, sheet: str | None, max_bytes: int) -> Workbook | Delimited:
    if kind_of(path, max_bytes=max_bytes) is Kind.WORKBOOK:
        return Workbook(path, sheet)
    return Delimited(path, max_bytes=max_bytes)


def _survey(table: Workbook | Delimited, titles: Titles) -> _Layout:
    """Find the header row, then look at everything to the end: formulas, merged cells, how many rows."""
    top = list(islice(table.rows(), HEADER_WITHIN))
    if not top:
        raise EmptyFileError(
            "no filled cells", sentence=gettext_noop("Trang tính trống, không có ô nào có dữ liệu để đọc.")
        )
    header_row, header = max(top, key=lambda row: titles.fit(_titles(row[1])))
    if not titles.fit(_titles(header)):
        header_row, header = next((row for row in top if len(row[1]) > 1), top[0])
    merged: list[tuple[int, int]] = []

    def on_merged(left: int, top: int, _: int, bottom: int) -> None:
        if bottom >= header_row:
            merged[:] = [min([(top, left), *merged])]

    named = dict(zip((column for column, _ in header), _titles(header), strict=True))
    passed_over = frozenset(column for column, title in named.items() if titles.is_ignored(title))
    total = sum(1 for row in table.filled_rows(on_merged, passed_over) if row > header_row)
    if merged:
        row, column = merged[0]
        raise CellError(
            "merged cells",
            cell=cell_name(column, row),
            sentence=gettext_noop("Ô %(cell)s được gộp với ô khác. Hãy bỏ gộp ô (Unmerge) rồi thử lại."),
        )
    found: dict[int, Column] = {}
    for number, title in named.items():
        column_here = titles.column(title)
        if column_here is not None:
            found[number] = column_here
    return _Layout(header_row, found, named, passed_over, total)


def _titles(cells: Iterable[tuple[int, Given]]) -> list[str]:
    return [shown(value)[:_LONGEST_TITLE] for _, value in cells]


def _check_headers(layout: _Layout, columns: Sequence[Column]) -> None:
    first: dict[str, int] = {}
    doubled = []
    for number, column in layout.found.items():
        if column.key in first:
            here, there = (cell_name(place, layout.header_row) for place in (first[column.key], number))
            doubled.append((column.title, here, there))
        first.setdefault(column.key, number)
    unknown = [
        " ".join(title.split())
        for number, title in layout.titles.items()
        if number not in layout.found and number not in layout.passed_over
    ]
    missing = [column.title for column in columns if column.required and column.key not in first]
    if missing or unknown or doubled:
        raise HeadersError(missing=missing, unknown=unknown, doubled=doubled)


class _RowMaker:
    """Makes rows of one table: which column stands where is worked out once."""

    def __init__(self, columns: Sequence[Column], layout: _Layout) -> None:
        self._keys = [column.key for column in columns]
        self._converters: dict[int, tuple[str, Convert]] = {
            number: (column.key, converter(column)) for number, column in layout.found.items()
        }
        self._passed_over = layout.passed_over
        self._places: dict[str, Place] = {
            column.key: (column.title, column_letters(number)) for number, column in layout.found.items()
        }
        self._required = [column.key for column in layout.found.values() if column.required]

    def make(self, number: int, cells: list[tuple[int, Given]]) -> Row | None:
        """The row of these cells; None when only passed-over columns are filled, such as a running number."""
        row = Row(number, dict.fromkeys(self._keys), [], {}, self._places)
        stray = []
        for column, value in cells:
            known = self._converters.get(column)
            if known is None:
                if column not in self._passed_over:
                    stray.append(cell_name(column, number))
                continue
            key, convert = known
            row.given[key] = value
            try:
                row.values[key] = convert(value)
            except Unfit as unfit:
                row.refuse(key, unfit.sentence, **unfit.values)
        if not row.given and not stray:
            return None
        for key in self._required:
            if key not in row.given:
                row.refuse(key, gettext_noop("Thiếu “%(title)s” (ô %(cell)s)."), title=self._places[key][0])
        if stray:
            row.refuse(
                "",
                gettext_noop("Ô %(cells)s có dữ liệu nhưng cột không có tiêu đề."),
                cells=", ".join(stray[:_STRAY_CELLS_NAMED]),
            )
        return row
