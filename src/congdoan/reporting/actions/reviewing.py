"""Sending and reviewing: each a step that is written once, bound to the hash of what it is about."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.actions import telling
from congdoan.reporting.actions.filling import lock_to_fill
from congdoan.reporting.actions.queueing import enqueue
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.errors import (
    NotReadyError,
    OwnUnitError,
    ReasonNeededError,
    ReportingError,
    WrongStatusError,
)
from congdoan.reporting.models import Entry, Report, ReportVersion, ReviewStep, Series
from congdoan.reporting.queries.filling import content_of, gaps, problems
from congdoan.reporting.queries.reports import one_to_enter, one_to_review
from congdoan.reporting.queries.sheets import blank, labels

Status = Report.Status
Kind = ReviewStep.Kind


@transaction.atomic
def submit(report_id: int, *, by: Capacity, client_key: uuid.UUID | None = None) -> ReportVersion:
    """Send a report to the level above. The same ``client_key`` again returns the sending that it made: a repeated
    click or a repeated request on a bad network sends once.

    Raises ``NotReadyError`` with everything that must be mended, ``WrongStatusError`` when it was sent already,
    ``Report.DoesNotExist`` where it is not theirs.
    """
    if client_key and (sent := _sent(report_id, client_key, by)):
        return sent
    try:
        report = lock_to_fill(report_id, by)
    except WrongStatusError:
        # The same click that arrived twice waited for the lock, and finds what the first one sent.
        if client_key and (sent := _sent(report_id, client_key, by)):
            return sent
        raise
    content, sheet = content_of(report), blank(report.sheet_version)
    if wrong := problems(report, content, sheet):
        raise NotReadyError(wrong)
    sending = _append(report, content, by, client_key or uuid.uuid4())
    if report.status == Status.RETURNED:
        telling.take_back(report, Kind.RETURNED)
    report.current, report.status, report.submitted_at = sending, Status.SUBMITTED, sending.sent_at
    report.first_submitted_at = report.first_submitted_at or sending.sent_at
    report.updated_at = sending.sent_at
    report.save(update_fields=["current", "status", "submitted_at", "first_submitted_at", "updated_at"])
    _step(report, Kind.SUBMITTED, by, reason=report.correction_reason, missing=gaps(content, sheet))
    return sending


def _sent(report_id: int, client_key: uuid.UUID, by: Capacity) -> ReportVersion | None:
    reports = one_to_enter(by, report_id)
    return ReportVersion.objects.filter(client_key=client_key, report__in=reports).first()


def _append(report: Report, content: Content, by: Capacity, client_key: uuid.UUID) -> ReportVersion:
    last = report.versions.order_by("-number").first()
    now = timezone.now()
    return ReportVersion.objects.create(
        report=report,
        number=last.number + 1 if last else 1,
        sheet_version=report.sheet_version,
        content=content.to_dict(),
        digest=content_hash(
            content,
            unit=report.unit.code,
            sheet=report.sheet.code,
            version=report.sheet_version.number,
            period=report.period.code,
            previous=last.digest if last else "",
        ),
        reason=report.correction_reason,
        client_key=client_key,
        sent_at=now,
        sent_by_text=str(by.actor or "")[:200],
        mandate_id_text=by.audit[0],
        mandate_text=by.audit[1],
    )


def _step(
    report: Report,
    kind: Kind,
    by: Capacity,
    *,
    reason: str = "",
    comments: Mapping[str, str] | None = None,
    missing: Iterable[str] = (),
) -> ReviewStep:
    step = ReviewStep.objects.create(
        report=report,
        version=report.current,
        kind=kind,
        at=timezone.now(),
        actor_text=str(by.actor or "")[:200],
        mandate_id_text=by.audit[0],
        mandate_text=by.audit[1],
        reason=reason,
        comments=dict(comments or {}),
        gaps=list(missing),
        digest=report.current.digest if report.current else "",
    )
    telling.tell(report, step)
    audit.record_entry(
        f"report.{kind.value}",
        object_type="reporting.report",
        object_id=str(report.pk),
        object_text=f"{report.unit.code}: {report.sheet}, {report.period}",
        actor=by.actor,
        capacity=by.audit,
        after={"status": report.status, "digest": step.digest[:16]},
        reason=reason,
    )
    return step


@transaction.atomic
def withdraw(report_id: int, *, by: Capacity) -> Report:
    """Take back a report that nobody has reviewed yet, to go on filling it."""
    report = one_to_enter(by, report_id).select_for_update(of=("self",), no_key=True).get()
    if report.status != Status.SUBMITTED:
        raise WrongStatusError(current=report.status, wanted="submitted")
    report.status = Status.OPEN
    report.save(update_fields=["status"])
    _step(report, Kind.WITHDRAWN, by)
    return report


def lock_to_review(report_id: int, by: Capacity) -> Report:
    """Lock a sent report that the capacity may review.

    Raises ``Report.DoesNotExist`` for one out of reach, ``OwnUnitError`` for the own unit's, ``WrongStatusError`` when
    somebody was faster.
    """
    report = (
        one_to_review(by, report_id)
        .select_for_update(of=("self",), no_key=True)
        .select_related("unit", "sheet", "period", "current__sheet_version")
        .first()
    )
    if report is None:
        if one_to_enter(by, report_id).exists():
            raise OwnUnitError
        raise Report.DoesNotExist
    if report.status != Status.SUBMITTED:
        raise WrongStatusError(current=report.status, wanted="submitted")
    return report


@transaction.atomic
def accept(report_id: int, *, by: Capacity, digest: str = "") -> Report:
    """Accept the sending that waits: it counts from now on. Known gaps are written into the step.

    ``digest`` is the hash of what the reviewer had before their eyes; another sending since raises ``WrongStatusError``.
    """
    report = lock_to_review(report_id, by)
    sending = report.current
    if sending is None or (digest and digest != sending.digest):
        raise WrongStatusError(current="returned", wanted="submitted")
    now = timezone.now()
    if report.is_correction:
        telling.take_back(report, Kind.CORRECTING)
    report.accepted, report.status, report.accepted_at = sending, Status.ACCEPTED, now
    report.is_correction, report.correction_reason, report.updated_at = False, "", now
    report.save(
        update_fields=[
            "accepted",
            "status",
            "accepted_at",
            "is_correction",
            "correction_reason",
            "updated_at",
        ]
    )
    keys = set(sending.content["values"])
    _step(
        report,
        Kind.ACCEPTED,
        by,
        missing=[label for key, label in labels(sending.sheet_version).items() if key not in keys],
    )
    enqueue([report.pk])
    return report


@dataclass(slots=True)
class Accepted:
    """What became of accepting many: how many were accepted, and a sentence for each that was not."""

    count: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def accept_many(chosen: Mapping[int, str], *, by: Capacity) -> Accepted:
    """Accept several reports (id → hash that was seen), each for itself: one that cannot be accepted holds up no other."""
    done = Accepted()
    for report_id, digest in sorted(chosen.items()):
        try:
            accept(report_id, by=by, digest=digest)
            done.count += 1
        except ReportingError as error:
            done.refused[report_id] = error.user_message
        except Report.DoesNotExist:
            continue
    return done


@transaction.atomic
def return_report(
    report_id: int, *, reason: str, by: Capacity, comments: Mapping[str, str] | None = None
) -> Report:
    """Send a submitted report back to its unit with the reason they will read; comments on cells travel with it.

    The row stays locked until commit, so two officers cannot accept and return it at the same moment.
    """
    reason = vntext.nfc(reason).strip()
    if not reason:
        raise ReasonNeededError
    report = lock_to_review(report_id, by)
    report.status = Status.RETURNED
    report.updated_at = timezone.now()
    report.save(update_fields=["status", "updated_at"])
    kept = {key: vntext.nfc(text).strip() for key, text in (comments or {}).items() if text.strip()}
    _step(report, Kind.RETURNED, by, reason=reason, comments=kept)
    return report


@transaction.atomic
def correct(report_id: int, *, reason: str, by: Capacity) -> Report:
    """Open an accepted report for a correction. What was accepted counts until the correction is accepted in its turn."""
    reason = vntext.nfc(reason).strip()
    if not reason:
        raise ReasonNeededError
    report = one_to_enter(by, report_id).select_for_update(of=("self",), no_key=True).get()
    if report.status != Status.ACCEPTED or report.accepted is None:
        raise WrongStatusError(current=report.status, wanted="accepted")
    report.status, report.is_correction, report.correction_reason = Status.OPEN, True, reason
    report.revision += 1
    report.updated_at = timezone.now()
    report.save(update_fields=["status", "is_correction", "correction_reason", "revision", "updated_at"])
    _lay_out(report, by)
    _step(report, Kind.CORRECTING, by, reason=reason)
    return report


def _lay_out(report: Report, by: Capacity) -> None:
    """Put the accepted content into the cells."""
    content = Content.from_dict(report.accepted.content)  # type: ignore[union-attr]  # the caller saw it
    series = {series.key: series for series in Series.objects.filter(key__in=content.values)}
    report.entries.all().delete()
    now = timezone.now()
    Entry.objects.bulk_create(
        [
            Entry(
                report=report,
                series=series[key],
                state=value.state.value,
                number=value.number,
                comment=content.comments.get(key, ""),
                revision=report.revision,
                changed_at=now,
                changed_by=by.actor,
            )
            for key, value in content.values.items()
        ]
    )


@transaction.atomic
def reopen(report_id: int, *, until: date, reason: str, by: Capacity) -> Report:
    """Give a unit more time: the report is not late before ``until`` is over."""
    if not (reason := vntext.nfc(reason).strip()):
        raise ReasonNeededError
    report = one_to_review(by, report_id).select_for_update(of=("self",), no_key=True).get()
    if not report.is_unfinished:
        raise WrongStatusError(current=report.status, wanted="open")
    report.reopened_until = until
    report.save(update_fields=["reopened_until"])
    _step(report, Kind.REOPENED, by, reason=reason)
    return report


@transaction.atomic
def ask(report_id: int, *, reason: str, by: Capacity) -> ReviewStep:
    """Ask a unit below about its report, whatever its state: the question stands in the report's history."""
    if not (reason := vntext.nfc(reason).strip()):
        raise ReasonNeededError
    report = one_to_review(by, report_id).select_for_update(of=("self",), no_key=True).get()
    return _step(report, Kind.ASKED, by, reason=reason)
