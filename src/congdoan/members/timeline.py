"""A person's memberships as the entries of a timeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from congdoan.members.models import Membership


def entries_of(history: list[Membership], today: date) -> list[dict[str, Any]]:
    """Return what happened, the newest first: each membership begins, and may have ended."""
    entries: list[dict[str, Any]] = []
    for membership in history:
        name = membership.unit_name  # type: ignore[attr-defined]  # annotated
        if membership.ended_on is not None:
            entries.append(
                {
                    "date": membership.ended_on,
                    "title": _("Rời %(unit)s: %(reason)s")
                    % {"unit": name, "reason": membership.get_leaving_reason_display()},
                    "text": _decision(membership.leaving_symbol, membership.leaving_signed_on),
                    "kind": "planned" if membership.ended_on > today else "end",
                }
            )
        entries.append(
            {
                "date": membership.admitted_on,
                "title": _("Vào %(unit)s: %(entry)s")
                % {"unit": name, "entry": membership.get_entry_kind_display()},
                "text": _decision(membership.entry_symbol, membership.entry_signed_on),
                "kind": "planned" if membership.admitted_on > today else "start",
            }
        )
    return entries


def _decision(symbol: str, signed_on: date | None) -> str:
    if symbol and signed_on:
        return _("Quyết định %(symbol)s ngày %(day)s") % {"symbol": symbol, "day": f"{signed_on:%d/%m/%Y}"}
    return _("Quyết định %(symbol)s") % {"symbol": symbol} if symbol else ""


def last_day(ended_on: date | None) -> date | None:
    """Return the last day of what ends before a day."""
    return None if ended_on is None else ended_on - timedelta(days=1)
