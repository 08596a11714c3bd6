"""Saving cells: one by one as they are typed (the script of the sheet), or a whole section at once (without it)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.reporting import sections
from congdoan.reporting.actions.entering import Outcome, save_what_fits, take_known
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.forms.filling import Typed, typed
from congdoan.reporting.queries.cells import Cell, Screen, screen
from congdoan.reporting.views.filling import fillable, part_of, section

EVERYTHING = "tat-ca"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*sections.FILLING)
def cells(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take cells in. Asked for (``?o=12``), it gives the words beside one: definition, comment, "does not apply"."""
    report = fillable(request, pk)
    found = screen(report)
    if request.method != "POST":
        return _beside(request, found)
    is_script = "HX-Request" in request.headers
    try:
        sent = typed(request.POST, found.by_pk)
        taken = _take(request, pk)
        for key in taken:
            sent.values.pop(key, None)  # the register's number was asked for in its place
        outcome = save_what_fits(
            pk, sent.values, by=capacity_of(request), comments=sent.comments, seen=sent.seen
        )
    except ReportingError as error:
        if is_script:
            return JsonResponse({"message": error.user_message}, status=409)
        messages.error(request, error.user_message)
        return redirect("reporting:fill", pk)
    fresh = screen(fillable(request, pk))
    _mark(fresh, sent, outcome)
    if is_script:
        return JsonResponse(_answer(fresh, sent, taken))
    return _after(request, fresh, sent, outcome, taken)


def _beside(request: HttpRequest, found: Screen) -> HttpResponse:
    asked = request.GET.get("o", "")
    cell = found.by_pk.get(int(asked)) if asked.isascii() and asked.isdigit() else None
    if cell is None or not found.report.is_unfinished:
        return redirect("reporting:fill", found.report.pk)
    if "HX-Request" not in request.headers:
        part = next(part for part in found.parts if cell in part.cells)
        return redirect(
            f"{reverse('reporting:fill', args=[found.report.pk])}?phan={part.number}&o={cell.pk}#o{cell.pk}"
        )
    return render(request, "reporting/filling/cell_more.html", {"cell": cell})


def _take(request: HttpRequest, pk: int) -> list[str]:
    """Take over what registers know, where the page asked for it: "12" for one cell, "tat-ca" for every empty one."""
    asked = request.POST.get("lay", "")
    if not asked:
        return []
    capacity = capacity_of(request)
    before = {cell.key: cell for cell in screen(fillable(request, pk)).cells.values()}
    key = next((cell.key for cell in before.values() if str(cell.pk) == asked), "")
    if key or asked == EVERYTHING:
        count = take_known(pk, by=capacity, key=key)
        return [key] if key else [""] * count
    return []


def _mark(fresh: Screen, sent: Typed, outcome: Outcome) -> None:
    """Put what was typed beside what somebody else had saved: nothing is overwritten, nothing is lost."""
    for key, theirs in outcome.theirs.items():
        cell = fresh.cells[key]
        cell.theirs, cell.shown = theirs, sent.values[key]


def _answer(fresh: Screen, sent: Typed, taken: list[str]) -> dict[str, Any]:
    """Return what the script shows: each sent cell, and those whose rules look at one of them."""
    keys = {cell.key for cell in sent.sent} | {key for key in taken if key}
    around = {rule.left[0] for rule in fresh.sheet.rules if keys.intersection(rule.keys)}
    told = [cell for key, cell in fresh.cells.items() if key in keys | around]
    return {
        "cells": {
            str(cell.pk): {
                "revision": cell.revision,
                "shown": cell.shown,
                "saved": cell.theirs is None and cell.key in keys,
                "theirs": cell.theirs,
                "wrong": bool(cell.errors),
                "html": _says(fresh, cell),
            }
            for cell in told
        },
        "parts": {str(part.number): part.done for part in fresh.parts},
        "at": f"{timezone.localtime():%H:%M}",
    }


def _says(fresh: Screen, cell: Cell) -> str:
    return render_to_string(
        "reporting/filling/cell_says.html", {"cell": cell, "elsewhere": _elsewhere(fresh, cell)}
    )


def _elsewhere(fresh: Screen, cell: Cell) -> list[str]:
    """Return the errors that stand at a cell of another section but come from this one too."""
    home = next(part for part in fresh.parts if cell in part.cells)
    here = {other.key for other in home.cells}
    lefts = {rule.left[0] for rule in fresh.sheet.rules if cell.key in rule.keys and rule.left[0] not in here}
    return [words for key in sorted(lefts) if key in fresh.cells for words in fresh.cells[key].errors]


def _after(
    request: HttpRequest, fresh: Screen, sent: Typed, outcome: Outcome, taken: list[str]
) -> HttpResponse:
    """Go on after a whole section: to the next one, unless something in this one must be looked at."""
    pk = fresh.report.pk
    here = reverse("reporting:fill", args=[pk])
    part = part_of(fresh, request.POST.get("phan", ""))
    if outcome.theirs and part is not None:
        messages.error(
            request,
            _("Người khác vừa lưu số khác ở %(count)s ô. Hãy xem cả hai số ở từng ô rồi lưu lần nữa.")
            % {"count": len(outcome.theirs)},
        )
        return render(request, "reporting/filling/section.html", section(request, fresh, part), status=409)
    if taken:
        messages.success(
            request,
            ngettext("Đã lấy %(count)s số từ sổ sách.", "Đã lấy %(count)s số từ sổ sách.", len(taken))
            % {"count": len(taken)},
        )
    if part is None:
        return redirect(here)
    if outcome.faults or taken or (sent.values and any(cell.errors for cell in part.cells)):
        if not taken:
            messages.warning(request, _("Đã lưu. Còn chỗ cần xem lại, ghi bên dưới từng ô."))
        return redirect(f"{here}?phan={part.number}")
    if sent.values or sent.comments:
        messages.success(request, _("Đã lưu phần “%(title)s”.") % {"title": part.section})
    following = part_of(fresh, str(part.number + 1))
    if following is not None:
        return redirect(f"{here}?phan={following.number}")
    return redirect("reporting:check", pk)
