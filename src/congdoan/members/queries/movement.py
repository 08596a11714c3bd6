"""How the number of members changed: opening + in − out = closing, for a unit with all below it, drilled to rows.

All four are counted from memberships of one fixed set of units: those that stand below the unit on the last day. So the
identity holds whatever units do meanwhile, and the rows behind each number are the number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from congdoan.members import switch
from congdoan.members.engine.balance import Balance
from congdoan.members.models import COUNTED, HeadcountSnapshot, Membership, Person
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
    found = (
        Membership.objects.filter(COUNTED)
        .filter(subtree.below(unit, period.last_day))
        .filter(condition(cut, period))
    )
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
    here = Membership.objects.filter(COUNTED).filter(subtree.below(unit, period.last_day))
    return _summed(_grouped(here, period), _within(here, period))


@dataclass(frozen=True, slots=True)
class _Group:
    """Memberships of one sex, entry and leaving that fall into the same of the four numbers."""

    sex: str
    entry: str
    leaving: str
    cuts: tuple[bool, bool, bool, bool]
    count: int


def _grouped(here: QuerySet[Membership], period: Period) -> list[_Group]:
    """Read every membership that touches the period once, in groups."""
    names = ("opening", "incoming", "outgoing", "closing")
    marks = {
        name: Case(When(condition(cut, period), then=Value(True)), default=Value(False))
        for name, cut in zip(names, CUTS, strict=True)
    }
    touching = here.filter(admitted_on__lt=period.end).filter(
        Q(ended_on=None) | Q(ended_on__gte=period.start)
    )
    found = (
        touching.annotate(**marks)
        .order_by()
        .values_list("person__sex", "entry_kind", "leaving_reason", *names)
        .annotate(count=Count("pk"))
    )
    return [
        _Group(sex, entry, leaving, (bool(opening), bool(incoming), bool(outgoing), bool(closing)), count)
        for sex, entry, leaving, opening, incoming, outgoing, closing, count in found
    ]


def _summed(groups: list[_Group], within: int) -> Movement:
    def balance(sex: str | None = None) -> Balance:
        chosen = [group for group in groups if sex is None or group.sex == sex]
        return Balance(*(sum(group.count for group in chosen if group.cuts[cut]) for cut in range(4)))

    incoming, outgoing = 1, 2
    return Movement(
        all=balance(),
        women=balance(Person.Sex.FEMALE),
        unknown=balance(""),
        entries={
            kind: sum(group.count for group in groups if group.cuts[incoming] and group.entry == kind)
            for kind in Membership.Entry.values
        },
        leavings={
            kind: sum(group.count for group in groups if group.cuts[outgoing] and group.leaving == kind)
            for kind in Membership.Leaving.values
        },
        within=within,
    )


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
