"""What a total is, as one expression over the tables of ``tables``: written once, compiled for every engine."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import ibis
import pyarrow as pa

from congdoan.reporting.engines.tables import EVER, SCHEMAS

KEY = ["node", "period", "series"]


class Basis(StrEnum):
    """By the tree of each period, or by who stands for each unit today."""

    AS_WAS = "as_was"
    AS_IS = "as_is"


def totals(basis: Basis) -> Any:
    """Return the expression: node, period, series, value, reported, inapplicable."""
    flows = _all_periods(_sum(_at_flows(basis)))
    both = flows.union(_sum(_at_stocks(basis)))
    return _add(both, KEY)


def _table(name: str) -> Any:
    types = {pa.int32(): "int32", pa.int64(): "int64", pa.bool_(): "boolean"}
    return ibis.table({one.name: types[one.type] for one in SCHEMAS[name]}, name=name)


def _facts_of(stock: bool) -> Any:
    natures = _table("natures")
    wanted = natures.filter(natures.additive, natures.stock if stock else ~natures.stock)
    return _table("facts").join(wanted.select("series", "stale_days"), "series")


def _during(rows: Any) -> Any:
    """Leave the rows whose day lies within [since, until)."""
    return rows.filter(rows.since <= rows.day, rows.day < rows.until)


def _places(basis: Basis) -> Any:
    """Where units stood (or, as-is, who counts them), without rows of units that keep none of their own."""
    rows = _table("links").rename(node="ancestor") if basis is Basis.AS_WAS else _table("above")
    own = rows.filter(rows.node == rows.unit).semi_join(_table(f"kept_{basis}"), "node")
    return rows.filter(rows.node != rows.unit).union(own)


def _days_of_flows() -> Any:
    """The day of each (unit, period): the last of the period, or the unit's own last where it ended before; none where it
    did not live on that day."""
    facts, slots, lives = _facts_of(stock=False), _table("slots"), _table("lives")
    reported = facts.select("unit", "period").distinct().join(slots.select("period", "end_day"), "period")
    rows = reported.join(lives, "unit")
    last = rows.end_day - 1
    rows = rows.select(
        "unit",
        "period",
        last=last,
        lived=ibis.ifelse((rows.since <= last) & (last < rows.until), 1, 0),
        # Days are positive, so 0 stands for "has not ended".
        ended=ibis.ifelse(rows.until <= last, rows.until - 1, 0),
    )
    days = rows.group_by(["unit", "period", "last"]).agg(lived=rows.lived.max(), ended=rows.ended.max())
    found = days.select(
        "unit", "period", day=ibis.ifelse((days.lived == 1) | (days.ended == 0), days["last"], days.ended)
    )
    return _during(found.join(lives, "unit")).select("unit", "period", "day").distinct()


def _at_flows(basis: Basis) -> Any:
    facts = _facts_of(stock=False)
    if basis is Basis.AS_IS:
        return facts.join(_places(basis), "unit").select(*KEY, "value")
    standing = _during(_days_of_flows().join(_places(basis), "unit")).select("unit", "period", "node")
    return facts.join(standing, ["unit", "period"]).select(*KEY, "value")


def _carried() -> Any:
    """Each stock in every period that it holds for: to before the next one of its chain, within its limit."""
    slots = _table("slots")
    stocks = _facts_of(stock=True).join(slots.select("period", "chain", "place"), "period")
    window = ibis.window(group_by=["unit", "series", "chain"], order_by="place")
    stocks = stocks.mutate(following=stocks.place.lead().over(window))
    # An engine may say 0 for "none": no place follows itself.
    stocks = stocks.mutate(
        following=ibis.ifelse(stocks.following > stocks.place, stocks.following, ibis.literal(EVER))
    )
    first = slots.select("period", "chain", "place", "end_day")
    later = slots.select("chain", later="period", later_place="place", later_end="end_day")
    reach = first.join(later, "chain")
    reach = reach.filter(reach.later_place >= reach.place)
    reach = reach.select("period", "later", "later_place", gap=reach.later_end - reach.end_day)
    rows = stocks.join(reach, "period")
    holds = (rows.later_place == rows.place) | (
        (rows.later_place < rows.following) & (rows.gap <= rows.stale_days)
    )
    return rows.filter(holds).select("unit", "series", "value", period="later")


def _alive() -> Any:
    """The units on the last day of each period that they lived on."""
    slots = _table("slots")
    units = _facts_of(stock=True).select("unit").distinct().join(_table("lives"), "unit")
    rows = units.cross_join(slots.select("period", day=slots.end_day - 1))
    return _during(rows).select("unit", "period", "day").distinct()


def _at_stocks(basis: Basis) -> Any:
    if basis is Basis.AS_IS:
        return (
            _carried()
            .semi_join(_alive(), ["unit", "period"])
            .join(_places(basis), "unit")
            .select(*KEY, "value")
        )
    standing = _during(_alive().join(_places(basis), "unit")).select("unit", "period", "node")
    return _carried().join(standing, ["unit", "period"]).select(*KEY, "value")


def _sum(rows: Any) -> Any:
    return rows.group_by(KEY).agg(
        value=rows.value.sum().fill_null(0),
        reported=rows.value.count(),
        inapplicable=rows.value.isnull().cast("int64").sum(),
    )


def _all_periods(sums: Any) -> Any:
    """Add the longer periods that each period is part of."""
    longer = sums.join(_table("parents"), "period").drop("period").rename(period="longer")
    return sums.union(longer.select(sums.columns))


def _add(sums: Any, key: list[str]) -> Any:
    columns = ("value", "reported", "inapplicable")
    return sums.group_by(key).agg(**{name: sums[name].sum() for name in columns})
