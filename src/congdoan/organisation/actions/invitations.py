"""Inviting an officer to an account, by a link that opens once."""

from __future__ import annotations

import secrets
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from congdoan.accounts import actions as accounts
from congdoan.accounts import identifiers
from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.notices.actions.mailing import can_mail
from congdoan.organisation.actions import mandates
from congdoan.organisation.errors import (
    InvitationError,
    InvitationNeedsOwnerError,
    MandateError,
    NotAllowedError,
)
from congdoan.organisation.models import Invitation, Mandate, Officer
from congdoan.organisation.queries.capacities import Capacity, named_mandates
from congdoan.organisation.queries.giving import manages, open_mandates
from congdoan.organisation.queries.invitations import OPEN, account_of, hash_of, state_of
from congdoan.organisation.queries.officers import visible

VALID = timedelta(days=7)


@transaction.atomic
def invite(officer_id: int, *, by: Capacity) -> tuple[Invitation, str]:
    """Make a link for an officer without an account; it is returned here and nowhere else. Earlier links stop working.

    Raises ``Officer.DoesNotExist`` where ``by`` does not see them, ``NotAllowedError`` where ``by`` may not give every
    post that they hold, for the link opens all of them.
    """
    mandates.hold(by)
    officer = visible(by).select_for_update(of=("self",)).get(pk=officer_id)
    if not manages(by, officer):
        raise NotAllowedError
    if officer.user_id is not None:
        raise MandateError("has an account", _("Cán bộ này đã có tài khoản, không cần mời nữa."))
    now = timezone.now()
    Invitation.objects.filter(officer=officer, used_at=None, revoked_at=None).update(revoked_at=now)
    raw = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        officer=officer,
        token_hash=hash_of(raw),
        sent_to=officer.email if can_mail() else "",
        created_by=by.actor,
        expires_at=now + VALID,
    )
    audit.record(
        "officer.invited",
        officer,
        actor=by.actor,
        capacity=by.audit,
        after={"invitation": invitation.pk, "expires_at": invitation.expires_at.isoformat()},
    )
    return invitation, raw


def address_of(raw: str) -> str:
    """Return the whole address of a link, under the name of the installation and not the one it was called by."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.BASE_URL}{reverse('organisation:invitation', args=[raw])}"


def mail(invitation: Invitation, raw: str) -> bool:
    """Send the link to the officer. Says whether the mail went out.

    Sent at once and not by the queue: the queue would keep the link readable in the database.
    """
    if not invitation.sent_to or not can_mail():
        return False
    posts = named_mandates(
        Mandate.objects.filter(open_mandates(), officer=invitation.officer), timezone.localdate()
    )
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "organisation/mail/invitation.txt",
            {
                "officer": invitation.officer,
                "posts": list(posts),
                "url": address_of(raw),
                "site": settings.BASE_URL,
                "days": VALID.days,
            },
        )
        message = EmailMessage(_("Lời mời vào bàn làm việc công đoàn"), text, to=[invitation.sent_to])
    try:
        return bool(message.send())
    except Exception:  # noqa: BLE001  # whatever the mail server says, the inviter hands the link over themselves
        structlog.get_logger(__name__).exception("invitation not mailed", invitation=invitation.pk)
        return False


@transaction.atomic
def revoke(invitation_id: int, *, by: Capacity) -> Invitation:
    """Make a link stop working. Raises ``Invitation.DoesNotExist`` where ``by`` does not see the officer."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(
        pk=invitation_id, officer__in=visible(by)
    )
    if not manages(by, invitation.officer):
        raise NotAllowedError
    if state_of(invitation) != OPEN:
        raise InvitationError(state_of(invitation))
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit.record(
        "officer.invitation_revoked",
        invitation.officer,
        actor=by.actor,
        capacity=by.audit,
        after={"invitation": invitation.pk},
    )
    return invitation


@transaction.atomic
def accept(raw: str, *, password: str) -> User:
    """Make the account of the officer whom the link invites. Of two at the same moment one makes it.

    Raises ``InvitationError`` for a link that opens nothing, ``InvitationNeedsOwnerError`` where an account with the
    officer's contacts is there, ``AccountRefusedError`` for a password that the rules refuse.
    """
    invitation = _taken(raw)
    officer = invitation.officer
    if account_of(officer) is not None:
        raise InvitationNeedsOwnerError
    user = accounts.create_user(
        last_name=officer.last_name,
        first_name=officer.first_name,
        email=officer.email,
        phone=identifiers.phone_or_none(officer.phone) or "",
        staff_code=officer.staff_code,
        password=password,
        by=None,
    )
    _link(invitation, officer, user)
    return user


@transaction.atomic
def accept_as(raw: str, *, user: User) -> Officer:
    """Give the posts of the invited officer to somebody who has an account already and is signed in.

    Raises as ``accept``; also where the account belongs to another officer, or the contacts to another account.
    """
    invitation = _taken(raw)
    officer = invitation.officer
    owner = account_of(officer)
    if (owner is not None and owner.pk != user.pk) or Officer.objects.filter(user=user).exists():
        raise InvitationNeedsOwnerError
    _link(invitation, officer, user)
    return officer


def _taken(raw: str) -> Invitation:
    """Return the open invitation under a lock: whoever comes second finds it used."""
    known = Invitation.objects.filter(token_hash=hash_of(raw)).values_list("pk", "officer_id").first()
    if known is None:
        raise InvitationError("unknown")
    # The officer first, as everything does that touches invitations: a post given at this moment revokes the link, or
    # comes after it.
    officer = Officer.objects.select_for_update(of=("self",)).get(pk=known[1])
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=known[0])
    if state_of(invitation) != OPEN:
        raise InvitationError(state_of(invitation))
    invitation.officer = officer
    if invitation.officer.user_id is not None:
        raise InvitationError("used")
    return invitation


def _link(invitation: Invitation, officer: Officer, user: User) -> None:
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    officer.user = user
    officer.save(update_fields=["user"])
    audit.record("officer.joined", officer, actor=user, after={"invitation": invitation.pk})
    mandates.tell(officer)
