"""Units and their tree on any day. What is public here is public: names, places, kinds, contacts of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf, Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import get_language

from congdoan.organisation.models import Ancestry, Heir, Placement, TreeVersion, Unit, UnitKind, UnitName
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.words import names_with


def name_on(day: date, unit: str = "pk", column: str = "name") -> Coalesce | Subquery:
    """Return the expression for a unit's name on a day: that day's, else the last one before, else the first it ever had."""
    rows = UnitName.objects.filter(unit=OuterRef(unit)).order_by()
    before = Subquery(rows.filter(valid_from__lte=day).order_by("-valid_from").values(column)[:1])
    return Coalesce(before, Subquery(rows.order_by("valid_from").values(column)[:1]))


def named(units: QuerySet[Unit], day: date | None = None) -> QuerySet[Unit]:
    """Add ``shown_name``, ``shown_short_name`` and ``shown_sort_key`` as of a day (default: today), with the kind."""
    day = day or timezone.localdate()
    shown: Coalesce | Subquery = name_on(day)
    if get_language() == "en":
        shown = Coalesce(NullIf(name_on(day, column="name_en"), Value("")), name_on(day))
    return units.select_related("kind").annotate(
        shown_name=shown,
        shown_short_name=name_on(day, column="short_name"),
        shown_sort_key=name_on(day, column="sort_key"),
    )


def alive(day: date) -> Q:
    """Condition of units that exist on a day."""
    return Q(founded_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def coded(code: str) -> Exact:
    """Condition of units with a code, compared without case; answered from an index on both databases."""
    return Exact(Upper("code"), code.strip().upper())


def by_code(code: str, day: date | None = None) -> Unit:
    """Return a unit with its name. Codes are compared without case. Raises ``Unit.DoesNotExist``."""
    return named(Unit.objects.filter(coded(code)), day).get()


def name_of(unit: Unit, day: date) -> str:
    """Return the name of one unit on a day."""
    return str(named(Unit.objects.filter(pk=unit.pk), day).get().shown_name)  # type: ignore[attr-defined]  # named


def in_order(units: QuerySet[Any]) -> QuerySet[Any]:
    """Put named units in order: by kind, then by name as people sort."""
    return units.order_by("kind__sort_order", "shown_sort_key", "pk")


def placed(day: date, **parent: object) -> QuerySet[Placement]:
    """Return the placements of a day; ``parent=…`` or ``parent__in=…`` narrow them."""
    return Placement.objects.filter(during(day), **parent)


def with_counts(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Add ``child_count``: how many units stand right below each on a day."""
    below = placed(day, parent=OuterRef("pk")).order_by().values("parent").annotate(count=Count("pk"))
    return units.annotate(
        child_count=Coalesce(Subquery(below.values("count"), output_field=IntegerField()), 0)
    )


def roots(day: date) -> QuerySet[Unit]:
    """Return the units that stand at the head of the tree on a day."""
    heads = placed(day, parent=None).values("unit")
    return in_order(with_counts(named(Unit.objects.filter(pk__in=heads), day), day))


def children(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return the units right below one on a day, by kind and name, each with its name and ``child_count``."""
    below = placed(day, parent=unit).values("unit")
    return in_order(with_counts(named(Unit.objects.filter(pk__in=below), day), day))


def path(unit: Unit, day: date) -> list[Unit]:
    """Return the units above one on a day, the root first, in one indexed read with their names."""
    above = Unit.objects.filter(
        during(day, "descendants__"),
        descendants__unit=unit,
        descendants__depth__gt=0,
        descendants__end_version=None,
    )
    return list(named(above, day).order_by("-descendants__depth"))


def parent_of(unit: Unit, day: date) -> Unit | None:
    """Return the unit right above one on a day."""
    row = placed(day, unit=unit).values_list("parent_id", flat=True).first()
    return named(Unit.objects.filter(pk=row), day).first() if row else None


def below(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return the unit and everything below it on a day, unnamed and in no order."""
    rows = Ancestry.objects.filter(during(day), ancestor=unit, end_version=None)
    return Unit.objects.filter(pk__in=rows.values("unit"))


def of_status(status: str, day: date) -> Q:
    """Condition of units that live on a day; with "ended" those that have ended by it, with "all" both."""
    if status == "ended":
        return Q(ended_on__lte=day)
    return Q(founded_on__lte=day) if status == "all" else alive(day)


def search(
    text: str,
    day: date,
    *,
    within: Unit | None = None,
    kind: str = "",
    units: QuerySet[Unit] | None = None,
    status: str = "",
) -> QuerySet[Unit]:
    """Return the units whose name on a day, short name or code has every word of ``text``, diacritics or not.

    Words are looked for at their beginnings ("truong mam" finds "Trường Mầm non"); by kind and name. ``units`` narrows
    what is searched; ``status`` as in ``of_status``: ended units are found by any name they had.
    """
    found = Unit.objects.all() if units is None else units
    names = names_with(text)
    if text.strip() and names is None:
        return in_order(named(found.none(), day))
    holds = Q() if names is None else Q(names__in=names)
    if status:
        # Ended units have lost their name by then: any that they had may be meant.
        held = UnitName.objects.filter(valid_from__lte=day)
        held = held if names is None else held.filter(pk__in=names)
        found = named(found.filter(of_status(status, day), pk__in=held.values("unit")), day)
    else:
        found = _named_alive(found, holds, day)
    if kind:
        found = found.filter(kind__code=kind)
    if within is not None:
        found = found.filter(
            Exists(
                Ancestry.objects.filter(during(day), unit=OuterRef("pk"), ancestor=within, end_version=None)
            )
        )
    return in_order(found)


def _named_alive(units: QuerySet[Unit], holds: Q, day: date) -> QuerySet[Unit]:
    """As ``named``, of units that live on a day and a name for which ``holds``: it is joined, not looked for in each row."""
    name: F | Coalesce = F("names__name")
    if get_language() == "en":
        name = Coalesce(NullIf(F("names__name_en"), Value("")), F("names__name"))
    return (
        units.filter(alive(day), during(day, "names__") & holds)
        .select_related("kind")
        .annotate(
            shown_name=name, shown_short_name=F("names__short_name"), shown_sort_key=F("names__sort_key")
        )
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A living unit that stands for one that has ended, with its share in millionths."""

    unit: Unit
    share: int


def heirs(unit: Unit, day: date | None = None) -> list[Standing]:
    """Return who stands for an ended unit on a day (default: today)."""
    day = day or timezone.localdate()
    shares = dict(
        Heir.objects.filter(during(day), unit=unit, end_version=None).values_list("heir_id", "share")
    )
    return [
        Standing(heir, shares[heir.pk]) for heir in in_order(named(Unit.objects.filter(pk__in=shares), day))
    ]


def tree_version() -> TreeVersion | None:
    """Return the newest version of the tree; ``None`` while it is empty."""
    return TreeVersion.objects.select_related("tree").order_by("-number").first()


def count_below(unit: Unit, day: date, kind: str) -> int:
    """Return how many units of a kind stand below one on a day."""
    rows = Ancestry.objects.filter(
        during(day), ancestor=unit, depth__gt=0, end_version=None, unit__kind__code=kind
    )
    return rows.aggregate(count=Count(F("unit"), distinct=True))["count"] or 0


def kinds_in_subtree(unit: Unit, day: date) -> list[tuple[UnitKind, int]]:
    """Return how many units of each kind stand below one on a day, all the way down, the highest kind first."""
    rows = Ancestry.objects.filter(during(day), ancestor=unit, depth__gt=0, end_version=None)
    counts = dict(rows.order_by().values_list("unit__kind").annotate(count=Count("unit", distinct=True)))
    return [(kind, counts[kind.pk]) for kind in UnitKind.objects.filter(pk__in=counts)]


def as_of(unit: Unit, day: date) -> Unit | None:
    """Return a unit as it was on a day, with its name and ``child_count``; ``None`` where it did not exist then."""
    return with_counts(named(Unit.objects.filter(alive(day), pk=unit.pk), day), day).first()
