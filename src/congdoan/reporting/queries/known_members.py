"""What the register of members knows for a report: how many members the unit has at the end of the period."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members import switch
from congdoan.members.models import Person
from congdoan.members.queries.movement import CLOSING, rows
from congdoan.members.queries.movement import Period as Span
from congdoan.organisation.models import Unit
from congdoan.reporting.models import Period
from congdoan.vntext.dates import format_date

CODE = "members.total"


def members(unit: Unit, period: Period, keys: Collection[str]) -> Mapping[str, tuple[int, str]]:
    """Count the members of the unit and all below it at the end of the period: all, and women where every sex is known."""
    if not switch.is_on():
        return {}
    found = rows(unit, Span(period.start, period.end), CLOSING).aggregate(
        all=Count("pk"),
        women=Count("pk", filter=Q(person__sex=Person.Sex.FEMALE)),
        unknown=Count("pk", filter=Q(person__sex="")),
    )
    if not found["all"]:
        return {}  # nobody in the register: more likely not kept there than a union without members
    day = min(period.end - timedelta(days=1), timezone.localdate())
    words = _("Sổ đoàn viên, ngày %(day)s") % {"day": format_date(day)}
    given: dict[str, tuple[int, str]] = {}
    for key in keys:
        _code, _bar, cell = key.partition("|")
        if not cell:
            given[key] = (found["all"], words)
        elif cell == "sex=female" and not found["unknown"]:
            given[key] = (found["women"], words)
    return given
