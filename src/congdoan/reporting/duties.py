"""What reporting puts on the desk: what waits for me, reminders before due days, my unit at a glance, what I did last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from congdoan.notices import glance, recent, reminders, waiting
from congdoan.notices.kinds import Kind
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.models import Period, Report, Sheet, Total
from congdoan.reporting.models.reports import OWED_UNTIL
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries.officers import who_enter
from congdoan.reporting.queries.reports import directly_below, to_enter, to_review, visible_to, with_words

MOST_WAITING = 8
SOON = dt.timedelta(days=45)
"""An open report is shown so long before its due day: a month's report from the first day of its month."""

LONG_AGO = dt.timedelta(days=90)
"""Nobody is reminded any longer of what was due so long ago; it still waits on the start page."""

SAID = {
    "report.submitted": gettext_lazy("Gửi báo cáo"),
    "report.withdrawn": gettext_lazy("Rút lại báo cáo"),
    "report.returned": gettext_lazy("Trả lại báo cáo"),
    "report.accepted": gettext_lazy("Duyệt báo cáo"),
    "report.correcting": gettext_lazy("Mở báo cáo đã duyệt để sửa"),
    "report.reopened": gettext_lazy("Gia hạn báo cáo"),
    "report.asked": gettext_lazy("Hỏi về báo cáo"),
}


def register() -> None:
    """Fill the registries of the desk."""
    waiting.register("reporting", _waiting, title=gettext_lazy("báo cáo"))
    reminders.register("reporting", _due)
    glance.register("reporting", _glance, order=60)
    recent.say(SAID)
    recent.link("reporting.report", _links)


def _capacity(request: HttpRequest) -> Capacity | None:
    return getattr(request, "capacity", None)


def _with_due(reports: QuerySet[Report]) -> QuerySet[Any]:
    """Add ``owed_on``: the due day, or the later day until which the report was reopened."""
    return reports.annotate(owed_on=OWED_UNTIL)


def _open(reports: QuerySet[Report]) -> QuerySet[Any]:
    return _with_due(reports.filter(status__in=Report.UNFINISHED))


def _waiting(request: HttpRequest) -> Iterator[waiting.Waiting]:
    capacity = _capacity(request)
    if capacity is None or capacity.unit is None:
        return
    if capacity.may(Right.ENTER_REPORTS):
        yield from _to_enter(capacity)
    if capacity.may(Right.REVIEW_REPORTS):
        yield from _to_review(capacity)


def _to_enter(capacity: Capacity) -> Iterator[waiting.Waiting]:
    """What was returned comes first, whatever its due day; then by due day."""
    reports = _open(with_words(to_enter(capacity), capacity.on)).filter(owed_on__lte=capacity.on + SOON)
    for report in reports.order_by("-status", "owed_on", "pk")[:MOST_WAITING]:
        is_returned = report.status == Report.Status.RETURNED
        is_own = capacity.unit is not None and report.unit_id == capacity.unit.pk
        words = f"{report.sheet}, {report.period}"
        yield waiting.Waiting(
            title=words if is_own else f"{words}: {report.unit_name}",
            kind=Kind.RETURNED if is_returned else Kind.DUE,
            label=_("Đang sửa số đã duyệt") if report.is_correction and not is_returned else "",
            due_on=report.owed_on,
            since=report.updated_at,
            url=reverse("reporting:fill", args=[report.pk]),
            action=_("Sửa và gửi lại") if is_returned else _("Nhập báo cáo"),
            urgency=2 if is_returned else 1,
        )


def _to_review(capacity: Capacity) -> Iterator[waiting.Waiting]:
    """One line for each sheet and period of the units right below."""
    groups = (
        to_review(capacity)
        .filter(directly_below(capacity), status=Report.Status.SUBMITTED)
        .order_by()
        .values("sheet", "period")
        .annotate(count=Count("pk"), since=Min("submitted_at"))
        .order_by("since")[:MOST_WAITING]
    )
    found = list(groups)
    if not found:
        return
    sheets = Sheet.objects.in_bulk({row["sheet"] for row in found})
    periods = Period.objects.in_bulk({row["period"] for row in found})
    for row in found:
        yield waiting.Waiting(
            title=ngettext("%(count)d báo cáo: %(about)s", "%(count)d báo cáo: %(about)s", row["count"])
            % {"count": row["count"], "about": f"{sheets[row['sheet']]}, {periods[row['period']]}"},
            kind=Kind.TO_REVIEW,
            since=row["since"],
            url=reverse("reporting:inbox"),
            action=_("Xem và duyệt"),
        )


def _due(today: dt.date) -> Iterator[reminders.Due]:
    """Remind those who fill the reports of a unit, seven days and one day before, and once when it is late."""
    reports = list(
        _open(Report.objects.all())
        .filter(
            owed_on__gte=today - LONG_AGO, owed_on__lte=today + dt.timedelta(days=max(reminders.DAYS_BEFORE))
        )
        .select_related("sheet", "period")
        .order_by("pk")
    )
    people = who_enter({report.unit_id for report in reports}, today)
    for report in reports:
        for user in people[report.unit_id]:
            yield reminders.Due(
                user=user,
                key=str(report.pk),
                due_on=report.owed_on,
                title=f"{report.sheet}, {report.period}",
                url=reverse("reporting:fill", args=[report.pk]),
            )


def _glance(request: HttpRequest) -> Iterator[glance.Glance]:
    capacity = _capacity(request)
    if capacity is None or capacity.unit is None:
        return
    if capacity.may(Right.ENTER_REPORTS):
        last = (
            Report.objects.filter(unit=capacity.unit, accepted__isnull=False)
            .select_related("sheet", "period")
            .order_by("-period__end", "pk")
            .first()
        )
        # A unit that owes no report is not told that none of its reports was accepted.
        if last or Report.objects.filter(unit=capacity.unit).exists():
            yield glance.Glance(
                label=_("Báo cáo duyệt gần nhất"),
                value=str(last.period) if last else None,
                note=str(last.sheet) if last else "",
                url=reverse("reporting:reports"),
            )
    if capacity.may(Right.REVIEW_REPORTS):
        yield from _completeness(capacity)


def _completeness(capacity: Capacity) -> Iterator[glance.Glance]:
    """How many of the reports that the units below owe for the last period that is over are accepted."""
    found = (
        Total.objects.filter(
            basis=AS_WAS,
            unit=capacity.unit,
            series__covers__isnull=False,
            period__type=F("series__covers__period_type"),
            period__calendar=F("series__covers__calendar"),
            period__end__lte=capacity.on,
        )
        .select_related("period", "series__covers")
        .order_by("-period__end", "series")
        .first()
    )
    url = reverse("reporting:inbox")
    if found is None:
        return
    expected = found.reported + found.inapplicable
    yield glance.Glance(
        label=_("Báo cáo đã duyệt của cấp dưới"),
        value=_("%(count)d/%(expected)d") % {"count": found.reported, "expected": expected},
        note=f"{found.series.covers}, {found.period}",
        url=url,
    )


def _links(request: HttpRequest, ids: Iterable[str]) -> Mapping[str, str]:
    """Lead to where one works on the report: the own one is filled, another's is reviewed."""
    capacity = _capacity(request)
    if capacity is None or capacity.unit is None:
        return {}
    shown = visible_to(capacity).filter(pk__in=[int(pk) for pk in ids if pk.isdigit()])
    own = capacity.unit.pk
    fills = capacity.may(Right.ENTER_REPORTS) and not capacity.may(Right.REVIEW_REPORTS)
    return {
        str(pk): reverse("reporting:fill" if unit == own or fills else "reporting:review", args=[pk])
        for pk, unit in shown.values_list("pk", "unit")
    }
