"""A small union with small cells, and its published figures."""

from __future__ import annotations

from datetime import date

from congdoan.figures.actions.freezing import freeze
from congdoan.figures.engine.specs import Asked
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.computing import compute
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Report
from tests.reporting import scenes

QUARTER = Window(date(2013, 10, 1), date(2013, 12, 31))
HELD = {"G0": 12000, "G1": 3, "G2": 3, "G3": 70}
"""Sessions: P1 has D1 (G0, G3) and D2 (G1), P2 has D3 (G2). All together 12.076."""


def small_union() -> scenes.Union:
    """Make the union of ``tests.reporting.scenes`` with a quarter in which one district of two held 3 sessions."""
    union = scenes.union()
    for report in Report.objects.filter(
        sheet=union.sheets[0], unit__code__in=HELD, period__end=date(2014, 1, 1)
    ).select_related("unit"):
        union.send(report, [HELD[report.unit.code], 7, 4, 40, 20])
        union.accept(report)
    refresh_all()
    return union


def publish(
    indicator: str = "f", unit: str = "VN", window: Window = QUARTER, basis: str = "as-was", cell: str = ""
) -> PublishedFigure:
    """Publish a figure as the data are now."""
    asked = Asked(indicator, cell, unit, window, basis)
    return freeze(compute([asked]).values())[asked]
