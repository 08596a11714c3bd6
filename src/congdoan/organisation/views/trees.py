"""The tree as its component wants it: one level at a time, opened by links or by branches, fifty units a page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units as queries

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Links:
    """Where the tree leads: the page with the tree, a unit, a branch. ``day`` goes along unless it is today."""

    page: str
    unit: Callable[[str], str]
    branch: Callable[[str], str]
    day: date
    foreign: Callable[[str], str] | None = None

    def query(self, **values: object) -> str:
        """Return the query string with the day and what is said."""
        kept = {name: value for name, value in values.items() if value not in (None, "", 0)}
        if self.day != timezone.localdate():
            kept["ngay"] = self.day.isoformat()
        return f"?{urlencode(kept)}" if kept else ""

    def to_unit(self, code: str, *, is_foreign: bool = False) -> str:
        """Return the address of a unit's page on the day; of its public page where the other is not for the reader."""
        make = self.foreign if is_foreign and self.foreign else self.unit
        return f"{make(code)}{self.query()}"

    def open(self, code: str, page: int = 0) -> str:
        """Return the page with a branch open, for browsers without scripts."""
        return f"{self.page}{self.query(mo=code, trang=page if page > 1 else 0) or '?'}"


def _node(unit: Any, links: Links, foreign: Collection[int]) -> dict[str, Any]:
    count = unit.child_count
    return {
        "name": unit.shown_name,
        "code": unit.code,
        "kind_label": str(unit.kind),
        "url": links.to_unit(unit.code, is_foreign=unit.pk in foreign),
        "children_url": f"{links.branch(unit.code)}{links.query()}" if count else "",
        "open_url": links.open(unit.code),
        "close_url": links.page + (links.query(mo="-") or "?"),
        "count": count or None,
        "count_label": _("đơn vị"),
        "is_open": False,
    }


@dataclass(slots=True)
class Level:
    """One page of the units right below one, ready for the component."""

    nodes: list[dict[str, Any]]
    more_url: str = ""
    more_page: str = ""
    more_count: int = 0


def level(
    unit: Unit,
    links: Links,
    *,
    page: Any = 1,
    keep: Unit | None = None,
    strangers: Callable[[list[int]], set[int]] | None = None,
) -> Level:
    """Return a page of the units below ``unit``. ``keep`` is among them whatever page it stands on; ``strangers`` says
    which of them the reader's own pages do not show."""
    below = queries.children(unit, links.day)
    shown = Paginator(below, PER_PAGE).get_page(page)
    found: list[Unit] = list(shown)
    if keep is not None and keep.pk not in {one.pk for one in found}:
        found += below.filter(pk=keep.pk)
    foreign = strangers([one.pk for one in found]) if strangers else set()
    nodes = [_node(one, links, foreign) for one in found]
    if not shown.has_next():
        return Level(nodes)
    following = shown.next_page_number()
    return Level(
        nodes,
        more_url=f"{links.branch(unit.code)}{links.query(trang=following)}",
        more_page=links.open(unit.code, following),
        more_count=shown.paginator.count - shown.end_index(),
    )


def tree(
    tops: list[Unit],
    links: Links,
    opened: Unit | None,
    *,
    page: Any = 1,
    strangers: Callable[[list[int]], set[int]] | None = None,
) -> list[dict[str, Any]]:
    """Return the nodes of the tree with the branch of ``opened`` and everything above it open.

    ``tops`` carry ``child_count``. As many queries as there are levels, however many units stand on them.
    """
    foreign = strangers([one.pk for one in tops]) if strangers else set()
    nodes = [_node(one, links, foreign) for one in tops]
    if opened is None:
        return nodes
    chain = [*queries.path(opened, links.day), opened]
    at = {one.pk: node for one, node in zip(tops, nodes, strict=True)}
    start = next((place for place, one in enumerate(chain) if one.pk in at), None)
    if start is None:
        return nodes
    node = at[chain[start].pk]
    for place in range(start, len(chain)):
        unit = chain[place]
        following = chain[place + 1] if place + 1 < len(chain) else None
        below = level(unit, links, page=page if following is None else 1, keep=following, strangers=strangers)
        node.update(
            is_open=True,
            children=below.nodes,
            more_url=below.more_url,
            more_page=below.more_page,
            more_count=below.more_count,
            close_url=links.open(chain[place - 1].code) if place > start else node["close_url"],
        )
        if following is None:
            node["is_current"] = True
            break
        node = next(one for one in below.nodes if one["code"] == following.code)
    return nodes


def branch_response(
    request: HttpRequest,
    unit: Unit,
    links: Links,
    strangers: Callable[[list[int]], set[int]] | None = None,
) -> HttpResponse:
    """Answer with the units below ``unit`` as a branch; somebody without scripts is sent to the page with it open."""
    if not request.headers.get("HX-Request"):
        page = request.GET.get("trang", "")
        return redirect(links.open(unit.code, int(page) if page.isdecimal() else 0))
    below = level(unit, links, page=request.GET.get("trang"), strangers=strangers)
    return render(
        request,
        "ui/components/tree_branch.html",
        {
            "nodes": below.nodes,
            "more_url": below.more_url,
            "more_page": below.more_page,
            "more_count": below.more_count,
        },
    )
