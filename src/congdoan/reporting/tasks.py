"""Work of the background: periods and the reports that are owed come by themselves."""

from __future__ import annotations

from django.utils import timezone

from congdoan.reporting.actions import opening


def open_periods() -> None:
    """Lay the calendars of this year and the next, and open the reports of every period that has begun."""
    today = timezone.localdate()
    opening.lay_calendars((today.year, today.year + 1))
    opening.open_reports(today)
