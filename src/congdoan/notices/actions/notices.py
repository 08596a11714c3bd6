"""Telling people something, taking it back, and what they have read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Mailing, Notice, Preference

_BATCH = 500

_TOLD = ["kind", "title", "text", "url", "due_on", "is_urgent", "withdrawn_at"]
_RENEWED = [*_TOLD, "told_at", "read_at", "mailed_at", "mailing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody is told; the parameters of ``tell`` say what each part means."""

    kind: Kind
    key: str
    title: str | Promise
    text: str | Promise = ""
    url: str = ""
    due_on: dt.date | None = None
    urgent: bool = False


def tell(
    users: Iterable[User],
    kind: Kind,
    key: str,
    title: str | Promise,
    text: str | Promise = "",
    url: str = "",
    due_on: dt.date | None = None,
    *,
    urgent: bool = False,
    renew: bool = False,
) -> int:
    """Tell ``users`` something; return how many are told. People whose account is closed are left out.

    ``key`` names the thing ("report:42:returned"): told again it is the same notice with the new words, and stays read and
    mailed as it was. With ``renew`` it is news again: unread, and mailed once more. Lazy words are said in the language
    that each person chose for their mails. ``url`` is an address of ours.
    """
    message = Message(kind=kind, key=key, title=title, text=text, url=url, due_on=due_on, urgent=urgent)
    return tell_each([(user, message) for user in users], renew=renew)


@transaction.atomic
def tell_each(told: Iterable[tuple[User, Message]], *, renew: bool = False) -> int:
    """Tell many people each their own; else as ``tell``."""
    chosen = {(user.pk, message.key): message for user, message in told if user.is_active}
    people = {pk for pk, _key in chosen}
    languages = dict(
        Preference.objects.filter(user__in=people).exclude(language="").values_list("user_id", "language")
    )
    now = timezone.now()
    Notice.objects.bulk_create(
        # In one order everywhere, so that two who tell the same people at once wait instead of blocking each other.
        [
            _row(pk, chosen[pk, key], languages.get(pk, settings.LANGUAGE_CODE), now)
            for pk, key in sorted(chosen)
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["recipient", "key"],
        update_fields=_RENEWED if renew else _TOLD,
    )
    return len(chosen)


def _row(recipient_id: int, message: Message, language: str, now: dt.datetime) -> Notice:
    with translation.override(language):
        return Notice(
            recipient_id=recipient_id,
            kind=message.kind,
            key=message.key,
            title=_tidy(message.title)[:300],
            text=vntext.nfc(str(message.text)).strip(),
            url=message.url,
            due_on=message.due_on,
            is_urgent=message.urgent,
            told_at=now,
        )


def withdraw(key: str, users: Iterable[User] | None = None) -> int:
    """Take back what was told under ``key`` (from ``users`` only, where given): it is neither shown nor mailed any more.

    Told again, it comes back. Return how many notices were taken back.
    """
    notices = Notice.objects.filter(key=key, withdrawn_at=None)
    if users is not None:
        notices = notices.filter(recipient__in=[user.pk for user in users])
    return notices.update(withdrawn_at=timezone.now())


def mark_read(user: User, pks: Sequence[int] | None = None) -> int:
    """Mark as read those notices of ``user`` (all without ``pks``). Return how many were unread."""
    chosen = Q() if pks is None else Q(pk__in=list(pks))
    return Notice.objects.filter(chosen, recipient=user, read_at=None, withdrawn_at=None).update(
        read_at=timezone.now()
    )


def forget(*, read_before: dt.timedelta, mailed_before: dt.timedelta) -> int:
    """Delete notices that were read or taken back so long ago, and what is known of mails. Return how many notices went."""
    now = timezone.now()
    over = Q(read_at__lt=now - read_before) | Q(withdrawn_at__lt=now - read_before)
    gone, _by_model = Notice.objects.filter(over).delete()
    # A notice keeps "mailed_at" when its mail is forgotten, so nothing is mailed twice.
    Mailing.objects.filter(closed_at__lt=now - mailed_before).delete()
    return gone


def _tidy(text: str | Promise) -> str:
    return vntext.nfc(" ".join(str(text).split()))
