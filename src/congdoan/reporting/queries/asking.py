"""One figure by codes, for the command line: whoever sits there may see everything."""

from __future__ import annotations

from datetime import date

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import coded
from congdoan.reporting.errors import UnknownIndicatorError, UnknownSeriesError, UnknownUnitError
from congdoan.reporting.models import Indicator, Series
from congdoan.reporting.queries.figures import Figure, Reader


def one_figure(
    indicator: str, unit: str, start: date, end: date, *, basis: str = "as-was", cell: str = ""
) -> Figure:
    """Return a figure; both days are inclusive.

    Raises ``UnknownIndicatorError``, ``UnknownUnitError``, ``UnknownSeriesError`` (the indicator has no such cell) or
    ``WindowCutsPeriodError``.
    """
    found = Indicator.objects.filter(code=indicator).first()
    if found is None:
        raise UnknownIndicatorError(indicator)
    whose = Unit.objects.filter(coded(unit)).first()
    if whose is None:
        raise UnknownUnitError(unit)
    if cell and not Series.objects.filter(indicator=found, cell=cell, part=Series.Part.VALUE).exists():
        raise UnknownSeriesError(indicator, cell)
    return Reader(whose, basis).read([(found, cell)], start, end)[found.code, cell]
