"""What search knows of units: living and ended ones, by the name of today and by every name they had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.organisation.models import Unit, UnitName
from congdoan.organisation.queries import chart
from congdoan.organisation.queries.units import named
from congdoan.search import sources
from congdoan.search.engine import Document as Indexed

KIND = "unit"
"""Never changes: addresses (``?loai=unit``) and the outbox name it."""


def documents(keys: Sequence[str]) -> Iterator[Indexed]:
    """The units among ``keys``; all are public."""
    today = timezone.localdate()
    with translation.override(settings.LANGUAGE_CODE):
        units: list[Any] = list(named(Unit.objects.filter(pk__in=[int(key) for key in keys]), today))
        above: dict[int, Any] = dict(chart.parents(units, today))
        names: dict[int, list[str]] = {}
        for row in UnitName.objects.filter(unit__in=units).order_by("-valid_from"):
            names.setdefault(row.unit_id, []).extend(filter(None, (row.name, row.short_name, row.name_en)))
        for unit in units:
            parent = above.get(unit.pk)
            is_ended = unit.ended_on is not None and unit.ended_on <= today
            yield Indexed(
                kind=KIND,
                key=str(unit.pk),
                title=unit.shown_name,
                url=unit.get_absolute_url(),
                symbol=unit.code,
                context=" ".join(
                    [unit.kind.name, parent.shown_name if parent else "", *names.get(unit.pk, [])]
                ),
                summary=_("Đơn vị đã kết thúc hoạt động.") if is_ended else unit.address,
                facets={"unit_kind": unit.kind.code},
            )


def all_keys() -> Iterator[str]:
    """Every unit there is."""
    for pk in Unit.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield str(pk)


sources.register(
    sources.Source(
        kind=KIND,
        label=gettext_lazy("Đơn vị"),
        documents=documents,
        all_keys=all_keys,
        order=30,
        stands_aside=True,
    )
)
