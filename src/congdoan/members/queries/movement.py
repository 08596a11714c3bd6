"""How the number of members changed: opening + in − out = closing, for a unit with all below it, drilled to rows.

All four are counted from memberships of one fixed set of units: those that stand below the unit on the last day. So the
identity holds whatever units do meanwhile, and the rows behind each number are the number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from congdoan.members import switch
from congdoan.members.engine.balance import Balance
from congdoan.members.models import HeadcountSnapshot, Membership, Person
from congdoan.members.queries import subtree
from congdoan.organisation.models import Unit

OPENING, INCOMING, OUTGOING, CLOSING = "dau-ky", "tang", "giam", "cuoi-ky"
CUTS = (OPENING, INCOMING, OUTGOING, CLOSING)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to before a day."""

    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    @property
    def months(self) -> list[date]:
        """The first days of its months when it is made of whole months; else nothing."""
        if self.start.day != 1 or self.end.day != 1:
            return []
        months, day = [], self.start
        while day < self.end:
            months.append(day)
            day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return months


def condition(cut: str, period: Period) -> Q:
    """Return which memberships make up one of the four numbers.

    Who was a member on the eve of the period opens it; a membership ends on its first day without.
    """
    start, end = period.start, period.end
    return {
        OPENING: Q(admitted_on__lt=start) & (Q(ended_on=None) | Q(ended_on__gte=start)),
        INCOMING: Q(admitted_on__gte=start, admitted_on__lt=end),
        OUTGOING: Q(ended_on__gte=start, ended_on__lt=end),
        CLOSING: Q(admitted_on__lt=end) & (Q(ended_on=None) | Q(ended_on__gte=end)),
    }[cut]


def rows(unit: Unit, period: Period, cut: str, reason: str = "") -> QuerySet[Membership]:
    """Return the memberships behind a number; ``reason`` narrows to a kind of entry or of leaving."""
    if not switch.is_on():
        return Membership.objects.none()
    found = Membership.objects.filter(subtree.below(unit, period.last_day)).filter(condition(cut, period))
    if reason and cut == INCOMING:
        found = found.filter(entry_kind=reason)
    if reason and cut == OUTGOING:
        found = found.filter(leaving_reason=reason)
    return found


@dataclass(frozen=True, slots=True)
class Movement:
    """The four numbers, the women among them, and what the changes were. ``within`` stayed inside: counted in and out."""

    all: Balance
    women: Balance
    unknown: Balance
    entries: dict[str, int] = field(default_factory=dict)
    leavings: dict[str, int] = field(default_factory=dict)
    within: int = 0


def movement(unit: Unit, period: Period) -> Movement:
    """Count the movement of a unit with all below it, in two queries."""
    if not switch.is_on():
        none = Balance(0, 0, 0, 0)
        return Movement(none, none, none)
    here = Membership.objects.filter(subtree.below(unit, period.last_day))
    sexes = {"all": Q(), "women": Q(person__sex=Person.Sex.FEMALE), "unknown": Q(person__sex="")}
    counts = {
        f"{sex}_{name}": Count("pk", filter=condition(cut, period) & of_sex)
        for sex, of_sex in sexes.items()
        for name, cut in zip(("opening", "incoming", "outgoing", "closing"), CUTS, strict=True)
    }
    counts |= {
        f"entry_{kind}": Count("pk", filter=condition(INCOMING, period) & Q(entry_kind=kind))
        for kind in Membership.Entry.values
    }
    counts |= {
        f"leaving_{kind}": Count("pk", filter=condition(OUTGOING, period) & Q(leaving_reason=kind))
        for kind in Membership.Leaving.values
    }
    found = here.aggregate(**counts)
    return Movement(
        all=_balance(found, "all"),
        women=_balance(found, "women"),
        unknown=_balance(found, "unknown"),
        entries={kind: found[f"entry_{kind}"] for kind in Membership.Entry.values},
        leavings={kind: found[f"leaving_{kind}"] for kind in Membership.Leaving.values},
        within=_within(here, period),
    )


def _balance(found: dict[str, int], sex: str) -> Balance:
    return Balance(*(found[f"{sex}_{name}"] for name in ("opening", "incoming", "outgoing", "closing")))


def _within(here: QuerySet[Membership], period: Period) -> int:
    """Count those who left one unit of the set for another of it: both ends are among the numbers."""
    arrived = here.filter(
        person=OuterRef("person"), admitted_on=OuterRef("ended_on"), entry_kind=Membership.Entry.TRANSFER
    )
    return (
        here.filter(condition(OUTGOING, period), leaving_reason=Membership.Leaving.TRANSFERRED)
        .filter(Exists(arrived))
        .count()
    )


def frozen(unit: Unit, period: Period) -> tuple[int, int] | None:
    """Return what was frozen as closing of the period's last month, and of how many units; ``None`` when nothing was."""
    months = period.months
    if not months or not switch.is_on():
        return None
    found = list(
        HeadcountSnapshot.objects.filter(subtree.below(unit, period.last_day), month=months[-1]).values_list(
            "closing", flat=True
        )
    )
    return (sum(found), len(found)) if found else None
