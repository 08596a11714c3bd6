"""Files that leave the organisation: lists of units, templates, refused rows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from congdoan.organisation.importing import mapping
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.catalogue import kind_names
from congdoan.organisation.queries.listing import listing, unit_columns
from congdoan.spreadsheets import Row, write_csv, write_refused, write_table, write_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_IN_MEMORY = 2 * 1024 * 1024


def _download(write: Callable[[IO[bytes]], None], name: str, content_type: str) -> FileResponse:
    # The response closes the file when it has been sent.
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    write(stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=content_type)


def write_units(stream: IO[bytes], units: QuerySet[Unit], day: date, extension: str) -> None:
    """Write units as they are on a day, with the columns that an import reads."""
    columns = unit_columns()

    def rows() -> Iterator[list[Any]]:
        for entry in listing(units, day):
            yield [column.labels.get(entry[column.key], entry[column.key]) for column in columns]

    headers = [column.title for column in columns]
    if extension == "csv":
        write_csv(stream, headers, rows())
    else:
        write_table(stream, headers, rows(), title=_("Đơn vị"))


def units_file(units: QuerySet[Unit], day: date, extension: str) -> FileResponse:
    """Return units on a day as a download: "xlsx" or "csv"."""
    return _download(
        lambda stream: write_units(stream, units, day, extension),
        f"don-vi-{day.isoformat()}.{extension}",
        CSV if extension == "csv" else XLSX,
    )


def units_template() -> FileResponse:
    """Return the one template of the list of units."""
    notes = [
        _("Mỗi dòng là một đơn vị. Ô để trống giữ nguyên điều đang có."),
        _("Tên mới và cấp trên mới có hiệu lực từ ngày áp dụng chọn khi tải lên."),
    ]
    return _download(
        lambda stream: write_template(stream, unit_columns(), title=_("Đơn vị"), notes=notes, translate=_),
        "mau-danh-sach-don-vi.xlsx",
        XLSX,
    )


def mapping_template() -> FileResponse:
    """Return the one template of the mapping table."""
    notes = [
        _("Mỗi dòng nói một đơn vị cũ thành gì; các thao tác được làm theo thứ tự dòng."),
        _("Sáp nhập: mỗi đơn vị cũ một dòng, cùng Mã đơn vị nhận. Chia tách: mỗi đơn vị nhận một dòng."),
    ]
    return _download(
        lambda stream: write_template(
            stream, mapping.columns(kind_names()), title=_("Bảng ánh xạ"), notes=notes, translate=_
        ),
        "mau-bang-anh-xa.xlsx",
        XLSX,
    )


def refused_file(rows: Iterable[Row]) -> FileResponse:
    """Return refused rows as they came, each with its reasons."""
    return _download(
        lambda stream: write_refused(stream, unit_columns(), rows, title=_("Bị từ chối"), translate=_),
        "dong-bi-tu-choi.xlsx",
        XLSX,
    )
