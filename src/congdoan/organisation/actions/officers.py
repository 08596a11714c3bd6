"""Officers are added with their first post; how they are reached is changed; the first administrator is made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.accounts import identifiers
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.organisation.actions import mandates
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.errors import DoubleOfficerError, MandateError, NotAllowedError
from congdoan.organisation.models import Invitation, Mandate, Officer, Position
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.giving import manages, may_give
from congdoan.organisation.queries.officers import doubles, visible
from congdoan.organisation.queries.units import roots
from congdoan.organisation.rights import Role

_LOCK = 0x6F666669
"""Two who add the same person at the same moment come one after the other."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is and how they are reached. A phone number is kept in its one spelling where it is one."""

    last_name: str
    first_name: str
    phone: str = ""
    email: str = ""
    staff_code: str = ""

    def fields(self) -> dict[str, str]:
        """Return the fields as they are stored."""
        phone = vntext.nfc(self.phone).strip()
        return {
            "last_name": vntext.nfc(self.last_name).strip(),
            "first_name": vntext.nfc(self.first_name).strip(),
            "phone": identifiers.phone_or_none(phone) or phone,
            "email": self.email.strip(),
            "staff_code": vntext.nfc(self.staff_code).strip(),
        }


@transaction.atomic
def add(person: Person, post: Post, *, by: Capacity, same_as: int | None = None) -> Mandate:
    """Add an officer with a first post; ``same_as`` is the officer, among those with the same contacts, who is meant.

    Raises ``DoubleOfficerError`` with these where nobody was chosen: nobody is stored twice silently. Else raises as
    ``mandates.give``.
    """
    mandates.hold(by)
    if not may_give(by, post.position.role, post.unit.pk):
        raise NotAllowedError
    _one_at_a_time()
    found = list(_doubles(person))
    if same_as is not None:
        if same_as not in {officer.pk for officer in found}:
            raise MandateError("not a double", _("Người đã chọn không có liên hệ này. Hãy kiểm tra lại."))
        return mandates.give(same_as, post, by=by)
    if found:
        raise DoubleOfficerError(found)
    officer = Officer(**person.fields())
    mandates.check_post(officer, post)
    officer.save()
    audit.record("officer.added", officer, actor=by.actor, capacity=by.audit, after={"name": str(officer)})
    mandate = mandates.write(officer, post)
    mandates.record("mandate.given", mandate, by=by)
    return mandate


@transaction.atomic
def edit(officer_id: int, person: Person, *, by: Capacity) -> Officer:
    """Change an officer's name and contacts. The trail says which fields changed, not what they hold.

    Raises ``Officer.DoesNotExist`` where ``by`` does not see them, ``NotAllowedError`` where ``by`` does not manage every
    post they hold (an invitation goes to these contacts), ``DoubleOfficerError`` for contacts of somebody else.
    """
    mandates.hold(by)
    officer = visible(by).select_for_update(of=("self",)).get(pk=officer_id)
    if not manages(by, officer):
        raise NotAllowedError
    _one_at_a_time()
    found = list(_doubles(person, besides=officer.pk))
    if found:
        raise DoubleOfficerError(found)
    fields = person.fields()
    changed = [name for name, value in fields.items() if getattr(officer, name) != value]
    if not changed:
        return officer
    for name in changed:
        setattr(officer, name, fields[name])
    officer.save()
    if "email" in changed:
        Invitation.objects.filter(officer=officer, used_at=None, revoked_at=None).update(
            revoked_at=timezone.now()
        )
    audit.record(
        "officer.edited", officer, actor=by.actor, capacity=by.audit, after={"changed": sorted(changed)}
    )
    return officer


@transaction.atomic
def make_administrator(user: User) -> Mandate | None:
    """Give an administrator's account a system administrator's post at the head of the tree; ``None`` while there is no tree."""
    today = timezone.localdate()
    head = roots(today).first()
    position = Position.objects.filter(role=Role.ADMIN).order_by("sort_order").first()
    if head is None or position is None:
        return None
    officer = Officer.objects.filter(user=user).first()
    if officer is None:
        officer = Officer(
            last_name=user.last_name if user.first_name else "",
            first_name=user.first_name or user.last_name or user.username,
            user=user,
        )
        if not doubles(phone="", email=user.email, staff_code="").exists():
            officer.email = user.email
        officer.save()
        audit.record("officer.added", officer, actor=None, after={"name": str(officer)})
    post = Post(unit=head, position=position, valid_from=today)
    mandates.check_post(officer, post)
    mandate = mandates.write(officer, post)
    mandates.record("mandate.given", mandate, by=None)
    mandates.tell(officer)
    return mandate


def _doubles(person: Person, besides: int | None = None) -> list[Officer]:
    fields = person.fields()
    return list(
        doubles(
            phone=fields["phone"], email=fields["email"], staff_code=fields["staff_code"], besides=besides
        )
    )


def _one_at_a_time() -> None:
    """Let those who look for doubles and then write follow one another (SQLite does so by itself)."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
