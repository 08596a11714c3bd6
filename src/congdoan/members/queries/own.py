"""What the register keeps about whoever asks. Nothing here takes the number of a person: one's own is all there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.members import switch
from congdoan.members.models import Consent, ConsentText, MemberCard, Person, Purpose, ReadEntry
from congdoan.members.queries.merging import with_merged
from congdoan.organisation.queries.capacities import Capacity


def person_of(capacity: Capacity) -> Person:
    """Return the record tied to the account. Raises ``Person.DoesNotExist``."""
    if not switch.is_on() or capacity.actor is None:
        raise Person.DoesNotExist
    return Person.objects.get(user=capacity.actor, tombstoned_at=None)


def readings(person: Person) -> QuerySet[ReadEntry]:
    """Return who opened the record, the newest first; the person's own looks are left out."""
    return ReadEntry.objects.filter(subject_id__in=with_merged(person.pk)).exclude(
        reader_id=str(person.user_id)
    )


def current_text(purpose: str) -> ConsentText | None:
    """Return the newest words for a purpose."""
    return ConsentText.objects.filter(purpose=purpose).order_by("-version").first()


def current_texts() -> list[ConsentText]:
    """Return the newest words of each purpose that has some, in the order of the purposes."""
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.order_by("purpose", "-version"):
        newest.setdefault(text.purpose, text)
    return [newest[purpose] for purpose in Purpose.values if purpose in newest]


@dataclass(frozen=True, slots=True)
class Choice:
    """One purpose: its newest words, and the consent in force if there is one."""

    purpose: Purpose
    text: ConsentText | None
    consent: Consent | None


def choices(person: Person) -> list[Choice]:
    """Return every purpose that has words, with what the person said."""
    texts: dict[str, ConsentText] = {}
    for text in ConsentText.objects.order_by("purpose", "version"):
        texts[text.purpose] = text
    given = {
        consent.purpose: consent
        for consent in Consent.objects.filter(person=person, withdrawn_at=None).select_related("text")
    }
    return [
        Choice(purpose, texts.get(purpose), given.get(purpose))
        for purpose in Purpose
        if purpose in texts or purpose in given
    ]


def card(person: Person) -> MemberCard | None:
    """Return the card in force."""
    return MemberCard.objects.filter(person=person, revoked_on=None).first()


FIELDS = {
    "last_name": "last_name",
    "first_name": "first_name",
    "birth_date": "birth_date",
    "sex": "sex",
    "phone": "phone",
    "email": "email",
    "address": "address",
    "employment_category": "employment_category",
    "identity_number": "identity_cipher",
    "member_no": "member_no",
}
"""What a person sees of their own record → the column behind it."""


def label_of(field: str) -> str:
    """Return the name of a field for people, by the name that the reading log and requests use."""
    if field == "identity_number":
        return _("số định danh cá nhân")
    if field in _GROUPS:
        return str(_GROUPS[field])
    try:
        column = Person._meta.get_field(field)  # noqa: SLF001  # Django documents _meta as public
    except FieldDoesNotExist:
        return field
    # The log outlives its words: what is no column of the record is named as it stands.
    return str(getattr(column, "verbose_name", field))


_GROUPS = {
    "memberships": gettext_lazy("quá trình"),
    "positions": gettext_lazy("chức vụ"),
    "consents": gettext_lazy("sự đồng ý"),
}
