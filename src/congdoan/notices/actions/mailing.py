"""Sending mails: one digest a day for each person, every notice in one mail at most, however many workers try.

A worker takes a mail and its notices by conditional updates in one transaction and sends after it. What is known not to
have gone out is given back and tried again; what may have gone out never is.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from congdoan.notices import letters, queries
from congdoan.notices.errors import MailServerError
from congdoan.notices.models import Mailing, Notice, Preference

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"

FIRST_RETRY = dt.timedelta(minutes=10)
LONGEST_RETRY = dt.timedelta(hours=6)

ABANDONED_AFTER = dt.timedelta(minutes=15)
"""A worker that is still sending one mail after this time has died."""

_REFUSED = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPResponseException,
    smtplib.SMTPNotSupportedError,
    BadHeaderError,
    UnicodeError,
)
"""The server said no, or was never asked: the mail has certainly not gone out."""

_logger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a round of sending did."""

    sent: int = 0
    failed: int = 0


def can_mail() -> bool:
    """Say whether this installation sends mail at all (``EMAIL_URL``)."""
    return bool(settings.EMAIL_BACKEND != NO_MAIL)


def send_due(now: dt.datetime | None = None) -> Outcome:
    """Send every mail that is due. One bad address stops no other.

    Raises ``MailServerError`` when the server cannot be reached: the rest would fail too.
    """
    outcome = Outcome()
    if not can_mail():
        return outcome
    now = now or timezone.now()
    close_abandoned(now)
    for recipient_id, kind in queries.recipients_due(now):
        mailing = take(recipient_id, kind, now=now)
        if mailing is None:
            continue
        if _send(mailing, now):
            outcome.sent += 1
        else:
            outcome.failed += 1
    return outcome


@transaction.atomic
def take(recipient_id: int, kind: Mailing.Kind, *, now: dt.datetime) -> Mailing | None:
    """Claim the mail of ``kind`` to a person and what it will bring; ``None`` when there is nothing to send.

    Of two workers the second waits for the first at the unique key, and then finds the mail taken.
    """
    today = timezone.localtime(now).date()
    # A mail that another worker made, sent or dropped in the meantime is no error, only no longer ours.
    Mailing.objects.bulk_create(
        [Mailing(recipient_id=recipient_id, kind=kind, day=today)], ignore_conflicts=True
    )
    mailings = Mailing.objects.filter(recipient_id=recipient_id, kind=kind, state=Mailing.State.OPEN)
    mailing = (mailings.filter(day=today) if kind == Mailing.Kind.DAILY else mailings).first()
    if mailing is None:
        return None
    free = Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.OPEN, started_at=None)
    if not free.update(started_at=now, attempts=F("attempts") + 1, day=today):
        return None
    notices = Notice.objects.filter(
        recipient_id=recipient_id, read_at=None, withdrawn_at=None, mailed_at=None
    )
    if kind == Mailing.Kind.URGENT:
        notices = notices.filter(is_urgent=True)
    if not notices.update(mailed_at=now, mailing=mailing):
        mailing.delete()
        return None
    return Mailing.objects.select_related("recipient__notice_preference").get(pk=mailing.pk)


def _send(mailing: Mailing, now: dt.datetime) -> bool:
    """Send a mail that is taken; return whether it went out."""
    try:
        _hand_over(_write(mailing, now))
    except _ServerAwayError as error:
        give_back(mailing, str(error), retry_in=FIRST_RETRY)
        raise MailServerError from error
    except _REFUSED as error:
        _logger.warning("mail refused", mailing=mailing.pk, error=type(error).__name__)
        give_back(mailing, f"{type(error).__name__}: {error}"[:1000], retry_in=_pause(mailing.attempts))
        return False
    except Exception as error:
        # The line broke after the mail was begun: it may have arrived. Nobody gets two mails for one thing.
        _logger.exception("mail may or may not have gone out", mailing=mailing.pk)
        close(mailing, Mailing.State.LOST, error=f"{type(error).__name__}: {error}"[:1000])
        return False
    close(mailing, Mailing.State.SENT)
    return True


def _write(mailing: Mailing, now: dt.datetime) -> EmailMessage:
    preference = getattr(mailing.recipient, "notice_preference", None) or Preference()
    return letters.write(mailing, list(mailing.notices.all()), language=preference.language, now=now)


class _ServerAwayError(Exception):
    """No connection, so nothing was sent."""


def _hand_over(message: EmailMessage) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise _ServerAwayError(f"{type(error).__name__}: {error}"[:1000]) from error
    try:
        connection.send_messages([message])
    finally:
        connection.close()


def _pause(attempts: int) -> dt.timedelta:
    return min(LONGEST_RETRY, FIRST_RETRY * (1 << min(max(attempts - 1, 0), 10)))


@transaction.atomic
def close(mailing: Mailing, state: Mailing.State, *, error: str = "") -> None:
    """Close a mail that went out, or of which nobody knows."""
    Mailing.objects.filter(pk=mailing.pk).update(
        state=state, error=error, started_at=None, closed_at=timezone.now()
    )


@transaction.atomic
def give_back(mailing: Mailing, error: str, *, retry_in: dt.timedelta) -> None:
    """Give a mail back that has not gone out; its notices wait for the next attempt, or for the next day's mail."""
    Notice.objects.filter(mailing=mailing).update(mailing=None, mailed_at=None)
    Mailing.objects.filter(pk=mailing.pk).update(
        started_at=None, error=error, next_try_at=timezone.now() + retry_in
    )


def close_abandoned(now: dt.datetime) -> int:
    """Close mails whose worker died while sending: they may have gone out. Return how many."""
    return Mailing.objects.filter(state=Mailing.State.OPEN, started_at__lt=now - ABANDONED_AFTER).update(
        state=Mailing.State.LOST, started_at=None, closed_at=now, error="worker gone"
    )
