"""Sheets as the screens and checks need them, read in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from congdoan.reporting.engine.rules import Rule, RuleKind, Severity
from congdoan.reporting.models import Indicator, Line, Section, Sheet, SheetVersion
from congdoan.reporting.models import Rule as StoredRule

MOST_KNOWN = 200
_known_labels: dict[tuple[int, str, str], dict[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Blank:
    """One version of a sheet: its sections with their lines, and its rules."""

    version: SheetVersion
    sections: list[tuple[Section, list[Line]]]
    rules: list[Rule]

    @property
    def lines(self) -> list[Line]:
        """All lines in order."""
        return [line for _section, lines in self.sections for line in lines]

    @property
    def by_key(self) -> dict[str, Line]:
        """The lines by the key of their series."""
        return {line.series.key: line for line in self.lines}


def blank(version: SheetVersion) -> Blank:
    """Read a version of a sheet in three queries."""
    sections = list(Section.objects.filter(version=version).order_by("order"))
    lines: dict[int, list[Line]] = {section.pk: [] for section in sections}
    for line in (
        Line.objects.filter(section__version=version)
        .select_related("series__indicator")
        .order_by("section__order", "order")
    ):
        lines[line.section_id].append(line)
    rules = [engine_rule(rule) for rule in StoredRule.objects.filter(version=version)]
    return Blank(version, [(section, lines[section.pk]) for section in sections], rules)


def labels(version: SheetVersion) -> dict[str, str]:
    """Return the labels of the lines in order, by the key of their series. Of a published version, which never changes, they
    are read once in each process."""
    if version.published_at is None:
        return _labels(version.pk)
    at = version.pk, version.published_at.isoformat(), get_language() or ""
    if at not in _known_labels:
        if len(_known_labels) >= MOST_KNOWN:
            _known_labels.clear()
        _known_labels[at] = _labels(version.pk)
    return _known_labels[at]


def _labels(version: int) -> dict[str, str]:
    lines = Line.objects.filter(section__version=version).select_related("series")
    return {line.series.key: str(line) for line in lines.order_by("section__order", "order")}


def engine_rule(rule: StoredRule) -> Rule:
    """Return a stored rule as the engine knows it."""
    return Rule(
        rule.code,
        RuleKind(rule.kind),
        tuple(rule.left),
        tuple(rule.right),
        rule.low,
        rule.high,
        rule.factor,
        Severity(rule.severity),
    )


def version_for(sheet: Sheet, start: date) -> SheetVersion | None:
    """Return the published version that periods beginning on ``start`` use."""
    return (
        SheetVersion.objects.filter(sheet=sheet, valid_from__lte=start, published_at__isnull=False)
        .order_by("-valid_from", "-number")
        .first()
    )


def is_flow(line: Line) -> bool:
    """Say whether the line counts what happens in the period."""
    return line.series.indicator.kind in (Indicator.Kind.FLOW, Indicator.Kind.DISTINCT)
