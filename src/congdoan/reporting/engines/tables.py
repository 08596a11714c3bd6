"""What an engine is given: a few tables in Arrow's form. Days are numbers, so that every engine compares them alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from congdoan.reporting.engines.sharing import Part, share

EVER = 2**31 - 1
"""A day that never comes."""

_ID, _DAY = pa.int32(), pa.int32()

SCHEMAS: dict[str, pa.Schema] = {
    # Every accepted cell. No value: it does not apply.
    "facts": pa.schema([("unit", _ID), ("period", _ID), ("series", _ID), ("value", pa.int64())]),
    # Periods of one calendar and type are a chain; place counts along it.
    "slots": pa.schema(
        [("period", _ID), ("chain", _ID), ("place", _ID), ("first_day", _DAY), ("end_day", _DAY)]
    ),
    "parents": pa.schema([("period", _ID), ("longer", _ID)]),
    "natures": pa.schema(
        [("series", _ID), ("stock", pa.bool_()), ("stale_days", _DAY), ("additive", pa.bool_())]
    ),
    # When a unit lived; where it stood then, itself included; who stands for it today with all above.
    "lives": pa.schema([("unit", _ID), ("since", _DAY), ("until", _DAY)]),
    "links": pa.schema([("unit", _ID), ("ancestor", _ID), ("since", _DAY), ("until", _DAY)]),
    "above": pa.schema([("unit", _ID), ("node", _ID)]),
    # Units that keep a row of their own share; of the others only the rows above them are kept.
    "kept_as_was": pa.schema([("node", _ID)]),
    "kept_as_is": pa.schema([("node", _ID)]),
}

TOTALS = pa.schema(
    [
        ("node", pa.int64()),
        ("period", pa.int64()),
        ("series", pa.int64()),
        ("value", pa.int64()),
        ("reported", pa.int64()),
        ("inapplicable", pa.int64()),
    ]
)
"""What an engine answers, in the order of the key."""


def number_of(day: date | None) -> int:
    """Return a day as a number; ``None`` is never."""
    return EVER if day is None else day.toordinal()


@dataclass(slots=True)
class Tables:
    """The small tables whole, the facts as they come."""

    facts: Iterable[pa.RecordBatch]
    small: dict[str, pa.Table] = field(default_factory=dict)

    def put(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Add a small table from rows in the order of its columns."""
        self.small[name] = table(name, rows)

    def whole(self) -> dict[str, pa.Table]:
        """Return all tables, the facts in memory too."""
        return {**self.small, "facts": pa.Table.from_batches(self.facts, SCHEMAS["facts"])}


def table(name: str, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Make one of the tables from rows."""
    schema = SCHEMAS[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, type=one.type) for column, one in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def split_units(
    facts: Iterable[tuple[int, int, int, int | None]],
    heirs: Mapping[int, Sequence[Part]],
    lives: Iterable[tuple[int, int, int]],
) -> tuple[list[tuple[int, int, int, int | None]], list[tuple[int, int, int]], list[tuple[int, int]]]:
    """Put, in the place of each unit that was divided among several, one stand-in for each unit above its heirs.

    A stand-in (a negative number) has that node's share of every fact and the life of the divided unit, so that sums and
    counts need to know nothing of dividing: a node above two heirs counts the unit once. Returns facts, lives, above.
    """
    stand_ins: dict[tuple[int, int], int] = {}
    for unit, parts in heirs.items():
        for node in sorted({node for part in parts for node in part.above}):
            stand_ins[unit, node] = -len(stand_ins) - 1
    shared = list(_shared(facts, heirs, stand_ins))
    of_unit: dict[int, list[int]] = {}
    for (unit, _node), stand_in in stand_ins.items():
        of_unit.setdefault(unit, []).append(stand_in)
    lived = [(one, since, until) for unit, since, until in lives for one in of_unit.get(unit, ())]
    return shared, lived, [(stand_in, node) for (_unit, node), stand_in in stand_ins.items()]


def _shared(
    facts: Iterable[tuple[int, int, int, int | None]],
    heirs: Mapping[int, Sequence[Part]],
    stand_ins: Mapping[tuple[int, int], int],
) -> Iterator[tuple[int, int, int, int | None]]:
    for unit, period, series, value in facts:
        given: dict[int, int | None] = {}
        for part, amount in zip(heirs[unit], share(value, [part.share for part in heirs[unit]]), strict=True):
            for node in part.above:
                given[node] = None if amount is None else (given.get(node) or 0) + amount
        for node, amount in given.items():
            yield stand_ins[unit, node], period, series, amount
