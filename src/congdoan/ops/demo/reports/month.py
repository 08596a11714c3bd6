"""The month that is open when the demonstration is made: most reports wait to be filled, some for review, a few are through."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from congdoan.ops.demo.reports.people import People
from congdoan.ops.demo.reports.quarters import QUARTERS
from congdoan.ops.demo.reports.values import MEMBERS, WORKERS, grassroots
from congdoan.ops.demo.union import DEMO_CHAIR_UNIT, DEMO_MIDDLE_UNIT, dice
from congdoan.organisation.models import Placement
from congdoan.organisation.models.units import during
from congdoan.reporting.actions.opening import open_reports
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.engine.values import Value
from congdoan.reporting.models import (
    Counting,
    Dirty,
    Entry,
    Fact,
    Report,
    ReportVersion,
    ReviewStep,
    Series,
    Sheet,
)
from congdoan.reporting.queries.counting import facts_of, rates

WAITING, THROUGH, STARTED = 12, 6, 4
"""Reports below the demonstration's middle officer that wait for review, that are accepted, that are half filled."""
MANY_SESSIONS = 45
"""More sessions in a month than the sheet thinks usual: asks the reviewer for a look."""
_REASON = "Số tiền thăm hỏi chưa khớp với danh sách gửi kèm. Đề nghị xem lại và gửi lại."
_REMARK = "Danh sách gửi kèm ghi số khác."
_STARTED = (WORKERS, f"{WORKERS}|sex=female", MEMBERS)

Status = Report.Status


class OpenMonth:
    """Opens the monthly sheet for the month of ``now`` and fills part of it."""

    def __init__(self, sheet: Sheet, now: datetime) -> None:
        self.sheet, self.now = sheet, now
        self.today = timezone.localdate(now)
        self._start = timezone.make_aware(datetime.combine(self.today.replace(day=1), time()))
        self._people = People()
        self._series = dict(Series.objects.values_list("key", "pk"))
        self._parents = dict(Placement.objects.filter(during(self.today)).values_list("unit", "parent"))
        made = grassroots()
        self._last = {
            made.units[place].code: made.content(cell)
            for cell, (place, number) in enumerate(made.cells)
            if number == len(QUARTERS) - 1
        }
        below = [code for code in self._last if code.startswith(f"{DEMO_MIDDLE_UNIT}-")]
        self._order = dice.shuffled([code for code in below if code != DEMO_CHAIR_UNIT], "month")

    def write(self) -> int:
        """Open the reports, fill some, send some, accept a few, and write what of it counts; return how many are open."""
        open_reports(self.today)
        reports = list(
            Report.objects.filter(
                sheet=self.sheet, period__start__lte=self.today, period__end__gt=self.today
            ).select_related("unit", "period", "sheet", "sheet_version")
        )
        # They are counted here, all at once, instead of one after the other by the worker.
        Dirty.objects.filter(report__sheet=self.sheet).delete()
        for report in reports:
            status = self._status(report.unit.code)
            if status is not None:
                self._tell(report, status)
        matched = rates()
        Fact.objects.bulk_create(
            Fact(
                unit_id=report.unit_id,
                period_id=fact.period,
                series_id=fact.series,
                value=fact.value,
                report_id=report.pk,
            )
            for report in reports
            for fact in facts_of(report, self._series, matched)
        )
        Counting.objects.bulk_create(
            Counting(report=report, version=report.accepted, epoch=0) for report in reports
        )
        return len(reports)

    def _status(self, code: str) -> Status | None:
        """Return how far a unit is; ``None``: nothing typed yet, as the demonstration's chair."""
        if code in self._order:
            steps = (
                (WAITING, Status.SUBMITTED),
                (THROUGH, Status.ACCEPTED),
                (1, Status.RETURNED),
                (STARTED, Status.OPEN),
            )
            place = self._order.index(code)
            for count, status in steps:
                if place < count:
                    return status
                place -= count
            return None
        luck = dice.draw(100, "month", code)
        if code == DEMO_CHAIR_UNIT or code not in self._last or luck >= 11:
            return None
        return Status.SUBMITTED if luck < 5 else Status.ACCEPTED if luck < 9 else Status.OPEN

    def _tell(self, report: Report, status: Status) -> None:
        code = report.unit.code
        values = self._values(code)
        if status == Status.OPEN:
            values = {key: values[key] for key in _STARTED}
        whole = Content({key: Value(number) for key, number in values.items()})
        sent_at = self._moment(self._start, "sent", code)
        Entry.objects.bulk_create(
            Entry(
                report=report,
                series_id=self._series[key],
                state="reported",
                number=number,
                revision=1,
                changed_at=sent_at,
            )
            for key, number in values.items()
        )
        report.revision, report.updated_at = 1, sent_at
        if status != Status.OPEN:
            self._send(report, status, whole, sent_at)
        report.save()

    def _send(self, report: Report, status: Status, whole: Content, sent_at: datetime) -> None:
        sender = self._people.of(report.unit_id, self.today)
        sending = ReportVersion.objects.create(
            report=report,
            number=1,
            sheet_version=report.sheet_version,
            content=whole.to_dict(),
            digest=content_hash(
                whole,
                unit=report.unit.code,
                sheet=self.sheet.code,
                version=report.sheet_version.number,
                period=report.period.code,
            ),
            sent_at=sent_at,
            sent_by_text=sender.actor,
            mandate_id_text=sender.mandate_id,
            mandate_text=sender.mandate,
        )
        report.current, report.status = sending, status
        report.first_submitted_at = report.submitted_at = sent_at
        self._step(sending, ReviewStep.Kind.SUBMITTED, sent_at, report.unit_id)
        decided_at = self._moment(sent_at, "decided", report.unit.code)
        parent = self._parents.get(report.unit_id) or report.unit_id
        if status == Status.ACCEPTED:
            report.accepted, report.accepted_at, report.updated_at = sending, decided_at, decided_at
            self._step(sending, ReviewStep.Kind.ACCEPTED, decided_at, parent)
        elif status == Status.RETURNED:
            report.updated_at = decided_at
            self._step(
                sending,
                ReviewStep.Kind.RETURNED,
                decided_at,
                parent,
                reason=_REASON,
                comments={"care.amount_vnd": _REMARK},
            )

    def _step(
        self,
        sending: ReportVersion,
        kind: ReviewStep.Kind,
        at: datetime,
        unit: int,
        *,
        reason: str = "",
        comments: dict[str, str] | None = None,
    ) -> None:
        person = self._people.of(unit, self.today)
        ReviewStep.objects.create(
            report_id=sending.report_id,
            version=sending,
            kind=kind,
            at=at,
            actor_text=person.actor,
            mandate_id_text=person.mandate_id,
            mandate_text=person.mandate,
            reason=reason,
            comments=comments or {},
            digest=sending.digest,
        )

    def _moment(self, after: datetime, *key: str) -> datetime:
        return after + (self.now - after) * dice.between(20, 80, *key) / 100

    def _values(self, code: str) -> dict[str, int]:
        last = self._last[code]
        workers = last[WORKERS] or 0
        law, hcm = dice.draw(3, "law", code), dice.draw(2, "hcm", code)
        if self._order[0] == code:
            law = MANY_SESSIONS
        return {
            WORKERS: workers,
            f"{WORKERS}|sex=female": last[f"{WORKERS}|sex=female"] or 0,
            MEMBERS: last[MEMBERS] or 0,
            "members.admitted": dice.draw(3, "admitted", code),
            "propaganda.law.sessions": law,
            "propaganda.law.attendances": law * max(workers * dice.between(50, 90, "came", code) // 100, 1),
            "study.hcm.sessions": hcm,
            "study.hcm.attendances": hcm * max(workers * dice.between(60, 95, "studied", code) // 100, 1),
            "training.skills.attendances": dice.draw(workers // 4 + 1, "trained", code),
            "innovation.initiatives.applied": dice.draw(2, "initiatives", code),
            "care.persons": dice.between(1, 3, "care", code),
            "care.amount_vnd": 50_000 * dice.between(10, 60, "amount", code),
        }
