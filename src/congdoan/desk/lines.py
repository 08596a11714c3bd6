"""How far off a due day is, in a word and a colour."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from congdoan.notices.kinds import Kind
from congdoan.notices.waiting import Waiting

SOON = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what waits, as the page shows it; ``why`` stands beside the label where that speaks of the day."""

    item: Waiting
    status: str
    label: str
    why: str = ""


def line(item: Waiting, today: dt.date) -> Line:
    """Return the line for ``item`` as it stands on ``today``."""
    if item.due_on is None:
        return Line(item, "neutral", item.why)
    # That something is due is said by the day itself.
    why = "" if item.kind == Kind.DUE and not item.label else item.why
    left = (item.due_on - today).days
    if left < 0:
        return Line(item, "late", _("Quá hạn %(count)d ngày") % {"count": -left}, why)
    if left == 0:
        return Line(item, "waiting", _("Hạn hôm nay"), why)
    if left == 1:
        return Line(item, "waiting", _("Hạn ngày mai"), why)
    status = "waiting" if left <= SOON else "neutral"
    return Line(item, status, _("Còn %(count)d ngày") % {"count": left}, why)
