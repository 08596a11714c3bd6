"""Reminding a unit below of a report that it has not sent: by a notice to those who fill or sign it, at most once a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.notices.actions.notices import tell
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Notice
from congdoan.organisation.models import Mandate
from congdoan.organisation.queries.capacities import Capacity, valid_at
from congdoan.organisation.rights import MATRIX, Right
from congdoan.reporting.models import Report
from congdoan.reporting.queries.inbox import UNSENT
from congdoan.reporting.queries.reports import to_review, with_words

FILLING = [
    role for role, rights in MATRIX.items() if Right.ENTER_REPORTS in rights or Right.SIGN_REPORTS in rights
]


@dataclass(slots=True)
class Nudged:
    """What became of reminding: reports whose units were reminded, reminded today already, or have nobody with an account."""

    told: list[Report] = field(default_factory=list)
    already: list[Report] = field(default_factory=list)
    nobody: list[Report] = field(default_factory=list)


def key_of(report_id: int) -> str:
    """Return the key of the notice."""
    return f"report:{report_id}:reminded"


def reminded_today(report_ids: Collection[int]) -> set[int]:
    """Return those of some reports of which somebody was reminded today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    keys = {key_of(pk): pk for pk in report_ids}
    rows = Notice.objects.filter(key__in=keys, told_at__gte=midnight, withdrawn_at=None)
    return {keys[key] for key in rows.values_list("key", flat=True).distinct()}


@transaction.atomic
def nudge(report_ids: Collection[int], *, by: Capacity, url_of: str) -> Nudged:
    """Remind the units of some reports that were not sent; those out of reach or sent meanwhile are passed over."""
    reports = list(
        with_words(to_review(by).filter(UNSENT, pk__in=report_ids), by.on)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    today = reminded_today([report.pk for report in reports])
    people = _people({report.unit_id for report in reports})
    done = Nudged()
    for report in reports:
        if report.pk in today:
            done.already.append(report)
        elif not (users := people.get(report.unit_id, [])):
            done.nobody.append(report)
        else:
            _tell(report, users, by, url_of.format(pk=report.pk))
            done.told.append(report)
    return done


def _people(units: Collection[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    for mandate in (
        Mandate.objects.filter(
            valid_at(timezone.now()),
            unit__in=units,
            position__role__in=FILLING,
            officer__user__is_active=True,
        )
        .select_related("officer__user")
        .order_by("pk")
    ):
        if isinstance(mandate.officer.user, User):
            found.setdefault(mandate.unit_id, []).append(mandate.officer.user)
    return found


def _tell(report: Report, users: list[User], by: Capacity, url: str) -> None:
    title = format_lazy(
        "{words}: {sheet}, {period}",
        words=_("Nhắc gửi báo cáo"),
        sheet=str(report.sheet),
        period=report.period.words,
    )
    text = format_lazy("{words} {who}.", words=_("Người nhắc:"), who=by.words)
    tell(users, Kind.DUE, key_of(report.pk), title, text, url, report.due_on, renew=True)
    audit.record("report.reminded", report, actor=by.actor, capacity=by.audit)
