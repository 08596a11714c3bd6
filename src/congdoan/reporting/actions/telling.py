"""Telling people what became of their report. Returning, asking and correcting are told in the same transaction; what was
accepted is told by the worker, for many reports at once, so that accepting stays quick."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congdoan.notices.actions import notices
from congdoan.notices.actions.notices import Message
from congdoan.notices.kinds import Kind
from congdoan.reporting.models import Report, ReviewStep
from congdoan.reporting.queries.officers import who_accepted, who_enter

LATELY = timedelta(days=7)
"""What was accepted longer ago was told then, or is no news any more."""


def about(report: Report) -> Promise:
    """Name a report in the language of whoever reads it: "Báo cáo quý, Quý III/2019"."""
    return format_lazy("{sheet}, {period}", sheet=report.sheet, period=report.period)


def tell(report: Report, step: ReviewStep) -> None:
    """Tell a step to those whom it asks for something. The caller writes the step in this transaction."""
    kinds = ReviewStep.Kind
    if step.kind == kinds.RETURNED:
        _tell_unit(
            report,
            step,
            Kind.RETURNED,
            format_lazy(_("Báo cáo bị trả lại: {about}"), about=about(report)),
            urgent=True,
        )
    elif step.kind == kinds.ASKED:
        _tell_unit(
            report,
            step,
            Kind.TO_ANSWER,
            format_lazy(_("Cấp trên hỏi về báo cáo: {about}"), about=about(report)),
        )
    elif step.kind == kinds.CORRECTING:
        notices.tell(
            who_accepted(report),
            Kind.NEWS,
            f"report:{report.pk}:correcting",
            format_lazy(
                _("{unit} đang sửa số liệu đã duyệt: {about}"), unit=report.unit.code, about=about(report)
            ),
            step.reason,
            reverse("reporting:review", args=[report.pk]),
            renew=True,
        )


def _tell_unit(report: Report, step: ReviewStep, kind: Kind, title: Promise, *, urgent: bool = False) -> None:
    notices.tell(
        who_enter([report.unit_id], timezone.localdate())[report.unit_id],
        kind,
        f"report:{report.pk}:{step.kind}",
        title,
        step.reason,
        reverse("reporting:fill", args=[report.pk]),
        urgent=urgent,
        renew=True,
    )


def take_back(report: Report, *kinds: str) -> None:
    """Take back what was told about a step once it is dealt with."""
    for kind in kinds:
        notices.withdraw(f"report:{report.pk}:{kind}")


def tell_accepted(pks: Collection[int]) -> int:
    """Tell the units of some reports that they were accepted lately; return how many notices. Told again, nothing changes."""
    reports = list(
        Report.objects.filter(
            pk__in=pks, status=Report.Status.ACCEPTED, accepted_at__gte=timezone.now() - LATELY
        ).select_related("sheet", "period", "accepted")
    )
    people = who_enter({report.unit_id for report in reports}, timezone.localdate())
    return notices.tell_each(
        (
            user,
            Message(
                kind=Kind.NEWS,
                key=f"report:{report.pk}:accepted:{report.accepted.number if report.accepted else 0}",
                title=format_lazy(_("Báo cáo đã được duyệt: {about}"), about=about(report)),
                url=reverse("reporting:fill", args=[report.pk]),
            ),
        )
        for report in reports
        for user in people[report.unit_id]
    )
