"""Lists of units in and out: template, upload, dry run, carrying out, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation import exports
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions import unit_imports as actions
from congdoan.organisation.engine.operations import Decision
from congdoan.organisation.errors import OrganisationError
from congdoan.organisation.forms.units import CarryOutImportForm, DayForm, UploadForm
from congdoan.organisation.importing.units import Trial
from congdoan.organisation.importing.uploads import as_file
from congdoan.organisation.models import UnitImport
from congdoan.organisation.queries import listing
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.spreadsheets import MAX_BYTES, SpreadsheetError, inspect
from congdoan.ui.templatetags.ui import vi_date

_SHOWN_PROBLEMS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.SEE_UNITS)
def exchange(request: HttpRequest) -> HttpResponse:
    """Download lists and the template; upload a list, which is read and tried but changes nothing yet."""
    capacity = capacity_of(request)
    may_import = capacity.may(Right.REORGANISE)
    if request.method == "POST" and not may_import:
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        kept = _kept(form, capacity)
        if kept is not None:
            return redirect("organisation:unit_import", kept.pk)
    day_form = DayForm(request.GET, auto_id="xuat-%s")
    return render(
        request,
        "organisation/exchange/exchange.html",
        {
            "form": form,
            "may_import": may_import,
            "day_form": day_form,
            "day": day_form.day,
            "crumbs": _crumbs()[:1],
            "columns": [column.title for column in listing.unit_columns()],
        },
    )


def _kept(form: UploadForm, capacity: Capacity) -> UnitImport | None:
    """Keep the file where it is a table that we can read; say beside the field why not."""
    upload = form.cleaned_data["file"]
    if upload.size > MAX_BYTES:
        form.add_error("file", _("Tệp lớn hơn 20 MB. Hãy tách thành nhiều tệp."))
        return None
    try:
        with as_file(upload, upload.name or "") as path:
            inspect(path, listing.unit_columns())
            listing.trial(path, form.cleaned_data["on"], capacity)
            content = path.read_bytes()
    except SpreadsheetError as error:
        form.add_error("file", error.translated(_))
        return None
    return actions.keep(content, name=upload.name or "", on=form.cleaned_data["on"], by=capacity)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"title": _("Tổ chức"), "url": reverse("organisation:tree")},
        {"title": _("Nhập, xuất danh sách"), "url": reverse("organisation:exchange")},
    ]


def _own(capacity: Capacity, pk: int) -> UnitImport:
    kept: UnitImport | None = actions.own(capacity).filter(pk=pk).first()
    if kept is None:
        raise Http404
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of an uploaded list, and carrying it out as one batch."""
    capacity = capacity_of(request)
    kept = _own(capacity, pk)
    if kept.carried_out_at is not None:
        messages.info(request, _("Danh sách này đã được nhập, không nhập lần nữa."))
        return redirect(kept.reorganisation or "organisation:tree")
    result = actions.trial_of(kept, capacity)
    start = {"title": _("Nhập danh sách đơn vị, áp dụng từ %s") % vi_date(kept.applies_on)}
    form = CarryOutImportForm(request.POST or None, initial=start)
    if form.is_valid():
        data = form.cleaned_data
        try:
            done = actions.carry_out(
                pk,
                title=data["title"],
                decision=Decision(data["decision_symbol"], data["decision_on"]),
                seen=request.POST.get("seen", ""),
                by=capacity,
            )
        except OrganisationError as error:
            messages.error(request, error.user_message)
            return redirect("organisation:unit_import", pk)
        _tell(request, done)
        return redirect(done.reorganisation or "organisation:tree")
    return render(
        request,
        "organisation/exchange/trial.html",
        {
            "kept": kept,
            "form": form,
            "crumbs": _crumbs(),
            "seen": actions.summary(result),
            "may_sign": capacity.may(Right.CARRY_OUT),
            "words": capacity.words,
            **_shown(result),
        },
    )


def _tell(request: HttpRequest, done: actions.Imported) -> None:
    tally = done.trial.tally
    values = {"created": tally.created, "updated": tally.updated, "refused": tally.refused}
    messages.success(
        request,
        _("Đã nhập: %(created)d đơn vị mới, %(updated)d đơn vị đang có, %(refused)d dòng bị từ chối.")
        % values,
    )
    if done.reorganisation is not None and done.reorganisation.version is None:
        messages.info(
            request,
            _("Thay đổi của cây tổ chức đã được lưu thành một đợt sắp xếp, chờ người có quyền ký thực hiện."),
        )


def _shown(result: Trial) -> dict[str, Any]:
    tally = result.tally
    return {
        "tally": tally,
        "unchanged": result.unchanged,
        "is_empty": all(entry.changes_nothing for entry in result.good),
        "created": [
            {
                "name": entry.row.values["name"],
                "code": entry.row.values["code"],
                "parent": entry.row.values["parent"],
            }
            for entry in result.good
            if entry.is_new
        ][:20],
        "problems": [
            {"number": row.number, "text": " ".join(problem.translated(_) for problem in row.problems)}
            for row in result.refused[:_SHOWN_PROBLEMS]
        ],
    }


@require_safe
@requires(Right.REORGANISE)
def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows of an uploaded list, with their reasons, as a file to mend."""
    capacity = capacity_of(request)
    return exports.refused_file(actions.trial_of(_own(capacity, pk), capacity).refused)


@require_safe
@requires(Right.REORGANISE)
def template(request: HttpRequest) -> HttpResponseBase:
    """The one template of the list of units."""
    return exports.units_template()


@require_safe
@requires(Right.SEE_UNITS)
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The units of one's reach on a day, as XLSX or CSV."""
    if extension not in ("xlsx", "csv"):
        raise Http404
    day = DayForm(request.GET).day
    return exports.units_file(listing.living(listing.in_reach(capacity_of(request)), day), day, extension)
