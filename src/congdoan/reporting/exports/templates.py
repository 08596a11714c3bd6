"""The spreadsheet of one report: written to be filled, read back cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from congdoan.reporting.engine.values import ValueFaultError, read, unscaled
from congdoan.reporting.errors import NotTheTemplateError, fault_words
from congdoan.reporting.models import Report
from congdoan.reporting.queries.cells import INAPPLICABLE, Cell, Screen
from congdoan.spreadsheets import Column, write_table
from congdoan.spreadsheets import read as read_table

MOST_ROWS = 2_000


def columns() -> list[Column]:
    """The columns of the template, in the reader's language; Vietnamese titles are always read."""
    return [
        Column("code", _("Mã ô (không sửa)"), required=True, aliases=("Mã ô",), max_length=500),
        Column("label", _("Chỉ tiêu"), max_length=400),
        Column("measure_unit", _("Đơn vị tính"), max_length=100),
        Column("last", _("Kỳ trước"), max_length=100),
        Column("value", _("Số liệu"), required=False, aliases=("Số",), max_length=200),
        Column("comment", _("Ghi chú"), max_length=2_000),
    ]


def code_of(report: Report, key: str = "") -> str:
    """Return what a row says of itself: unit, period, sheet with its version, cell. So no row can go astray."""
    sheet = f"{report.sheet.code}.{report.sheet_version.number}"
    return "/".join((report.unit.code, report.period.code, sheet, key))


def write_template(stream: IO[bytes], found: Screen) -> None:
    """Write the sheet of a report with what stands in its cells now."""
    write_table(
        stream,
        [column.title for column in columns()],
        (
            [
                code_of(found.report, cell.key),
                str(cell.line),
                cell.measure_unit,
                cell.last,
                _number(cell),
                cell.comment,
            ]
            for cell in found.cells.values()
        ),
        title=_("Báo cáo"),
        widths=[34, 60, 14, 14, 18, 50],
    )


def _number(cell: Cell) -> object:
    if cell.state == "reported" and cell.number is not None:
        return unscaled(cell.number, cell.decimals)
    return cell.shown or None


@dataclass(slots=True)
class Filled:
    """What a file says: texts and comments by key; a sentence for each cell that is no value (it can be kept as typed)."""

    values: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def read_template(path: Path, found: Screen) -> Filled:
    """Read a filled template of this very report.

    Raises ``SpreadsheetError`` for a file that is none, has formulas, or columns that the template does not have;
    ``NotTheTemplateError`` for that of another unit, period or sheet. Nothing is saved here.
    """
    filled = Filled()
    with read_table(path, columns(), limit=MOST_ROWS) as table:
        for row in table:
            if row.problems:
                raise NotTheTemplateError(
                    _("Dòng %(row)s: %(problem)s")
                    % {"row": row.number, "problem": row.problems[0].translated(_)}
                )
            key = _key(found.report, str(row.values["code"]), row.number, found.cells)
            if key in filled.values:
                raise NotTheTemplateError(
                    _("Dòng %(row)s lặp lại ô “%(name)s”. Hãy xoá một dòng.")
                    % {"row": row.number, "name": found.cells[key].line}
                )
            filled.values[key] = _text(row.values["value"], found.cells[key], filled)
            filled.comments[key] = row.values["comment"] or ""
    return filled


def _key(report: Report, code: str, row: int, cells: Mapping[str, Cell]) -> str:
    unit, period, sheet, key = (*code.split("/", 3), "", "", "", "")[:4]
    if not sheet:
        raise NotTheTemplateError(
            _("Dòng %(row)s: mã ô “%(code)s” không đúng. Hãy tải tệp mẫu của báo cáo này và điền vào đó.")
            % {"row": row, "code": code[:60]}
        )
    if unit != report.unit.code:
        raise NotTheTemplateError(
            _("Đây là tệp của đơn vị %(theirs)s, không phải %(ours)s. Hãy chọn tệp của đơn vị bạn.")
            % {"theirs": unit[:40], "ours": report.unit.code}
        )
    wanted_sheet = f"{report.sheet.code}.{report.sheet_version.number}"
    if period != report.period.code or sheet != wanted_sheet:
        raise NotTheTemplateError(
            _("Đây là tệp mẫu “%(theirs)s”, báo cáo này cần “%(ours)s”. Hãy tải đúng tệp mẫu rồi điền lại.")
            % {"theirs": f"{sheet} {period}"[:80], "ours": f"{wanted_sheet} {report.period.code}"}
        )
    if key not in cells:
        raise NotTheTemplateError(
            _("Dòng %(row)s: biểu mẫu không có ô “%(key)s”. Hãy xoá dòng này hoặc tải lại tệp mẫu.")
            % {"row": row, "key": key[:60]}
        )
    return key


def _text(value: str | None, cell: Cell, filled: Filled) -> str:
    """Return the text of a value as it would be typed; a number of the file comes as Excel shows it ("1240", "1,5")."""
    text = (value or "").strip()
    try:
        read(text, decimals=cell.decimals)
    except ValueFaultError as error:
        filled.faults[cell.key] = fault_words(error, str(cell.line))
    return INAPPLICABLE if text in ("-", "—") else text
