"""Invitations: how a link is recognised, and how each stands."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from congdoan.accounts import queries as accounts
from congdoan.accounts.models import User
from congdoan.organisation.models import Invitation, Officer

OPEN, USED, REVOKED, EXPIRED = "open", "used", "revoked", "expired"


def hash_of(raw: str) -> str:
    """Return how a link is kept: under the installation's key, so that a copy of the table opens nothing."""
    return salted_hmac("congdoan.organisation.invitation", raw, algorithm="sha256").hexdigest()


def state_of(invitation: Invitation, at: datetime | None = None) -> str:
    """Return how an invitation stands."""
    if invitation.used_at is not None:
        return USED
    if invitation.revoked_at is not None:
        return REVOKED
    return EXPIRED if invitation.expires_at <= (at or timezone.now()) else OPEN


def by_link(raw: str) -> Invitation | None:
    """Return the invitation that a link opens, whatever its state."""
    return Invitation.objects.select_related("officer").filter(token_hash=hash_of(raw)).first()


def of_officer(officer: Officer) -> QuerySet[Invitation]:
    """Return the invitations of an officer, the newest first."""
    return Invitation.objects.filter(officer=officer).select_related("created_by").order_by("-pk")


def account_of(officer: Officer) -> User | None:
    """Return the account that has an e-mail, phone or staff code of the officer."""
    for name in (officer.email, officer.phone, officer.staff_code):
        user = accounts.find_user(name) if name else None
        if user is not None:
            return user
    return None
