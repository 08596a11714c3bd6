"""Consent, one purpose at a time: given by an act, withdrawn as easily."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import trail
from congdoan.members.actions.corrections import own_locked
from congdoan.members.errors import SentenceError
from congdoan.members.models import Consent, ConsentText
from congdoan.members.queries import own
from congdoan.organisation.queries.capacities import Capacity


@transaction.atomic
def give(capacity: Capacity, text_id: int) -> Consent:
    """Write that the person agrees to the words they were shown. Raises ``ConsentText.DoesNotExist``.

    Words that were replaced meanwhile are not agreed to: the person has to read the new ones.
    """
    person = own_locked(capacity)
    text = ConsentText.objects.get(pk=text_id)
    if own.current_text(text.purpose) != text:
        raise SentenceError("the words have changed", _("Nội dung vừa được thay. Hãy đọc lại rồi chọn."))
    in_force = Consent.objects.filter(person=person, purpose=text.purpose, withdrawn_at=None).first()
    if in_force is not None:
        return in_force
    consent = Consent.objects.create(
        person=person,
        purpose=text.purpose,
        text=text,
        given_at=timezone.now(),
        method=Consent.Method.SELF_SERVICE,
        actor_text=_("chính người đó"),
    )
    trail.record(
        "consent.given", person.pk, capacity, after={"purpose": text.purpose, "version": text.version}
    )
    return consent


@transaction.atomic
def withdraw(capacity: Capacity, purpose: str) -> None:
    """Write that the person no longer agrees. What they never agreed to stays as it is."""
    person = own_locked(capacity)
    consent = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if consent is None:
        return
    consent.withdrawn_at = timezone.now()
    consent.withdrawn_method = Consent.Method.SELF_SERVICE
    consent.withdrawn_by = _("chính người đó")
    consent.save(update_fields=["withdrawn_at", "withdrawn_method", "withdrawn_by"])
    trail.record("consent.withdrawn", person.pk, capacity, after={"purpose": purpose})
