"""The embedded engine: an SQLite file of its own with FTS5, read by many processes while one writes."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from congdoan.search.engine import storing
from congdoan.search.engine.errors import IndexMissingError, SearchError
from congdoan.search.engine.finding import find, suggest
from congdoan.search.engine.generations import Generations
from congdoan.search.engine.port import PUBLIC, Document, Key, Query, Results, Suggestion

_BATCH = 500
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN}
Load = Callable[[Sequence[Key]], Iterable[Document]]


class EmbeddedEngine:
    """An ``Engine`` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._files = Generations(folder)
        self._local = threading.local()

    def is_ready(self) -> bool:
        """Say whether the index is there, whole, and of the format that this version reads."""
        try:
            self._connection()
        except SearchError:
            return False
        return True

    def index(self, documents: Iterable[Document]) -> None:
        """Add or replace documents."""
        documents = list(documents)
        with self._writing() as connection:
            storing.note_changed(connection, [(document.kind, document.key) for document in documents])
            storing.add(connection, documents)

    def delete(self, keys: Iterable[Key]) -> None:
        """Forget things."""
        keys = list(keys)
        with self._writing() as connection:
            storing.note_changed(connection, keys)
            storing.forget(connection, keys)

    def refresh(self, keys: Sequence[Key], load: Load) -> None:
        """Replace what is known of ``keys`` by what ``load`` says, asked while no other writer can come between."""
        with self._writing() as connection:
            storing.note_changed(connection, keys)
            storing.forget(connection, keys)
            storing.add(connection, load(keys))

    def search(self, query: Query) -> Results:
        """Answer a query from one state of the index."""
        with self._reading() as connection:
            return find(connection, query)

    def suggest(
        self, prefix: str, *, access: frozenset[str] = frozenset({PUBLIC}), limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Return titles that go on from what was typed."""
        with self._reading() as connection:
            return suggest(connection, prefix, access=access, limit=limit)

    def rebuild(self, documents: Iterable[Document], load: Load) -> int:
        """Build the next generation beside the one in use, catch up with what was written meanwhile, switch."""
        with self._files.rebuilding():
            old = self._old_generation()
            if old is not None:
                storing.expect_changes(old, wanted=True)
            name, new = self._files.create()
            try:
                count = _fill(new, documents)
                if old is not None:
                    # From here to the switch nobody can write to the old generation.
                    old.execute("BEGIN IMMEDIATE")
                    changed = old.execute("SELECT kind, key FROM changed").fetchall()
                    _in_transaction(new, lambda: _catch_up(new, changed, load))
                new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                new.close()
                self._files.switch(name)
            except BaseException:
                new.close()
                self._files.remove_all_but(self._files.current())
                raise
            finally:
                if old is not None:
                    with suppress(sqlite3.Error):
                        if old.in_transaction:
                            old.execute("ROLLBACK")
                        storing.expect_changes(old, wanted=False)
                    old.close()
            return count

    def clear(self) -> None:
        """Start again with an empty index."""
        self.rebuild([], lambda _keys: [])

    def _old_generation(self) -> sqlite3.Connection | None:
        try:
            connection = self._files.open(self._files.current())
        except (SearchError, sqlite3.Error):
            return None
        if storing.has_format(connection):
            return connection
        connection.close()
        return None

    def _connection(self) -> tuple[str, sqlite3.Connection]:
        """This thread's connection to the generation in use."""
        while True:
            name = self._files.current()
            try:
                return name, self._connection_to(name)
            except IndexMissingError:
                # Between reading the name and opening the file a rebuild may have switched to another.
                if name == self._files.current():
                    raise

    def _connection_to(self, name: str) -> sqlite3.Connection:
        held: tuple[int, str, sqlite3.Connection] | None = getattr(self._local, "held", None)
        if held is not None and held[:2] == (os.getpid(), name):
            return held[2]
        if held is not None and held[0] == os.getpid():
            held[2].close()  # one inherited through a fork must be left alone
        self._local.held = None
        with self._damage_is_noticed(name):
            connection = self._files.open(name)
            if not storing.has_format(connection):
                connection.close()
                raise IndexMissingError("the search index is damaged or of another format")
        self._local.held = (os.getpid(), name, connection)
        return connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        name, connection = self._connection()
        with self._damage_is_noticed(name):
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        name, connection = self._connection()
        with self._damage_is_noticed(name):
            connection.execute("BEGIN IMMEDIATE")
            while self._files.current() != name:
                # A rebuild switched while we waited for the lock: what we hold is the old generation.
                connection.execute("ROLLBACK")
                name, connection = self._connection()
                connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _damage_is_noticed(self, name: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code in _DAMAGED or "no such table" in str(error):
                self._files.drop(name)
                raise IndexMissingError("the search index is damaged") from error
            raise SearchError(str(error)) from error


def _fill(connection: sqlite3.Connection, documents: Iterable[Document]) -> int:
    connection.execute("PRAGMA synchronous=NORMAL")  # the checkpoint before the switch writes it through
    storing.create_tables(connection)
    count = 0
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        connection.execute("BEGIN")
        count += storing.add(connection, batch)
        connection.execute("COMMIT")
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.execute("INSERT INTO titles (titles) VALUES ('optimize')")
    return count


def _catch_up(connection: sqlite3.Connection, changed: Sequence[Key], load: Load) -> None:
    if changed:
        storing.forget(connection, changed)
        storing.add(connection, load(changed))


def _in_transaction(connection: sqlite3.Connection, work: Callable[[], None]) -> None:
    connection.execute("BEGIN")
    work()
    connection.execute("COMMIT")
