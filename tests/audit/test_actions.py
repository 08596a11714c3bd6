"""The trail of who did what."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from congdoan.accounts.models import User
from congdoan.audit import actions
from congdoan.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> Entry:
    user = User.objects.create(username="hoa", last_name="Nguyễn Thị", first_name="Hoa")
    return actions.record(
        "user.renamed", user, actor=user, before={"name": "A"}, after={"name": "B"}, reason="x"
    )


def test_an_entry_says_who_did_what_to_which_object(entry):
    entry.refresh_from_db()
    assert (entry.actor_text, entry.verb, entry.object_type) == (
        "Nguyễn Thị Hoa",
        "user.renamed",
        "accounts.user",
    )
    assert (entry.before, entry.after, entry.reason) == ({"name": "A"}, {"name": "B"}, "x")


def test_an_entry_outlives_the_account_that_it_names(entry):
    User.objects.all().delete()
    assert Entry.objects.get().actor_text == "Nguyễn Thị Hoa"


def test_what_nobody_asked_for_is_done_by_the_system(entry):
    assert actions.record("user.seen", User.objects.get(), actor=None).actor_text == actions.SYSTEM


def test_an_entry_cannot_be_changed_through_the_model(entry):
    entry.verb = "user.forged"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Entry.objects.update(verb="user.forged"),
        lambda: Entry.objects.all()._raw_delete(using="default"),
        lambda: connection.cursor().execute("DELETE FROM audit_entry"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(entry, attack):
    with pytest.raises(DatabaseError), transaction.atomic():
        attack()
    assert Entry.objects.get().verb == "user.renamed"


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_change():
    user = User(pk=1, username="hoa")
    with pytest.raises(RuntimeError):
        actions.record("user.renamed", user, actor=None)


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_its_change():
    def change_that_fails() -> None:
        with transaction.atomic():
            actions.record("user.renamed", User(pk=1, username="hoa"), actor=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_stands_with_its_change():
    with transaction.atomic():
        actions.record("user.renamed", User.objects.create(username="hoa"), actor=None)
    assert Entry.objects.count() == 1
