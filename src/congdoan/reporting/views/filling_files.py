"""Filling from a spreadsheet: the template, the filled file, a pasted column. Each shows first what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.importing.uploads import as_file
from congdoan.reporting import sections
from congdoan.reporting.engine.values import ValueFaultError, read
from congdoan.reporting.errors import NotTheTemplateError, fault_words
from congdoan.reporting.exports.templates import Filled, read_template, write_template
from congdoan.reporting.forms.filling import PasteForm, UploadForm
from congdoan.reporting.queries.cells import INAPPLICABLE, Cell, Screen, screen
from congdoan.reporting.views.filling import about, crumbs, fillable, part_of
from congdoan.spreadsheets import MAX_BYTES, SpreadsheetError


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that a file or a paste would change."""

    cell: Cell
    before: str
    now: str
    fault: str = ""
    comment: str | None = None


@require_safe
@requires(*sections.FILLING)
def template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The spreadsheet of this report, with what stands in it now."""
    report = fillable(request, pk)
    stream = BytesIO()
    write_template(stream, screen(report))
    stream.seek(0)
    name = f"{report.sheet.code}-{report.period.code}-{report.unit.code}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*sections.FILLING)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload the filled template: it is read and compared; nothing is saved before it is taken over."""
    report = fillable(request, pk)
    if not report.is_unfinished:
        return redirect("reporting:read", pk)
    found = screen(report)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        filled = _read(form, found)
        if filled is not None:
            changed = _changes(found, filled.values, filled.faults, filled.comments)
            return _trial(request, found, changed, read=len(filled.values), title=_("Xem trước tệp đã điền"))
    context = about(request, report) | {"crumbs": crumbs(report), "form": form, "screen": found}
    return render(request, "reporting/filling/upload.html", context)


def _read(form: UploadForm, found: Screen) -> Filled | None:
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error("file", _("Tệp quá lớn. Tệp mẫu của một báo cáo chỉ vài chục KB; hãy chọn lại tệp."))
        return None
    try:
        with as_file(file, file.name or "") as path:
            return read_template(path, found)
    except SpreadsheetError as error:
        form.add_error("file", error.translated(_))
    except NotTheTemplateError as error:
        form.add_error("file", error.user_message)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*sections.FILLING)
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Paste a column of numbers into a section (``?phan=1``): one line a cell, shown before it is taken over."""
    report = fillable(request, pk)
    if not report.is_unfinished:
        return redirect("reporting:read", pk)
    found = screen(report)
    part = part_of(found, request.GET.get("phan", "1"))
    if part is None:
        raise Http404
    form = PasteForm(request.POST or None)
    if form.is_bound and form.is_valid():
        lines = form.lines()
        values = {cell.key: line for cell, line in zip(part.cells, lines, strict=False) if line}
        surplus = len(lines) - len(part.cells)
        if surplus > 0:
            form.add_error(
                "column",
                _(
                    "Dán %(lines)s dòng, nhưng phần này chỉ có %(cells)s ô. Hãy bỏ %(surplus)s dòng thừa, kể cả dòng tiêu đề."
                )
                % {"lines": len(lines), "cells": len(part.cells), "surplus": surplus},
            )
        else:
            changed = _changes(found, values, _faults(found, values), {})
            return _trial(request, found, changed, read=len(values), title=_("Xem trước cột số"))
    context = about(request, report) | {"crumbs": crumbs(report), "form": form, "part": part}
    return render(request, "reporting/filling/paste.html", context)


def _faults(found: Screen, values: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    for key, text in values.items():
        cell = found.cells[key]
        try:
            read(text, decimals=cell.decimals)
        except ValueFaultError as error:
            faults[key] = fault_words(error, str(cell.line))
    return faults


def _changes(
    found: Screen, values: Mapping[str, str], faults: Mapping[str, str], comments: Mapping[str, str]
) -> list[Change]:
    """Return the cells whose value or comment would be another one."""
    changed = []
    for key, text in values.items():
        cell = found.cells[key]
        comment = comments.get(key, cell.comment).strip()
        is_other = not _same(cell, text)
        if is_other or comment != cell.comment:
            changed.append(
                Change(
                    cell,
                    cell.shown,
                    text if is_other else cell.shown,
                    faults.get(key, ""),
                    comment if comment != cell.comment else None,
                )
            )
    return changed


def _same(cell: Cell, text: str) -> bool:
    try:
        value = read(text, decimals=cell.decimals)
    except ValueFaultError:
        return cell.shown.strip() == text.strip()
    if value is None:
        return cell.state == "none"
    if value.number is None:
        return cell.shown == INAPPLICABLE
    return cell.number == value.number


def _trial(
    request: HttpRequest, found: Screen, changed: list[Change], *, read: int, title: str
) -> HttpResponse:
    context: dict[str, Any] = about(request, found.report) | {
        "crumbs": crumbs(found.report),
        "title": title,
        "changed": changed,
        "faulty": sum(bool(change.fault) for change in changed),
        "read": read,
        "words": capacity_of(request).words,
    }
    return render(request, "reporting/filling/trial.html", context)
