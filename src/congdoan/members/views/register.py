"""The list of members, one person, and their identity number to whoever says why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.members.access import capacity_of, person_or_404, requires
from congdoan.members.actions import reading
from congdoan.members.errors import MembersError
from congdoan.members.forms import FilterForm, ReasonForm, written_birth
from congdoan.members.models import Membership, Person
from congdoan.members.queries import merging
from congdoan.members.queries import people as queries
from congdoan.members.queries import register as listing
from congdoan.members.queries.scope import people
from congdoan.members.sections import tabs
from congdoan.members.timeline import entries_of
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.ui import tables


@require_safe
@requires(Right.SEE_MEMBERS)
def register(request: HttpRequest) -> HttpResponse:
    """List the members of my scope; that the list was shown is written down with it."""
    capacity = capacity_of(request)
    form = FilterForm(capacity, request.GET, auto_id="loc-%s")
    wanted = form.wanted()
    found = listing.listed(capacity, wanted)
    with transaction.atomic():
        paginator = listing.RegisterPaginator(found, capacity.on)
        page = paginator.get_page(request.GET.get("trang"))
        rows = list(page)
        reading.log_list(capacity, len(rows))
    return render(
        request,
        "members/register.html",
        {
            "tabs": tabs(request, "register"),
            "form": form,
            "page": page,
            "is_cut": paginator.is_cut,
            "columns": list_columns(),
            "rows": [list_row(membership) for membership in rows],
            "text": wanted.text,
            "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang")],
            "may_admit": capacity.may(Right.ADMIT_MEMBERS),
        },
    )


def list_columns() -> list[tables.Column]:
    """Return the columns of a list of members."""
    return [
        tables.Column("ten", _("Họ và tên")),
        tables.Column("ngay-sinh", _("Ngày sinh")),
        tables.Column("gioi-tinh", _("Giới tính")),
        tables.Column("ma-so", _("Mã số đoàn viên")),
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("tu-ngay", _("Từ ngày"), kind="date"),
    ]


def list_row(membership: Any) -> dict[str, Any]:
    """Return one person of a list. Erased people have no name any more, and no page."""
    person = membership.person
    if person.tombstoned_at is not None:
        cells = [tables.Cell(_("Hồ sơ đã xoá"), status="withdrawn"), None, None, None]
        return {"cells": [*cells, membership.unit_name, membership.admitted_on]}
    return {
        "url": reverse("members:person", args=[person.pk]),
        "cells": [
            str(person),
            written_birth(person) or None,
            person.get_sex_display() or None,
            person.member_no or None,
            membership.unit_name,
            membership.admitted_on,
        ],
    }


def crumbs(person: Person | None = None) -> list[dict[str, str]]:
    """Return the way to a page of the register, or of one person."""
    way = [{"title": _("Sổ đoàn viên"), "url": reverse("members:register")}]
    if person is not None:
        way.append({"title": str(person), "url": reverse("members:person", args=[person.pk])})
    return way


@require_safe
@requires(Right.SEE_MEMBERS)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: who they are, where they are and were a member, which posts they hold."""
    capacity = capacity_of(request)
    if (kept := merging.goal(capacity, person_id)) is not None:
        messages.info(request, _("Hồ sơ số %(number)s đã được gộp vào hồ sơ này.") % {"number": person_id})
        return redirect("members:person", kept.pk)
    shown = person_or_404(capacity, person_id)
    history = queries.history(shown, capacity.on)
    here = next((one for one in history if one.ended_on is None), None)
    may_edit = people(capacity, Right.EDIT_MEMBERS).filter(pk=shown.pk).exists()
    return render(
        request,
        "members/person.html",
        {
            "crumbs": crumbs(),
            "person": shown,
            "facts": _facts(shown),
            "entries": entries_of(history, capacity.on),
            "here": here,
            "merges": merging.merges(shown),
            "held": queries.positions(shown, capacity.on),
            "transfer": queries.open_transfer(shown),
            "may_edit": may_edit and shown.restricted_at is None,
            "may_end": here is not None and reaches(capacity, Right.ADMIT_MEMBERS, here.unit_id),
            "may_readmit": _may_readmit(capacity, here, history),
        },
    )


def _may_readmit(capacity: Capacity, here: Membership | None, history: list[Membership]) -> bool:
    return here is None and bool(history) and capacity.may(Right.ADMIT_MEMBERS)


def _facts(shown: Person) -> list[dict[str, Any]]:
    try:
        identity = shown.identity_masked
        note = ""
    except MembersError as error:
        identity, note = "", error.user_message
    return [
        {"label": _("Mã số đoàn viên"), "value": shown.member_no},
        {"label": _("Ngày sinh"), "value": written_birth(shown)},
        {"label": _("Giới tính"), "value": shown.get_sex_display()},
        {"label": _("Đối tượng"), "value": shown.get_employment_category_display()},
        {"label": _("Điện thoại"), "value": shown.phone},
        {"label": _("Thư điện tử"), "value": shown.email},
        {"label": _("Địa chỉ"), "value": shown.address},
        {"label": _("Số định danh"), "value": identity, "note": note},
    ]


@require_http_methods(["GET", "POST"])
@requires(Right.SEE_MEMBERS)
def reveal(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the identity number, once, to whoever says why."""
    capacity = capacity_of(request)
    form = ReasonForm(request.POST or None)
    number = problem = ""
    if not people(capacity, Right.SEE_MEMBERS).filter(pk=person_id).exists():
        person_or_404(capacity, person_id, fields=["identity_number"])
    if form.is_valid():
        try:
            number = reading.reveal_identity(capacity, person_id, reason=form.cleaned_data["reason"])
        except Person.DoesNotExist as error:
            raise PermissionDenied from error
        except MembersError as error:
            problem = error.user_message
    shown = people(capacity, Right.SEE_MEMBERS).get(pk=person_id)
    return render(
        request,
        "members/reveal.html",
        {
            "crumbs": crumbs(shown),
            "person": shown,
            "form": form,
            "number": number,
            "problem": problem,
        },
    )
