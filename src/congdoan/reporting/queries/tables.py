"""Everything that sums depend on, as tables for an engine. The facts come in pieces, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
from django.db import connection
from django.db.models import Q
from pyarrow import compute

from congdoan.organisation.models import Ancestry
from congdoan.reporting.engines.sharing import Part
from congdoan.reporting.engines.tables import SCHEMAS, Tables, number_of, split_units, table
from congdoan.reporting.models import Fact
from congdoan.reporting.queries import maps

PIECE = 2_000
"""Reports that are read at once."""


def tables_of(day: date, version: int) -> Tables:
    """Return the tables for sums by a version of the tree, as-is on a day."""
    calendar = maps.calendar()
    made = Tables(())
    made.put(
        "slots",
        [
            (one.id, one.chain, calendar.place[one.id], number_of(one.start), number_of(one.end))
            for one in calendar.slots.values()
        ],
    )
    made.put("parents", [(one, longer) for one, found in calendar.parents.items() for longer in found])
    made.put(
        "natures",
        [(pk, one.stock, one.stale_days, one.additive) for pk, one in sorted(maps.natures().items())],
    )
    nodes = maps.nodes(version)
    made.put("kept_as_was", [(node,) for node in sorted(nodes)])
    made.put("kept_as_is", [(node,) for node in sorted(nodes | maps.inheriting(day))])
    lives, links = _standing(version)
    made.put("links", links)
    heirs = maps.heirs(_units_with_facts(), day)
    divided = {
        unit: [Part(heir.share, heir.above) for heir in found]
        for unit, found in heirs.items()
        if len(found) > 1
    }
    shared, lived, above = split_units(
        Fact.objects.filter(unit__in=divided).values_list("unit", "period", "series", "value").iterator(),
        divided,
        [life for life in lives if life[0] in divided],
    )
    above += [(unit, node) for unit, found in heirs.items() if len(found) == 1 for node in found[0].above]
    made.put("lives", [*lives, *lived])
    made.put("above", above)
    made.facts = _all_facts(table("facts", shared))
    return made


def _units_with_facts() -> list[int]:
    return list(Fact.objects.order_by().values_list("unit", flat=True).distinct())


def _standing(version: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int, int]]]:
    known = Q(first_version__lte=version) & (Q(end_version=None) | Q(end_version__gt=version))
    lives: list[tuple[int, int, int]] = []
    links: list[tuple[int, int, int, int]] = []
    rows = Ancestry.objects.filter(known).values_list("unit", "ancestor", "depth", "valid_from", "valid_to")
    for unit, ancestor, depth, start, end in rows.iterator():
        since, until = number_of(start), number_of(end)
        links.append((unit, ancestor, since, until))
        if depth == 0:
            lives.append((unit, since, until))
    return lives, links


def _all_facts(more: pa.Table) -> Iterator[pa.RecordBatch]:
    yield from more.to_batches()
    yield from _in_words()


def _in_words() -> Iterator[pa.RecordBatch]:
    """Let the database put the cells of one report into two words, and Arrow take them apart: Python sees one row for each
    report. Both words follow the same rows in the same order."""
    schema = SCHEMAS["facts"]
    words = (
        "string_agg(series_id::text, ' '), string_agg(coalesce(value::text, '-'), ' ')"
        if connection.vendor == "postgresql"
        else "group_concat(series_id, ' '), group_concat(ifnull(value, '-'), ' ')"
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT unit_id, period_id, {words} FROM reporting_fact GROUP BY unit_id, period_id"  # noqa: S608  # our own names
        )
        while rows := cursor.fetchmany(PIECE):
            units, periods, series, values = zip(*rows, strict=True)
            split = compute.split_pattern(pa.array(series, pa.string()), " ")
            report = compute.list_parent_indices(split)
            words = compute.list_flatten(compute.split_pattern(pa.array(values, pa.string()), " "))
            numbers = compute.if_else(compute.equal(words, "-"), None, words)
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array(units, pa.int32()).take(report),
                    pa.array(periods, pa.int32()).take(report),
                    compute.list_flatten(split).cast(pa.int32()),
                    numbers.cast(pa.int64()),
                ],
                schema=schema,
            )
