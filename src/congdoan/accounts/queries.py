"""Who is meant, and what an account page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from congdoan import vntext
from congdoan.accounts import identifiers
from congdoan.accounts.models import SignIn, User

MAIN_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor by itself; recovery codes only stand in for one of these."""


def find_user(name: str) -> User | None:
    """Return whom ``name`` means: a user name, an e-mail, a phone number in any spelling, or a staff code.

    A user name comes first. A name that fits several other accounts means nobody: guessing would let one account
    stand in the way of another.
    """
    name = vntext.nfc(name).strip()
    if not name:
        return None
    wanted = Q(username=name) | Q(lower_email=name.lower()) | Q(staff_code=identifiers.staff_code(name))
    phone = identifiers.phone_or_none(name)
    if phone:
        wanted |= Q(phone=phone)
    found = list(User.objects.alias(lower_email=Lower("email")).filter(wanted)[:5])
    by_user_name = [user for user in found if user.username == name]
    if by_user_name:
        return by_user_name[0]
    return found[0] if len(found) == 1 else None


def sign_ins(user: User) -> QuerySet[SignIn]:
    """Return where ``user`` is signed in, the latest seen first."""
    return SignIn.objects.filter(user=user)


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner sees it."""

    pk: int
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """The second factors of one user."""

    totp: Authenticator | None
    passkeys: list[Passkey]
    recovery: Authenticator | None
    codes_left: int

    @property
    def any(self) -> bool:
        """Say whether there is one that counts."""
        return self.totp is not None or bool(self.passkeys)


def factors(user: User) -> Factors:
    """Return the second factors of ``user``."""
    totp = recovery = None
    passkeys: list[Passkey] = []
    for one in Authenticator.objects.filter(user=user).order_by("pk"):
        if one.type == Authenticator.Type.TOTP:
            totp = one
        elif one.type == Authenticator.Type.RECOVERY_CODES:
            recovery = one
        else:
            passkeys.append(Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at))
    left = len(recovery.wrap().get_unused_codes()) if recovery is not None else 0
    return Factors(totp, passkeys, recovery, left)


def has_second_factor(user: User) -> bool:
    """Say whether ``user`` has set up a second factor that counts."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=MAIN_FACTORS).exists())


def passkeys(user: User) -> QuerySet[Authenticator]:
    """Return the passkeys of ``user``; nobody reaches those of others."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return rows.order_by("pk")
