"""Deciding whether two records are one person. Nothing is merged here: that is another, deliberate act."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from congdoan.members.actions import trail
from congdoan.members.errors import ReasonMissingError
from congdoan.members.models import DuplicateProposal
from congdoan.members.queries.imports import proposals
from congdoan.organisation.queries.capacities import Capacity


@transaction.atomic
def decide(
    capacity: Capacity, proposal_id: int, status: DuplicateProposal.Status, note: str
) -> DuplicateProposal:
    """Write what an officer found out about a pair, with the reason. A decision can be corrected by another one.

    Raises ``DuplicateProposal.DoesNotExist`` for pairs that the asker may not see.
    """
    if status is DuplicateProposal.Status.OPEN:
        raise ValueError("deciding means: the same, or different")
    if not note.strip():
        raise ReasonMissingError
    proposal = proposals(capacity).select_for_update(of=("self",)).get(pk=proposal_id)
    before = proposal.status
    mandate_id, _words = capacity.audit
    proposal.status, proposal.note = status, note.strip()[:300]
    proposal.decided_by, proposal.decided_mandate_id = f"{capacity.user} ({capacity.words})"[:300], mandate_id
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["status", "note", "decided_by", "decided_mandate_id", "decided_at"])
    trail.record(
        "member.duplicate_decided",
        proposal.second_id,
        capacity,
        before={"status": before},
        after={"status": status.value, "with": proposal.first_id},
    )
    return proposal
