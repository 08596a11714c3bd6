"""Officers and their posts, as far as who asks may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from congdoan import vntext
from congdoan.accounts import identifiers
from congdoan.organisation.models import Mandate, Officer, Unit
from congdoan.organisation.queries.capacities import Capacity, named_mandates, valid_at
from congdoan.organisation.queries.giving import open_mandates
from congdoan.organisation.queries.scope import units, within
from congdoan.organisation.queries.units import coded, name_on, named
from congdoan.organisation.queries.units import search as search_units
from congdoan.organisation.rights import Right

NOW, LATER, OVER = "dang-giu", "sap-giu", "da-thoi"
"""States of an officer in the list: holds a post now, will hold one, held one."""


def mandates_in_reach(capacity: Capacity) -> QuerySet[Mandate]:
    """Return the mandates, past ones too, of the units whose officers the capacity may see."""
    return Mandate.objects.filter(within(capacity, Right.SEE_OFFICERS))


def visible(capacity: Capacity) -> QuerySet[Officer]:
    """Return the officers who hold, will hold or held a post in a unit in reach."""
    return Officer.objects.filter(Exists(mandates_in_reach(capacity).filter(officer=OuterRef("pk"))))


def listed(
    capacity: Capacity, *, text: str = "", unit: Unit | None = None, position: str = "", state: str = NOW
) -> QuerySet[Officer]:
    """Return the officers in reach with a post in ``state``, by name: given name first, as people here sort.

    ``text`` is looked for in names (diacritics or not), e-mails, staff codes and whole phone numbers; ``unit`` takes in
    the units below it.
    """
    now = timezone.now()
    posts = mandates_in_reach(capacity)
    if state == NOW:
        posts = posts.filter(valid_at(now))
    elif state == LATER:
        posts = posts.filter(open_mandates(), valid_from__gt=timezone.localdate(now))
    else:
        posts = posts.exclude(open_mandates())
    posts = _narrowed(posts, unit, position)
    officers = Officer.objects.filter(Exists(posts.filter(officer=OuterRef("pk"))))
    if state == OVER:
        held = mandates_in_reach(capacity).filter(open_mandates(), officer=OuterRef("pk"))
        officers = officers.exclude(Exists(held))
    return _with_text(officers, text).order_by("sort_key", "pk")


def call_list(
    capacity: Capacity, *, text: str = "", unit: Unit | None = None, position: str = ""
) -> QuerySet[Mandate]:
    """Return who to call: the posts held today in reach, by unit and rank."""
    now = timezone.now()
    posts = _narrowed(mandates_in_reach(capacity).filter(valid_at(now)), unit, position)
    if text:
        posts = posts.filter(officer__in=_with_text(Officer.objects.all(), text))
    day = timezone.localdate(now)
    return (
        named_mandates(posts, day)
        .annotate(unit_sort=name_on(day, "unit", "sort_key"))
        .order_by(
            "unit__kind__level", "unit_sort", "unit_id", "position__sort_order", "officer__sort_key", "pk"
        )
    )


def _narrowed(posts: QuerySet[Mandate], unit: Unit | None, position: str) -> QuerySet[Mandate]:
    if unit is not None:
        from congdoan.organisation.queries.units import below

        posts = posts.filter(Q(unit=unit) | Q(unit__in=below(unit, timezone.localdate())))
    return posts.filter(position__code=position) if position else posts


def _with_text(officers: QuerySet[Officer], text: str) -> QuerySet[Officer]:
    text = vntext.nfc(text).strip()
    if not text:
        return officers
    names = Q()
    for word in vntext.fold(text).split():
        names &= Q(folded__contains=f" {word}")
    others = Q(email__istartswith=text) | Q(staff_code__iexact=text)
    phone = identifiers.phone_or_none(text)
    if phone:
        others |= Q(phone=phone)
    return officers.filter(names | others if names else others)


def posts_of(
    officers: Iterable[Officer], capacity: Capacity, *, only_open: bool = True
) -> dict[int, list[Mandate]]:
    """Return the posts in reach of each officer by id, the highest first, in one query for all."""
    posts = mandates_in_reach(capacity).filter(officer__in=[officer.pk for officer in officers])
    if only_open:
        posts = posts.filter(open_mandates())
    found: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in named_mandates(posts, timezone.localdate()).order_by(
        "unit__kind__level", "position__sort_order", "-valid_from", "pk"
    ):
        found[mandate.officer_id].append(mandate)
    return found


def doubles(*, phone: str, email: str, staff_code: str, besides: int | None = None) -> QuerySet[Officer]:
    """Return the officers, wherever they serve, who have this phone, e-mail or staff code."""
    same = Q(pk__in=())
    number = identifiers.phone_or_none(phone)
    if number:
        same |= Q(phone=number)
    if email.strip():
        same |= Q(lower_email=email.strip().lower())
    if staff_code.strip():
        same |= Q(lower_code=vntext.nfc(staff_code).strip().lower())
    officers = Officer.objects.alias(lower_email=Lower("email"), lower_code=Lower("staff_code")).filter(same)
    return (officers.exclude(pk=besides) if besides is not None else officers).order_by("sort_key", "pk")


def find_units(capacity: Capacity, right: Right, text: str) -> list[Unit]:
    """Return the living units in reach that ``text`` means: the one with this code, else those whose name has its words."""
    text = vntext.nfc(text).strip()
    reach = units(capacity, right)
    today = timezone.localdate()
    exact = named(reach.filter(coded(text)), today).first()
    if exact is not None:
        return [exact]
    found = list(search_units(text, today, units=reach)[:9])
    same = [unit for unit in found if vntext.fold(unit.shown_name) == vntext.fold(text)]  # type: ignore[attr-defined]  # named
    return same if len(same) == 1 else found
