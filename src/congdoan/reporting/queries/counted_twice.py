"""What would be counted twice: one series on two sheets that the same units owe over the same dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from congdoan.organisation.models import Ancestry
from congdoan.reporting.models import Indicator, Line, Obligation, Sheet, SheetVersion


@dataclass(frozen=True, slots=True)
class Twice:
    """A line whose series stands on another sheet too."""

    label: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Span:
    """Dates of an obligation or a version, half-open."""

    start: date
    end: date | None

    def cut(self, other: Span) -> Span | None:
        """Return what both have in common."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return Span(start, end) if end is None or start < end else None


def span_of(obligation: Obligation) -> Span:
    """Return the dates of an obligation."""
    return Span(obligation.valid_from, obligation.valid_to)


def twice(
    sheet: Sheet, lines: Iterable[Line], obligations: Iterable[Obligation], since: date | None = None
) -> list[Twice]:
    """Return the lines of ``sheet`` that other sheets ask for too, of the same kind of units and for the same dates.

    A stock may be asked for in two rhythms: figures take one of them, never the sum.
    """
    by_series = {line.series_id: line for line in lines}
    found: dict[tuple[int, int], Twice] = {}
    for obligation in obligations:
        span = span_of(obligation)
        if since is not None:
            cut = span.cut(Span(since, None))
            if cut is None:
                continue
            span = cut
        for other in _rivals(sheet, obligation):
            common = span.cut(span_of(other))
            if common is None:
                continue
            rhythm = (sheet.calendar_id, sheet.period_type) == (
                other.sheet.calendar_id,
                other.sheet.period_type,
            )
            for line in _lines_within(other.sheet, common):
                mine = by_series.get(line.series_id)
                if mine is not None and (rhythm or line.series.indicator.kind != Indicator.Kind.STOCK):
                    found[line.series_id, other.sheet_id] = Twice(str(mine), str(other.sheet))
    return list(found.values())


def _rivals(sheet: Sheet, obligation: Obligation) -> list[Obligation]:
    """Return the obligations of other sheets that some of the same units have."""
    above = Ancestry.objects.filter(unit=obligation.top_id, end_version=None).values("ancestor")
    below = Ancestry.objects.filter(ancestor=obligation.top_id, end_version=None).values("unit")
    return list(
        Obligation.objects.filter(Q(top__in=above) | Q(top__in=below), kind=obligation.kind_id)
        .exclude(sheet=sheet)
        .select_related("sheet")
    )


def _lines_within(sheet: Sheet, span: Span) -> list[Line]:
    """Return the lines of the published versions of a sheet that are in force somewhere within some dates."""
    versions = list(
        SheetVersion.objects.filter(sheet=sheet, published_at__isnull=False).order_by("valid_from", "number")
    )
    in_force = []
    for index, version in enumerate(versions):
        end = versions[index + 1].valid_from if index + 1 < len(versions) else None
        if end is not None and end <= version.valid_from:
            continue
        if Span(version.valid_from, end).cut(span) is not None:
            in_force.append(version.pk)
    return list(Line.objects.filter(section__version__in=in_force).select_related("series__indicator"))
