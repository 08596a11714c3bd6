"""A list of members as a file: every row carries the mark by which a copy is recognised."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.members.forms import written_birth
from congdoan.members.models import Export, Membership
from congdoan.spreadsheets import write_table


def listing(export: Export, people: Sequence[Membership]) -> FileResponse:
    """Return the XLSX of an export. The last row says who took it, when and why; each row carries the mark."""
    stream = io.BytesIO()
    headers = [
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Giới tính"),
        _("Mã số đoàn viên"),
        _("Điện thoại"),
        _("Thư điện tử"),
        _("Đối tượng"),
        _("Đơn vị"),
        _("Từ ngày"),
        _("Dấu nhận biết"),
    ]
    write_table(stream, headers, _rows(export, people), title=export.watermark)
    stream.seek(0)
    response = FileResponse(stream, as_attachment=True, filename=f"doan-vien-{export.watermark}.xlsx")
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _rows(export: Export, people: Sequence[Membership]) -> Iterator[list[Any]]:
    for membership in people:
        person = membership.person
        yield [
            str(person),
            written_birth(person),
            person.get_sex_display(),
            person.member_no,
            person.phone,
            person.email,
            person.get_employment_category_display(),
            membership.unit_name,  # type: ignore[attr-defined]  # annotated
            membership.admitted_on,
            export.watermark,
        ]
    yield []
    yield [
        _("%(who)s (%(capacity)s) xuất lúc %(when)s. Lý do: %(reason)s. Dấu: %(mark)s.")
        % {
            "who": export.requester_text,
            "capacity": export.mandate_text,
            "when": vntext.format_datetime(timezone.localtime(export.done_at or export.requested_at)),
            "reason": export.reason,
            "mark": export.watermark,
        }
    ]
