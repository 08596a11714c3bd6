"""The figures that the front page of the demonstration shows."""

from __future__ import annotations

from congdoan.figures.models import FeaturedFigure
from congdoan.ops.demo.reports.values import PROVINCE
from congdoan.organisation.models import Unit
from congdoan.reporting.models import Indicator

CHOSEN = (
    "union.members.total",
    "propaganda.law.sessions",
    "training.skills.rate",
    "members.admitted",
    "innovation.initiatives.benefit_vnd",
    "culture_sport.events",
)


def load() -> None:
    """Choose them. The indicators of the demonstration must be there."""
    unit = Unit.objects.get(code=PROVINCE)
    known = {one.code: one for one in Indicator.objects.filter(code__in=CHOSEN, is_public=True)}
    for order, code in enumerate(CHOSEN):
        if code in known:
            FeaturedFigure.objects.create(indicator=known[code], unit=unit, sort_order=order)
