"""Reading notices: always those of the one who asks."""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.notices.models import Mailing, Notice, Preference


def notices_of(user: User, *, unread_only: bool = False) -> QuerySet[Notice]:
    """Return what ``user`` was told and nobody took back, the newest first."""
    shown = Notice.objects.filter(recipient=user, withdrawn_at=None)
    return shown.filter(read_at=None) if unread_only else shown


def unread_count(user: User) -> int:
    """Return how many notices ``user`` has not read."""
    return notices_of(user, unread_only=True).count()


def preference_of(user: User) -> Preference:
    """Return how ``user`` wants to be told; what holds for all where nothing was chosen (that row is not saved)."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def to_mail() -> QuerySet[Notice]:
    """Return what no mail has taken and nobody has read, of people who can get mail."""
    return Notice.objects.filter(
        read_at=None, withdrawn_at=None, mailed_at=None, recipient__is_active=True
    ).exclude(recipient__email="")


def recipients_due(now: dt.datetime) -> list[tuple[int, Mailing.Kind]]:
    """Return who gets a mail now, and of which kind.

    A digest takes what was told before its hour, so that what comes at noon waits for tomorrow's. Who got a mail of that
    day, whose mail another worker is sending, or whose address failed a moment ago is left out.
    """
    local = timezone.localtime(now)
    chosen = to_mail().annotate(
        mail=Coalesce(
            F("recipient__notice_preference__mail"), Value(Preference.Mail.DAILY), output_field=CharField()
        ),
        hour=Coalesce(
            F("recipient__notice_preference__hour"), Value(Preference.HOUR), output_field=IntegerField()
        ),
    )
    before_the_hour = Q(pk__in=[])
    for hour in Preference.HOURS:
        if hour <= local.hour:
            begins = local.replace(hour=hour, minute=0, second=0, microsecond=0)
            before_the_hour |= Q(hour=hour, told_at__lt=begins)
    of_recipient = Mailing.objects.filter(recipient=OuterRef("recipient"))
    blocked = ~Q(state=Mailing.State.OPEN) | Q(started_at__isnull=False) | Q(next_try_at__gt=now)
    daily = chosen.filter(
        before_the_hour,
        ~Exists(of_recipient.filter(blocked, kind=Mailing.Kind.DAILY, day=local.date())),
        mail=Preference.Mail.DAILY,
    )
    urgent = chosen.filter(
        ~Exists(of_recipient.filter(blocked, kind=Mailing.Kind.URGENT, state=Mailing.State.OPEN)),
        mail=Preference.Mail.URGENT,
        is_urgent=True,
    )
    return [
        (pk, kind)
        for rows, kind in ((urgent, Mailing.Kind.URGENT), (daily, Mailing.Kind.DAILY))
        for pk in rows.order_by("recipient").values_list("recipient", flat=True).distinct()
    ]
