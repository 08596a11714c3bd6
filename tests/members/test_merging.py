"""Two records of one person become one: nothing is lost, nobody is counted twice, and only whoever may edit both does it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.members.actions import (
    cards,
    catalogue,
    consents,
    corrections,
    erasing,
    headcounts,
    merging,
    requests,
)
from congdoan.members.actions.merging import Choice
from congdoan.members.errors import (
    DateRuleError,
    RestrictedError,
    SentenceError,
    StaleError,
)
from congdoan.members.exports import own as taken_home
from congdoan.members.models import (
    ConsentText,
    DuplicateProposal,
    HeadcountSnapshot,
    MemberCard,
    Membership,
    MembershipEvent,
    Merge,
    Person,
    ReadEntry,
    Tombstone,
)
from congdoan.members.queries import merging as queries
from congdoan.members.queries import own, people
from congdoan.members.queries.movement import Period, movement
from congdoan.members.queries.register import Wanted, listed
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db

YEAR = Period(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def officer(units):
    return acting(Role.ORGANISER, units["LC"])


@pytest.fixture
def first(units):
    return member(
        units["LC-SP-001"],
        first_name="Mỷ",
        phone="0911111111",
        birth_date=date(1985, 10, 17),
        birth_precision="day",
    )


@pytest.fixture
def second(units):
    return member(
        units["LC-SP-002"],
        first_name="Mỷ",
        phone="0922222222",
        email="my@example.vn",
        identity_number="010185001234",
        birth_date=date(1985, 10, 17),
        birth_precision="day",
    )


@pytest.fixture
def pair(first, second):
    return DuplicateProposal.objects.create(first=first, second=second, score=90, reasons=["name_birth"])


def choice(pair, keep, **values):
    pair = DuplicateProposal.objects.select_related("first", "second").get(pk=pair.pk)
    return Choice(
        keep=keep.pk,
        reason="Đã đối chiếu giấy tờ",
        seen=(pair.first.row_version, pair.second.row_version),
        values={"phone": keep.pk, **{key: person.pk for key, person in values.items()}},
    )


def merged(officer, pair, keep, **values):
    return merging.merge(officer, pair.pk, choice(pair, keep, **values))


def test_the_kept_record_has_the_chosen_values_and_what_only_the_other_said(officer, pair, first, second):
    merged(officer, pair, first, phone=second)
    first.refresh_from_db()
    assert (first.phone, first.email) == ("0922222222", "my@example.vn")
    assert first.identity_number == "010185001234"
    assert first.row_version == 1


def test_the_other_record_becomes_an_empty_pointer(officer, pair, first, second):
    merged(officer, pair, first)
    second.refresh_from_db()
    assert second.merged_into == first
    assert second.tombstoned_at is not None
    assert (str(second), second.identity_hash, second.phone) == ("", "", "")
    assert Tombstone.objects.get(uid=second.uid).ground == "merged"


def test_values_that_were_not_chosen_are_kept_encrypted_and_the_trail_names_only_fields(
    officer, pair, first, second
):
    done = merged(officer, pair, second)
    assert done.content["records"][str(first.pk)]["phone"] == "0911111111"
    assert done.content["records"][str(second.pk)]["identity_number"] == "010185001234"
    assert "0911111111" not in done.cipher
    entry = Entry.objects.get(verb="member.merged")
    assert entry.after["merged"] == first.pk
    assert "0911111111" not in str(entry.after) + str(entry.before)
    assert set(ReadEntry.objects.filter(kind="change").values_list("subject_id", flat=True)) == {
        first.pk,
        second.pk,
    }


def test_nobody_is_counted_or_listed_twice_afterwards(officer, units, pair, first):
    assert movement(units["LC"], YEAR).all.closing == 2
    merged(officer, pair, first)
    after = movement(units["LC"], YEAR)
    assert (after.all.opening, after.all.incoming, after.all.outgoing, after.all.closing) == (0, 1, 0, 1)
    assert movement(units["LC-SP-002"], YEAR).all.closing == 0
    assert [row.person_id for row in listed(officer, Wanted())] == [first.pk]
    assert Membership.objects.count() == 2
    headcounts.freeze(date(2018, 12, 1))
    assert [(row.unit.code, row.closing) for row in HeadcountSnapshot.objects.all()] == [("LC-SP-001", 1)]


def test_memberships_on_other_days_move_over_and_tell_one_story(officer, units, first, second, pair):
    earlier = MembershipFactory(
        unit=units["LC-SP-002"], person=second, admitted_on=date(2010, 1, 1), ended_on=date(2012, 1, 1),
        leaving_reason="resigned",
    )  # fmt: skip
    done = merged(officer, pair, first)
    assert [one.unit.code for one in people.history(first, date(2026, 1, 1))] == ["LC-SP-001", "LC-SP-002"]
    earlier.refresh_from_db()
    assert earlier.person_id == first.pk
    (aside,) = done.content["set_aside"]
    assert (aside["unit"], aside["from"]) == ("LC-SP-002", "2018-03-01")


def test_of_one_membership_with_two_days_the_chosen_day_of_entry_holds(officer, units, first):
    twin = PersonFactory(first_name="Mỷ", phone="0933333333")
    MembershipFactory(
        unit=units["LC-SP-001"], person=twin, admitted_on=date(2015, 5, 1), entry_symbol="12/QĐ"
    )
    pair = DuplicateProposal.objects.create(first=first, second=twin, score=90, reasons=["name_birth"])
    merged(officer, pair, first, admitted=twin)
    (one,) = people.history(first, date(2026, 1, 1))
    assert (one.admitted_on, one.entry_symbol) == (date(2015, 5, 1), "12/QĐ")


def test_a_day_of_entry_that_meets_another_membership_is_refused_and_nothing_changes(officer, units, first):
    MembershipFactory(
        unit=units["LC-SP-002"], person=first, admitted_on=date(2014, 1, 1), ended_on=date(2018, 1, 1),
        leaving_reason="transferred",
    )  # fmt: skip
    twin = PersonFactory(first_name="Mỷ", phone="0933333333")
    MembershipFactory(unit=units["LC-SP-001"], person=twin, admitted_on=date(2017, 5, 1))
    pair = DuplicateProposal.objects.create(first=first, second=twin, score=90, reasons=["name_birth"])
    with pytest.raises(DateRuleError):
        merged(officer, pair, first, admitted=twin)
    twin.refresh_from_db()
    assert twin.tombstoned_at is None
    assert not Merge.objects.exists()


def test_cards_go_along_and_only_one_is_in_force(officer, units, pair, first, second):
    cards.issue(acting(Role.CHAIR, units["LC-SP-001"]), first.pk)
    cards.issue(acting(Role.CHAIR, units["LC-SP-002"]), second.pk)
    merged(officer, pair, first)
    assert MemberCard.objects.filter(person=first).count() == 2
    assert MemberCard.objects.filter(person=first, revoked_on=None).count() == 1


def test_the_last_word_on_a_consent_holds(officer, pair, first, second):
    catalogue.load_consent_texts()
    contact, survey = (
        ConsentText.objects.filter(purpose=name).latest("version") for name in ("contact", "survey")
    )
    consents.record_paper(officer, second.pk, contact.pk, "12")
    consents.record_paper(officer, first.pk, survey.pk, "13")
    consents.record_paper(officer, second.pk, survey.pk, "14")
    consents.withdraw_on_paper(officer, second.pk, "survey")
    merged(officer, pair, first)
    held = {one.purpose: one.consent for one in own.choices(first)}
    assert held["contact"].paper_ref == "12"
    assert held["survey"] is None
    assert second.consents.count() == 2


def test_requests_corrections_and_the_reading_log_are_found_at_the_kept_record(
    officer, client, pair, first, second
):
    second.user = UserFactory()
    second.save()
    asking = capacity_for(second.user)
    corrections.ask(asking, "first_name", "Mẩy")
    requests.ask(asking, "access", "Xin bản sao")
    client.force_login(officer.user)
    client.get(reverse("members:person", args=[second.pk]))
    merged(officer, pair, first)
    first.refresh_from_db()
    assert first.user == second.user
    assert (first.corrections.count(), first.data_requests.count()) == (1, 1)
    assert second.pk in own.readings(first).values_list("subject_id", flat=True)
    home = taken_home.everything(first, date(2026, 1, 1))
    assert home["merged"][0]["phone"] == "0922222222"
    assert taken_home.as_json(home)
    assert taken_home.as_xlsx(home)


def test_other_pairs_of_the_merged_record_go_on_with_the_kept_one(officer, units, pair, first, second):
    third = member(units["LC-SP-001"], first_name="Mỷ")
    other = DuplicateProposal.objects.create(first=second, second=third, score=60, reasons=["phone"])
    merged(officer, pair, first)
    other.refresh_from_db()
    assert (other.first_id, other.second_id, other.status) == (first.pk, third.pk, "open")
    again = merging.merge(officer, other.pk, choice(other, third))
    second.refresh_from_db()
    assert again.kept == second.merged_into == third
    assert set(queries.with_merged(third.pk)) == {first.pk, second.pk, third.pk}


def test_what_changed_since_the_officer_looked_or_is_not_chosen_is_not_merged(officer, pair, first, second):
    seen = choice(pair, first)
    Person.objects.filter(pk=second.pk).update(row_version=5)
    with pytest.raises(StaleError):
        merging.merge(officer, pair.pk, seen)
    fresh = choice(pair, first)
    with pytest.raises(SentenceError):
        merging.merge(officer, pair.pk, Choice(fresh.keep, fresh.reason, fresh.seen))
    pair.status, pair.decided_at = DuplicateProposal.Status.DIFFERENT, timezone.now()
    pair.save()
    with pytest.raises(SentenceError):
        merging.merge(officer, pair.pk, fresh)


def test_a_restricted_record_is_not_merged(officer, pair, first, second):
    Person.objects.filter(pk=second.pk).update(restricted_at=timezone.now())
    with pytest.raises(RestrictedError):
        merged(officer, pair, first)


def test_a_second_merger_finds_nobody(officer, pair, first):
    seen = choice(pair, first)
    merging.merge(officer, pair.pk, seen)
    with pytest.raises(DuplicateProposal.DoesNotExist):
        merging.merge(officer, pair.pk, seen)


def test_erasing_the_person_takes_the_old_values_and_the_story_of_both(officer, units, pair, first, second):
    MembershipEvent.objects.create(
        membership=second.memberships.get(), person=second, unit=units["LC-SP-002"], kind="import",
        happened_on=date(2018, 3, 1),
    )  # fmt: skip
    merged(officer, pair, first)
    erasing._empty(first, timezone.now())
    assert Merge.objects.get().cipher == ""
    assert not MembershipEvent.objects.exists()


def answers(pair, keep, **more):
    return {"seen": "0-0", "keep": keep.pk, "phone": keep.pk, "reason": "Đã đối chiếu", **more}


def test_the_screen_is_reached_from_the_list_and_merges_without_javascript(
    officer, client, pair, first, second
):
    client.force_login(officer.user)
    address = reverse("members:merge", args=[pair.pk])
    assert reverse("members:proposal", args=[pair.pk]) in client.get(reverse("members:proposals")).text
    assert address in client.get(reverse("members:proposal", args=[pair.pk])).text
    page = client.get(address).text
    assert "010185001234" not in page
    assert re.findall(r'name="keep" value="(\d+)"[^>]* checked', page) == [str(second.pk)]
    refused = client.post(address, answers(pair, second, reason=""))
    assert refused.status_code == 422
    done = client.post(address, answers(pair, second))
    assert (done.status_code, done.url) == (302, reverse("members:person", args=[second.pk]))
    assert "đã được gộp vào hồ sơ này" in client.get(done.url).text
    assert pair.pk not in [one["url"] for one in client.get(reverse("members:proposals")).context["rows"]]


def test_the_address_of_the_merged_record_leads_to_the_kept_one_only_for_whoever_reaches_it(
    officer, stranger, client, pair, first, second
):
    merged(officer, pair, first)
    old = reverse("members:person", args=[second.pk])
    client.force_login(officer.user)
    assert client.get(old).url == reverse("members:person", args=[first.pk])
    client.force_login(stranger.user)
    assert client.get(old).status_code == 404


def test_a_stranger_and_whoever_sees_only_one_of_the_two_find_nothing(
    client, chair, stranger, pair, first, second
):
    address = reverse("members:merge", args=[pair.pk])
    for capacity in (chair, stranger):
        client.force_login(capacity.user)
        assert client.get(address).status_code == 404
        assert client.post(address, answers(pair, first)).status_code == 404
    assert not Merge.objects.exists()
