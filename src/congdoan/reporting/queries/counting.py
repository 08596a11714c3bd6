"""What counts of a report: the facts that its accepted sending makes."""

from __future__ import annotations

from collections.abc import Iterable

from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.summing import Fact
from congdoan.reporting.models import IndicatorVersion, Report, ReportVersion, Series


def rates() -> list[tuple[str, str, int, int]]:
    """Return the matched rates: keys of numerator and denominator as typed, ids of the two series that pair them."""
    pairs = {series.key: series.pk for series in Series.objects.exclude(part=Series.Part.VALUE)}
    found = []
    for version in IndicatorVersion.objects.filter(
        numerator__isnull=False, denominator_kind=IndicatorVersion.Denominator.MATCHED
    ).select_related("numerator", "denominator", "indicator"):
        code = version.indicator.code
        numerator, denominator = pairs.get(f"{code}#num"), pairs.get(f"{code}#den")
        if numerator and denominator and version.numerator and version.denominator:
            found.append((version.numerator.key, version.denominator.key, numerator, denominator))
    return sorted(set(found))


def facts_of(report: Report, ids: dict[str, int], matched: Iterable[tuple[str, str, int, int]]) -> list[Fact]:
    """Return the facts of a report as it counts now."""
    return facts_of_sending(report, report.accepted, ids, matched)


def facts_of_sending(
    report: Report,
    sending: ReportVersion | None,
    ids: dict[str, int],
    matched: Iterable[tuple[str, str, int, int]],
) -> list[Fact]:
    """Return the facts that one sending of a report makes: its cells, the pairs of matched rates, and the report itself in its
    sheet's coverage. Without a sending the report is only expected."""
    period = report.period_id
    if sending is None:
        return [Fact(period, report.sheet.coverage_id, None)]
    values = Content.from_dict(sending.content).values
    found = [Fact(period, ids[key], value.number) for key, value in values.items() if key in ids]
    for numerator, denominator, first, second in matched:
        if numerator in values and denominator in values:
            above, below = values[numerator].number, values[denominator].number
            if above is not None and below is not None:
                found += [Fact(period, first, above), Fact(period, second, below)]
    return [*found, Fact(period, report.sheet.coverage_id, 1)]
