"""Giving and ending mandates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.errors import MandateError, NotAllowedError
from congdoan.organisation.models import Department, Invitation, Mandate, Officer, Position, Term, Unit
from congdoan.organisation.queries.capacities import Capacity, valid_at
from congdoan.organisation.queries.editorial import EDITORIAL_ROLES
from congdoan.organisation.queries.giving import endable, is_self, may_give
from congdoan.organisation.queries.officers import mandates_in_reach
from congdoan.organisation.signals import mandates_changed


@dataclass(frozen=True, slots=True)
class Post:
    """What is given: a position in a unit from a day, to a last day if it is known, by a decision."""

    unit: Unit
    position: Position
    valid_from: date
    last_day: date | None = None
    decision_symbol: str = ""
    decision_on: date | None = None
    department: Department | None = None
    term: Term | None = None
    editorial_group: Group | None = None

    @property
    def valid_to(self) -> date | None:
        """The first day without it."""
        return self.last_day + timedelta(days=1) if self.last_day else None


@transaction.atomic
def give(officer_id: int, post: Post, *, by: Capacity) -> Mandate:
    """Give an officer a post. Raises ``NotAllowedError`` where ``by`` may not, ``MandateError`` where it cannot be.

    Open invitations that somebody else has in hand are revoked: they would open this post too.
    """
    hold(by)
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=officer_id)
    if is_self(by, officer):
        raise MandateError(
            "nobody gives themselves a post", _("Không ai tự giao chức vụ cho mình. Hãy nhờ người khác giao.")
        )
    if not may_give(by, post.position.role, post.unit.pk):
        raise NotAllowedError
    check_post(officer, post)
    mandate = write(officer, post)
    others = Invitation.objects.filter(officer=officer, used_at=None, revoked_at=None)
    others.exclude(created_by=by.actor).update(revoked_at=timezone.now())
    record("mandate.given", mandate, by=by)
    tell(officer)
    return mandate


@transaction.atomic
def end(mandate_id: int, *, by: Capacity, last_day: date | None = None, reason: str = "") -> Mandate:
    """End a mandate after ``last_day``, or at this moment where none is given; then a reason is needed.

    Raises ``Mandate.DoesNotExist`` where ``by`` does not see it, ``NotAllowedError`` where ``by`` may not end it,
    ``MandateError`` for one's own, for one that is over, and for a day before its first.
    """
    reason = vntext.nfc(reason).strip()
    seen = mandates_in_reach(by).values_list("pk", flat=True).get(pk=mandate_id)
    hold(by, seen)
    mandate = Mandate.objects.select_related("officer", "position", "unit").get(pk=seen)
    if is_self(by, mandate.officer):
        raise MandateError(
            "nobody ends their own post",
            _("Không ai tự kết thúc chức vụ của mình. Hãy nhờ cấp trên hoặc cán bộ tổ chức."),
        )
    if mandate.pk not in endable(by, [mandate]):
        raise NotAllowedError
    now = timezone.now()
    if mandate.ended_at is not None or (mandate.valid_to and mandate.valid_to <= timezone.localdate(now)):
        raise MandateError("the post is over", _("Chức vụ này đã kết thúc. Hãy tải lại trang."))
    before = _words(mandate)
    if last_day is None:
        if not reason:
            raise MandateError("no reason", _("Hãy ghi lý do kết thúc ngay."))
        mandate.ended_at = now
    elif last_day < mandate.valid_from:
        raise MandateError(
            "ends before it begins",
            _("Ngày cuối không thể trước ngày đầu (%s).") % f"{mandate.valid_from:%d/%m/%Y}",
        )
    else:
        mandate.valid_to = last_day + timedelta(days=1)
    mandate.end_reason = reason[:300]
    mandate.save(update_fields=["ended_at", "valid_to", "end_reason"])
    record("mandate.ended", mandate, by=by, before=before, reason=reason)
    tell(mandate.officer)
    return mandate


@transaction.atomic
def end_unbegun(ended: Mapping[int, date]) -> int:
    """End posts that were to begin after their unit has ended (``{unit id: first day without}``). Returns how many.

    Posts held when a unit ends are closed with it by ``actions.tree``.
    """
    late = [
        mandate
        for mandate in Mandate.objects.select_related("officer", "position", "unit").filter(
            unit__in=list(ended), ended_at=None, valid_from__gte=min(ended.values(), default=date.max)
        )
        if mandate.valid_from >= ended[mandate.unit_id]
    ]
    for mandate in late:
        before = _words(mandate)
        mandate.ended_at = timezone.now()
        mandate.end_reason = "Đơn vị kết thúc hoạt động"
        mandate.save(update_fields=["ended_at", "end_reason"])
        record("mandate.ended", mandate, by=None, before=before, reason=mandate.end_reason)
    return len(late)


def hold(by: Capacity, *others: int) -> int:
    """Lock the mandate in whose name one acts, with ``others``, until the end of the transaction. Returns its id.

    What ends a mandate waits here for what is done in its name, and the other way round: nobody acts in the name of a
    mandate that has ended meanwhile. Locked in the order of their ids, so that two never wait for each other.
    """
    if by.mandate is None:
        raise NotAllowedError
    ids = {by.mandate.pk, *others}
    list(Mandate.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    if not Mandate.objects.filter(valid_at(timezone.now()), pk=by.mandate.pk).exists():
        raise NotAllowedError
    return by.mandate.pk


def check_post(officer: Officer, post: Post) -> None:
    """Raise ``MandateError`` where the post cannot be held as asked."""
    if post.valid_to is not None and post.valid_to <= post.valid_from:
        raise MandateError("ends before it begins", _("Ngày cuối không thể trước ngày đầu."))
    last = post.last_day or post.valid_from
    if not post.unit.lives_on(post.valid_from) or not post.unit.lives_on(last):
        raise MandateError(
            "the unit does not exist then", _("Đơn vị không hoạt động trong thời gian này. Hãy xem lại ngày.")
        )
    if post.department is not None and post.department.unit_id != post.unit.pk:
        raise MandateError("department of another unit", _("Ban, phòng này không thuộc đơn vị đã chọn."))
    if post.term is not None and post.term.body.unit_id != post.unit.pk:
        raise MandateError("term of another unit", _("Nhiệm kỳ này không thuộc đơn vị đã chọn."))
    if post.editorial_group is not None and post.position.role not in EDITORIAL_ROLES:
        raise MandateError(
            "no editorial role", _("Chức vụ này không làm việc trong toà soạn, nên không có nhóm biên tập.")
        )
    if officer.pk is None:
        return
    same = Mandate.objects.filter(officer=officer, unit=post.unit, position=post.position)
    for other in same:
        if other.valid_from == post.valid_from or _overlap(other, post):
            raise MandateError(
                "held already",
                _("Cán bộ này đã được giao chức vụ này trong cùng thời gian. Hãy xem các chức vụ đang có."),
            )


def _overlap(other: Mandate, post: Post) -> bool:
    end = other.valid_to or date.max
    if other.ended_at is not None:
        end = min(end, timezone.localdate(other.ended_at))
    return post.valid_from < end and other.valid_from < (post.valid_to or date.max)


def write(officer: Officer, post: Post) -> Mandate:
    """Store a post that has been checked."""
    return Mandate.objects.create(
        officer=officer,
        unit=post.unit,
        position=post.position,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        decision_symbol=vntext.nfc(post.decision_symbol).strip(),
        decision_on=post.decision_on,
        department=post.department,
        term=post.term,
        editorial_group=post.editorial_group,
    )


def tell(*officers: Officer) -> None:
    """Tell the apps above whose mandates changed."""
    users = sorted({officer.user_id for officer in officers if officer.user_id is not None})
    mandates_changed.send(sender=Mandate, users=users)


def record(
    verb: str,
    mandate: Mandate,
    *,
    by: Capacity | None,
    before: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write what happened to a mandate into the trail, with words that stay true: who, what, where."""
    audit.record_entry(
        verb,
        object_type="organisation.mandate",
        object_id=str(mandate.pk),
        object_text=f"{mandate.officer}: {mandate.position.name}, {mandate.unit.code}",
        actor=by.actor if by else None,
        capacity=by.audit if by else ("", ""),
        before=before,
        after=_words(mandate),
        reason=reason,
    )


def _words(mandate: Mandate) -> dict[str, Any]:
    return {
        "officer": mandate.officer_id,
        "unit": mandate.unit.code,
        "position": mandate.position.code,
        "valid_from": mandate.valid_from.isoformat(),
        "valid_to": mandate.valid_to.isoformat() if mandate.valid_to else None,
        "ended_at": mandate.ended_at.isoformat() if mandate.ended_at else None,
    }
