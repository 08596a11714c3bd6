"""My unit's reports, and the sheet that is filled section by section."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.models import Unit
from congdoan.reporting import sections
from congdoan.reporting.models import Report
from congdoan.reporting.queries import entering
from congdoan.reporting.queries.cells import Part, Screen, screen
from congdoan.reporting.views.filling_words import say_status, script_words
from congdoan.ui.templatetags.ui import vi_number

PER_PAGE = 24
MOST_WAITING = 30


@require_safe
@requires(*sections.FILLING)
def reports(request: HttpRequest) -> HttpResponse:
    """What my unit has to report, due first; below it what was sent."""
    capacity = capacity_of(request)
    units = entering.units_with_reports(capacity)
    unit = next((unit for unit in units if unit.code == request.GET.get("don-vi")), None)
    waiting = entering.waiting(capacity, unit)
    years = entering.years(capacity)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else None
    page = Paginator(entering.sent(capacity, unit, year), PER_PAGE).get_page(request.GET.get("trang"))
    kept = {"don-vi": unit.code} if unit else {}
    shown = list(waiting[: MOST_WAITING + 1])
    return render(
        request,
        "reporting/filling/reports.html",
        {
            "units": units,
            "unit": unit,
            "several": len(units) > 1,
            "waiting": [_line(report, capacity.on) for report in shown[:MOST_WAITING]],
            "more_waiting": waiting.count() - MOST_WAITING if len(shown) > MOST_WAITING else 0,
            "years": _year_tabs(years, year, kept),
            "page": page,
            "sent": [_line(report, capacity.on) for report in page],
        },
    )


def _year_tabs(years: list[int], year: int | None, kept: dict[str, str]) -> list[dict[str, Any]]:
    if len(years) < 2:
        return []
    every = {"label": _("Tất cả"), "url": f"?{urlencode(kept)}#da-gui", "is_current": year is None}
    return [
        every,
        *(
            {
                "label": str(one),
                "url": f"?{urlencode(kept | {'nam': one})}#da-gui",
                "is_current": one == year,
            }
            for one in years
        ),
    ]


def _line(report: Report, today: date) -> dict[str, Any]:
    """Return what the list shows of a report, with its one action."""
    status, label = say_status(report)
    if report.status == Report.Status.RETURNED:
        action = _("Sửa và gửi lại")
    elif report.status == Report.Status.OPEN:
        action = _("Nhập tiếp") if report.revision else _("Nhập số liệu")
    else:
        action = _("Xem")
    name = "fill" if report.is_unfinished else "read"
    return {
        "report": report,
        "status": status,
        "label": label,
        "url": reverse(f"reporting:{name}", args=[report.pk]),
        "action": action,
        "late": late_words(report, today),
        "is_primary": name == "fill",
    }


def late_words(report: Report, today: date) -> str:
    """Return "trễ 3 ngày" for a report that should have been sent; "" for all others."""
    due: date = report.due  # type: ignore[attr-defined]  # every query of ``entering`` adds it
    days = (today - due).days
    if report.first_submitted_at or days <= 0:
        return ""
    return ngettext("trễ %(days)s ngày", "trễ %(days)s ngày", days) % {"days": vi_number(days)}


def fillable(request: HttpRequest, pk: int) -> Report:
    """Return a report that the reader may fill; a stranger's does not exist."""
    report = entering.to_fill(capacity_of(request), pk)
    if report is None:
        raise Http404
    return report


@require_safe
@requires(*sections.FILLING)
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet: an overview, and one section a screen (``?phan=2``). What was sent is shown for reading."""
    report = fillable(request, pk)
    if not report.is_unfinished:
        return redirect("reporting:read", pk)
    request.rail_is_quiet = True  # type: ignore[attr-defined]  # for phones on slow lines: see ``ui.rail``
    asked_part = request.GET.get("phan", "")
    found = screen(report, part=int(asked_part) if asked_part.isascii() and asked_part.isdigit() else 0)
    part = part_of(found, asked_part)
    if part is None:
        return render(request, "reporting/filling/overview.html", overview(request, found))
    asked = request.GET.get("o", "")
    return render(
        request,
        "reporting/filling/section.html",
        section(request, found, part, opened=int(asked) if asked.isascii() and asked.isdigit() else 0),
    )


def part_of(found: Screen, asked: str) -> Part | None:
    """Return the section that the address names."""
    return next((part for part in found.parts if str(part.number) == asked), None)


def crumbs(report: Report, *, deep: bool = True) -> list[dict[str, str]]:
    """Return the way to a report's pages."""
    way = [{"title": _("Báo cáo"), "url": reverse("reporting:reports")}]
    if deep:
        way.append({"title": name_of(report), "url": reverse("reporting:fill", args=[report.pk])})
    return way


def name_of(report: Report) -> str:
    """Return "Báo cáo quý – Quý III/2019"."""
    return f"{report.sheet} – {report.period}"


def about(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Return what the head of every page of a report shows."""
    status, label = say_status(report)
    unit: Unit = report.unit
    return {
        "report": report,
        "name": name_of(report),
        "unit": unit,
        "status": status,
        "status_label": label,
        "late": late_words(report, capacity_of(request).on),
    }


def overview(request: HttpRequest, found: Screen) -> dict[str, Any]:
    """Return the context of the overview."""
    return about(request, found.report) | {
        "crumbs": crumbs(found.report, deep=False),
        "screen": found,
        "offered": found.offered,
    }


def section(request: HttpRequest, found: Screen, part: Part, *, opened: int = 0) -> dict[str, Any]:
    """Return the context of one section."""
    following = next((other for other in found.parts if other.number == part.number + 1), None)
    return about(request, found.report) | {
        "crumbs": crumbs(found.report),
        "screen": found,
        "part": part,
        "following": following,
        "before": part.number - 1,
        "opened": opened,
        "words": script_words(found, part),
    }
