"""Pairs of records that may be one person: side by side, and the decision of an officer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import proposals, reading
from congdoan.members.errors import MembersError
from congdoan.members.importing.forms import DecisionForm
from congdoan.members.models import DuplicateProposal, Person, ReadEntry
from congdoan.members.queries import duplicates
from congdoan.members.queries import imports as queries
from congdoan.members.queries import people as person_queries
from congdoan.members.sections import tabs
from congdoan.members.views.register import crumbs
from congdoan.organisation.rights import Right
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date

PER_PAGE = 25
LABELS = {
    DuplicateProposal.Status.OPEN: "waiting",
    DuplicateProposal.Status.SAME: "accepted",
    DuplicateProposal.Status.DIFFERENT: "neutral",
}
COMPARED = (
    "last_name", "first_name", "birth_date", "sex", "phone", "email", "address", "employment_category", "member_no",
)  # fmt: skip


def reason_words(reasons: list[str]) -> str:
    """Say what speaks for one person."""
    words = {
        duplicates.IDENTITY: _("cùng số định danh"),
        duplicates.MEMBER_NO: _("cùng mã số đoàn viên"),
        duplicates.NAME_BIRTH: _("cùng họ tên và ngày sinh"),
        duplicates.NAME_BIRTH_YEAR: _("cùng họ tên và năm sinh"),
        duplicates.NAME_PHONE: _("cùng họ tên và số điện thoại"),
    }
    return ", ".join(words.get(reason, reason) for reason in reasons)


@require_safe
@requires(Right.EDIT_MEMBERS)
def listed(request: HttpRequest) -> HttpResponse:
    """List the pairs of my units, those that wait first."""
    capacity = capacity_of(request)
    with transaction.atomic():
        # "open" stands between "different" and "same"; without a day of decision is what waits.
        ordered = queries.waiting_first(queries.proposals(capacity))
        page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("trang"))
        reading.log_list(capacity, 2 * len(page), fields=["last_name", "first_name"])
    columns = [
        tables.Column("mot", _("Hồ sơ có trước")),
        tables.Column("hai", _("Hồ sơ có sau")),
        tables.Column("vi", _("Vì")),
        tables.Column("diem", _("Điểm"), kind="number"),
        tables.Column("trang-thai", _("Trạng thái")),
    ]
    rows = [
        {
            "url": reverse("members:proposal", args=[pair.pk]),
            "cells": [
                str(pair.first),
                str(pair.second),
                reason_words(pair.reasons),
                pair.score,
                tables.Cell(pair.get_status_display(), status=LABELS[DuplicateProposal.Status(pair.status)]),
            ],
        }
        for pair in page
    ]
    context = {"tabs": tabs(request, "duplicates"), "page": page, "columns": columns, "rows": rows}
    return render(request, "members/imports/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT_MEMBERS)
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show a pair side by side, numbers covered, and take the decision."""
    capacity = capacity_of(request)
    with transaction.atomic():
        pair = queries.proposals(capacity).filter(pk=proposal_id).first()
        if pair is None:
            raise Http404
        for one in (pair.first, pair.second):
            reading.log(capacity, ReadEntry.Kind.READ, subject_id=one.pk, fields=COMPARED)
        rows = compared(pair.first, pair.second, capacity.on)
    form = DecisionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            status = DuplicateProposal.Status(form.cleaned_data["status"])
            proposals.decide(capacity, pair.pk, status, form.cleaned_data["note"])
        except DuplicateProposal.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã ghi kết luận."))
            if status is DuplicateProposal.Status.SAME:
                return redirect("members:merge", pair.pk)
            return redirect("members:proposals")
    context = {
        "pair": pair,
        "status": LABELS[DuplicateProposal.Status(pair.status)],
        "may_merge": pair.status != DuplicateProposal.Status.DIFFERENT,
        "why": reason_words(pair.reasons),
        "rows": rows,
        "form": form,
        "crumbs": [*crumbs(), {"title": _("Nghi trùng"), "url": reverse("members:proposals")}],
    }
    return render(request, "members/imports/proposal.html", context, status=422 if form.errors else 200)


def compared(first: Person, second: Person, day: object) -> list[dict[str, object]]:
    """Return what two records say, side by side, numbers covered."""
    sides = [_facts(one, day) for one in (first, second)]
    return [
        {"label": label, "one": one, "two": two, "same": bool(one) and one == two}
        for (label, one), (_label, two) in zip(*sides, strict=True)
    ]


def _facts(person: Person, day: object) -> list[tuple[str, str]]:
    born = ""
    if person.birth_date:
        is_year = person.birth_precision == Person.BirthPrecision.YEAR
        born = str(person.birth_date.year) if is_year else str(vi_date(person.birth_date))
    now = person_queries.current(person, day)  # type: ignore[arg-type]  # a date, as the capacity has it
    return [
        (_("Họ và tên"), str(person)),
        (_("Ngày sinh"), born),
        (_("Giới tính"), str(person.get_sex_display()) if person.sex else ""),
        (_("Số định danh"), person.identity_masked),
        (_("Mã số đoàn viên"), person.member_no),
        (_("Điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Địa chỉ"), person.address),
        (_("Đối tượng"), str(person.get_employment_category_display()) if person.employment_category else ""),
        (_("Đơn vị"), now.unit.code if now else ""),
    ]
