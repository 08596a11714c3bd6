"""Work of the background: mails, reminders, forgetting. Run by ``settings.SCHEDULE``."""

from __future__ import annotations

import datetime as dt

from congdoan.notices.actions import mailing, notices, reminding

READ_KEPT = dt.timedelta(days=400)
"""More than a year, so that last year's reminder of a yearly report is still known."""

MAILS_KEPT = dt.timedelta(days=90)


def mail() -> None:
    """Send the mails that are due."""
    mailing.send_due()


def remind() -> None:
    """Make the reminders of the day."""
    reminding.remind()


def prune() -> None:
    """Forget what was read long ago."""
    notices.forget(read_before=READ_KEPT, mailed_before=MAILS_KEPT)
