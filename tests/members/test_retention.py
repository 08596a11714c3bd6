"""What is past its time is shown to whoever keeps the records, in their scope, and nothing is deleted by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.members.actions.retention import load_rules
from congdoan.members.models import Person, RetentionRule
from congdoan.members.queries import retention
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting

ADDRESS = "/lam-viec/doan-vien/luu-giu/"


def left(unit, ended_on, **person):
    made = PersonFactory(**person)
    MembershipFactory(unit=unit, person=made, ended_on=ended_on, leaving_reason="resigned")
    return made


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 300))
def test_months_are_counted_by_the_calendar(day, months):
    before = retention.months_before(day, months)
    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day <= day.day


@pytest.mark.django_db
def test_rules_are_loaded_once_and_one_that_was_changed_stays():
    assert load_rules() == len(RetentionRule.Kind)
    RetentionRule.objects.filter(kind="requests").update(months=99)
    assert load_rules() == 0
    assert RetentionRule.objects.get(kind="requests").months == 99


@pytest.mark.django_db
def test_only_who_left_long_ago_in_my_scope_is_listed_by_number(client, units, here, there, settings):
    load_rules()
    gone = left(here, date(2019, 1, 1), first_name="Dín")
    left(there, date(2019, 1, 1))
    left(here, date(2026, 1, 1))
    back = left(here, date(2019, 1, 1))
    MembershipFactory(unit=here, person=back, admitted_on=date(2022, 1, 1))
    member(here)
    records = acting(Role.RECORDS, units["LC"])
    found = {one.rule.kind: list(one.rows) for one in retention.overdue(records)}
    assert found["left_members"] == [gone]
    client.force_login(records.user)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Dín" not in page.text
    assert Person.objects.filter(tombstoned_at=None).count() == 5
    settings.MEMBERS = "off"
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_a_chair_does_not_see_it(client, chair):
    client.force_login(chair.user)
    assert client.get(ADDRESS).status_code == 403
