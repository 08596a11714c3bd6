"""Erasure: everything personal goes for good, proof and frozen counts stay, and a restore does not bring it back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.members.actions import corrections, erasing, requests
from congdoan.members.errors import ReasonMissingError, SentenceError
from congdoan.members.models import (
    DataRequest,
    HeadcountSnapshot,
    Membership,
    MembershipEvent,
    Person,
    ReadEntry,
    Tombstone,
)
from congdoan.members.models.people import EMPTIED
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_members import MembershipFactory, PersonFactory
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def records(units):
    return acting(Role.RECORDS, units["LC"])


@pytest.fixture
def left(here):
    """Somebody who was a member until 2020."""
    person = PersonFactory(
        first_name="Dín",
        phone="0911000222",
        birth_date=date(1990, 10, 17),
        birth_precision="day",
        identity_number="010190001234",
        user=UserFactory(),
    )
    membership = MembershipFactory(
        unit=here, person=person, ended_on=date(2020, 1, 1), leaving_reason=Membership.Leaving.RESIGNED
    )
    MembershipEvent.objects.create(
        membership=membership, person=person, unit=here, kind="leaving", happened_on=date(2020, 1, 1)
    )
    return person


@pytest.fixture
def deletion(left):
    capacity = capacity_for(left.user)
    corrections.ask(capacity, "first_name", "Dính")
    return requests.ask(capacity, "deletion", "xoá giúp tôi")


def frozen(here):
    return HeadcountSnapshot.objects.filter(unit=here).values_list(
        "opening", "incoming", "outgoing", "closing"
    )


def test_the_record_is_emptied_and_proof_stays(records, left, deletion):
    erasing.erase(records, deletion.pk, answer="Đã xoá.")
    left.refresh_from_db()
    assert {getattr(left, name) for name in EMPTIED} == {""}
    assert (left.birth_date, left.user_id) == (None, None)
    assert not left.events.exists()
    assert left.memberships.count() == 1
    assert left.corrections.get().new_cipher == ""
    deletion.refresh_from_db()
    assert (deletion.status, deletion.details_cipher) == ("done", "")
    assert Tombstone.objects.get().uid == left.uid
    assert Entry.objects.filter(verb="member.erased", object_id=str(left.pk)).exists()
    trail = " ".join(f"{e.object_text} {e.before} {e.after} {e.reason}" for e in Entry.objects.all())
    for secret in ("Dín", "0911000222", "010190001234"):
        assert secret not in trail


def test_only_who_keeps_the_records_here_erases_and_with_an_answer(units, records, chair, left, deletion):
    for capacity in (acting(Role.RECORDS, units["YB"]), chair, capacity_for(left.user)):
        with pytest.raises(DataRequest.DoesNotExist):
            erasing.erase(capacity, deletion.pk, answer="x")
    with pytest.raises(ReasonMissingError):
        erasing.erase(records, deletion.pk, answer=" ")
    left.refresh_from_db()
    assert left.first_name == "Dín"


def test_a_member_is_not_erased_before_the_membership_has_ended(records, here, left, deletion):
    MembershipFactory(unit=here, person=left, admitted_on=date(2021, 1, 1))
    with pytest.raises(SentenceError):
        erasing.erase(records, deletion.pk, answer="x")
    assert not Tombstone.objects.exists()


def test_frozen_counts_stay(records, here, left, deletion):
    HeadcountSnapshot.objects.create(
        unit=here, month=date(2019, 12, 1), opening=1, incoming=0, outgoing=1, closing=0, women=0, sex_unknown=0,
        taken_at=timezone.now(),
    )  # fmt: skip
    before = list(frozen(here))
    erasing.erase(records, deletion.pk, answer="Đã xoá.")
    assert list(frozen(here)) == before == [(1, 0, 1, 0)]


def test_a_restored_backup_is_erased_again(
    records, left, deletion, data_dir, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(records, deletion.pk, answer="Đã xoá.")
    lines = (Path(data_dir) / erasing.FILE).read_text().splitlines()
    assert [json.loads(line)["uid"] for line in lines] == [str(left.uid)]
    # What an older backup brings: the person as before, a stranger whom nobody erased.
    Person.objects.filter(pk=left.pk).update(
        tombstoned_at=None, first_name="Dín", sort_key="din", folded=" din", phone="0911000222"
    )
    other = PersonFactory(first_name="Yến")
    assert erasing.reapply_tombstones() == 1
    assert erasing.reapply_tombstones() == 0
    left.refresh_from_db()
    other.refresh_from_db()
    assert (left.first_name, left.phone, other.first_name) == ("", "", "Yến")
    assert erasing.keep_tombstones() == 1


def test_nothing_is_erased_again_without_a_file(left):
    assert erasing.reapply_tombstones() == 0
    left.refresh_from_db()
    assert left.first_name == "Dín"


def test_the_officer_is_asked_once_more(client, records, left, deletion):
    client.force_login(records.user)
    address = reverse("members:erase", args=[deletion.pk])
    assert address in client.get(reverse("members:data_request", args=[deletion.pk])).text
    assert "không lấy lại được" in client.get(address).text
    assert client.post(address, {"answer": "Đã xoá theo yêu cầu."}).status_code == 302
    assert Tombstone.objects.count() == 1
    assert client.get(address).status_code == 404
    assert "Dín" not in client.get("/lam-viec/doan-vien/yeu-cau/").text
    assert ReadEntry.objects.filter(subject_id=left.pk).exists()
