"""A list of members leaves the system: with a reason, within a limit, under a mark, and when it is large by two officers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.audit import actions as audit
from congdoan.members.actions import reading
from congdoan.members.errors import ReasonMissingError, SentenceError
from congdoan.members.models import Export, Membership, ReadEntry
from congdoan.members.queries import exports as queries
from congdoan.members.queries.register import Wanted, shown
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity

ALONE = 500
"""Rows that one officer may take without a second one."""

MOST = 5_000
"""Rows of one file, whoever approves."""

FIELDS = (
    "last_name", "first_name", "sex", "birth_date", "member_no", "phone", "email", "employment_category", "memberships",
)  # fmt: skip
"""What the file holds of each person. The identity number never leaves in a list."""


@transaction.atomic
def ask(capacity: Capacity, wanted: Wanted, unit: Unit, reason: str) -> Export:
    """Ask for the list of ``unit`` and below, as ``wanted`` narrows it. At most ``ALONE`` rows are allowed at once.

    Raises ``ReasonMissingError``, and ``SentenceError`` for nobody and for more than ``MOST``.
    """
    if not reason.strip():
        raise ReasonMissingError
    count = queries.rows(capacity, wanted).count()
    if not count:
        raise SentenceError("nobody to export", _("Không có đoàn viên nào khớp. Hãy xem lại điều kiện."))
    if count > MOST:
        raise SentenceError(
            f"{count} rows, at most {MOST}",
            _("Danh sách có %(count)d người, nhiều hơn %(most)d. Hãy chọn một đơn vị nhỏ hơn.")
            % {"count": count, "most": MOST},
        )
    needs_approval = count > ALONE
    export = Export.objects.create(
        unit=unit,
        requester_id=str(capacity.user.pk),
        requester_text=str(capacity.user)[:200],
        mandate_id=capacity.audit[0],
        mandate_text=capacity.words[:300],
        requested_at=timezone.now(),
        reason=reason.strip(),
        filters={"unit": unit.code, "state": wanted.state, "sex": wanted.sex},
        fields=list(FIELDS),
        row_count=count,
        row_limit=MOST if needs_approval else ALONE,
        needs_approval=needs_approval,
        status=Export.Status.REQUESTED if needs_approval else Export.Status.APPROVED,
    )
    _record("asked", export, capacity)
    return export


@transaction.atomic
def approve(capacity: Capacity, export_id: int) -> Export:
    """Allow what somebody else asked for. Raises ``Export.DoesNotExist`` for one's own and for what is decided already."""
    export = queries.waiting(capacity).select_for_update(of=("self",)).get(pk=export_id)
    export.status = Export.Status.APPROVED
    _decided(export, capacity)
    _record("approved", export, capacity)
    return export


@transaction.atomic
def refuse(capacity: Capacity, export_id: int, reason: str) -> Export:
    """Refuse what somebody else asked for, with the reason they read. Raises as ``approve``."""
    if not reason.strip():
        raise ReasonMissingError
    export = queries.waiting(capacity).select_for_update(of=("self",)).get(pk=export_id)
    export.status, export.refused_reason = Export.Status.REFUSED, reason.strip()
    _decided(export, capacity)
    _record("refused", export, capacity)
    return export


@transaction.atomic
def take(capacity: Capacity, export_id: int) -> tuple[Export, list[Membership]]:
    """Return the rows of one's own allowed export, once, and write for each person that their record left.

    The rows are those of now, within the reach of now. Raises ``Export.DoesNotExist`` for another's, one not allowed, and one
    taken already; ``SentenceError`` when the list has outgrown what was allowed.
    """
    mine = queries.visible(capacity).filter(requester_id=str(capacity.user.pk), status=Export.Status.APPROVED)
    export = mine.select_for_update(of=("self",)).get(pk=export_id)
    wanted = Wanted(unit=export.unit, state=export.filters["state"], sex=export.filters["sex"])
    people = list(shown(queries.rows(capacity, wanted), capacity.on)[: export.row_limit + 1])
    if len(people) > export.row_limit:
        raise SentenceError(
            "the list has outgrown what was allowed",
            _("Danh sách đã dài hơn mức được phép. Hãy lập đề nghị xuất mới."),
        )
    ReadEntry.objects.bulk_create(
        [
            reading.entry_of(
                capacity,
                ReadEntry.Kind.EXPORT,
                subject_id=membership.person_id,
                fields=FIELDS,
                reason=export.reason,
            )
            for membership in people
        ],
        batch_size=500,
    )
    export.status, export.done_at, export.row_count = Export.Status.DONE, timezone.now(), len(people)
    export.save(update_fields=["status", "done_at", "row_count"])
    _record("taken", export, capacity)
    return export, people


def _decided(export: Export, capacity: Capacity) -> None:
    export.approver_id, export.decided_at = str(capacity.user.pk), timezone.now()
    export.approver_text = f"{capacity.user} ({capacity.words})"[:300]
    export.save(update_fields=["status", "refused_reason", "approver_id", "approver_text", "decided_at"])


def _record(verb: str, export: Export, capacity: Capacity) -> None:
    audit.record(
        f"member_export.{verb}",
        export,
        actor=capacity.actor,
        capacity=capacity.audit,
        after={"unit": export.unit.code, "rows": export.row_count, "status": export.status},
        reason=export.reason,
    )
