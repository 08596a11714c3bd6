"""Opening + in − out = closing: for any units, any period, any coming and going; and each number is its rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan.members.actions import headcounts
from congdoan.members.models import HeadcountSnapshot, Membership, Person, ReadEntry
from congdoan.members.queries import movement as queries
from congdoan.members.queries.movement import Period
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting, plant

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
GRASSROOTS = ("LC-SP-001", "LC-SP-002", "LC-BX-001", "YB-NL-001")

days = st.integers(0, 24).map(
    lambda number: FIRST + timedelta(days=number)
)  # few, so that ends meet beginnings
stays = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4), st.sampled_from(GRASSROOTS)), max_size=4)
lives = st.lists(st.tuples(days, stays, st.sampled_from(["female", "male", ""]), st.booleans()), max_size=6)


def live(units, began, stays, sex, is_open):
    """Write the memberships of one person: each stay so long, then so long a gap (none: a transfer)."""
    person = PersonFactory(sex=sex)
    day, entry = began, "admission"
    for number, (length, gap, code) in enumerate(stays):
        is_last = number == len(stays) - 1
        ended = None if is_last and is_open else day + timedelta(days=length)
        reason = "" if ended is None else "transferred" if gap == 0 and not is_last else "resigned"
        MembershipFactory(
            person=person,
            unit=units[code],
            admitted_on=day,
            ended_on=ended,
            leaving_reason=reason,
            entry_kind=entry,
        )
        if ended is not None:
            day, entry = ended + timedelta(days=gap), "transfer" if gap == 0 else "readmission"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lives=lives,
    start=days,
    length=st.integers(1, 20),
    code=st.sampled_from(["VN", "LC", "LC-SP", *GRASSROOTS]),
)
def test_the_four_numbers_agree_whatever_happened(units, lives, start, length, code):
    period = Period(start, start + timedelta(days=length))
    with transaction.atomic():
        for life in lives:
            live(units, *life)
        found = queries.movement(units[code], period)
        assert found.all.is_even
        assert found.women.is_even
        assert found.unknown.is_even
        assert sum(found.entries.values()) == found.all.incoming
        assert sum(found.leavings.values()) == found.all.outgoing
        assert found.within <= min(found.all.incoming, found.all.outgoing)
        for name, cut in zip(("opening", "incoming", "outgoing", "closing"), queries.CUTS, strict=True):
            assert queries.rows(units[code], period, cut).count() == getattr(found.all, name)
        # Counted person by person, in Python, on the two days.
        below = {"VN": GRASSROOTS, "LC": GRASSROOTS[:3], "LC-SP": GRASSROOTS[:2]}.get(code, (code,))
        rows = list(Membership.objects.select_related("unit").filter(unit__code__in=below))
        eve, last = start - timedelta(days=1), period.last_day
        for day, number in ((eve, found.all.opening), (last, found.all.closing)):
            assert number == sum(
                row.admitted_on <= day and (row.ended_on is None or row.ended_on > day) for row in rows
            )
        # A period cut in two: the first half closes as the second opens.
        middle = start + timedelta(days=length // 2)
        if start < middle:
            halves = (Period(start, middle), Period(middle, period.end))
            one, two = (queries.movement(units[code], half).all for half in halves)
            assert one.closing == two.opening
            assert one.incoming + two.incoming == found.all.incoming
        transaction.set_rollback(True)


def test_a_transfer_within_a_unit_is_in_and_out_and_named(units, here):
    person = PersonFactory()
    MembershipFactory(person=person, unit=here, ended_on=date(2026, 2, 1), leaving_reason="transferred")
    MembershipFactory(
        person=person, unit=units["LC-BX-001"], admitted_on=date(2026, 2, 1), entry_kind="transfer"
    )
    period = Period(date(2026, 1, 1), date(2026, 4, 1))
    province = queries.movement(units["LC"], period)
    assert (province.all.incoming, province.all.outgoing, province.within) == (1, 1, 1)
    district = queries.movement(units["LC-SP"], period)
    assert (district.all.incoming, district.all.outgoing, district.within) == (0, 1, 0)


def test_the_report_leads_to_the_people_behind_each_number(client, chair, here, there):
    client.force_login(chair.user)
    member(here, first_name="An")
    MembershipFactory(person=PersonFactory(first_name="Bình"), unit=here, admitted_on=date(2026, 2, 1))
    member(there, first_name="Yến")
    query = {"don-vi": "LC-SP-001", "tu-ngay": "01/01/2026", "den-ngay": "31/03/2026"}
    page = client.get(reverse("members:movement"), query)
    assert [stat["value"] for stat in page.context["stats"]] == [1, 1, 0, 2]
    assert "1 + 1 − 0 = 2" in page.text
    rows = client.get(page.context["stats"][1]["url"])
    assert "Bình" in rows.text
    assert "Yến" not in rows.text
    assert ReadEntry.objects.filter(kind="search", rows=1).count() == 1


def test_whoever_only_counts_gets_no_way_to_people(client, units, here):
    client.force_login(acting(Role.STATISTICS, units["LC"]).user)
    member(here, first_name="An")
    page = client.get(reverse("members:movement"))
    assert page.context["stats"][3]["value"] == 1
    assert {stat["url"] for stat in page.context["stats"]} == {""}
    assert client.get(reverse("members:movement_rows", args=["cuoi-ky"])).status_code == 403


def test_nobody_counts_a_unit_that_is_not_theirs(client, chair):
    client.force_login(chair.user)
    query = {"don-vi": "YB-NL-001"}
    assert "movement" not in client.get(reverse("members:movement"), query).context
    assert client.get(reverse("members:movement_rows", args=["cuoi-ky"]), query).status_code == 404
    assert client.get(reverse("members:movement_rows", args=["khong-co"])).status_code == 404


def test_an_erased_person_is_still_counted_and_has_no_name(client, chair, here):
    client.force_login(chair.user)
    person = member(here, first_name="Bình")
    Person.objects.filter(pk=person.pk).update(
        last_name="", first_name="", sort_key="", folded="", tombstoned_at=timezone.now()
    )
    page = client.get(reverse("members:movement"))
    assert page.context["stats"][3]["value"] == 1
    rows = client.get(page.context["stats"][3]["url"])
    assert "Hồ sơ đã xoá" in rows.text
    assert f"/lam-viec/doan-vien/{person.pk}/" not in rows.text


# --- Frozen counts ---------------------------------------------------------------------------------


def test_a_month_is_frozen_once_and_stays_when_rows_change(here, there):
    member(here, sex="female")
    MembershipFactory(unit=here, person=PersonFactory(), admitted_on=date(2026, 3, 10))
    member(there)
    assert headcounts.freeze(date(2026, 3, 1)) == 2
    count = HeadcountSnapshot.objects.get(unit=here)
    assert (count.opening, count.incoming, count.outgoing, count.closing, count.women, count.sex_unknown) == (
        1, 1, 0, 2, 1, 1,
    )  # fmt: skip
    MembershipFactory(unit=here, person=PersonFactory(), admitted_on=date(2026, 3, 20))
    assert headcounts.freeze(date(2026, 3, 1)) == 0
    count.refresh_from_db()
    assert count.closing == 2
    period = Period(date(2026, 1, 1), date(2026, 4, 1))
    assert queries.frozen(here, period) == (2, 1)
    assert queries.movement(here, period).all.closing == 3


def test_a_month_that_is_not_over_is_not_frozen(here):
    with pytest.raises(ValueError, match="not over"):
        headcounts.freeze(timezone.localdate())


def test_the_demonstration_of_a_merger_counts_members_where_the_heirs_stand(db):
    from congdoan.members.queries import subtree

    units = plant()
    member(units["LC-SP-001"])
    assert Membership.objects.filter(subtree.below(units["LC"], timezone.localdate())).count() == 1
    assert Membership.objects.filter(subtree.below(units["YB"], timezone.localdate())).count() == 0
