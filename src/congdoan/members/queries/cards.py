"""What a stranger may learn from a card: whether it is valid, a covered name, the unit, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan.members import crypto, switch
from congdoan.members.models import MemberCard, Membership, Person
from congdoan.organisation.queries.units import name_on

TOKEN_USE = "card"  # noqa: S105  # names the use of the hash, no secret
"""Use of the keyed hash of the codes of cards."""


@dataclass(frozen=True, slots=True)
class Check:
    """The answer about one code. A card that is not valid says nothing about its person."""

    is_valid: bool
    name: str = ""
    unit: str = ""
    since: date | None = None


def covered(person: Person) -> str:
    """Return the name with the family and middle names as letters: "V. T. Mỷ"."""
    return " ".join([*(f"{word[0]}." for word in person.last_name.split()), person.first_name])


def membership_of(card: MemberCard, day: date) -> Membership | None:
    """Return the membership that the card stands for today, with ``unit_name``."""
    return (
        Membership.objects.filter(person=card.person_id, ended_on=None, admitted_on__lte=day)
        .annotate(unit_name=name_on(day, "unit"))
        .first()
    )


def check(token: str, day: date) -> Check | None:
    """Return what a code says; ``None`` for a code that was never given out."""
    if not switch.is_on() or not token:
        return None
    card = (
        MemberCard.objects.filter(token_hash=crypto.keyed_hash(token, TOKEN_USE))
        .select_related("person")
        .first()
    )
    if card is None:
        return None
    membership = membership_of(card, day)
    if card.revoked_on is not None or membership is None or card.person.tombstoned_at is not None:
        return Check(is_valid=False)
    first = Membership.objects.filter(person=card.person_id).order_by("admitted_on").first()
    return Check(
        is_valid=True,
        name=covered(card.person),
        unit=membership.unit_name,  # type: ignore[attr-defined]  # annotated
        since=first.admitted_on if first else None,
    )
