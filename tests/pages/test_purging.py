"""How a change gets from the process that makes it to the readers of all processes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from congdoan.pages import actions
from congdoan.pages.cache import purge
from congdoan.pages.cache.purging import PurgeReader
from congdoan.pages.models import Purge


class Heard:
    """Stands for a cache and remembers what it was told."""

    def __init__(self) -> None:
        self.tags: list[set[str]] = []

    def purge(self, tags: frozenset[str]) -> None:
        self.tags.append(set(tags))

    def clear(self) -> None:
        self.tags.clear()


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def other(db, heard, clock):
    """The reader of another process, started."""
    reader = PurgeReader(heard, clock)  # type: ignore[arg-type]  # all it needs of a cache
    reader.start()
    return reader


def note(*tags: str, **fields: object) -> Purge:
    """Write what another process writes."""
    return Purge.objects.create(tags=list(tags), at=timezone.now(), **fields)


def read(reader: PurgeReader) -> int:
    # Tests write through the reader's own connection, which SQLite's version of the data does not count.
    reader.forget_connection()
    return reader.read()


@pytest.mark.django_db
def test_a_change_is_told_when_it_is_committed_and_not_before(
    visitor, django_capture_on_commit_callbacks, monkeypatch
):
    told = []
    monkeypatch.setattr(visitor.cache, "purge", told.append)
    visitor.reader.start()
    with django_capture_on_commit_callbacks(execute=True):
        purge("page:7", "articles")
        assert told == []
    assert told == [frozenset({"page:7", "articles"})]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_told_to_nobody(other, heard):
    def change_and_fail() -> None:
        with transaction.atomic():
            purge("page:7")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        change_and_fail()
    assert read(other) == 0
    assert heard.tags == []


def test_another_process_reads_each_note_once(other, heard):
    note("page:7")
    note("list:3", "articles")
    assert read(other) == 2
    assert read(other) == 0
    assert heard.tags == [{"page:7"}, {"list:3", "articles"}]


def test_a_process_that_starts_later_leaves_old_notes_alone(heard, clock, db):
    note("page:7")
    reader = PurgeReader(heard, clock)  # type: ignore[arg-type]  # as above
    reader.start()
    assert read(reader) == 0


def test_a_process_does_not_act_twice_on_its_own_note(other, heard):
    own = note("page:7")
    other.handle(own.pk, frozenset(["page:7"]))
    assert read(other) == 0
    assert heard.tags == [{"page:7"}]


def test_a_note_with_a_lower_number_that_is_committed_later_is_not_missed(other, heard):
    first = note("page:1")
    number = first.pk
    first.delete()
    note("page:2")
    assert read(other) == 1
    note("page:1", pk=number)
    assert read(other) == 1
    assert heard.tags == [{"page:2"}, {"page:1"}]


def test_what_was_read_long_ago_is_forgotten_without_being_read_again(other, heard, clock):
    for number in range(5):
        note(f"page:{number}")
    read(other)
    clock.now += 3600
    assert read(other) == 0
    assert other._seen == {}
    note("page:9")
    assert read(other) == 1
    assert len(heard.tags) == 6


def test_old_notes_are_deleted_and_new_ones_stay(db):
    old = note("page:1")
    Purge.objects.filter(pk=old.pk).update(at=timezone.now() - actions.KEEP_PURGES * 2)
    new = note("page:2")
    assert actions.prune() == 1
    assert list(Purge.objects.all()) == [new]


@pytest.mark.django_db(transaction=True)
def test_a_note_of_another_connection_is_read_without_being_asked_to_look(other, heard):
    """SQLite's version of the data counts the commits of other connections."""
    assert other.read() == 0

    def write() -> None:
        try:
            note("page:7")
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(10)
    assert other.read() == 1
    assert other.read() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_transactions_the_one_that_began_first_may_end_last(other, heard):
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                note("page:1")
                begun.set()
                go_on.wait(10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        attempt = pool.submit(slow)
        assert begun.wait(10)
        note("page:2")
        assert other.read() == 1
        go_on.set()
        attempt.result(10)
    assert other.read() == 1
    assert heard.tags == [{"page:2"}, {"page:1"}]


def test_without_sqlite_every_look_asks_the_database(other):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite answers from its version of the data")
    note("page:7")
    assert other.read() == 1
