"""Units on the desk: the tree within one's reach, one unit with everything, its contacts, suggestions while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions.units import edit_contacts
from congdoan.organisation.forms.units import ContactsForm, DayForm, TreeFilterForm
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import chart, scope
from congdoan.organisation.queries import units as queries
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.organisation.views import unit_page
from congdoan.organisation.views.trees import PER_PAGE, Links, branch_response, level, tree
from congdoan.ui import tables

SUGGESTED = 8


def _links(day: date) -> Links:
    return Links(
        page=reverse("organisation:tree"),
        unit=lambda code: reverse("organisation:desk_unit", args=[code]),
        branch=lambda code: reverse("organisation:desk_branch", args=[code]),
        day=day,
        foreign=lambda code: reverse("organisation:unit", args=[code]),
    )


def _strangers(capacity: Capacity) -> Callable[[list[int]], set[int]]:
    """Return what says which units lie outside one's reach today: on another day the tree may hold some."""

    def outside(ids: list[int]) -> set[int]:
        inside = scope.units(capacity, Right.SEE_UNITS).filter(pk__in=ids).values_list("pk", flat=True)
        return set(ids) - set(inside)

    return outside


def visible_unit(capacity: Capacity, code: str, day: date, right: Right = Right.SEE_UNITS) -> Any:
    """Return a unit in reach, with its name on the day; others are not found."""
    reach = scope.units(capacity, right)
    found = queries.named(reach.filter(queries.coded(code)), day).first()
    if found is None:
        raise Http404
    return found


@require_safe
@requires(Right.SEE_UNITS)
def units(request: HttpRequest) -> HttpResponse:
    """The tree within one's reach on a day; a flat list where something is looked for."""
    capacity = capacity_of(request)
    form = TreeFilterForm(request.GET, auto_id="loc-%s")
    day = form.day
    links = _links(day)
    text = form.said("q") or ""
    context: dict[str, Any] = {
        "form": form,
        "day": day,
        "text": text,
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang", "mo")],
        "clear_url": links.page,
        "may_reorganise": capacity.may(Right.REORGANISE) or capacity.may(Right.CARRY_OUT),
        "may_exchange": capacity.may(Right.SEE_UNITS),
    }
    if form.is_list:
        page = Paginator(_found(capacity, form), PER_PAGE).get_page(request.GET.get("trang"))
        columns, rows = _table(list(page), links)
        context |= {"page": page, "columns": columns, "rows": rows}
    else:
        top = _top(capacity, day)
        opened = _opened(capacity, request.GET.get("mo", ""), day) if "mo" in request.GET else top
        context |= {
            "nodes": tree(
                [top] if top else [],
                links,
                opened,
                page=request.GET.get("trang"),
                strangers=_strangers(capacity),
            ),
            "counts": _counts(top, day) if top else [],
        }
    return render(request, "organisation/units/units.html", context)


def _top(capacity: Capacity, day: date) -> Any:
    """Return the unit in whose name one acts as it was on a day; ``None`` where it did not exist."""
    if capacity.unit is None:
        return None
    return queries.as_of(capacity.unit, day)


def _opened(capacity: Capacity, code: str, day: date) -> Unit | None:
    found = queries.named(scope.units(capacity, Right.SEE_UNITS).filter(queries.coded(code)), day).first()
    return found if found is not None and found.lives_on(day) else None


def _counts(top: Any, day: date) -> list[dict[str, Any]]:
    """Return how many units of each kind stand below, in one query."""
    return [{"label": str(kind), "value": count} for kind, count in queries.kinds_in_subtree(top, day)]


def _found(capacity: Capacity, form: TreeFilterForm) -> QuerySet[Unit]:
    kind = form.said("loai")
    reach = scope.units(capacity, Right.SEE_UNITS)
    return queries.search(
        form.said("q") or "",
        form.day,
        kind=kind.code if kind else "",
        units=reach,
        status=form.said("trang_thai") or "",
    )


def _table(found: list[Any], links: Links) -> tuple[list[tables.Column], list[dict[str, Any]]]:
    above = chart.parents(found, links.day)
    columns = [
        tables.Column("ten", _("Đơn vị")),
        tables.Column("loai", _("Loại")),
        tables.Column("cap-tren", _("Trực thuộc")),
        tables.Column("trang-thai", _("Trạng thái")),
    ]
    rows = []
    for unit in found:
        parent: Any = above.get(unit.pk)
        rows.append(
            {
                "url": links.to_unit(unit.code),
                "cells": [
                    tables.Cell(unit.shown_name, note=unit.code),
                    tables.Cell(str(unit.kind)),
                    tables.Cell(parent.shown_name if parent else None),
                    _status(unit, links.day),
                ],
            }
        )
    return columns, rows


def _status(unit: Unit, day: date) -> tables.Cell:
    if unit.ended_on is not None and unit.ended_on <= day:
        return tables.Cell(_("Đã kết thúc"), status="withdrawn")
    if unit.founded_on > day:
        return tables.Cell(_("Chưa thành lập"), status="waiting")
    return tables.Cell(_("Đang hoạt động"), status="accepted")


@require_safe
@requires(Right.SEE_UNITS)
def branch(request: HttpRequest, code: str) -> HttpResponse:
    """The units right below one in reach, a page of them."""
    capacity = capacity_of(request)
    day = DayForm(request.GET).day
    unit = visible_unit(capacity, code, day)
    return branch_response(request, unit, _links(day), _strangers(capacity))


@require_safe
@requires(Right.SEE_UNITS)
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit with everything, and what one may do with it."""
    capacity = capacity_of(request)
    form = DayForm(request.GET)
    day = form.day
    shown = visible_unit(capacity, code, day)
    links = _links(day)
    path = queries.path(shown, day)
    outside = _strangers(capacity)([one.pk for one in path])
    ending = unit_page.ending(shown, day, lambda other: reverse("organisation:unit", args=[other]))
    context = {
        "unit": shown,
        "form": form,
        "day": day,
        "is_today": form.is_today,
        "crumbs": [
            {"title": _("Tổ chức"), "url": links.page + links.query()},
            *(
                {"title": one.shown_name, "url": links.to_unit(one.code)}  # type: ignore[attr-defined]  # named
                for one in path
                if one.pk not in outside
            ),
        ],
        "facts": [*unit_page.facts(shown, day), *_below_facts(shown, day)],
        "contacts": unit_page.contacts(shown),
        "departments": unit_page.departments(shown, day),
        "leaders": unit_page.leaders(shown, day),
        "names": unit_page.former_names(shown, shown.shown_name),
        "ending": ending,
        "entries": unit_page.timeline(shown, lambda other: reverse("organisation:unit", args=[other])),
        "below": level(shown, links, page=request.GET.get("trang"), strangers=_strangers(capacity)),
        "may_edit": scope.reaches(capacity, Right.EDIT_UNITS, shown.pk),
        "may_reorganise": ending is None and scope.reaches(capacity, Right.REORGANISE, shown.pk),
        "may_see_officers": scope.reaches(capacity, Right.SEE_OFFICERS, shown.pk),
        "status": _status(shown, day),
    }
    return render(request, "organisation/units/unit.html", context)


def _below_facts(unit: Unit, day: date) -> list[dict[str, Any]]:
    counts = queries.kinds_in_subtree(unit, day)
    if not counts:
        return []
    total = sum(count for _kind, count in counts)
    words = ngettext("%d đơn vị", "%d đơn vị", total) % total
    return [
        {
            "label": _("Cấp dưới"),
            "value": words,
            "note": "; ".join(f"{kind}: {count}" for kind, count in counts),
        }
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT_UNITS)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a unit says of itself: contacts, sector, ownership."""
    capacity = capacity_of(request)
    shown = visible_unit(capacity, code, DayForm({}).day)
    if not scope.reaches(capacity, Right.EDIT_UNITS, shown.pk):
        raise PermissionDenied
    form = ContactsForm(request.POST or None, instance=shown)
    if form.is_valid():
        edit_contacts(shown.pk, by=capacity, **form.cleaned_data)
        messages.success(request, _("Đã lưu liên hệ của %s.") % shown.shown_name)
        return redirect("organisation:desk_unit", shown.code)
    return render(
        request,
        "organisation/units/edit.html",
        {
            "form": form,
            "unit": shown,
            "crumbs": [
                {"title": _("Tổ chức"), "url": reverse("organisation:tree")},
                {"title": shown.shown_name, "url": reverse("organisation:desk_unit", args=[shown.code])},
            ],
        },
    )


@require_safe
@requires(Right.REORGANISE)
def suggest(request: HttpRequest) -> HttpResponse:
    """Units in reach that what was typed so far may mean, as options of a list beside the field.

    htmx sends the field under its own name, whatever that is.
    """
    name = request.headers.get("HX-Trigger-Name", "q")
    text = (request.GET.get(name) or request.GET.get("q", "")).strip()[:200]
    day = DayForm(request.GET).day
    found: list[Unit] = []
    if text:
        reach = scope.units(capacity_of(request), Right.REORGANISE)
        found = list(queries.search(text, day, units=reach)[:SUGGESTED])
    return render(request, "organisation/units/suggestions.html", {"units": found})
