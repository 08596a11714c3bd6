"""Choosing a figure for the front page: indicators and units by the names that people know."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from congdoan.organisation.queries.units import in_order, named
from congdoan.reporting.queries.overview import meanings


class FeaturedFigureForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """The lists of the form say names, not codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        indicators, units = self.fields["indicator"], self.fields["unit"]
        known = meanings(list(indicators.queryset.values_list("pk", flat=True)), today)
        indicators.label_from_instance = lambda one: str(known.get(one.pk) or one.code)
        units.queryset = in_order(named(units.queryset, today))
        units.label_from_instance = lambda one: one.shown_name
