"""Reminding people before due days and when they are over, each time once."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.notices import reminders
from congdoan.notices.actions import notices
from congdoan.notices.actions.notices import Message
from congdoan.notices.errors import RemindersError
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Notice

_BATCH = 500


def remind(today: dt.date | None = None) -> int:
    """Make the reminders that ``today`` asks for; return how many are new.

    Raises ``RemindersError`` after all others are done when a source failed.
    """
    today = today or timezone.localdate()
    new = 0
    failed = []
    for reminder in reminders.registered():
        try:
            new += _remind(reminder, today)
        except Exception:  # noqa: BLE001  # one broken source must not keep the others from reminding; told below
            structlog.get_logger(__name__).exception("source of reminders failed", source=reminder.name)
            failed.append(reminder.name)
    if failed:
        raise RemindersError(failed)
    return new


@transaction.atomic
def _remind(reminder: reminders.Reminder, today: dt.date) -> int:
    """Tell what is new and withdraw what is done, moved to another day, or overtaken by the next reminder."""
    wanted: dict[tuple[int, str], tuple[User, Message]] = {}
    for due in reminder.source(today):
        stage = reminder.stage(due.due_on, today)
        if stage is not None:
            key = f"due:{reminder.name}:{due.key}:{due.due_on.isoformat()}:{stage}"
            wanted[due.user.pk, key] = (due.user, _message(key, due, stage))
    shown = {
        (recipient, key): pk
        for pk, recipient, key in Notice.objects.filter(
            key__startswith=f"due:{reminder.name}:", withdrawn_at=None
        ).values_list("pk", "recipient", "key")
    }
    over = [pk for identity, pk in shown.items() if identity not in wanted]
    for start in range(0, len(over), _BATCH):
        Notice.objects.filter(pk__in=over[start : start + _BATCH]).update(withdrawn_at=timezone.now())
    return notices.tell_each([told for identity, told in wanted.items() if identity not in shown])


def _message(key: str, due: reminders.Due, stage: str) -> Message:
    is_late = stage == reminders.LATE
    title: str | Promise = format_lazy(
        _("Đã quá hạn: {title}") if is_late else _("Sắp đến hạn: {title}"), title=due.title
    )
    return Message(
        kind=Kind.DUE, key=key, title=title, url=due.url, due_on=due.due_on, urgent=is_late or stage == "1"
    )
