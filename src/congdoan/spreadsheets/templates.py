"""What people fill in: the one template of a table, and the rows that were refused, to be mended."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from congdoan.spreadsheets.cells import Given, shown
from congdoan.spreadsheets.columns import Column, Titles, reason_title
from congdoan.spreadsheets.conversion import bare_year
from congdoan.spreadsheets.errors import Translate, as_it_stands
from congdoan.spreadsheets.places import MAX_ROWS, column_letters
from congdoan.spreadsheets.reading import Row
from congdoan.spreadsheets.writing import (
    BOLD,
    DAY_FORMAT,
    HEAD_ALIGNMENT,
    HEAD_FILL,
    HEAD_FONT,
    TEXT_FORMAT,
    new_book,
    save,
    sheet_name,
    text_value,
    write_table,
)
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

_GUIDE_SHEET = gettext_noop("Hướng dẫn")
_CHOICES_SHEET = gettext_noop("Danh mục")
_GUIDE_HEADERS = (
    gettext_noop("Cột"),
    gettext_noop("Bắt buộc"),
    gettext_noop("Ý nghĩa"),
    gettext_noop("Cách ghi"),
    gettext_noop("Ví dụ"),
)
_GUIDE_WIDTHS = (28, 12, 48, 48, 26)
_REQUIRED = gettext_noop("Có")
_OPTIONAL = gettext_noop("Không")
_WAYS = {
    "text": gettext_noop("Chữ"),
    "integer": gettext_noop("Số nguyên, ví dụ 1.234"),
    "date": gettext_noop("Ngày/tháng/năm, ví dụ 17/10/2019"),
    "code": gettext_noop("Mã, ghi đủ cả số 0 ở đầu"),
    "choice": gettext_noop("Chọn trong danh sách: %(labels)s"),
    "email": gettext_noop("Địa chỉ thư điện tử"),
    "phone": gettext_noop("Số điện thoại, ghi đủ cả số 0 ở đầu"),
}
_DAY_OR_YEAR = gettext_noop("Ngày/tháng/năm, ví dụ 17/10/2019; nếu chỉ biết năm thì ghi năm, ví dụ 1985")
_LONGEST = gettext_noop("nhiều nhất %(longest)s ký tự")
_NOT_IN_LIST = gettext_noop("Hãy chọn một giá trị trong danh sách.")
_LABELS_TOLD = 12
_AS_TEXT = ("text", "code", "choice", "email", "phone")


def write_template(
    stream: IO[bytes],
    columns: Sequence[Column],
    *,
    title: str,
    notes: Sequence[str] = (),
    translate: Translate = as_it_stands,
) -> None:
    """Write the template for ``columns``: a sheet to fill in, and one that says what each column means.

    ``title`` names the sheet to fill in and heads the explanations, ``notes`` follow it. What the template says is
    what ``read`` accepts: it is made from the same columns.
    """
    Titles(columns)
    book = new_book()
    table = book.active
    table.title = sheet_name(title)
    guide = book.create_sheet(sheet_name(translate(_GUIDE_SHEET)))
    _fill_guide(guide, columns, title, notes, translate)
    _head(table, 1, [column.marked_title for column in columns])
    table.freeze_panes = "A2"
    table.row_dimensions[1].height = 32
    choices: Any = None
    for number, column in enumerate(columns, 1):
        letters = column_letters(number)
        # The format of a whole column holds for cells that are still empty, so a leading zero stays.
        if column.kind in _AS_TEXT:
            table.column_dimensions[letters].number_format = TEXT_FORMAT
        elif column.kind == "date":
            table.column_dimensions[letters].number_format = DAY_FORMAT
        table.column_dimensions[letters].width = min(
            max(len(column.marked_title) + 4, len(column.example) + 4, 12), 44
        )
        if column.labels:
            if choices is None:
                choices = book.create_sheet(sheet_name(translate(_CHOICES_SHEET)))
            source = _list_choices(choices, column)
            _offer(table, f"{letters}2:{letters}{MAX_ROWS}", source, translate(_NOT_IN_LIST))
    save(book, stream)


def _fill_guide(
    guide: Any, columns: Sequence[Column], title: str, notes: Sequence[str], translate: Translate
) -> None:
    for number, width in enumerate(_GUIDE_WIDTHS, 1):
        guide.column_dimensions[column_letters(number)].width = width
    _put(guide, 1, 1, title, font=BOLD)
    for row, note in enumerate(notes, 2):
        _put(guide, row, 1, note)
    top = len(notes) + 3
    _head(guide, top, [translate(header) for header in _GUIDE_HEADERS])
    for row, column in enumerate(columns, top + 1):
        cells = (
            column.marked_title,
            translate(_REQUIRED if column.required else _OPTIONAL),
            column.help,
            _way(column, translate),
            column.example,
        )
        for number, text in enumerate(cells, 1):
            _put(guide, row, number, text, wrap=True)


def _way(column: Column, translate: Translate) -> str:
    """How the column is to be filled in."""
    if column.kind == "choice":
        labels = list(column.labels.values())
        told = "; ".join(labels[:_LABELS_TOLD]) + ("…" if len(labels) > _LABELS_TOLD else "")
        return translate(_WAYS["choice"]) % {"labels": told}
    way = translate(_DAY_OR_YEAR if column.year_only else _WAYS[column.kind])
    if column.max_length is not None:
        way += ", " + translate(_LONGEST) % {"longest": format_int(column.max_length)}
    return way


def _list_choices(sheet: Any, column: Column) -> str:
    """List the labels of a column below each other; return the range that a rule refers to."""
    number = sheet.max_column + 1 if sheet["A1"].value else 1
    letters = column_letters(number)
    _head(sheet, 1, [column.title], first=number)
    sheet.column_dimensions[letters].width = min(max(map(len, column.labels.values())) + 4, 60)
    for row, label in enumerate(column.labels.values(), 2):
        _put(sheet, row, number, label)
    name = sheet.title.replace("'", "''")
    return f"'{name}'!${letters}$2:${letters}${len(column.labels) + 1}"


def _offer(table: Any, cells: str, source: str, warning: str) -> None:
    rule = DataValidation(
        type="list", formula1=source, allow_blank=True, showErrorMessage=True, error=warning
    )
    rule.add(cells)
    table.add_data_validation(rule)


def _head(sheet: Any, row: int, titles: Sequence[str], *, first: int = 1) -> None:
    for number, title in enumerate(titles, first):
        cell = _put(sheet, row, number, title, font=HEAD_FONT)
        cell.fill, cell.alignment = HEAD_FILL, HEAD_ALIGNMENT


def _put(
    sheet: Any, row: int, column: int, text: str, *, font: Font | None = None, wrap: bool = False
) -> Any:
    cell = sheet.cell(row, column, text_value(text))
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    if font is not None:
        cell.font = font
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def write_refused(
    stream: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    title: str = "",
    translate: Translate = as_it_stands,
) -> None:
    """Give refused rows of one reading back as they were, with one more column that says why.

    Cells that a reason names are those of this new file. ``read`` takes the mended file, passing over the reasons
    (if ``translate`` gave that column another title, name it in ``ignored``). Columns that the file did not have are
    not added.
    """
    rest = iter(rows)
    first = next(rest, None)
    if first is not None:
        columns = [column for column in columns if column.key in first.places]
        rest = chain([first], rest)
    headers = [*(column.marked_title for column in columns), translate(reason_title(columns))]
    widths = [*(min(max(len(header) + 4, 12), 44) for header in headers[:-1]), 80]
    write_table(stream, headers, _refused(columns, rest, translate), title=title, widths=widths)


def _refused(columns: Sequence[Column], rows: Iterable[Row], translate: Translate) -> Iterator[list[Any]]:
    letters = {column.key: column_letters(number) for number, column in enumerate(columns, 1)}
    for number, row in enumerate(rows, 2):
        moved = {
            row.places[key][0]: f"{letter}{number}" for key, letter in letters.items() if key in row.places
        }
        reasons = [
            problem.translated(translate, cell=moved.get(problem.column_title)) for problem in row.problems
        ]
        yield [*(_given_back(column, row.given.get(column.key)) for column in columns), "\n".join(reasons)]


def _given_back(column: Column, value: Given | None) -> Any:
    if value is None:
        return None
    if column.kind == "date" and (year := bare_year(value)) is not None:
        return year
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time.min else value
    return value if isinstance(value, Decimal) else shown(value)
