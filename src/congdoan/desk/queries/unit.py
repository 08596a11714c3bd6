"""The unit in whose name the reader acts, at a glance: one query for its place in the tree, one for who leads it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congdoan.notices import waiting
from congdoan.notices.glance import Glance
from congdoan.organisation.models import Ancestry, Mandate, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity, valid_at
from congdoan.organisation.queries.units import name_on, named, placed
from congdoan.ui.templatetags.ui import local_path


def facts(request: HttpRequest) -> list[Glance]:
    """Return name, kind, parent, size and leader of the reader's unit, and the next due day; nothing without a mandate."""
    capacity: Capacity | None = getattr(request, "capacity", None)
    if capacity is None or capacity.unit is None:
        return []
    return [*_place(capacity.unit, capacity.on), _leader(capacity.unit), _next_due(request)]


def _place(unit: Unit, day: dt.date) -> list[Glance]:
    parents = placed(day, unit=OuterRef("pk")).annotate(
        code=F("parent__code"), name=name_on(day, "parent"), name_en=name_on(day, "parent", "name_en")
    )
    below = (
        Ancestry.objects.filter(during(day), ancestor=OuterRef("pk"), depth__gt=0, end_version=None)
        .order_by()
        .values("ancestor")
        .annotate(count=Count("pk"))
    )
    row: Any = (  # with what the annotations add
        named(Unit.objects.filter(pk=unit.pk), day)
        .annotate(
            parent_code=Subquery(parents.values("code")[:1]),
            parent_name=Subquery(parents.values("name")[:1]),
            parent_name_en=Subquery(parents.values("name_en")[:1]),
            below=Coalesce(Subquery(below.values("count"), output_field=IntegerField()), 0),
        )
        .get()
    )
    found = [Glance(_("Đơn vị"), row.shown_name, note=str(row.kind), url=_address(row.code))]
    if row.parent_code:
        above = (get_language() == "en" and row.parent_name_en) or row.parent_name
        found.append(Glance(_("Cấp trên"), above, url=_address(row.parent_code)))
    found.append(Glance(_("Đơn vị bên dưới"), row.below))
    return found


def _leader(unit: Unit) -> Glance:
    mandate = (
        Mandate.objects.filter(valid_at(timezone.now()), unit=unit, position__is_leadership=True)
        .select_related("position", "officer")
        .order_by("position__sort_order", "pk")
        .first()
    )
    if mandate is None:
        return Glance(_("Người đứng đầu"), None)
    return Glance(capfirst(str(mandate.position)), str(mandate.officer))


def _next_due(request: HttpRequest) -> Glance:
    item = next((item for item in waiting.waiting_for(request).items if item.due_on), None)
    if item is None:
        return Glance(_("Hạn gần nhất"), _("Không có việc nào đến hạn"))
    return Glance(_("Hạn gần nhất"), item.due_on, note=item.title, url=item.url)


def _address(code: str) -> str:
    return local_path(f"/don-vi/{code}/")
