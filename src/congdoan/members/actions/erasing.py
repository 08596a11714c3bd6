"""Erasing a person: the record is emptied for good, a tombstone stays, and so do the frozen counts.

The tombstones are also kept in a file beside the database, so that a restore of an older backup erases again.
"""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import requests as asked
from congdoan.members.actions import trail
from congdoan.members.errors import ReasonMissingError, SentenceError
from congdoan.members.models import (
    Consent,
    CorrectionRequest,
    DataRequest,
    DuplicateProposal,
    MemberCard,
    MemberPosition,
    Membership,
    MembershipEvent,
    Merge,
    Person,
    Tombstone,
    Transfer,
)
from congdoan.members.models.people import EMPTIED
from congdoan.organisation.queries.capacities import Capacity

FILE = "tombstones.jsonl"
AGAIN = (Tombstone.Ground.REQUEST, Tombstone.Ground.RETENTION, Tombstone.Ground.MISTAKE)
"""Grounds that hold after a restore too. A merger is not among them: there the data live on in the other record."""


@transaction.atomic
def erase(capacity: Capacity, request_id: int, *, answer: str) -> Tombstone:
    """Carry out a deletion that a person asked for. Raises ``DataRequest.DoesNotExist`` out of reach.

    Refused while the person is a member: the membership has to end first, by its own decision.
    """
    if not answer.strip():
        raise ReasonMissingError
    request = asked.opened(capacity, request_id)
    if request.kind != DataRequest.Kind.DELETION:
        raise SentenceError("not a deletion", _("Yêu cầu này không phải là yêu cầu xoá."))
    if Membership.objects.filter(person=request.person_id, ended_on=None).exists():
        raise SentenceError(
            "still a member", _("Người này còn là đoàn viên. Hãy để đơn vị ghi thôi là đoàn viên trước.")
        )
    asked.finish(request, capacity, DataRequest.Status.DONE, answer)
    person = Person.objects.get(pk=request.person_id)
    tombstone = Tombstone.objects.create(
        uid=person.uid,
        erased_at=timezone.now(),
        ground=Tombstone.Ground.REQUEST,
        by_id=str(capacity.user.pk),
        by_mandate_id=capacity.audit[0],
    )
    _empty(person, tombstone.erased_at)
    trail.record("member.erased", person.pk, capacity, after={"ground": tombstone.ground})
    transaction.on_commit(keep_tombstones)
    return tombstone


def _empty(person: Person, at: datetime) -> None:
    """Take everything personal away. The memberships stay as bare periods, for the counts."""
    Person.objects.filter(pk=person.pk).update(
        **dict.fromkeys(EMPTIED, ""),
        birth_date=None,
        birth_precision="",
        user=None,
        officer=None,
        restricted_at=None,
        tombstoned_at=at,
    )
    merged = Person.objects.filter(merged_into=person)
    MembershipEvent.objects.filter(Q(person=person) | Q(person__in=merged)).delete()
    Merge.objects.filter(kept=person).update(cipher="", reason=_("hồ sơ đã xoá"))
    MemberPosition.objects.filter(person__in=merged).delete()
    Transfer.objects.filter(person=person).delete()
    person.positions.all().delete()
    DuplicateProposal.objects.filter(Q(first=person) | Q(second=person)).delete()
    for card in MemberCard.objects.filter(person=person):
        # The number may be the one of the member; the code of the picture stays hashed, so that a check says "revoked".
        card.number, card.token_cipher = f"da-xoa-{card.pk}", ""
        card.revoked_on = card.revoked_on or max(timezone.localdate(at), card.issued_on)
        card.revoked_reason = _("hồ sơ đã xoá")
        card.save()
    CorrectionRequest.objects.filter(person=person, status=CorrectionRequest.Status.OPEN).update(
        status=CorrectionRequest.Status.WITHDRAWN, decided_at=at
    )
    CorrectionRequest.objects.filter(person=person).update(
        old_cipher="", new_cipher="", note="", requested_by=None
    )
    DataRequest.objects.filter(person=person).update(details_cipher="")
    DataRequest.objects.filter(person=person, closed_on=None).update(
        status=DataRequest.Status.WITHDRAWN, closed_on=timezone.localdate(at)
    )
    Consent.objects.filter(person=person, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_method=Consent.Method.SELF_SERVICE, withdrawn_by=_("hồ sơ đã xoá")
    )


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE


def _kept() -> dict[str, dict[str, str]]:
    path = _path()
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {entry["uid"]: entry for entry in map(json.loads, filter(None, lines))}


def keep_tombstones() -> int:
    """Bring the file up to the database; what only the file knows stays. Returns how many it holds.

    Run after each erasure and before a restore replaces the database.
    """
    kept = _kept()
    known = set(kept)
    for stone in Tombstone.objects.filter(ground__in=AGAIN).order_by("pk"):
        kept.setdefault(
            str(stone.uid),
            {"uid": str(stone.uid), "erased_at": stone.erased_at.isoformat(), "ground": stone.ground},
        )
    if set(kept) != known:
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.writelines(json.dumps(entry) + "\n" for entry in kept.values())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    return len(kept)


@transaction.atomic
def reapply_tombstones() -> int:
    """Erase again whoever the file says was erased; return how many an older backup had brought back."""
    again = 0
    kept = _kept()
    for person in Person.objects.select_for_update().filter(
        uid__in=[uuid.UUID(uid) for uid in kept], tombstoned_at=None
    ):
        entry = kept[str(person.uid)]
        at = datetime.fromisoformat(entry["erased_at"])
        Tombstone.objects.get_or_create(uid=person.uid, defaults={"erased_at": at, "ground": entry["ground"]})
        _empty(person, at)
        trail.record("member.erased_again", person.pk, None, after={"ground": entry["ground"]})
        again += 1
    return again
