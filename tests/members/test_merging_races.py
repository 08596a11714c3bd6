"""Two officers at one pair, on PostgreSQL."""

from __future__ import annotations

import pytest

from congdoan.members.actions import merging
from congdoan.members.actions.editing import edit
from congdoan.members.actions.memberships import Details
from congdoan.members.actions.merging import Choice
from congdoan.members.errors import MembersError
from congdoan.members.models import DuplicateProposal, Merge, Person
from congdoan.organisation.rights import Role
from tests.factories_members import member
from tests.factories_organisation import acting, plant
from tests.members.test_import_races import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def scene():
    units = plant()
    first, second = (
        member(units["LC-SP-001"], first_name="Mỷ", phone=phone) for phone in ("0911111111", "0922222222")
    )
    pair = DuplicateProposal.objects.create(first=first, second=second, score=90, reasons=["phone"])
    return [acting(Role.ORGANISER, units["LC"]) for _ in range(2)], first, second, pair


def attempt(told, name, job):
    def run():
        try:
            job()
            told.append(name)
        except (MembersError, DuplicateProposal.DoesNotExist, Person.DoesNotExist):
            told.append("refused")

    return run


def test_of_two_officers_who_keep_different_records_one_merges_and_the_other_finds_nobody():
    officers, first, second, pair = scene()
    told = []
    together(
        *[
            attempt(
                told,
                str(kept.pk),
                lambda officer=officer, kept=kept: merging.merge(
                    officer, pair.pk, Choice(kept.pk, "Đã đối chiếu", (0, 0), {"phone": kept.pk})
                ),
            )
            for officer, kept in zip(officers, (first, second), strict=True)
        ]
    )
    assert told.count("refused") == 1
    done = Merge.objects.get()
    assert str(done.kept_id) in told
    assert Person.objects.filter(tombstoned_at=None).count() == 1


def test_an_edit_beside_a_merger_is_merged_or_refused_but_never_lost():
    officers, first, second, pair = scene()
    told = []
    seen = Choice(first.pk, "Đã đối chiếu", (0, 0), {"phone": first.pk})
    together(
        attempt(told, "merged", lambda: merging.merge(officers[0], pair.pk, seen)),
        attempt(told, "edited", lambda: edit(officers[1], second.pk, Details({"email": "moi@example.vn"}))),
    )
    assert sorted(told) in (["merged", "refused"], ["edited", "refused"])
    second.refresh_from_db()
    assert second.email == ("moi@example.vn" if "edited" in told else "")
