"""The parts of the register on the desk, and who sees which: the tabs above each of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.access import capacity_of
from congdoan.organisation.rights import Right


@dataclass(frozen=True, slots=True)
class Section:
    """One part: ``rights`` are those of which one suffices to see it; none: whoever has signed in."""

    key: str
    title: str | Promise
    url: str
    rights: tuple[Right, ...]


SECTIONS: tuple[Section, ...] = (
    Section("register", _("Sổ đoàn viên"), "members:register", (Right.SEE_MEMBERS,)),
    Section("movement", _("Biến động"), "members:movement", (Right.COUNT_MEMBERS,)),
    Section("transfers", _("Chuyển sinh hoạt"), "members:transfers", (Right.ADMIT_MEMBERS,)),
    Section("imports", _("Nhập danh sách"), "members:imports", (Right.IMPORT_MEMBERS,)),
    Section("exports", _("Xuất danh sách"), "members:exports", (Right.EXPORT_MEMBERS,)),
    Section("duplicates", _("Nghi trùng"), "members:proposals", (Right.EDIT_MEMBERS,)),
    Section("requests", _("Yêu cầu"), "members:requests", (Right.ADMIT_MEMBERS, Right.KEEP_RECORDS)),
    Section("reading_log", _("Nhật ký đọc"), "members:reading_log", (Right.KEEP_RECORDS,)),
    Section("retention", _("Thời hạn lưu"), "members:retention", (Right.KEEP_RECORDS,)),
    Section("held", _("Dữ liệu chúng tôi giữ"), "members:held", ()),
)


def tabs(request: HttpRequest, current: str) -> list[dict[str, object]]:
    """Return the tabs for whoever sends ``request``, as ``ui/components/tabs.html`` takes them."""
    capacity = capacity_of(request)
    return [
        {"label": section.title, "url": reverse(section.url), "is_current": section.key == current}
        for section in SECTIONS
        if not section.rights or any(capacity.may(right) for right in section.rights)
    ]
