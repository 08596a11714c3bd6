"""What the tables themselves refuse, and what they cannot hold."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from congdoan.participation.models import Ballot, Call, Claim, Option
from tests.participation.conftest import token, vote

pytestmark = pytest.mark.django_db

ALLOWED = {
    Ballot: {"id": models.UUIDField, "call": models.ForeignKey, "option": models.ForeignKey},
    Claim: {"id": models.UUIDField, "call": models.ForeignKey, "key_hash": models.CharField},
}


@pytest.mark.parametrize("model", ALLOWED)
def test_no_column_can_hold_a_time_a_person_or_an_address(model):
    assert {field.name: type(field) for field in model._meta.get_fields()} == ALLOWED[model]
    with connection.cursor() as cursor:
        columns = {
            column.name
            for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
        }
    assert columns == {field.column for field in model._meta.concrete_fields}


def test_ballot_and_claim_have_nothing_in_common_but_the_call():
    targets = {
        model: {field.related_model for field in model._meta.get_fields() if field.is_relation}
        for model in ALLOWED
    }
    assert targets[Claim] == {Call}
    assert targets[Ballot] == {Call, Option}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="row numbers are SQLite's")
@pytest.mark.parametrize("model", ALLOWED)
def test_no_order_of_voting_is_stored(model):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="rowid"), transaction.atomic():
        cursor.execute(f"SELECT rowid FROM {model._meta.db_table}")


def test_keys_are_random_and_so_tell_no_order(poll):
    for _ in range(12):
        vote(poll)
    assert {key.version for key in Ballot.objects.values_list("pk", flat=True)} == {4}
    assert {key.version for key in Claim.objects.values_list("pk", flat=True)} == {4}


def test_the_claims_of_a_voter_are_hashes_of_the_tokens(poll):
    mine = {"voter": token(), "form": token()}
    vote(poll, **mine)
    stored = "".join(Claim.objects.values_list("key_hash", flat=True))
    assert len(stored) == 128
    assert not any(part in stored for part in mine.values())


@pytest.mark.parametrize("change", [{"option": 1}, {"call": 0}])
def test_the_database_refuses_to_change_a_ballot(poll, make_poll, change):
    vote(poll)
    other = list(poll.options.all())[1]
    changed = {"option": other} if "option" in change else {"call": make_poll("Câu hỏi khác?")}
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.update(**changed)


def test_the_database_refuses_a_ballot_for_another_polls_option(poll, make_poll):
    other = make_poll("Câu hỏi khác?").options.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(call=poll, option=other)


def test_the_database_refuses_to_reword_an_option_that_was_voted_on(poll):
    vote(poll)
    with pytest.raises(DatabaseError), transaction.atomic():
        Option.objects.filter(call=poll).update(text_en="Other")


def test_an_option_may_be_reworded_before_the_first_ballot(poll):
    assert Option.objects.filter(call=poll).update(text_en="Other") == 3


def test_a_ballot_is_not_deleted(poll):
    vote(poll)
    with pytest.raises(TypeError):
        Ballot.objects.get().delete()
    with pytest.raises(ProtectedError):
        poll.delete()


def test_one_key_claims_once(poll, make_poll):
    Claim.objects.create(call=poll, key_hash="k")
    Claim.objects.create(call=make_poll("Câu hỏi khác?"), key_hash="k")
    with (
        pytest.raises(IntegrityError, match=r"claim_once_per_call|participation_claim\.call_id"),
        transaction.atomic(),
    ):
        Claim.objects.create(call=poll, key_hash="k")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"kind": "lottery"}, "call_kind_registered"),
        ({"status": "open"}, "call_status_known"),
        ({"title": ""}, "call_has_title"),
        ({"slug": ""}, "call_has_slug"),
        ({"closes_at": models.F("opens_at")}, "call_closes_after_opening"),
        ({"status": "cancelled"}, "call_cancelled_needs_reason"),
    ],
)
def test_the_database_refuses_a_call_that_makes_no_sense(poll, changes, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Call.objects.filter(pk=poll.pk).update(**changes)
