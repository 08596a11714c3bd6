"""Tables of the embedded index, and writing to them.

The full text is indexed without being stored again (a contentless table): each column is kept folded, and title,
summary and body also with their diacritics. The originals stand in ``text``, from which snippets are cut. Before
SQLite 3.43 such a table forgets a row only when it is told the old words, so these are made again from ``text``;
``FORMAT`` therefore changes with every change of how words are made, and an index of another format is rebuilt.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from congdoan import vntext
from congdoan.search.engine.port import Document, Key
from congdoan.search.engine.reading import exact_words, folded_words, symbol_words

_ALPHABET = "".join(chr(code) for code in (*range(0x20, 0x250), *range(0x300, 0x370), *range(0x1E00, 0x1F00)))
_SAMPLE = _ALPHABET + " hoà thuỷ kỹ quý khoá 05/NQ-ĐCT"
FORMAT = hashlib.sha256(
    json.dumps(
        [1, unicodedata.unidata_version, folded_words(_SAMPLE), exact_words(_SAMPLE), symbol_words(_SAMPLE)]
    ).encode()
).hexdigest()[:16]
"""Names the tables and the way words are made; what an index of another format says cannot be trusted."""

COLUMNS = ("title", "symbol", "context", "summary", "body", "title_exact", "summary_exact", "body_exact")
WEIGHTS = (8, 12, 2, 4, 1, 4, 2, 1)
"""Of ``COLUMNS``, for bm25."""
TITLE_COLUMNS = ("title", "symbol", "title_exact")
"""Again in a small table of their own, where looking for common words costs nothing."""

_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE opened_by (id INTEGER PRIMARY KEY, keys TEXT NOT NULL UNIQUE);
CREATE TABLE thing (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (kind, key));
CREATE TABLE doc (
    id INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    day INTEGER NOT NULL,  -- proleptic ordinal, 0 when there is no date
    opened_by INTEGER NOT NULL,
    title_words TEXT NOT NULL,
    UNIQUE (thing, language)
);
CREATE INDEX doc_day ON doc (day, id);
CREATE INDEX doc_title ON doc (title_words);
CREATE TABLE facet (
    name TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (doc, name, value)
) WITHOUT ROWID;
CREATE TABLE text (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, symbol TEXT NOT NULL, context TEXT NOT NULL,
    summary TEXT NOT NULL, body TEXT NOT NULL, url TEXT NOT NULL
);
CREATE TABLE changed (kind TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5({", ".join(COLUMNS)}, content='', tokenize='ascii');
CREATE VIRTUAL TABLE titles USING fts5({", ".join(TITLE_COLUMNS)}, content='', tokenize='ascii');
"""
# 'ascii' cuts at blanks alone here: the words come to it folded and joined by blanks.


def _add_sql(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"  # noqa: S608  # constants


def _forget_sql(table: str, columns: Sequence[str]) -> str:
    names, marks = ", ".join(columns), ", ?" * len(columns)
    return f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', ?{marks})"  # noqa: S608  # constants


_ADD_WORDS, _ADD_TITLE = _add_sql("words", COLUMNS), _add_sql("titles", TITLE_COLUMNS)
_FORGET_WORDS, _FORGET_TITLE = _forget_sql("words", COLUMNS), _forget_sql("titles", TITLE_COLUMNS)
_TITLE_OF_WORDS = [COLUMNS.index(column) for column in TITLE_COLUMNS]


def create_tables(connection: sqlite3.Connection) -> None:
    """Lay out an empty index."""
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO meta VALUES ('format', ?)", [FORMAT])


def has_format(connection: sqlite3.Connection) -> bool:
    """Say whether the file is a whole index of the format that this code reads."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == FORMAT


def add(connection: sqlite3.Connection, documents: Iterable[Document]) -> int:
    """Write documents inside the caller's transaction, replacing those there; return how many."""
    count = 0
    for document in documents:
        _add_one(connection, document)
        count += 1
    return count


def forget(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Remove things in all their languages, inside the caller's transaction."""
    for kind, key in keys:
        row = connection.execute("SELECT id FROM thing WHERE kind = ? AND key = ?", [kind, key]).fetchone()
        if row is None:
            continue
        for (doc_id,) in connection.execute("SELECT id FROM doc WHERE thing = ?", row).fetchall():
            _forget_doc(connection, doc_id)
        connection.execute("DELETE FROM thing WHERE id = ?", row)


def note_changed(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    """Remember what was written while another process builds the next index."""
    if connection.execute("SELECT 1 FROM meta WHERE name = 'rebuilding'").fetchone():
        connection.executemany("INSERT OR IGNORE INTO changed VALUES (?, ?)", keys)


def expect_changes(connection: sqlite3.Connection, *, wanted: bool) -> None:
    """Begin, or stop, to remember what is written. Runs outside a transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM changed")
    connection.execute("DELETE FROM meta WHERE name = 'rebuilding'")
    if wanted:
        connection.execute("INSERT INTO meta VALUES ('rebuilding', '1')")
    connection.execute("COMMIT")


def _add_one(connection: sqlite3.Connection, document: Document) -> None:
    connection.execute("INSERT OR IGNORE INTO thing (kind, key) VALUES (?, ?)", [document.kind, document.key])
    (thing,) = connection.execute(
        "SELECT id FROM thing WHERE kind = ? AND key = ?", [document.kind, document.key]
    ).fetchone()
    row = connection.execute(
        "SELECT id FROM doc WHERE thing = ? AND language = ?", [thing, document.language]
    ).fetchone()
    if row is not None:
        _forget_doc(connection, row[0])
    title, symbol, context, summary, body = (
        _stored(text)
        for text in (document.title, document.symbol, document.context, document.summary, document.body)
    )
    words = _words(title, symbol, context, summary, body)
    doc_id = connection.execute(
        "INSERT INTO doc (thing, kind, language, day, opened_by, title_words) VALUES (?, ?, ?, ?, ?, ?)",
        [
            thing,
            document.kind,
            document.language,
            _ordinal(document.date),
            _opened_by(connection, document.access),
            words[0],
        ],
    ).lastrowid
    connection.execute(
        "INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?)",
        [doc_id, title, symbol, context, summary, body, document.url],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO facet (name, value, doc) VALUES (?, ?, ?)",
        [(name, value, doc_id) for name, value in _facets(document.facets)],
    )
    connection.execute(_ADD_WORDS, [doc_id, *words])
    connection.execute(_ADD_TITLE, [doc_id, *(words[at] for at in _TITLE_OF_WORDS)])


def _forget_doc(connection: sqlite3.Connection, doc_id: int) -> None:
    text = connection.execute(
        "SELECT title, symbol, context, summary, body FROM text WHERE id = ?", [doc_id]
    ).fetchone()
    words = _words(*text)
    connection.execute(_FORGET_WORDS, [doc_id, *words])
    connection.execute(_FORGET_TITLE, [doc_id, *(words[at] for at in _TITLE_OF_WORDS)])
    connection.execute("DELETE FROM facet WHERE doc = ?", [doc_id])
    connection.execute("DELETE FROM text WHERE id = ?", [doc_id])
    connection.execute("DELETE FROM doc WHERE id = ?", [doc_id])


def _words(title: str, symbol: str, context: str, summary: str, body: str) -> tuple[str, ...]:
    """One string of words for each of ``COLUMNS``."""
    return (
        " ".join(folded_words(title)),
        " ".join(symbol_words(symbol)),
        " ".join(folded_words(context)),
        " ".join(folded_words(summary)),
        " ".join(folded_words(body)),
        " ".join(exact_words(title)),
        " ".join(exact_words(summary)),
        " ".join(exact_words(body)),
    )


def _stored(text: str) -> str:
    # NFC, so that offsets in the folded text are offsets in the stored one.
    return vntext.nfc(text.encode("utf-8", "ignore").decode()).replace("\0", " ")


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _opened_by(connection: sqlite3.Connection, access: frozenset[str]) -> int:
    keys = json.dumps(sorted(access))
    connection.execute("INSERT OR IGNORE INTO opened_by (keys) VALUES (?)", [keys])
    return int(connection.execute("SELECT id FROM opened_by WHERE keys = ?", [keys]).fetchone()[0])


def _facets(facets: Mapping[str, str | Sequence[str]]) -> Iterable[tuple[str, str]]:
    for name, values in facets.items():
        for value in (values,) if isinstance(values, str) else values:
            yield name, value
