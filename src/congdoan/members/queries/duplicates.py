"""Who in the whole register may be this person, whatever unit they are in. Only numbers and reasons leave here.

Looking everywhere is what keeps one person from having two records; so this is the one question that is not scoped, and
its answer holds nothing personal. Who may see the person found is asked of ``scope``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from congdoan.members import switch
from congdoan.members.models import Person

CERTAIN = 100
IDENTITY, MEMBER_NO, NAME_BIRTH, NAME_BIRTH_YEAR, NAME_PHONE = (
    "identity", "member_no", "name_birth", "name_birth_year", "name_phone",
)  # fmt: skip
SCORES = {IDENTITY: CERTAIN, MEMBER_NO: CERTAIN, NAME_BIRTH: 90, NAME_PHONE: 85, NAME_BIRTH_YEAR: 60}
MOST = 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record that may be the same person, and why."""

    person_id: int
    score: int
    reasons: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Two people never share the number that both have."""
        return self.score >= CERTAIN


def similar(person: Person) -> list[Likeness]:
    """Return the records like ``person`` (which need not be saved), the surest first, in one query."""
    if not switch.is_on():
        return []
    wanted = Q(pk__in=())
    if person.identity_hash:
        # The indexes hold only those with a number; that this asks for no others must be said.
        wanted |= Q(identity_hash=person.identity_hash) & ~Q(identity_hash="")
    if person.member_no:
        wanted |= Q(member_no=person.member_no) & ~Q(member_no="")
    if person.folded and person.birth_date:
        wanted |= Q(folded=person.folded, birth_date__year=person.birth_date.year)
    if person.folded and person.phone:
        wanted |= Q(folded=person.folded, phone=person.phone)
    found = Person.objects.filter(wanted, tombstoned_at=None).exclude(pk=person.pk)
    likenesses = [likeness(person, other) for other in found[:MOST]]
    return sorted((one for one in likenesses if one), key=lambda one: (-one.score, one.person_id))


def likeness(person: Person, other: Person) -> Likeness | None:
    """Say how sure it is that two records are one person, and why; ``None`` when nothing speaks for it."""
    reasons = []
    if person.identity_hash and person.identity_hash == other.identity_hash:
        reasons.append(IDENTITY)
    elif person.identity_hash and other.identity_hash:
        # Two identity numbers are two people, however alike their names.
        return None
    if person.member_no and person.member_no == other.member_no:
        reasons.append(MEMBER_NO)
    if person.folded == other.folded:
        if person.birth_date and other.birth_date and person.birth_date.year == other.birth_date.year:
            whole = {person.birth_precision, other.birth_precision} == {Person.BirthPrecision.DAY}
            if not whole:
                reasons.append(NAME_BIRTH_YEAR)
            elif person.birth_date == other.birth_date:
                reasons.append(NAME_BIRTH)
        if person.phone and person.phone == other.phone:
            reasons.append(NAME_PHONE)
    if not reasons:
        return None
    return Likeness(other.pk, max(SCORES[reason] for reason in reasons), tuple(reasons))
