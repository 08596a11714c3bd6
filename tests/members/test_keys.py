"""Keys of personal fields are changed, and the oldest is retired."""

from __future__ import annotations

import pytest
from django.db import connection

from congdoan.members import crypto
from congdoan.members.actions import keys
from congdoan.members.models import MemberCard, Person
from congdoan.ops import health
from tests.factories_members import PersonFactory, member

pytestmark = pytest.mark.django_db
OLD, NEW = "khoa-cu-" + "a" * 40, "khoa-moi-" + "b" * 40


@pytest.fixture
def written(settings, here):
    """A person and a card, written with the old key."""
    settings.FIELD_KEYS = [OLD]
    person = member(here, identity_number="010190001234")
    MemberCard.objects.create(
        person=person,
        unit=here,
        number="LC1",
        issued_on="2026-01-01",
        token_cipher=crypto.encrypt("mã bí mật"),
        token_hash=crypto.keyed_hash("mã bí mật", "card"),
    )
    return person


def test_everything_is_written_anew_with_the_first_key_and_found_as_before(settings, written):
    before = written.identity_hash
    settings.FIELD_KEYS = [NEW, OLD]
    assert keys.renew() == 2
    written.refresh_from_db()
    assert written.identity_hash == before
    assert keys.keys_fit() is True
    settings.FIELD_KEYS = [NEW]
    assert written.identity_number == "010190001234"  # readable by the new key alone
    assert keys.keys_fit() is False  # but no longer found: the old key makes the hashes


def test_the_oldest_key_is_retired(settings, written):
    settings.FIELD_KEYS = [NEW, OLD]
    keys.renew(retire_oldest=True)
    settings.FIELD_KEYS = [NEW]
    written.refresh_from_db()
    assert keys.keys_fit() is True
    assert written.identity_hash == crypto.keyed_hash("010190001234", "identity")
    card = MemberCard.objects.get()
    assert card.token_hash == crypto.keyed_hash(crypto.decrypt(card.token_cipher), "card")


def test_the_only_key_cannot_be_retired(settings, written):
    with pytest.raises(keys.NoOlderKeyError):
        keys.renew(retire_oldest=True)


def test_rows_beyond_one_batch_are_renewed_too(settings, monkeypatch):
    settings.FIELD_KEYS = [OLD]
    for number in range(5):
        PersonFactory(identity_number=f"01019000123{number}")
    monkeypatch.setattr(keys, "BATCH", 2)
    settings.FIELD_KEYS = [NEW, OLD]
    assert keys.renew() == 5
    settings.FIELD_KEYS = [NEW]
    assert {person.identity_number for person in Person.objects.all()} == {
        f"01019000123{n}" for n in range(5)
    }


def test_every_encrypted_column_is_renewed():
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names(cursor) if name.startswith("members_")
        ]
        columns = {
            (table, column.name)
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
            if column.name == "cipher" or column.name.endswith("_cipher")
        }
    assert columns == {(model._meta.db_table, name) for model, names in keys.CIPHERS for name in names}


def test_the_check_of_the_installation_says_when_keys_do_not_fit(settings, written):
    def finding():
        return next(found for found in health.examine() if found.name == "fields")

    assert finding().state == "ok"
    settings.FIELD_KEYS = [NEW]
    assert finding().state == "failed"


def test_a_backup_names_the_keys_it_needs_without_giving_them_away(settings):
    from congdoan.ops.backup.manifest import key_fingerprints

    settings.FIELD_KEYS = [NEW, OLD]
    fingerprints = key_fingerprints()
    assert {"FIELD_KEYS.0", "FIELD_KEYS.1"} <= set(fingerprints)
    assert fingerprints["FIELD_KEYS.0"] != fingerprints["FIELD_KEYS.1"]
    assert not any(key in str(fingerprints) for key in (NEW, OLD))
