"""Officers of one's reach: the list, one officer, their posts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.accounts import identifiers
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions import mandates
from congdoan.organisation.actions import officers as actions
from congdoan.organisation.errors import DoubleOfficerError, OrganisationError
from congdoan.organisation.forms.people import (
    AddOfficerForm,
    EndForm,
    OfficerFilterForm,
    PersonForm,
    PostForm,
    initial_person,
)
from congdoan.organisation.models import Invitation, Mandate, Officer
from congdoan.organisation.queries import invitations as invited
from congdoan.organisation.queries import officers as queries
from congdoan.organisation.queries.capacities import Capacity, named_mandates
from congdoan.organisation.queries.giving import endable, is_self, manages
from congdoan.organisation.rights import Right
from congdoan.organisation.views.crumbs import officer_crumbs
from congdoan.ui import tables

PER_PAGE = 25
CALLS = "danh-ba"
_GIVERS = (Right.GIVE_MANDATES, Right.GIVE_DEPUTIES)


@require_safe
@requires(Right.SEE_OFFICERS)
def officers(request: HttpRequest) -> HttpResponse:
    """List the officers by name, or as a list to call by unit."""
    capacity = capacity_of(request)
    form = OfficerFilterForm(capacity, request.GET, auto_id="loc-%s")
    is_calls = form.said("xem") == CALLS
    text = form.said("q") or ""
    position = form.said("chuc-vu")
    narrow = {"text": text, "unit": form.said("don-vi"), "position": position.code if position else ""}
    if is_calls:
        del form.fields["trang-thai"]  # only who holds a post now is called
        page: Page[Any] = Paginator(queries.call_list(capacity, **narrow), PER_PAGE).get_page(
            request.GET.get("trang")
        )
        columns, rows = _calls(list(page))
    else:
        found = queries.listed(capacity, **narrow, state=form.state)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
        columns, rows = _listed(list(page), capacity, is_over=form.state == queries.OVER)
    others = request.GET.copy()
    for name in ("trang", "xem", "q"):
        others.pop(name, None)
    return render(
        request,
        "organisation/people/officers.html",
        {
            "form": form,
            "page": page,
            "columns": columns,
            "rows": rows,
            "text": text,
            "is_calls": is_calls,
            "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang")],
            "may_add": any(capacity.may(right) for right in _GIVERS),
            "clear_url": f"?xem={CALLS}" if is_calls else "?",
            "tabs": [
                {"label": _("Theo tên"), "url": f"?{others.urlencode()}", "is_current": not is_calls},
                {
                    "label": _("Danh bạ theo đơn vị"),
                    "url": f"?{others.urlencode()}{'&' if others else ''}xem={CALLS}",
                    "is_current": is_calls,
                },
            ],
        },
    )


def _listed(
    found: list[Officer], capacity: Capacity, *, is_over: bool
) -> tuple[list[tables.Column], list[dict[str, Any]]]:
    posts = queries.posts_of(found, capacity, only_open=not is_over)
    columns = [
        tables.Column("ten", _("Cán bộ")),
        tables.Column("chuc-vu", _("Chức vụ")),
        tables.Column("dien-thoai", _("Điện thoại")),
        tables.Column("tai-khoan", _("Tài khoản")),
    ]
    rows = []
    for officer in found:
        held = posts.get(officer.pk, [])
        words = [f"{mandate.position}, {mandate.unit_name}" for mandate in held]  # type: ignore[attr-defined]  # annotated
        more = _("và %(count)d chức vụ khác") % {"count": len(words) - 1} if len(words) > 1 else ""
        rows.append(
            {
                "url": reverse("organisation:officer", args=[officer.pk]),
                "cells": [
                    tables.Cell(str(officer)),
                    tables.Cell(words[0] if words else None, note=more),
                    # Whoever holds no post here any more is not to be called about it.
                    tables.Cell(None) if is_over else _phone(officer),
                    tables.Cell(_("Đã có"), status="accepted")
                    if officer.user_id
                    else tables.Cell(_("Chưa có"), status="neutral"),
                ],
            }
        )
    return columns, rows


def _calls(found: list[Mandate]) -> tuple[list[tables.Column], list[dict[str, Any]]]:
    columns = [
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("chuc-vu", _("Chức vụ")),
        tables.Column("ten", _("Cán bộ")),
        tables.Column("dien-thoai", _("Điện thoại")),
        tables.Column("thu", _("Thư điện tử")),
    ]
    rows = [
        {
            "url": "",
            "cells": [
                tables.Cell(mandate.unit_name),  # type: ignore[attr-defined]  # annotated
                tables.Cell(str(mandate.position)),
                tables.Cell(
                    str(mandate.officer), url=reverse("organisation:officer", args=[mandate.officer_id])
                ),
                _phone(mandate.officer),
                _mail(mandate.officer),
            ],
        }
        for mandate in found
    ]
    return columns, rows


def _phone(officer: Officer) -> tables.Cell:
    number = identifiers.phone_or_none(officer.phone)
    if number is None:
        return tables.Cell(officer.phone or None)
    return tables.Cell(identifiers.phone_for_people(number), url=f"tel:{number}")


def _mail(officer: Officer) -> tables.Cell:
    return tables.Cell(officer.email or None, url=f"mailto:{officer.email}" if officer.email else "")


@require_safe
@requires(Right.SEE_OFFICERS)
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one officer: contacts, posts in time, invitations."""
    capacity = capacity_of(request)
    person = _visible(capacity, pk)
    posts = queries.posts_of([person], capacity, only_open=False)[person.pk]
    today = timezone.localdate()
    held = [mandate for mandate in posts if _state(mandate) != "end"]
    may_end = endable(capacity, held)
    may_manage = manages(capacity, person)
    phone, email = _phone(person), _mail(person)
    facts: list[dict[str, Any]] = []
    if held:
        facts = [
            {"label": _("Điện thoại"), "value": phone.text, "url": phone.url},
            {"label": _("Thư điện tử"), "value": email.text, "url": email.url},
            {"label": _("Mã cán bộ"), "value": person.staff_code.upper()},
        ]
    facts.append(
        {
            "label": _("Tài khoản"),
            "value": _("Đã có") if person.user_id else _("Chưa có"),
            "status": "accepted" if person.user_id else "neutral",
        }
    )
    return render(
        request,
        "organisation/people/officer.html",
        {
            "officer": person,
            "facts": facts,
            "held": [
                {
                    "mandate": mandate,
                    "period": period_of(mandate),
                    "is_later": mandate.valid_from > today,
                    "end_url": reverse("organisation:end_mandate", args=[mandate.pk])
                    if mandate.pk in may_end
                    else "",
                }
                for mandate in held
            ],
            "entries": [
                _entry(mandate) for mandate in sorted(posts, key=lambda one: one.valid_from, reverse=True)
            ],
            "invitations": [_invitation(row) for row in invited.of_officer(person)] if may_manage else [],
            "may_manage": may_manage,
            "may_give": not is_self(capacity, person) and any(capacity.may(right) for right in _GIVERS),
            "crumbs": [{"title": _("Cán bộ"), "url": reverse("organisation:officers")}],
        },
    )


def _state(mandate: Mandate) -> str:
    """Return how a post stands as the timeline has it: planned, start (held now) or end."""
    today = timezone.localdate()
    if mandate.ended_at is not None or (mandate.valid_to is not None and mandate.valid_to <= today):
        return "end"
    return "planned" if mandate.valid_from > today else "start"


def period_of(mandate: Mandate) -> str:
    """Return from when to when, the last day included, as people say it."""
    begin = f"{mandate.valid_from:%d/%m/%Y}"
    if mandate.ended_at is not None:
        end = timezone.localtime(mandate.ended_at)
        return _("từ %(begin)s, kết thúc lúc %(end)s") % {"begin": begin, "end": f"{end:%H:%M %d/%m/%Y}"}
    if mandate.valid_to is None:
        return _("từ %s") % begin
    last = mandate.valid_to - timedelta(days=1)
    return _("từ %(begin)s đến hết %(end)s") % {"begin": begin, "end": f"{last:%d/%m/%Y}"}


def _entry(mandate: Mandate) -> dict[str, Any]:
    decision = ""
    if mandate.decision_symbol:
        decision = _("Quyết định %s.") % mandate.decision_symbol
    reason = _("Lý do kết thúc: %s.") % mandate.end_reason.rstrip(".") if mandate.end_reason else ""
    period = period_of(mandate)
    return {
        "date": mandate.valid_from,
        "title": f"{mandate.position}, {mandate.unit_name}",  # type: ignore[attr-defined]  # annotated
        "text": " ".join(filter(None, [f"{period[:1].upper()}{period[1:]}.", decision, reason])),
        "kind": _state(mandate),
    }


def _invitation(row: Invitation) -> dict[str, Any]:
    states = {
        invited.OPEN: (_("Đang chờ"), "waiting"),
        invited.USED: (_("Đã nhận"), "accepted"),
        invited.REVOKED: (_("Đã thu hồi"), "withdrawn"),
        invited.EXPIRED: (_("Hết hạn"), "neutral"),
    }
    state = invited.state_of(row)
    label, status = states[state]
    return {"row": row, "label": label, "status": status, "is_open": state == invited.OPEN}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*_GIVERS)
def add(request: HttpRequest) -> HttpResponse:
    """Add an officer with a first post; offer those who are there already with the same contacts."""
    capacity = capacity_of(request)
    initial = {"unit": request.GET["don-vi"]} if "don-vi" in request.GET else None
    form = AddOfficerForm(capacity, request.POST or None, initial=initial)
    doubles: list[dict[str, Any]] = []
    if form.is_valid():
        same = request.POST.get("same", "")
        try:
            mandate = actions.add(
                form.person(), form.post(), by=capacity, same_as=int(same) if same.isdecimal() else None
            )
        except DoubleOfficerError as error:
            doubles = _offered(error, capacity)
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã giao chức vụ cho %s.") % mandate.officer)
            return redirect("organisation:officer", mandate.officer_id)
    return render(
        request,
        "organisation/people/add.html",
        {
            "form": form,
            "doubles": doubles,
            "crumbs": [{"title": _("Cán bộ"), "url": reverse("organisation:officers")}],
        },
    )


def _offered(error: DoubleOfficerError, capacity: Capacity) -> list[dict[str, Any]]:
    """Return the doubles as a choice: a name, and the posts where the reader may see them."""
    found = [one for one in error.officers if isinstance(one, Officer)]
    posts = queries.posts_of(found, capacity)
    return [
        {
            "officer": one,
            "posts": "; ".join(
                f"{mandate.position}, {mandate.unit_name}"  # type: ignore[attr-defined]  # annotated
                for mandate in posts.get(one.pk, [])
            ),
        }
        for one in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*_GIVERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an officer's name and contacts."""
    capacity = capacity_of(request)
    person = _visible(capacity, pk)
    if not manages(capacity, person):
        raise PermissionDenied
    form = PersonForm(request.POST or None, initial=initial_person(person))
    if form.is_valid():
        try:
            actions.edit(pk, form.person(), by=capacity)
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã lưu thông tin của %s.") % person)
            return redirect("organisation:officer", pk)
    return render(
        request,
        "organisation/people/edit.html",
        {"form": form, "officer": person, "crumbs": officer_crumbs(person)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*_GIVERS)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an officer another post."""
    capacity = capacity_of(request)
    person = _visible(capacity, pk)
    form = PostForm(capacity, request.POST or None)
    if form.is_valid():
        try:
            mandates.give(pk, form.post(), by=capacity)
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã giao chức vụ cho %s.") % person)
            return redirect("organisation:officer", pk)
    return render(
        request,
        "organisation/people/give.html",
        {"form": form, "officer": person, "crumbs": officer_crumbs(person)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*_GIVERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post after a day, or now."""
    capacity = capacity_of(request)
    mandate = named_mandates(queries.mandates_in_reach(capacity).filter(pk=pk), timezone.localdate()).first()
    if mandate is None:
        raise Http404
    if mandate.pk not in endable(capacity, [mandate]):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            mandates.end(pk, by=capacity, last_day=form.chosen_day(), reason=form.cleaned_data["reason"])
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã kết thúc chức vụ của %s.") % mandate.officer)
            return redirect("organisation:officer", mandate.officer_id)
    return render(
        request,
        "organisation/people/end.html",
        {
            "form": form,
            "mandate": mandate,
            "period": period_of(mandate),
            "cancel_url": reverse("organisation:officer", args=[mandate.officer_id]),
            "crumbs": officer_crumbs(mandate.officer),
            "consequences": [
                _("Lấy lại mọi quyền của chức vụ này từ lúc kết thúc, ngay ở lần bấm kế tiếp."),
                _("Làm hết hiệu lực mọi mã truy cập API lập theo chức vụ này."),
                _("Giữ nguyên trong nhật ký những việc đã làm và đã ký."),
            ],
        },
    )


def _visible(capacity: Capacity, pk: int) -> Officer:
    try:
        return queries.visible(capacity).get(pk=pk)
    except Officer.DoesNotExist:
        raise Http404 from None
