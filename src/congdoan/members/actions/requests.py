"""Requests by which people use their rights: received, acknowledged, extended once, carried out or refused with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import trail
from congdoan.members.actions.corrections import own_locked
from congdoan.members.actions.locking import locked, locked_in_reach
from congdoan.members.engine import clocks
from congdoan.members.errors import DateRuleError, ReasonMissingError, SentenceError
from congdoan.members.models import DataRequest, Person
from congdoan.members.queries import requests
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

OPEN = (DataRequest.Status.OPEN, DataRequest.Status.ACKNOWLEDGED)


@transaction.atomic
def ask(capacity: Capacity, kind: str, details: str) -> DataRequest:
    """Receive a request that a person sends about their own record; the clocks begin today."""
    person = own_locked(capacity)
    if DataRequest.objects.filter(person=person, kind=kind, status__in=OPEN).exists():
        raise SentenceError("the same is asked already", _("Bạn đã gửi yêu cầu này và nó đang được xem xét."))
    return _receive(capacity, person, kind, DataRequest.Channel.SELF_SERVICE, timezone.localdate(), details)


@transaction.atomic
def record_paper(
    capacity: Capacity, person_id: int, kind: str, channel: str, received_on: date, details: str
) -> DataRequest:
    """Write down a request that came on paper or by mail; the clocks began when it came."""
    person = locked_in_reach(capacity, Right.KEEP_RECORDS, person_id)
    if received_on > timezone.localdate():
        raise DateRuleError("received_on", _("Ngày nhận không thể sau hôm nay."))
    return _receive(capacity, person, kind, channel, received_on, details)


def _receive(  # the columns of the register of requests
    capacity: Capacity, person: Person, kind: str, channel: str, received_on: date, details: str
) -> DataRequest:
    request = DataRequest(
        person=person,
        kind=kind,
        channel=channel,
        received_on=received_on,
        recorded_by=(capacity.words or str(capacity.user))[:300],
        acknowledge_due_on=clocks.acknowledge_by(received_on),
        due_on=clocks.due(kind, received_on),
    )
    request.details = details.strip()
    request.save()
    trail.record("data_request.received", person.pk, capacity, after={"kind": kind, "channel": channel})
    return request


def opened(capacity: Capacity, request_id: int) -> DataRequest:
    """Return an open request in reach behind the lock of its person. Raises ``DataRequest.DoesNotExist``."""
    waiting = requests.data_requests(capacity).filter(status__in=OPEN)
    locked(waiting.get(pk=request_id).person_id)
    return waiting.get(pk=request_id)


@transaction.atomic
def acknowledge(capacity: Capacity, request_id: int) -> DataRequest:
    """Write that the person was told that the request has come."""
    request = opened(capacity, request_id)
    if request.status == DataRequest.Status.OPEN:
        request.status = DataRequest.Status.ACKNOWLEDGED
        request.acknowledged_on = timezone.localdate()
        _handled(request, capacity)
        trail.record("data_request.acknowledged", request.person_id, capacity, after={"kind": request.kind})
    return request


@transaction.atomic
def extend(capacity: Capacity, request_id: int, days: int, reason: str) -> DataRequest:
    """Give the request more days, once, with the reason the person reads."""
    if not reason.strip():
        raise ReasonMissingError
    request = opened(capacity, request_id)
    try:
        request.due_on = clocks.extended(request.due_on, days, before=request.extended_days)
    except ValueError as error:
        raise SentenceError(
            str(error),
            _("Chỉ gia hạn một lần, nhiều nhất %(days)d ngày.") % {"days": clocks.LONGEST_EXTENSION},
        ) from error
    request.extended_days, request.extension_reason = days, reason.strip()
    _handled(request, capacity)
    trail.record("data_request.extended", request.person_id, capacity, after={"days": days}, reason=reason)
    return request


@transaction.atomic
def close(capacity: Capacity, request_id: int, *, is_done: bool, answer: str) -> DataRequest:
    """Say that a request is carried out, or refuse it with a reason. An accepted deletion is ``erasing.erase``."""
    if not answer.strip():
        raise ReasonMissingError
    request = opened(capacity, request_id)
    if is_done and request.kind == DataRequest.Kind.DELETION:
        raise SentenceError("a deletion is carried out by erasing", _("Hãy dùng nút xoá hồ sơ."))
    if is_done and request.kind == DataRequest.Kind.RESTRICTION:
        Person.objects.filter(pk=request.person_id).update(restricted_at=timezone.now())
    finish(request, capacity, DataRequest.Status.DONE if is_done else DataRequest.Status.REFUSED, answer)
    return request


def finish(request: DataRequest, capacity: Capacity, status: str, answer: str) -> None:
    """Close a request that is locked."""
    request.status, request.answer, request.closed_on = status, answer.strip(), timezone.localdate()
    _handled(request, capacity)
    trail.record(f"data_request.{status}", request.person_id, capacity, after={"kind": request.kind})


def _handled(request: DataRequest, capacity: Capacity) -> None:
    request.handled_by = (capacity.words or str(capacity.user))[:300]
    request.handled_mandate_id = capacity.audit[0]
    request.save()


@transaction.atomic
def withdraw(capacity: Capacity, request_id: int) -> DataRequest:
    """Take back one's own open request. Raises ``DataRequest.DoesNotExist``."""
    person = own_locked(capacity)
    request = DataRequest.objects.get(pk=request_id, person=person, status__in=OPEN)
    request.status, request.closed_on = DataRequest.Status.WITHDRAWN, timezone.localdate()
    request.save(update_fields=["status", "closed_on"])
    trail.record("data_request.withdrawn", person.pk, capacity, after={"kind": request.kind})
    return request
