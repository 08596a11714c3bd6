"""The organisation for everybody: the chart, the tree on any day, one unit. Nothing of a person but name, post and term."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from congdoan.organisation.forms.units import DayForm
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import chart
from congdoan.organisation.queries import units as queries
from congdoan.organisation.views import unit_page
from congdoan.organisation.views.trees import PER_PAGE, Links, branch_response, level, tree
from congdoan.ui.charts.org_chart import Chart, Node, layout

MOST_BOXES = 40
"""More boxes than this no longer make a picture; the list says it better."""


def _links(day: date) -> Links:
    return Links(
        page=reverse("organisation:units"),
        unit=lambda code: reverse("organisation:unit", args=[code]),
        branch=lambda code: reverse("organisation:unit_branch", args=[code]),
        day=day,
    )


def _by_code(code: str, day: date) -> Unit:
    try:
        return queries.by_code(code, day)
    except Unit.DoesNotExist:
        raise Http404 from None


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The organisation on a day: the federation as a picture, everything as a list that opens by branch, a search."""
    form = DayForm(request.GET)
    day = form.day
    links = _links(day)
    text = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {
        "form": form,
        "day": day,
        "text": text,
        "kept": [("ngay", day.isoformat())] if not form.is_today else [],
        "clear_url": links.page + (links.query() or "?"),
        "crumbs": _crumbs(),
    }
    if text:
        page = Paginator(queries.search(text, day), PER_PAGE).get_page(request.GET.get("trang"))
        return render(
            request, "organisation/public/units.html", {**context, "page": page, "nodes": _found(page, links)}
        )
    federation = chart.federation(day)
    picture = _picture(federation, day, links) if federation else None
    opened = _opened(request.GET.get("mo", ""), day) if "mo" in request.GET else federation
    return render(
        request,
        "organisation/public/units.html",
        {
            **context,
            "federation": federation,
            "chart": picture if "mo" not in request.GET else None,
            "nodes": tree(list(queries.roots(day)[:PER_PAGE]), links, opened, page=request.GET.get("trang")),
        },
    )


def _opened(code: str, day: date) -> Unit | None:
    """Return the unit whose branch the address opens; nothing where there is none of that code on the day."""
    try:
        unit = queries.by_code(code, day)
    except Unit.DoesNotExist:
        return None
    return unit if unit.lives_on(day) else None


def _found(page: Any, links: Links) -> list[dict[str, Any]]:
    found = list(page)
    above = chart.parents(found, links.day)
    return [
        {
            "name": unit.shown_name,
            "code": unit.code,
            "kind_label": str(unit.kind),
            "url": links.to_unit(unit.code),
            "note": above[unit.pk].shown_name if unit.pk in above else "",  # type: ignore[attr-defined]  # named
        }
        for unit in found
    ]


def _picture(unit: Any, day: date, links: Links) -> Chart | None:
    """Return the organisation of a federation in boxes; ``None`` where there would be too many or only one."""
    children = list(chart.upper_children(unit, day)[: MOST_BOXES + 1])
    departments = list(chart.departments(unit, day))
    counts = chart.kinds_below(unit, day)
    kinds: dict[str, list[Any]] = {}
    for child in children:
        kinds.setdefault(child.kind.code, []).append(child)
    others = sum(count for code, count in counts.items() if code not in kinds)
    boxes = 1 + len(children) + len(departments) + len(kinds) + bool(departments) + bool(others)
    if boxes > MOST_BOXES or boxes == 1:
        return None
    nodes: list[Node] = []
    if departments:
        nodes.append(
            Node(
                _("Cơ quan"),
                ngettext("%d ban, phòng", "%d ban, phòng", len(departments)) % len(departments),
                kind="side",
                children=[Node(str(department)) for department in departments],
            )
        )
    for below in kinds.values():
        leaves = [_leaf(child, links) for child in below]
        if len(below) == 1:
            nodes.extend(leaves)
        else:
            nodes.append(
                Node(
                    str(below[0].kind),
                    ngettext("%d đơn vị", "%d đơn vị", len(below)) % len(below),
                    children=leaves,
                )
            )
    if others:
        nodes.append(
            Node(
                _("Đơn vị trực thuộc khác"),
                ngettext("%d đơn vị", "%d đơn vị", others) % others,
                links.open(unit.code),
            )
        )
    return layout([Node(unit.shown_name, "", links.to_unit(unit.code), "main", nodes)])


def _leaf(child: Any, links: Links) -> Node:
    count = child.child_count
    note = ngettext("%d đơn vị trực thuộc", "%d đơn vị trực thuộc", count) % count if count else ""
    return Node(child.shown_short_name or child.shown_name, note, links.to_unit(child.code))


@require_safe
def branch(request: HttpRequest, code: str) -> HttpResponse:
    """The units right below one, a page of them, for the tree that opens by branch."""
    day = DayForm(request.GET).day
    return branch_response(request, _by_code(code, day), _links(day))


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit on a day: names, place, contacts, departments, leaders, units below, its story, who came after it."""
    form = DayForm(request.GET)
    day = form.day
    shown: Any = _by_code(code, day)
    links = _links(day)
    if shown.code != code:
        return redirect(links.to_unit(shown.code), permanent=True)
    path = queries.path(shown, day)
    below = level(shown, links, page=request.GET.get("trang"))
    now = DayForm({}).day
    context = {
        "unit": shown,
        "form": form,
        "day": day,
        "is_today": form.is_today,
        "crumbs": [
            *_crumbs(),
            {"title": _("Tổ chức"), "url": links.page + links.query()},
            *({"title": one.shown_name, "url": links.to_unit(one.code)} for one in path),  # type: ignore[attr-defined]  # named
        ],
        "facts": unit_page.facts(shown, day),
        "contacts": unit_page.contacts(shown) if shown.ended_on is None or shown.ended_on > now else [],
        "departments": unit_page.departments(shown, day),
        "leaders": unit_page.leaders(shown, day),
        "names": unit_page.former_names(shown, shown.shown_name),
        "ending": unit_page.ending(shown, day, links.to_unit),
        "is_future": shown.founded_on > day,
        "entries": unit_page.timeline(shown, lambda other: reverse("organisation:unit", args=[other])),
        "below": below,
        "kinds": chart.kinds_below(shown, day),
    }
    return render(request, "organisation/public/unit.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}]
