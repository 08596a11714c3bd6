"""The operations of a draft: adding, changing, ordering, removing, and taking them from a mapping table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions.plans import Change, change_operations
from congdoan.organisation.actions.reorganisations import operations_of
from congdoan.organisation.engine.operations import Operation
from congdoan.organisation.errors import OrganisationError
from congdoan.organisation.exports import mapping_template
from congdoan.organisation.forms.operations import OperationForm
from congdoan.organisation.forms.reorganisations import FORMS, MappingForm, initial_of
from congdoan.organisation.forms.splits import SplitForm
from congdoan.organisation.importing.mapping import Mapped, read_mapping
from congdoan.organisation.importing.uploads import as_file
from congdoan.organisation.models import Reorganisation
from congdoan.organisation.queries import plans
from congdoan.organisation.queries.catalogue import kind_names
from congdoan.organisation.rights import Right
from congdoan.organisation.views import plan_words
from congdoan.organisation.views.reorganisations import PER_PAGE, crumbs, is_draft, visible_one
from congdoan.spreadsheets import SpreadsheetError

_SHOWN_PROBLEMS = 100
MORE_PARTS = "them-phan"


def _form(
    request: HttpRequest,
    kind: str,
    founded: Sequence[str],
    initial: dict[str, Any] | None = None,
    parts: int = 0,
) -> OperationForm:
    maker = FORMS[kind]
    data: Any = request.POST if request.method == "POST" else None
    more: dict[str, Any] = {}
    if maker is SplitForm:
        typed = request.POST.get("parts", "")
        more["parts"] = int(typed) if typed.isdecimal() else parts
        if data is not None and MORE_PARTS in data:
            # Another row is no attempt to save: what was typed stays, and nothing is complained about yet.
            initial = {name: data[name] for name in data if name not in ("csrfmiddlewaretoken", MORE_PARTS)}
            data, more["parts"] = None, more["parts"] + 2
    return maker(capacity_of(request), founded, data, initial=initial, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add an operation of a kind at the end."""
    one = visible_one(capacity_of(request), pk)
    if kind not in FORMS:
        raise Http404
    if not is_draft(one):
        return _closed(request, one)
    form = _form(request, kind, list(plans.founded_in(operations_of(one))))
    if form.is_bound and form.is_valid():
        made = form.operations()
        error = _change(request, one, lambda operations: [*operations, *made])
        if error is None:
            messages.success(
                request, ngettext("Đã thêm %d thao tác.", "Đã thêm %d thao tác.", len(made)) % len(made)
            )
            return redirect(f"{one.get_absolute_url()}?trang={-(-one.operations.count() // PER_PAGE)}")
        if _is_there(one, made):
            messages.info(request, _("Thao tác này đã có trong đợt, không thêm lần nữa."))
            return redirect(one)
        messages.error(request, error.user_message)
        return _page(request, one, form, kind, 0, seen=plans.fingerprint(one))
    return _page(request, one, form, kind, 0)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one operation."""
    one = visible_one(capacity_of(request), pk)
    if not is_draft(one):
        return _closed(request, one)
    operations = operations_of(one)
    if not 1 <= number <= len(operations):
        raise Http404
    operation = operations[number - 1]
    founded = list(plans.founded_in(operations))
    parts = len(getattr(operation, "parts", ()))
    form = _form(request, operation.kind, founded, initial_of(operation), parts)
    if form.is_bound and form.is_valid():
        made = form.operations()
        error = _change(request, one, lambda known: [*known[: number - 1], *made, *known[number:]])
        if error is not None and not _is_there(one, made):
            # The numbers may have moved: what was typed is shown again, and saved only after the list was looked at.
            messages.error(request, error.user_message)
            return _page(request, one, form, operation.kind, number)
        messages.success(request, _("Đã lưu thao tác %d.") % number)
        return redirect(f"{one.get_absolute_url()}?trang={-(-number // PER_PAGE)}")
    return _page(request, one, form, operation.kind, number)


def _closed(request: HttpRequest, one: Reorganisation) -> HttpResponse:
    messages.info(request, _("Đợt này không còn là bản soạn nên không sửa được nữa."))
    return redirect(one)


def _page(
    request: HttpRequest, one: Reorganisation, form: OperationForm, kind: str, number: int, seen: str = ""
) -> HttpResponse:
    label = plan_words.kind_label(kind)
    return render(
        request,
        "organisation/reorganisations/operation.html",
        {
            "one": one,
            "form": form,
            "label": label,
            "title": _("Thao tác %(number)d: %(kind)s") % {"number": number, "kind": label}
            if number
            else label,
            "is_split": isinstance(form, SplitForm),
            "seen": seen or request.POST.get("seen") or plans.fingerprint(one),
            "more_parts": MORE_PARTS,
            "crumbs": crumbs(one),
        },
    )


def _change(request: HttpRequest, one: Reorganisation, change: Change) -> OrganisationError | None:
    """Change the operations; return why not where it cannot be."""
    try:
        change_operations(one.pk, change, seen=request.POST.get("seen", ""), by=capacity_of(request))
    except OrganisationError as error:
        return error
    return None


def _is_there(one: Reorganisation, made: Sequence[Operation]) -> bool:
    """Say whether a form that was sent twice has done its work the first time."""
    known = operations_of(one)
    return all(operation in known for operation in made)


@require_POST
@requires(Right.REORGANISE)
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Move one operation up or down, or remove it."""
    one = visible_one(capacity_of(request), pk)
    verb, _dash, text = request.POST.get("lam", "").partition("-")
    number = int(text) if text.isdecimal() else 0

    def change(operations: list[Operation]) -> list[Operation]:
        at = number - 1
        if not 0 <= at < len(operations):
            return operations
        if verb == "bo":
            del operations[at]
        other = {"len": at - 1, "xuong": at + 1}.get(verb, -1)
        if 0 <= other < len(operations) and verb != "bo":
            operations[at], operations[other] = operations[other], operations[at]
        return operations

    error = _change(request, one, change)
    if error is not None:
        messages.error(request, error.user_message)
    elif verb == "bo":
        messages.success(request, _("Đã bỏ thao tác %d.") % number)
    return redirect(f"{one.get_absolute_url()}?trang={max(-(-number // PER_PAGE), 1)}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the operations from a mapping table: all of its rows, or nothing and the reasons."""
    one = visible_one(capacity_of(request), pk)
    if not is_draft(one):
        return _closed(request, one)
    form = MappingForm(request.POST or None, request.FILES or None)
    result: Mapped | None = None
    if form.is_bound and form.is_valid():
        try:
            with as_file(form.cleaned_data["file"], form.cleaned_data["file"].name) as path:
                result = read_mapping(path, kind_names())
        except SpreadsheetError as error:
            form.add_error("file", error.translated(_))
        else:
            if not result.refused and _taken(request, one, result, form.cleaned_data["how"]):
                return redirect(one)
    return render(
        request,
        "organisation/reorganisations/mapping.html",
        {
            "one": one,
            "form": form,
            "seen": plans.fingerprint(one),
            "crumbs": crumbs(one),
            "total": result.total if result else 0,
            "refused": len(result.refused) if result else 0,
            "problems": _problems(result) if result else [],
            "template_url": reverse("organisation:mapping_template"),
        },
    )


def _taken(request: HttpRequest, one: Reorganisation, result: Mapped, how: str) -> bool:
    made = result.operations
    error = _change(request, one, lambda known: [*known, *made] if how == "add" else made)
    if error is not None:
        messages.error(request, error.user_message)
    else:
        words = ngettext(
            "Đã đọc %(rows)d dòng thành %(count)d thao tác.",
            "Đã đọc %(rows)d dòng thành %(count)d thao tác.",
            len(made),
        )
        messages.success(request, words % {"rows": result.total, "count": len(made)})
    return error is None


def _problems(result: Mapped) -> list[dict[str, Any]]:
    return [
        {"number": row.number, "text": " ".join(problem.translated(_) for problem in row.problems)}
        for row in result.refused[:_SHOWN_PROBLEMS]
    ]


@require_safe
@requires(Right.REORGANISE)
def template(request: HttpRequest) -> HttpResponseBase:
    """The one template of the mapping table."""
    return mapping_template()
