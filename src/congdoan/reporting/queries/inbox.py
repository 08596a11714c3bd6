"""The inbox of a level: reports of units below, with what asks for a look; and who has not reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from congdoan.organisation.models import Mandate
from congdoan.organisation.queries.capacities import Capacity, valid_at
from congdoan.organisation.queries.officers import mandates_in_reach
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.queries.units import search as search_units
from congdoan.organisation.rights import Role
from congdoan.reporting.engine.contents import Content, changes
from congdoan.reporting.engine.rules import check
from congdoan.reporting.models import Line, Period, Report, ReportVersion, Rule, Sheet
from congdoan.reporting.models.reports import OWED_UNTIL
from congdoan.reporting.queries.reports import directly_below, to_review, with_words
from congdoan.reporting.queries.sheets import engine_rule

Status = Report.Status
UNSENT = Q(status__in=Report.UNFINISHED, accepted=None)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the inbox is looked at. ``everybody``: all below, not only those directly below."""

    everybody: bool = False
    status: str = Status.SUBMITTED
    period: Period | None = None
    sheet: Sheet | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What of one report asks for a look: cells that changed (since last period; of a correction, since what was accepted), broken rules
    without a comment, and empty lines."""

    changed: int = 0
    warnings: int = 0
    missing: int = 0


def listed(capacity: Capacity, narrow: Narrowing) -> QuerySet[Any]:
    """Return the reports of the inbox, with names and what was sent."""
    found = to_review(capacity)
    if not narrow.everybody:
        found = found.filter(directly_below(capacity))
    if narrow.status:
        found = found.filter(status=narrow.status)
    return _named(_narrowed(found, narrow, capacity.on), capacity.on).select_related("current", "accepted")


def _narrowed(found: QuerySet[Report], narrow: Narrowing, day: date) -> QuerySet[Report]:
    if narrow.period:
        found = found.filter(period=narrow.period)
    if narrow.sheet:
        found = found.filter(sheet=narrow.sheet)
    if narrow.text:
        found = found.filter(unit__in=search_units(narrow.text, day, status="all").order_by().values("pk"))
    return found


def _named(found: QuerySet[Report], day: date) -> QuerySet[Any]:
    return with_words(found, day).annotate(
        unit_sort=name_on(day, "unit", "sort_key"),
        due=OWED_UNTIL,
    )


def waiting(capacity: Capacity) -> int:
    """Return how many reports of units directly below wait for review."""
    return to_review(capacity).filter(directly_below(capacity), status=Status.SUBMITTED).count()


def counts(capacity: Capacity) -> tuple[int, int]:
    """Return how many reports wait: directly below, and in all."""
    return waiting(capacity), to_review(capacity).filter(status=Status.SUBMITTED).count()


def following(capacity: Capacity, report: Report) -> Report | None:
    """Return the next report that waits, the one sent first; of those directly below before the others."""
    others = to_review(capacity).filter(status=Status.SUBMITTED).exclude(pk=report.pk)
    order = others.order_by("submitted_at", "pk")
    return order.filter(directly_below(capacity)).first() or order.first()


def looks(reports: Sequence[Report]) -> dict[int, Look]:
    """Return what asks for a look in each report of a page, in four queries for all."""
    before = _previous_contents(reports)
    versions = {report.sheet_version_id for report in reports}
    keys: dict[int, list[str]] = {}
    for version, key in Line.objects.filter(section__version__in=versions).values_list(
        "section__version", "series__key"
    ):
        keys.setdefault(version, []).append(key)
    rules: dict[int, list[Rule]] = {}
    for rule in Rule.objects.filter(version__in=versions):
        rules.setdefault(rule.version_id, []).append(rule)
    found: dict[int, Look] = {}
    for report in reports:
        if report.current is None:
            continue
        now = Content.from_dict(report.current.content)
        last = before.get(report.pk)
        compared = last
        if report.accepted and report.accepted != report.current:
            compared = Content.from_dict(report.accepted.content)
        numbers = (
            {key: value.number for key, value in last.values.items() if value.number is not None}
            if last
            else {}
        )
        broken = check(map(engine_rule, rules.get(report.sheet_version_id, [])), now.values, numbers)
        found[report.pk] = Look(
            changed=len(changes(compared, now)) if compared else 0,
            warnings=sum(1 for one in broken if not any(key in now.comments for key in one.rule.left)),
            missing=sum(1 for key in keys.get(report.sheet_version_id, []) if key not in now.values),
        )
    return found


def _previous_contents(reports: Iterable[Report]) -> dict[int, Content]:
    """Return, by report, what the same unit said of the period before."""
    earlier = Report.objects.filter(
        unit=OuterRef("unit"), sheet=OuterRef("sheet"), period__start__lt=OuterRef("period__start")
    ).order_by("-period__start")
    pairs = (
        Report.objects.filter(pk__in=[report.pk for report in reports])
        .annotate(sending=Subquery(earlier.annotate(one=Coalesce("accepted", "current")).values("one")[:1]))
        .values_list("pk", "sending")
    )
    sendings = {pk: sending for pk, sending in pairs if sending}
    contents = dict(ReportVersion.objects.filter(pk__in=sendings.values()).values_list("pk", "content"))
    return {pk: Content.from_dict(contents[sending]) for pk, sending in sendings.items()}


def sheets() -> QuerySet[Sheet]:
    """Return the sheets on which something is reported."""
    return Sheet.objects.filter(Exists(Report.objects.filter(sheet=OuterRef("pk"))))


def periods() -> QuerySet[Period]:
    """Return the periods of which something is reported, the newest first."""
    return Period.objects.filter(Exists(Report.objects.filter(period=OuterRef("pk")))).order_by(
        "-start", "type"
    )


def newest_unsent(capacity: Capacity) -> Period | None:
    """Return the newest period of which some report in reach was not sent."""
    report = (
        to_review(capacity).filter(UNSENT).select_related("period").order_by("-period__start", "pk").first()
    )
    return report.period if report else None


def unsent(capacity: Capacity, narrow: Narrowing) -> QuerySet[Any]:
    """Return the reports below that were not sent, the most late first."""
    found = to_review(capacity).filter(UNSENT)
    if not narrow.everybody:
        found = found.filter(directly_below(capacity))
    return _named(_narrowed(found, narrow, capacity.on), capacity.on).order_by("due", "unit_sort", "pk")


def callees(capacity: Capacity, units: Iterable[int]) -> dict[int, Mandate]:
    """Return whom to call in each unit: who leads it, as far as one may see officers."""
    found: dict[int, Mandate] = {}
    for mandate in (
        mandates_in_reach(capacity)
        .filter(valid_at(timezone.now()), unit__in=list(units))
        .exclude(position__role=Role.MEMBER)
        .select_related("position", "officer")
        .order_by("-position__is_leadership", "position__sort_order", "pk")
    ):
        found.setdefault(mandate.unit_id, mandate)
    return found


def names_of(capacity: Capacity, reports: Iterable[int]) -> dict[int, str]:
    """Return the names of the units of some reports in reach, by report."""
    found = to_review(capacity).filter(pk__in=list(reports)).annotate(name=name_on(capacity.on, "unit"))
    return dict(found.values_list("pk", "name"))
