"""Consent, one purpose at a time: given by an act, withdrawn as easily."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import trail
from congdoan.members.actions.corrections import own_locked
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.errors import SentenceError
from congdoan.members.models import Consent, ConsentText, Person
from congdoan.members.queries import own
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


@transaction.atomic
def give(capacity: Capacity, text_id: int) -> Consent:
    """Write that the person agrees to the words they were shown. Raises ``ConsentText.DoesNotExist``.

    Words that were replaced meanwhile are not agreed to: the person has to read the new ones.
    """
    return _give(
        capacity, own_locked(capacity), text_id, Consent.Method.SELF_SERVICE, actor_text=_("chính người đó")
    )


@transaction.atomic
def record_paper(capacity: Capacity, person_id: int, text_id: int, paper_ref: str) -> Consent:
    """Write that a person in reach signed the words on paper; ``paper_ref`` says which paper. Raises as ``give``, and
    ``Person.DoesNotExist`` out of reach."""
    person = locked_in_reach(capacity, Right.EDIT_MEMBERS, person_id)
    return _give(
        capacity,
        person,
        text_id,
        Consent.Method.PAPER,
        actor_text=capacity.words[:300],
        actor_mandate_id=capacity.audit[0],
        paper_ref=paper_ref.strip(),
    )


def _give(capacity: Capacity, person: Person, text_id: int, method: str, **act: str) -> Consent:
    text = ConsentText.objects.get(pk=text_id)
    if own.current_text(text.purpose) != text:
        raise SentenceError("the words have changed", _("Nội dung vừa được thay. Hãy đọc lại rồi chọn."))
    in_force = Consent.objects.filter(person=person, purpose=text.purpose, withdrawn_at=None).first()
    if in_force is not None:
        return in_force
    consent = Consent.objects.create(
        person=person, purpose=text.purpose, text=text, given_at=timezone.now(), method=method, **act
    )
    trail.record(
        "consent.given", person.pk, capacity, after={"purpose": text.purpose, "version": text.version}
    )
    return consent


@transaction.atomic
def withdraw(capacity: Capacity, purpose: str) -> None:
    """Write that the person no longer agrees. What they never agreed to stays as it is."""
    _withdraw(capacity, own_locked(capacity), purpose, Consent.Method.SELF_SERVICE, _("chính người đó"))


@transaction.atomic
def withdraw_on_paper(capacity: Capacity, person_id: int, purpose: str) -> None:
    """Write that a person in reach took a consent back on paper. Raises ``Person.DoesNotExist`` out of reach."""
    person = locked_in_reach(capacity, Right.EDIT_MEMBERS, person_id)
    _withdraw(capacity, person, purpose, Consent.Method.PAPER, capacity.words[:300])


def _withdraw(capacity: Capacity, person: Person, purpose: str, method: str, by: str) -> None:
    consent = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if consent is None:
        return
    consent.withdrawn_at, consent.withdrawn_method, consent.withdrawn_by = timezone.now(), method, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_method", "withdrawn_by"])
    trail.record("consent.withdrawn", person.pk, capacity, after={"purpose": purpose})
