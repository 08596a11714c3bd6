"""Finding things in the embedded index: what matches, in which order, and how it is shown."""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from congdoan.search.engine.port import MOST_RESULTS, Hit, Query, Results, Suggestion
from congdoan.search.engine.reading import Part, Reading, exact_words, read
from congdoan.search.engine.snippets import Highlighter
from congdoan.search.engine.storing import WEIGHTS

_EXACT = "{title_exact summary_exact body_exact}"
_BY_WEIGHT = f"bm25(words, {', '.join(map(str, WEIGHTS))}), doc.day DESC"
_NEWEST = "doc.day DESC, doc.id DESC"
_OLDEST = "doc.day, doc.id"


@dataclass(frozen=True, slots=True)
class Limits:
    """SQL conditions on ``doc`` and their parameters."""

    sql: str
    values: tuple[object, ...]


def find(connection: sqlite3.Connection, query: Query) -> Results:
    """Answer ``query`` within the caller's read transaction."""
    started = time.perf_counter()
    reading = read(query.text)
    opened_by = _opened_by(connection, query.access)
    match = _everything_that_matches(reading)
    if not opened_by or (match is None and query.text.strip()):
        return _nothing(started)

    kinds = _count_kinds(connection, match, _limits(query, opened_by, without_kinds=True))
    relaxed = False
    if not kinds and (looser := _some_of_the_words(reading)):
        match, relaxed = looser, True
        kinds = _count_kinds(connection, match, _limits(query, opened_by, without_kinds=True))

    limits = _limits(query, opened_by)
    total = sum(count for kind, count in kinds.items() if not query.kinds or kind in query.kinds)
    wanted = min(max(query.offset, 0) + max(query.limit, 0), MOST_RESULTS)
    found: Iterator[tuple[int, int]] = iter(())
    if total:
        if match is None or query.sort != "relevance":
            order = _OLDEST if query.sort == "oldest" else _NEWEST
            found = _select(connection, match, limits, order, 2 * wanted)
        elif relaxed:
            found = _select(connection, match, limits, _BY_WEIGHT, 2 * wanted)
        else:
            found = _cascade(connection, reading, match, limits, wanted)
    # A thing that matches in two languages is found twice and shown once.
    things: dict[int, int] = {}
    enough = min(wanted, total)
    for doc, thing in found:
        things.setdefault(thing, doc)
        if len(things) >= enough:
            break
    window = list(things.items())[max(query.offset, 0) : wanted]
    return Results(
        total=total,
        hits=_hits(connection, window, query, opened_by, reading),
        kinds=kinds,
        facets={name: _count_facet(connection, match, name, query, opened_by) for name in query.facets},
        took_ms=(time.perf_counter() - started) * 1000,
        relaxed=relaxed,
    )


def suggest(
    connection: sqlite3.Connection, prefix: str, *, access: frozenset[str], limit: int
) -> tuple[Suggestion, ...]:
    """Titles with all the words typed, the last one perhaps unfinished; as a phrase before scattered."""
    reading = read(prefix)
    opened_by = _opened_by(connection, access)
    words = reading.folded
    if not words or not opened_by:
        return ()
    limits = _limits(Query(""), opened_by)
    scattered = " AND ".join(f'title : "{word}"' for word in words[:-1])
    ways = [f'title : "{" ".join(words)}" *']
    if scattered:
        ways.append(f'{scattered} AND title : "{words[-1]}" *')
    found: dict[int, int] = {}
    for way in ways:
        for doc, thing in _select(connection, way, limits, _NEWEST, 2 * limit, table="titles"):
            found.setdefault(thing, doc)
        if len(found) >= limit:
            break
    docs = list(found.values())[:limit]
    rows = connection.execute(
        f"SELECT doc.id, doc.kind, text.title, text.url FROM doc JOIN text USING (id) WHERE doc.id IN ({_marks(docs)})",  # noqa: S608  # only question marks are put in
        docs,
    ).fetchall()
    highlighter = Highlighter(reading)
    by_id = {row[0]: Suggestion(highlighter.whole(row[2]), row[1], row[3]) for row in rows}
    return tuple(by_id[doc] for doc in docs)


# --- What matches ----------------------------------------------------------------------------------


def _phrase(words: Sequence[str]) -> str:
    # Words are letters and digits alone, so nothing in them can end the quotation.
    return '"' + " ".join(words) + '"'


def _part_matches(part: Part) -> str:
    if part.is_quoted and part.has_diacritics:
        return f"({_EXACT} : {_phrase(part.exact)} OR {{symbol context}} : {_phrase(part.folded)})"
    # Without naming columns, which would make SQLite look up where in each document the word stands. In a column
    # with diacritics a folded word can only match one that has none.
    return _phrase(part.folded)


def _everything_that_matches(reading: Reading) -> str | None:
    """All parts somewhere, whatever their diacritics (quoted ones as quoted); or one of the symbols."""
    if not reading.parts:
        return None
    everywhere = " AND ".join(map(_part_matches, reading.parts))
    return " OR ".join([f"({everywhere})", *(f"symbol : {_phrase(symbol)}" for symbol in reading.symbols)])


def _some_of_the_words(reading: Reading) -> str | None:
    """Two neighbouring words of the query; ``None`` where nothing looser would make sense."""
    words = reading.folded
    if len(words) < 3 or any(part.is_quoted for part in reading.parts):
        return None
    pairs = dict.fromkeys(itertools.pairwise(words))
    return " OR ".join(map(_phrase, pairs))


@dataclass(frozen=True, slots=True)
class Stage:
    """One way to match: in which table, what, and in which order."""

    table: str
    match: str
    order: str


def _stages(reading: Reading) -> list[Stage]:
    """Ways to match, best first."""
    folded, exact = _phrase(reading.folded), _phrase(reading.exact)
    stages = [Stage("titles", f"symbol : {_phrase(symbol)}", _NEWEST) for symbol in reading.symbols]
    if reading.has_diacritics:
        exact_words_in_title = " AND ".join(f"title_exact : {_phrase(part.exact)}" for part in reading.parts)
        exact_anywhere = " AND ".join(f"{_EXACT} : {_phrase(part.exact)}" for part in reading.parts)
        stages += [
            Stage("titles", f"title_exact : {exact}", _NEWEST),
            Stage("titles", exact_words_in_title, _NEWEST),
            Stage("words", f"{_EXACT} : {exact}", _BY_WEIGHT),
            Stage("words", exact_anywhere, _BY_WEIGHT),
        ]
    words_in_title = " AND ".join(f"title : {_phrase(part.folded)}" for part in reading.parts)
    stages += [
        Stage("titles", f"title : {folded}", _NEWEST),
        Stage("titles", words_in_title, _NEWEST),
        Stage("words", folded, _BY_WEIGHT),
        *(Stage("words", pairs, _BY_WEIGHT) for pairs in _in_pairs(reading.folded)),
        Stage("words", " AND ".join(map(_part_matches, reading.parts)), _BY_WEIGHT),
    ]
    return list(dict.fromkeys(stages))


def _in_pairs(words: Sequence[str]) -> list[str]:
    """Most Vietnamese words have two syllables: "công đoàn Lào Cai" is probably công đoàn and Lào Cai.

    Cut in twos from the first word, then from the second.
    """
    if len(words) < 3:
        return []
    starts = (range(0, len(words), 2), [0, *range(1, len(words), 2)])
    ways = []
    for start in map(list, starts):
        pieces = [words[begin:end] for begin, end in zip(start, [*start[1:], len(words)], strict=True)]
        ways.append(" AND ".join(map(_phrase, pieces)))
    return ways


# --- In which order ----------------------------------------------------------------------------------


def _cascade(
    connection: sqlite3.Connection, reading: Reading, match: str, limits: Limits, wanted: int
) -> Iterator[tuple[int, int]]:
    """(doc, thing) in the order of relevance; stops asking when the caller has enough."""
    yield from _whole_titles(connection, reading, limits, wanted)
    has_quotes = any(part.is_quoted for part in reading.parts)
    for stage in _stages(reading):
        if has_quotes:
            # Every other stage is narrower than ``match`` by itself; a quotation must hold in each of them.
            stage = Stage("words", f"({stage.match}) AND ({match})", stage.order)
        yield from _select(connection, stage.match, limits, stage.order, 2 * wanted, table=stage.table)


def _whole_titles(
    connection: sqlite3.Connection, reading: Reading, limits: Limits, wanted: int
) -> Iterator[tuple[int, int]]:
    """Things whose whole title is the query; those with the same diacritics first."""
    rows = connection.execute(
        f"SELECT doc.id, doc.thing, text.title FROM doc JOIN text USING (id) WHERE doc.title_words = ? AND {limits.sql} "  # noqa: S608  # conditions made above, values as parameters
        f"ORDER BY {_NEWEST} LIMIT ?",
        [" ".join(reading.folded), *limits.values, 2 * wanted],
    ).fetchall()
    exact = list(reading.exact)
    needs_exact = any(part.is_quoted and part.has_diacritics for part in reading.parts)
    same = [row for row in rows if exact_words(row[2]) == exact]
    yield from ((row[0], row[1]) for row in same)
    if not needs_exact and not reading.has_diacritics:
        yield from ((row[0], row[1]) for row in rows if row not in same)


def _select(
    connection: sqlite3.Connection,
    match: str | None,
    limits: Limits,
    order: str,
    count: int,
    *,
    table: str = "words",
) -> Iterator[tuple[int, int]]:
    source, values = _source(match, table)
    yield from connection.execute(
        f"SELECT doc.id, doc.thing FROM {source} AND {limits.sql} ORDER BY {order} LIMIT ?",  # noqa: S608  # as above
        [*values, *limits.values, count],
    ).fetchall()


def _source(match: str | None, table: str = "words") -> tuple[str, list[object]]:
    if match is None:
        return "doc WHERE true", []
    # CROSS keeps the order of the join: the words first, then each row by its number.
    return f"{table} CROSS JOIN doc ON doc.id = {table}.rowid WHERE {table} MATCH ?", [match]


def _limits(
    query: Query, opened_by: Sequence[int], *, without_kinds: bool = False, without_facet: str = ""
) -> Limits:
    conditions = [f"doc.opened_by IN ({_marks(opened_by)})"]
    values: list[object] = [*opened_by]
    if query.kinds and not without_kinds:
        conditions.append(f"doc.kind IN ({_marks(query.kinds)})")
        values += query.kinds
    for name, accepted in query.filters.items():
        if name == without_facet:
            continue
        conditions.append(
            "EXISTS (SELECT 1 FROM facet WHERE facet.doc = doc.id AND facet.name = ? "  # noqa: S608  # as above
            f"AND facet.value IN ({_marks(accepted)}))"
        )
        values += [name, *accepted]
    return Limits(" AND ".join(conditions), tuple(values))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _opened_by(connection: sqlite3.Connection, access: frozenset[str]) -> tuple[int, ...]:
    """Which sets of access keys share one with the asker's."""
    rows = connection.execute("SELECT id, keys FROM opened_by").fetchall()
    return tuple(row[0] for row in rows if not access.isdisjoint(json.loads(row[1])))


# --- How much, and how it is shown ------------------------------------------------------------------


def _count_kinds(connection: sqlite3.Connection, match: str | None, limits: Limits) -> dict[str, int]:
    source, values = _source(match)
    rows = connection.execute(
        f"SELECT doc.kind, count(DISTINCT doc.thing) FROM {source} AND {limits.sql} GROUP BY doc.kind",  # noqa: S608  # as above
        [*values, *limits.values],
    )
    return dict(rows.fetchall())


def _count_facet(
    connection: sqlite3.Connection, match: str | None, name: str, query: Query, opened_by: Sequence[int]
) -> tuple[tuple[str, int], ...]:
    """Values of a facet with how many things each would leave, the commonest first."""
    limits = _limits(query, opened_by, without_facet=name)
    source, values = _source(match)
    source = source.replace(" WHERE ", " CROSS JOIN facet ON facet.doc = doc.id AND facet.name = ? WHERE ", 1)
    rows = connection.execute(
        f"SELECT facet.value, count(DISTINCT doc.thing) AS things FROM {source} AND {limits.sql} "  # noqa: S608  # as above
        "GROUP BY facet.value ORDER BY things DESC, facet.value LIMIT 100",
        [name, *values, *limits.values],
    )
    return tuple(rows.fetchall())


def _hits(
    connection: sqlite3.Connection,
    window: Sequence[tuple[int, int]],
    query: Query,
    opened_by: Sequence[int],
    reading: Reading,
) -> tuple[Hit, ...]:
    """Show each thing by its text in the asker's language if there is one that they may see."""
    things = [thing for thing, _doc in window]
    rows = connection.execute(
        "SELECT doc.thing, doc.id, doc.language, thing.kind, thing.key, doc.day, text.title, text.symbol, "  # noqa: S608  # as above
        "text.summary, text.body, text.url FROM doc JOIN text USING (id) JOIN thing ON thing.id = doc.thing "
        f"WHERE doc.thing IN ({_marks(things)}) AND doc.opened_by IN ({_marks(opened_by)})",
        [*things, *opened_by],
    ).fetchall()
    shown: dict[int, tuple[object, ...]] = {}
    matched = dict(window)
    for row in rows:
        if row[2] == query.language or (row[1] == matched[row[0]] and row[0] not in shown):
            shown[row[0]] = row
    facets = _facets_of(connection, [row[1] for row in shown.values()])
    highlighter = Highlighter(reading)
    return tuple(_hit(shown[thing], facets, highlighter) for thing in things)


def _hit(
    row: tuple[object, ...], facets: dict[int, dict[str, tuple[str, ...]]], highlighter: Highlighter
) -> Hit:
    _thing, doc, language, kind, key, day, title, symbol, summary, body, url = row
    assert isinstance(doc, int)  # noqa: S101  # what the table holds, told to the type checker
    assert isinstance(day, int)  # noqa: S101  # the same
    return Hit(
        kind=str(kind),
        key=str(key),
        language=str(language),
        title=highlighter.whole(str(title)),
        symbol=highlighter.whole(str(symbol)),
        snippet=highlighter.best_piece(str(summary), str(body)),
        url=str(url),
        date=date.fromordinal(day) if day else None,
        facets=facets.get(doc, {}),
    )


def _facets_of(
    connection: sqlite3.Connection, docs: Sequence[object]
) -> dict[int, dict[str, tuple[str, ...]]]:
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for doc, name, value in connection.execute(
        f"SELECT doc, name, value FROM facet WHERE doc IN ({_marks(docs)}) ORDER BY doc, name, value",  # noqa: S608  # as above
        docs,
    ):
        of_doc = found.setdefault(doc, {})
        of_doc[name] = (*of_doc.get(name, ()), value)
    return found


def _nothing(started: float) -> Results:
    return Results(0, (), {}, {}, (time.perf_counter() - started) * 1000)
