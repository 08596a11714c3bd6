"""What the desk's half of the gallery shows: every component of the desk in every state, with invented people and units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.ui import record_samples as records
from congdoan.ui import tables
from congdoan.ui.forms import DeskForm
from congdoan.ui.record_samples import LONG_NAME


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page that a component fetches after it."""

    template: str
    context: dict[str, Any]


def part(request: HttpRequest) -> Part | None:
    """Return the piece that ``request`` asks for: ``?tien-do=40`` the work under way, a little further."""
    done = request.GET.get("tien-do", "")
    if done.isdecimal() and len(done) < 6:
        return Part("progress", progress(min(int(done) + 15, 100)))
    branch = request.GET.get("nhanh", "")
    if branch:
        start = request.GET.get("tu", "")
        return Part("tree_branch", _branch(branch, int(start) if start.isdecimal() and len(start) < 6 else 0))
    return None


_MANY = 1289
_CHUNK = 50


def _branch(code: str, start: int = 0) -> dict[str, Any]:
    """Return a piece of a long branch, and the way to what follows."""
    here = reverse("ui:desk_gallery")
    end = min(start + _CHUNK, _MANY)
    context: dict[str, Any] = {
        "nodes": [
            {
                "name": LONG_NAME if number == 3 else f"Công đoàn cơ sở số {number}",
                "code": f"{code}.{number:04}",
                "kind_label": _("Công đoàn cơ sở"),
                "url": "#",
            }
            for number in range(start + 1, end + 1)
        ]
    }
    if end < _MANY:
        context["more_url"] = f"{here}?nhanh={code}&tu={end}"
        context["more_page"] = f"{here}?mo={code}"
        context["more_count"] = _MANY - end
    return context


def _tree(opened: str) -> list[dict[str, Any]]:
    here = reverse("ui:desk_gallery")
    districts = []
    for number, name in enumerate(["thị xã Sa Pa", "huyện Bát Xát", "huyện Mường Khương"], start=1):
        code = f"LC.{number:02}"
        branch = _branch(code) if opened == code else {}
        districts.append(
            {
                "name": f"Liên đoàn Lao động {name}",
                "code": code,
                "kind_label": _("Cấp trên trực tiếp cơ sở"),
                "url": "#",
                "children_url": f"{here}?nhanh={code}",
                "count": _MANY,
                "count_label": _("đơn vị"),
                "is_open": opened == code,
                "children": branch.get("nodes", []),
                **{key: value for key, value in branch.items() if key != "nodes"},
            }
        )
    districts.append(
        {
            "name": "Công đoàn ngành Giao thông vận tải",
            "code": "LC.21",
            "kind_label": _("Công đoàn ngành"),
            "url": "#",
            "count": 0,
            "count_label": _("đơn vị"),
            "note": "giải thể 01/07/2025",
        }
    )
    broken = {
        **districts[1],
        "name": "Nhánh không tải được",
        "code": "LC.99",
        "children_url": "/khong-co/",
        "count": None,
    }
    return [
        {
            "name": "Liên đoàn Lao động tỉnh Lào Cai",
            "code": "LC",
            "kind_label": _("Công đoàn tỉnh"),
            "url": "#",
            "children_url": f"{here}?nhanh=LC",
            "count": _MANY,
            "count_label": _("đơn vị"),
            "is_open": True,
            "is_current": True,
            "children": [*districts, broken],
        }
    ]


def progress(done: int) -> dict[str, Any]:
    """Return work that is ``done`` percent on its way, and asks again until it is finished."""
    here = reverse("ui:desk_gallery")
    is_over = done >= 100
    return {
        "id": "dang-nhap",
        "label": _("Đã đọc xong tệp") if is_over else _("Đang đọc danh sách đoàn viên"),
        "state": "done" if is_over else "running",
        "done": done * 450,
        "total": 45_000,
        "unit": _("dòng"),
        "poll_url": "" if is_over else f"{here}?tien-do={done}",
        "page_url": here,
    }


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the desk's gallery."""
    return {
        "long_name": LONG_NAME,
        "desk_capacities": _capacities(),
        "desk_capacity_url": "#",
        "one_capacity": [{**_capacities()[1], "is_current": True}],
        "form": DeskForm(prefix="trong"),
        "bound": DeskForm(
            {
                "sai-name": "Ỗ" * 81,
                "sai-founded": "31/02/2019",
                "sai-members": "mười hai",
                "sai-sector": "khac",
            },
            prefix="sai",
        ),
        "filled": DeskForm(
            initial={
                "name": "Trường Tiểu học Suối Lục",
                "founded": dt.date(2013, 8, 7),
                "members": 46,
                "sector": "public",
            },
            prefix="co",
        ),
        **_tables(request),
        "facts": [
            {"label": _("Tên đầy đủ"), "value": LONG_NAME},
            {"label": _("Mã đơn vị"), "value": "LC.03.117"},
            {
                "label": _("Cấp trên trực tiếp"),
                "value": "Liên đoàn Lao động thị xã Sa Pa",
                "url": "#",
                "note": "từ 01/01/2020",
            },
            {"label": _("Ngày thành lập"), "value": dt.date(2013, 8, 7)},
            {"label": _("Đoàn viên"), "value": 1289},
            {"label": _("Trạng thái"), "value": _("Đang hoạt động"), "status": "accepted"},
            {"label": _("Điện thoại"), "value": None},
            {"label": _("Người sửa gần nhất"), "value": "Lý Thị Mẩy", "quiet": True},
        ],
        "steps": [
            {"title": _("Chọn tệp"), "url": "#", "state": "done"},
            {"title": _("Kiểm tra"), "state": "current"},
            {"title": _("Ghi vào sổ"), "state": "next"},
        ],
        "consequences": [
            "Nhiệm kỳ của Giàng A Páo tại Công đoàn cơ sở Trường Tiểu học Suối Lục kết thúc hôm nay.",
            "Người này không còn xem được hồ sơ của đơn vị từ lần mở trang tiếp theo.",
        ],
        "codes": ["7F3K-92QD", "M4XB-60RT", "88ZL-1VCN", "Q2WE-5HJP", "T9AY-3KDS", "0PLM-7UGF"],
        "notices": _notices(),
        **records.samples(),
        "tree": _tree(request.GET.get("mo", "")),
        "running": progress(25),
        "hits": [("cap", "co-so")],
    }


def _capacities() -> list[dict[str, Any]]:
    return [
        {
            "id": 1,
            "position": "Phó Chủ tịch",
            "unit": "Liên đoàn Lao động thị xã Sa Pa",
            "is_current": True,
        },
        {"id": 2, "position": "Chủ tịch", "unit": LONG_NAME, "is_current": False},
        {
            "id": 3,
            "position": "Uỷ viên Ban Chấp hành",
            "unit": "Liên đoàn Lao động tỉnh Lào Cai",
            "is_current": False,
        },
    ]


def _tables(request: HttpRequest) -> dict[str, Any]:
    columns, _order = tables.sort(
        request,
        [
            tables.Column("ten", _("Đơn vị")),
            tables.Column("ma", _("Mã")),
            tables.Column("doan-vien", _("Đoàn viên"), "number"),
            tables.Column("nu", _("Tỷ lệ nữ"), "number"),
            tables.Column("lap", _("Thành lập"), "date"),
            tables.Column("bao-cao", _("Báo cáo quý III")),
        ],
        {"ten": "name", "doan-vien": "members", "lap": "founded_on"},
        "ten",
    )

    def row(
        name: str, code: str, members: int | None, share: str, founded: dt.date | None, status: str, word: str
    ) -> dict[str, Any]:
        shown_share = f"{share} %" if share else None
        cells = [
            tables.Cell(name, note=_("Hành chính, sự nghiệp")),
            code,
            members,
            shown_share,
            founded,
            tables.Cell(word, status=status),
        ]
        return {"id": code, "url": "#", "cells": cells, "status": status}

    rows = [
        row(
            "Trường Tiểu học Suối Lục",
            "LC.03.001",
            46,
            "78,3",
            dt.date(2001, 9, 5),
            "accepted",
            _("Đã duyệt"),
        ),
        row(LONG_NAME, "LC.03.117", 1289, "11,2", dt.date(2013, 8, 7), "late", _("Quá hạn")),
        row("Uỷ ban nhân dân xã Tả Khuổi", "LC.03.118", 0, "", None, "waiting", _("Chờ duyệt")),
        row("Trạm Y tế phường Ô Quý Thượng", "LC.03.119", None, "", None, "neutral", _("Chưa gửi")),
    ]
    plain = [tables.Column("moc", _("Mốc")), tables.Column("so", _("Số"), "number")]
    return {
        "columns": columns,
        "rows": rows,
        "plain_columns": plain,
        "plain_rows": [
            {"cells": ["Đầu kỳ", 44927]},
            {"cells": ["Kết nạp", Decimal("1289.5")]},
            {"cells": ["Cuối kỳ", None]},
        ],
    }


def _notices() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "title": "Báo cáo quý III bị trả lại",
            "text": "Số nữ đoàn viên lớn hơn tổng số đoàn viên.",
            "url": "#",
            "when": now,
            "is_read": False,
        },
        {
            "title": LONG_NAME,
            "text": "",
            "url": "#",
            "when": now - dt.timedelta(days=2),
            "is_read": True,
        },
        {
            "title": "Đã nhận tệp danh sách đoàn viên",
            "text": "44.927 dòng đã đọc, 12 dòng cần xem lại.",
            "url": "",
            "when": now - dt.timedelta(days=9),
            "is_read": True,
        },
    ]
