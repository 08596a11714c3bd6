"""Preparing a reorganisation, looking at what it changes, and signing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions import reorganisations as actions
from congdoan.organisation.engine.operations import Decision
from congdoan.organisation.errors import OrganisationError
from congdoan.organisation.forms.reorganisations import (
    NewReorganisationForm,
    ReorganisationForm,
    SignForm,
    WithdrawForm,
)
from congdoan.organisation.models import Reorganisation
from congdoan.organisation.queries import plans
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.queries.units import name_of
from congdoan.organisation.rights import Right
from congdoan.organisation.views import plan_words
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date

PER_PAGE = 50
OPENERS = (Right.REORGANISE, Right.CARRY_OUT)
_FIELDS = ("title", "effective_on", "decision_symbol", "decision_on", "decision_issuer", "note")


def visible_one(capacity: Capacity, pk: int) -> Reorganisation:
    """Return a batch that the capacity may see; others are not found."""
    found: Reorganisation | None = (
        actions.visible(capacity).select_related("version", "created_by").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def crumbs(reorganisation: Reorganisation | None = None) -> list[dict[str, str]]:
    """Return the way to a page of a batch."""
    path = [
        {"title": _("Tổ chức"), "url": reverse("organisation:tree")},
        {"title": _("Sắp xếp tổ chức"), "url": reverse("organisation:reorganisations")},
    ]
    if reorganisation is not None:
        path.append({"title": reorganisation.title, "url": reorganisation.get_absolute_url()})
    return path


def steps(reorganisation: Reorganisation, current: str) -> list[dict[str, str]]:
    """Return where one stands: soạn → kiểm tra → thực hiện."""
    is_done = reorganisation.status == Reorganisation.Status.CARRIED_OUT
    is_checked = is_done or reorganisation.based_on is not None
    pages = [
        ("draft", _("Soạn"), "organisation:reorganisation", is_checked),
        ("check", _("Kiểm tra"), "organisation:check_reorganisation", is_checked),
        ("carry_out", _("Thực hiện"), "organisation:carry_out_reorganisation", is_done),
    ]
    return [
        {
            "title": title,
            "url": reverse(name, args=[reorganisation.pk])
            if not is_done and (key != "carry_out" or is_checked)
            else "",
            "state": "current" if key == current and not is_done else "done" if done else "next",
        }
        for key, title, name, done in pages
    ]


def is_draft(reorganisation: Reorganisation) -> bool:
    """Say whether a batch can still be changed."""
    return reorganisation.status == Reorganisation.Status.DRAFT


@require_safe
@requires(*OPENERS)
def reorganisations(request: HttpRequest) -> HttpResponse:
    """The batches of one's reach, the newest first."""
    capacity = capacity_of(request)
    page = Paginator(plans.with_sizes(actions.visible(capacity)), 25).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("ten", _("Đợt")),
        tables.Column("pham-vi", _("Phạm vi")),
        tables.Column("ngay", _("Có hiệu lực"), "date"),
        tables.Column("thao-tac", _("Thao tác"), "number"),
        tables.Column("trang-thai", _("Trạng thái")),
    ]
    rows = []
    for one in page:
        look, words = plan_words.status_of(one)
        rows.append(
            {
                "url": one.get_absolute_url(),
                "cells": [
                    tables.Cell(one.title, note=one.decision_symbol),
                    tables.Cell(one.scope_name, note=one.scope.code),  # type: ignore[attr-defined]  # annotated
                    tables.Cell(one.effective_on),
                    tables.Cell(one.size),  # type: ignore[attr-defined]  # annotated
                    tables.Cell(words, status=look),
                ],
            }
        )
    return render(
        request,
        "organisation/reorganisations/list.html",
        {
            "page": page,
            "columns": columns,
            "rows": rows,
            "may_add": capacity.may(Right.REORGANISE),
            "crumbs": crumbs()[:1],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def add(request: HttpRequest) -> HttpResponse:
    """Begin a batch."""
    capacity = capacity_of(request)
    initial = {"scope": request.GET.get("don-vi") or (capacity.unit.code if capacity.unit else "")}
    form = NewReorganisationForm(capacity, request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.draft(
                title=data["title"],
                scope=data["scope"],
                effective_on=data["effective_on"],
                by=capacity,
                decision=Decision(data["decision_symbol"], data["decision_on"], data["decision_issuer"]),
                note=data["note"],
            )
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã lập đợt sắp xếp. Hãy thêm các thao tác."))
            return redirect(made)
    return render(request, "organisation/reorganisations/add.html", {"form": form, "crumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a draft says of itself."""
    capacity = capacity_of(request)
    one = visible_one(capacity, pk)
    form = ReorganisationForm(request.POST or None, initial={name: getattr(one, name) for name in _FIELDS})
    if form.is_valid():
        try:
            actions.edit(pk, by=capacity, **{name: form.cleaned_data[name] for name in _FIELDS})
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã lưu. Hãy kiểm tra lại đợt này trước khi thực hiện."))
            return redirect(one)
    return render(
        request, "organisation/reorganisations/edit.html", {"form": form, "one": one, "crumbs": crumbs(one)}
    )


@require_safe
@requires(*OPENERS)
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: what it says of itself and its operations; read only once it is carried out or withdrawn."""
    capacity = capacity_of(request)
    one = visible_one(capacity, pk)
    page = Paginator(plans.stored_operations(one), PER_PAGE).get_page(request.GET.get("trang"))
    may_edit = is_draft(one) and reaches(capacity, Right.REORGANISE, one.scope_id)
    look, words = plan_words.status_of(one)
    return render(
        request,
        "organisation/reorganisations/one.html",
        {
            "one": one,
            "facts": _facts(one),
            "signature": _signature(one),
            "status": {"look": look, "words": words},
            "steps": steps(one, "draft") if one.status != Reorganisation.Status.WITHDRAWN else [],
            "page": page,
            "operations": _listed(page, one),
            "last": page.paginator.count,
            "seen": plans.fingerprint(one) if may_edit else "",
            "may_edit": may_edit,
            "is_draft": is_draft(one),
            "kinds": [
                {
                    "label": plan_words.kind_label(kind),
                    "url": reverse("organisation:add_operation", args=[pk, kind]),
                }
                for kind in plans.KINDS
            ],
            "crumbs": crumbs(),
        },
    )


def _listed(page: Any, one: Reorganisation) -> list[dict[str, Any]]:
    rows = plans.parsed(list(page))
    names = plans.names_of([operation for _number, operation in rows], one.effective_on)
    return [
        {
            "number": number,
            "kind": plan_words.kind_label(operation.kind),
            "text": plan_words.sentence(operation, names),
            "notes": plan_words.rest_of(operation),
            "url": reverse("organisation:edit_operation", args=[one.pk, number]),
        }
        for number, operation in rows
    ]


def _facts(one: Reorganisation) -> list[dict[str, Any]]:
    return [
        {"label": _("Phạm vi"), "value": name_of(one.scope, one.effective_on), "note": one.scope.code},
        {"label": _("Có hiệu lực từ"), "value": one.effective_on},
        {
            "label": _("Quyết định"),
            "value": one.decision_symbol,
            "note": " · ".join(filter(None, [vi_date(one.decision_on), one.decision_issuer])),
        },
        {"label": _("Người soạn"), "value": str(one.created_by or ""), "note": vi_date(one.created_at)},
        *([{"label": _("Ghi chú"), "value": one.note}] if one.note else []),
    ]


def _signature(one: Reorganisation) -> list[dict[str, Any]]:
    if one.version is None:
        return []
    return [
        {"label": _("Người ký"), "value": one.signed_by},
        {"label": _("Thực hiện lúc"), "value": one.carried_out_at},
        {"label": _("Phiên bản cây tổ chức"), "value": one.version.number},
        {"label": _("Mã băm nội dung (SHA-256)"), "value": one.content_hash},
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*OPENERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after with the differences, or what stands in the way. Posting notes that it was checked."""
    capacity = capacity_of(request)
    one = visible_one(capacity, pk)
    if not is_draft(one):
        messages.info(request, _("Đợt này không còn là bản soạn nên không kiểm tra nữa."))
        return redirect(one)
    if request.method == "POST":
        try:
            actions.check(pk, by=capacity)
        except OrganisationError as error:
            messages.error(request, error.user_message)
        return redirect("organisation:check_reorganisation", pk)
    plan = actions.plan_of(one)
    context: dict[str, Any] = {
        "one": one,
        "steps": steps(one, "check"),
        "crumbs": crumbs(one),
        "is_checked": one.based_on is not None,
        "is_sound": plan.is_sound,
        "problems": [
            {
                "text": text,
                "number": number,
                "url": reverse("organisation:edit_operation", args=[pk, number]) if number else "",
            }
            for number, text in plan.problems
        ],
        "may_carry_out": reaches(capacity, Right.CARRY_OUT, one.scope_id),
    }
    if plan.is_sound:
        found = plans.changes(plan.before, plan.after, plan.on)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
        before, after = plans.trees(plan.before, plan.after, found, plan.on)
        context |= {
            "page": page,
            "differences": [plan_words.difference(change) for change in page],
            "counts": plan_words.counts(plans.tallies(found)),
            "before": before,
            "after": after,
            "day": plans.day_of(plan.after, plan.on),
        }
    return render(request, "organisation/reorganisations/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*OPENERS)
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a checked draft: what will happen, by which decision, in whose name."""
    capacity = capacity_of(request)
    one = visible_one(capacity, pk)
    if not is_draft(one):
        if one.version is not None:
            messages.info(request, _("Đợt này đã được thực hiện, không thực hiện lần nữa."))
        return redirect(one)
    if not reaches(capacity, Right.CARRY_OUT, one.scope_id):
        messages.error(request, _("Chức vụ bạn đang dùng được soạn nhưng không được thực hiện đợt sắp xếp."))
        return redirect("organisation:check_reorganisation", pk)
    if one.based_on is None:
        messages.warning(request, _("Hãy kiểm tra đợt này trước khi thực hiện."))
        return redirect("organisation:check_reorganisation", pk)
    if not one.decision_symbol or one.decision_on is None:
        messages.warning(request, _("Hãy ghi số và ngày quyết định trước khi thực hiện."))
        return redirect("organisation:edit_reorganisation", pk)
    form = SignForm(one, request.POST or None)
    shown = actions.content_hash(one, actions.operations_of(one))
    if form.is_valid():
        if request.POST.get("content") != shown:
            messages.error(request, _("Đợt này vừa được sửa ở nơi khác. Hãy kiểm tra lại rồi mới thực hiện."))
            return redirect("organisation:check_reorganisation", pk)
        try:
            done = actions.carry_out(pk, by=capacity)
        except OrganisationError as error:
            messages.error(request, error.user_message)
            return redirect("organisation:check_reorganisation", pk)
        messages.success(
            request,
            _("Đã thực hiện. Cây tổ chức có phiên bản số %d.") % (done.version.number if done.version else 0),
        )
        return redirect(done)
    plan = actions.plan_of(one)
    return render(
        request,
        "organisation/reorganisations/carry_out.html",
        {
            "one": one,
            "form": form,
            "hidden": [("content", shown)],
            "steps": steps(one, "carry_out"),
            "crumbs": crumbs(one),
            "cancel_url": reverse("organisation:check_reorganisation", args=[pk]),
            "consequences": plan_words.consequences(
                plans.tallies(plans.changes(plan.before, plan.after, plan.on))
            ),
            "words": capacity.words,
            "problems": [text for _number, text in plan.problems],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.REORGANISE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    capacity = capacity_of(request)
    one = visible_one(capacity, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw(pk, reason=form.cleaned_data["reason"], by=capacity)
        except OrganisationError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(request, _("Đã huỷ đợt sắp xếp. Cây tổ chức không thay đổi."))
        return redirect(one)
    return render(
        request,
        "organisation/reorganisations/withdraw.html",
        {"one": one, "form": form, "crumbs": crumbs(one), "cancel_url": one.get_absolute_url()},
    )
