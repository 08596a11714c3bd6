"""Personal fields are unreadable at rest, and keys can be changed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from congdoan.members import crypto
from congdoan.members.errors import UnreadableError
from congdoan.members.models import Person
from tests.factories_members import PersonFactory

OLD, NEW = "khoa-cu-" + "a" * 40, "khoa-moi-" + "b" * 40


@pytest.mark.django_db
def test_an_identity_number_stands_nowhere_in_the_table():
    person = PersonFactory(identity_number="010190001234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_person WHERE id = %s", [person.pk])
        assert "010190001234" not in str(cursor.fetchone())
    person.refresh_from_db()
    assert person.identity_number == "010190001234"
    assert person.identity_masked == "•••••••••234"


def test_a_key_put_in_front_encrypts_and_the_old_one_still_decrypts(settings):
    settings.FIELD_KEYS = [OLD]
    before = crypto.encrypt("010190001234")
    settings.FIELD_KEYS = [NEW, OLD]
    assert crypto.decrypt(before) == "010190001234"
    renewed = crypto.renewed(before)
    settings.FIELD_KEYS = [NEW]
    assert crypto.decrypt(renewed) == "010190001234"
    with pytest.raises(UnreadableError):
        crypto.decrypt(before)


def test_a_hash_stays_while_keys_are_added(settings):
    settings.FIELD_KEYS = [OLD]
    before = crypto.keyed_hash("010190001234", "identity")
    settings.FIELD_KEYS = [NEW, OLD]
    assert crypto.keyed_hash("010190001234", "identity") == before
    assert crypto.keyed_hash("010190001234", "card") != before
    settings.FIELD_KEYS = [NEW]
    assert crypto.keyed_hash("010190001234", "identity") != before


def test_nothing_stays_nothing_and_without_a_key_nothing_is_written(settings):
    assert crypto.encrypt("") == crypto.decrypt("") == crypto.keyed_hash("", "identity") == ""
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        crypto.encrypt("010190001234")


@pytest.mark.django_db
def test_two_ways_of_writing_a_number_are_one_number():
    first = PersonFactory(identity_number="010 190-001.234")
    assert Person(identity_hash=first.identity_hash).identity_hash == crypto.keyed_hash(
        "010190001234", "identity"
    )
