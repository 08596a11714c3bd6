"""What the editors' chooser of figures asks the server for. Wagtail lets only those in who may enter the admin."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import page_permission_policy

from congdoan.figures.engine.specs import Form, Scope, Spec, SpecError
from congdoan.figures.models.reports import BASIS_CHOICES
from congdoan.figures.queries import checking, finding
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import coded

MOST_SPECS = 200
"""So many figures are described in one request."""

LONGEST = 200
"""Characters of a search."""

EXAMPLES: dict[Form, str] = {
    Form.NUMBER: "12.076",
    Form.UNIT: "12.076 buổi",
    Form.TARGET: "66,11%, vượt 6,11 điểm phần trăm so với chỉ tiêu",
    Form.CHANGE: "tăng 5,2% so với kỳ trước",
    Form.CHANGE_WORD: "tăng",
    Form.COVERAGE: "1.280 trong 1.289 báo cáo",
}

View = Callable[[HttpRequest], HttpResponse]


def for_editors(view: View) -> View:
    """Let only those in who may write or publish some page."""

    @wraps(view)
    def permitted(request: HttpRequest) -> HttpResponse:
        if not page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
            raise PermissionDenied
        return view(request)

    return permitted


@for_editors
@require_safe
def dialog(request: HttpRequest) -> HttpResponse:
    """The dialog itself, in the editor's language, once for each page that is open."""
    today = timezone.localdate()
    return render(
        request,
        "figures/admin/dialog.html",
        {
            "forms": form_choices(),
            "bases": BASIS_CHOICES,
            "terms": finding.terms(today),
            "year": today.year,
            "unit": finding.default_unit(today),
        },
    )


def form_choices() -> list[tuple[str, str, str]]:
    """Return the forms of words as (code, name, example)."""
    names = {
        Form.NUMBER: _("chỉ con số"),
        Form.UNIT: _("số và đơn vị tính"),
        Form.TARGET: _("so với chỉ tiêu"),
        Form.CHANGE: _("so với kỳ so sánh"),
        Form.CHANGE_WORD: _("chỉ từ tăng, giảm"),
        Form.COVERAGE: _("số báo cáo đã tính"),
    }
    return [(form.value, name, EXAMPLES[form]) for form, name in names.items()]


@for_editors
@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Indicators by words (``q``) of which something may be published; of those with ``totals_only`` the totals of provinces. ``ma`` asks for one by its code, so that a figure can be changed."""
    code = request.GET.get("ma", "")
    found = finding.find_indicators(code or _words(request), timezone.localdate())
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "measure": one.measure,
            "topic": one.topic,
            "cells": [{"code": cell, "name": name} for cell, name in one.cells],
            "totals_only": one.totals_only,
            "note": _("chỉ tổng toàn tỉnh") if one.totals_only else "",
        }
        for one in found
        if not code or one.code == code
    ]
    return JsonResponse({"items": rows})


@for_editors
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Units by words or code (``q``); with ``tong`` those whose totals may be published of indicators that are not public."""
    found = finding.find_units(
        _words(request), timezone.localdate(), totals_only=bool(request.GET.get("tong"))
    )
    return JsonResponse({"items": [{"code": code, "name": name} for code, name in found]})


@for_editors
@require_POST
def described(request: HttpRequest) -> HttpResponse:
    """Describe figures: ``{"specs": [attributes…], "scope": {"unit": code, "from", "to", "basis", "compare"}}``, at most 200.

    Answers one item for each, in order: ``words`` (as readers would see it now), ``name``, ``unit``, ``window``, ``coverage``,
    ``problem`` (a sentence) and ``fault`` (it must not be published so). 400 for anything else.
    """
    try:
        asked = json.loads(request.body)
        raw, scope = asked["specs"], _scope(asked.get("scope") or {})
        if not isinstance(raw, list) or len(raw) > MOST_SPECS:
            raise ValueError
        wanted = [{str(name): str(value) for name, value in one.items()} for one in raw]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": _("Yêu cầu không đọc được.")}, status=400)
    specs = [_spec(one) for one in wanted]
    found = iter(checking.describe([one for one in specs if isinstance(one, Spec)], scope))
    items = [_item(next(found)) if isinstance(one, Spec) else _unread(one) for one in specs]
    return JsonResponse({"items": items})


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _scope(given: dict[str, Any]) -> Scope:
    """Read the scope from the page's form: the unit by its code, days as ISO or as people write them."""
    code = str(given.get("unit") or "").strip()[:40]
    unit = Unit.objects.filter(coded(code)).values_list("code", flat=True).first() if code else None
    return checking.scope_from(
        unit or "",
        _day(given.get("from")),
        _day(given.get("to")),
        str(given.get("basis") or ""),
        str(given.get("compare") or ""),
    )


def _day(given: object) -> date | None:
    """Read "2013-10-01" or "01/10/2013", as the form's date field writes it; ``None`` for anything else."""
    text = str(given or "").strip()
    if text.count("/") == 2:
        text = "-".join(part.zfill(2) for part in reversed(text.split("/")))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _spec(attributes: dict[str, str]) -> Spec | str:
    """Read attributes; a sentence where they cannot be read."""
    try:
        return Spec.read(attributes)
    except SpecError as error:
        if error.reason == "window":
            return _(
                "Khoảng thời gian không đọc được. Hãy chọn lại ngày đầu và ngày cuối, ngày cuối không sớm hơn."
            )
        return _("Số liệu này không đọc được. Hãy chọn lại chỉ tiêu.")


def _item(one: checking.Described) -> dict[str, Any]:
    return {
        "words": one.words,
        "name": one.name,
        "unit": one.unit,
        "window": one.window,
        "coverage": one.coverage,
        "problem": one.problem,
        "fault": one.is_fault,
    }


def _unread(problem: str) -> dict[str, Any]:
    return _item(checking.Described("", "", "", "", "", problem, is_fault=True))
