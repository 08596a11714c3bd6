"""Lists of members: sending, looking at the check, watching the work, fetching refused rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.members import tasks
from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import imports, reading
from congdoan.members.errors import MembersError, SameFileError
from congdoan.members.importing import files
from congdoan.members.importing.columns import COLUMNS
from congdoan.members.importing.forms import UploadForm
from congdoan.members.importing.kept import unpacked
from congdoan.members.models import ImportRow, ImportRun, ReadEntry
from congdoan.members.queries import imports as queries
from congdoan.members.sections import tabs
from congdoan.members.views.register import crumbs
from congdoan.organisation.rights import Right
from congdoan.spreadsheets import SpreadsheetError, write_refused, write_template
from congdoan.ui import tables

PER_PAGE = 25
PROBLEMS_SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Status = ImportRun.Status
LABELS = {
    Status.CHECKED: "waiting",
    Status.WAITING: "neutral",
    Status.RUNNING: "neutral",
    Status.DONE: "accepted",
    Status.FAILED: "error",
    Status.CANCELLED: "withdrawn",
}
UNDER_WAY = (Status.WAITING, Status.RUNNING)


@require_safe
@requires(Right.IMPORT_MEMBERS)
def listed(request: HttpRequest) -> HttpResponse:
    """List the imports that I sent."""
    page = Paginator(queries.runs(capacity_of(request)), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("tep", _("Danh sách")),
        tables.Column("trang-thai", _("Trạng thái")),
        tables.Column("moi", _("Thêm mới"), kind="number"),
        tables.Column("cap-nhat", _("Cập nhật"), kind="number"),
        tables.Column("loai", _("Bị loại"), kind="number"),
        tables.Column("ngay", _("Ngày gửi"), kind="date"),
    ]
    rows = [
        {
            "url": reverse("members:import", args=[run.pk]),
            "cells": [
                tables.Cell(run.file_name, note=run.scope.code),
                tables.Cell(run.get_status_display(), status=LABELS[Status(run.status)]),
                run.created,
                run.updated,
                run.refused,
                run.created_at,
            ],
        }
        for run in page
    ]
    context = {
        "tabs": tabs(request, "imports"),
        "page": page,
        "columns": columns,
        "rows": rows,
        "crumbs": crumbs(),
    }
    return render(request, "members/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.IMPORT_MEMBERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list. A bad one is refused here as a whole, with the reason."""
    form = UploadForm(capacity_of(request), request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        run = _taken(request, form)
        if run is not None:
            return redirect("members:import", run.pk)
    way = [*crumbs(), {"title": _("Nhập danh sách"), "url": reverse("members:imports")}]
    context = {"form": form, "crumbs": way, "columns": [column.title for column in COLUMNS]}
    return render(request, "members/imports/upload.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: UploadForm) -> ImportRun | None:
    file: UploadedFile[Any] = form.cleaned_data["file"]
    capacity, unit, day = capacity_of(request), form.cleaned_data["unit"], form.cleaned_data["default_day"]
    name = Path(file.name or "").name
    with tempfile.TemporaryDirectory(dir=files.folder(), prefix="upload-") as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        with path.open("wb") as target:
            target.writelines(file.chunks())
        try:
            with transaction.atomic():
                run = imports.upload(capacity, unit, path, name, day)
                tasks.run_import.enqueue(run.pk)
        except SameFileError as error:
            messages.info(request, error.user_message)
            return queries.runs(capacity).get(pk=error.run_id)
        except SpreadsheetError as error:
            form.add_error("file", error.translated(_))
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            return run
    return None


@require_safe
@requires(Right.IMPORT_MEMBERS)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show where an import stands, and what can be done next."""
    found = _mine(request, run_id)
    refused = list(queries.refused_rows(found)[:PROBLEMS_SHOWN])
    context = {
        "run": found,
        "status": LABELS[Status(found.status)],
        "under_way": found.status in UNDER_WAY,
        "may_start": found.status == Status.CHECKED and found.created + found.updated > 0,
        "may_resume": found.status == Status.FAILED and bool(found.stored_as),
        "may_cancel": found.status not in (Status.DONE, Status.CANCELLED),
        "progress": _progress(found),
        "problems": [
            [row.number, " ".join(problem.translated(_) for problem in unpacked(row.content).problems)]
            for row in refused
        ],
        "refused_kept": bool(refused),
        "columns_found": [
            found.options["columns"][column.key]
            for column in COLUMNS
            if column.key in found.options["columns"]
        ],
        "crumbs": [*crumbs(), {"title": _("Nhập danh sách"), "url": reverse("members:imports")}],
        "duplicates": found.duplicates.count(),
    }
    return render(request, "members/imports/run.html", context)


@require_safe
@requires(Right.IMPORT_MEMBERS)
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """Answer with the bar alone; once it is over, the whole page comes anew."""
    found = _mine(request, run_id)
    response = render(request, "ui/components/progress.html", _progress(found))
    if found.status not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


def _progress(found: ImportRun) -> dict[str, Any]:
    is_on_way = found.status in UNDER_WAY
    words = {
        (True, True): _("Đang đọc thử danh sách"),
        (True, False): _("Đang nhập danh sách"),
        (False, True): _("Đã đọc thử danh sách"),
        (False, False): _("Đã nhập danh sách"),
    }
    page_url = reverse("members:import", args=[found.pk])
    return {
        "label": words[is_on_way, found.is_dry_run],
        "done": found.rows_read,
        "total": found.total_rows,
        "unit": _("dòng"),
        "state": "running" if is_on_way else "failed" if found.status == Status.FAILED else "done",
        "poll_url": reverse("members:import_progress", args=[found.pk]) if is_on_way else "",
        "page_url": page_url,
    }


@require_POST
@requires(Right.IMPORT_MEMBERS)
def act(request: HttpRequest, run_id: int, deed: str) -> HttpResponse:
    """Start, resume or cancel an import."""
    capacity = capacity_of(request)
    try:
        with transaction.atomic():
            if deed == "huy":
                imports.cancel(capacity, run_id)
            else:
                (imports.start if deed == "nhap" else imports.resume)(capacity, run_id)
                tasks.run_import.enqueue(run_id)
    except ImportRun.DoesNotExist as error:
        raise Http404 from error
    except MembersError as error:
        messages.error(request, error.user_message)
    return redirect("members:import", run_id)


@require_safe
@requires(Right.IMPORT_MEMBERS)
def refused(request: HttpRequest, run_id: int) -> HttpResponse:
    """Give refused rows back as a file to mend and send again."""
    found = _mine(request, run_id)
    rows = queries.refused_rows(found)
    stream = tempfile.TemporaryFile(dir=files.folder())  # noqa: SIM115  # the response closes it
    with transaction.atomic():
        count = rows.count()
        if not count:
            raise Http404
        reading.log(
            capacity_of(request),
            ReadEntry.Kind.EXPORT,
            fields=sorted(found.options["columns"]),
            rows=count,
            reason=_("Dòng bị loại của đợt nhập số %(run)s") % {"run": found.pk},
        )
        kept: Iterable[ImportRow] = rows.iterator(chunk_size=500)
        write_refused(stream, COLUMNS, (unpacked(row.content) for row in kept), translate=_)
    stream.seek(0)
    response = FileResponse(
        stream, as_attachment=True, filename=f"dong-bi-loai-{found.pk}.xlsx", content_type=XLSX
    )
    return cast("HttpResponse", response)


@require_safe
@requires(Right.IMPORT_MEMBERS)
def template(request: HttpRequest) -> HttpResponse:
    """Give the template: a sheet to fill in, and one that says how."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write_template(stream, COLUMNS, title=_("Danh sách đoàn viên"), translate=_)
    stream.seek(0)
    response = FileResponse(
        stream, as_attachment=True, filename="mau-danh-sach-doan-vien.xlsx", content_type=XLSX
    )
    return cast("HttpResponse", response)


def _mine(request: HttpRequest, run_id: int) -> ImportRun:
    found = queries.runs(capacity_of(request)).filter(pk=run_id).first()
    if found is None:
        raise Http404
    return found
