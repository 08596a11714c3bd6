"""What the screens of setting up say: the way to a page, tabs, rules and events in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.audit.models import Entry as Trail
from congdoan.reporting.engine.rules import Rule, RuleKind
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.forms.managing_sheets import bound_words
from congdoan.reporting.models import Line, Obligation, Sheet, SheetVersion
from congdoan.ui.templatetags.ui import vi_date

_EVENTS = {
    "indicator.created": gettext_lazy("Thêm chỉ tiêu"),
    "indicator.redefined": gettext_lazy("Đổi tên hoặc định nghĩa"),
    "indicator.cut": gettext_lazy("Thêm phân tổ"),
    "indicator.opened": gettext_lazy("Đổi mức công khai hoặc lĩnh vực"),
    "indicator.removed": gettext_lazy("Xoá chỉ tiêu"),
    "sheet.removed": gettext_lazy("Xoá biểu mẫu"),
    "sheet.created": gettext_lazy("Lập biểu mẫu"),
    "sheet.draft_begun": gettext_lazy("Bắt đầu bản nháp"),
    "sheet.draft_edited": gettext_lazy("Sửa bản nháp"),
    "sheet.draft_discarded": gettext_lazy("Bỏ bản nháp"),
    "sheet.published": gettext_lazy("Ban hành phiên bản"),
    "sheet.owed": gettext_lazy("Giao nghĩa vụ báo cáo"),
    "sheet.no_longer_owed": gettext_lazy("Kết thúc nghĩa vụ báo cáo"),
}


@contextmanager
def told(form: BaseForm) -> Iterator[None]:
    """Say at the form which rule a change would break; what comes after the block shows the form again."""
    try:
        yield
    except ReportingError as error:
        form.add_error(None, error.user_message)


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    label: str,
    crumbs: Any,
    back: str,
    lead: str = "",
) -> HttpResponse:
    """Show the page of one form."""
    context = {"form": form, "title": title, "label": label, "crumbs": crumbs, "back": back, "lead": lead}
    return render(request, "reporting/managing/form.html", context)


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the parts of setting up; ``current`` is the name of the address that is open."""
    parts = [
        ("managed_sheets", _("Biểu mẫu")),
        ("indicators", _("Chỉ tiêu")),
        ("breakdowns", _("Phân tổ")),
        ("calendars", _("Lịch")),
        ("targets", _("Mục tiêu")),
        ("outside_figures", _("Số liệu ngoài")),
    ]
    return [
        {"label": label, "url": reverse(f"reporting:{name}"), "is_current": name == current}
        for name, label in parts
    ]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page below the list of sheets: (title, address)."""
    return [
        {"title": _("Biểu mẫu, chỉ tiêu"), "url": reverse("reporting:managed_sheets")},
        *({"title": title, "url": url} for title, url in steps),
    ]


def sheet_step(sheet: Sheet) -> tuple[str, str]:
    """Return the step of a sheet on the way to its pages."""
    return str(sheet), reverse("reporting:managed_sheet", args=[sheet.pk])


def version_step(version: SheetVersion) -> tuple[str, str]:
    """Return the step of one version."""
    return version_name(version), reverse("reporting:sheet_version", args=[version.pk])


def version_name(version: SheetVersion) -> str:
    """Return what a version is called."""
    if version.published_at is None:
        return _("Bản nháp phiên bản %s") % version.number
    return _("Phiên bản %s") % version.number


def version_state(version: SheetVersion, in_force: int | None, today: Any) -> tuple[str, str]:
    """Return the mood of ``status_label.html`` and the words for a version."""
    if version.published_at is None:
        return "waiting", _("bản nháp")
    if version.pk == in_force:
        return "accepted", _("đang dùng")
    if version.valid_from > today:
        return "waiting", _("sẽ dùng")
    return "neutral", _("đã thay")


def events(found: Iterable[Trail]) -> list[dict[str, Any]]:
    """Return entries of the trail for ``timeline.html``; savings of one draft in a row are told once."""
    entries: list[dict[str, Any]] = []
    for one in found:
        title = str(_EVENTS.get(one.verb, one.verb))
        text = ", ".join(part for part in (one.actor_text, one.capacity_text) if part)
        if entries and entries[-1]["title"] == title and one.verb == "sheet.draft_edited":
            continue
        entries.append({"date": one.at, "title": title, "text": text})
    return entries


def rule_sentence(rule: Rule, lines: Mapping[str, Line]) -> str:
    """Say what a rule asks: "“Nữ” không nhiều hơn “Tổng số”."."""

    def names(keys: Iterable[str]) -> str:
        return " + ".join(f"“{lines.get(key, key)}”" for key in keys)

    left, right = names(rule.left), names(rule.right)
    if rule.kind is RuleKind.EQUALS:
        return _("%(left)s bằng %(right)s.") % {"left": left, "right": right}
    if rule.kind is RuleKind.AT_MOST:
        return _("%(left)s không nhiều hơn %(right)s.") % {"left": left, "right": right}
    if rule.kind is RuleKind.LEAP:
        return _("%(left)s không tăng hay giảm quá %(factor)s lần so với kỳ trước.") % {
            "left": left,
            "factor": rule.factor,
        }
    line = lines.get(rule.left[0])
    low, high = bound_words(rule.low, line), bound_words(rule.high, line)
    if low and high:
        return _("%(left)s từ %(low)s đến %(high)s.") % {"left": left, "low": low, "high": high}
    if low:
        return _("%(left)s từ %(low)s trở lên.") % {"left": left, "low": low}
    return _("%(left)s không quá %(high)s.") % {"left": left, "high": high}


def dates(obligation: Obligation) -> str:
    """Say when an obligation holds."""
    start = vi_date(obligation.valid_from)
    if obligation.valid_to is None:
        return _("từ %s") % start
    return _("từ %(start)s đến %(end)s") % {
        "start": start,
        "end": vi_date(obligation.valid_to - timedelta(days=1)),
    }
