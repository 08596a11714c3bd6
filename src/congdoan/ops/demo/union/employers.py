"""Names of invented employers: companies made of a form, a trade and a brand, and cooperatives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.places import District
from congdoan.ops.demo.union.source import read

_COOPERATIVES_IN_HUNDRED = 14


class Employers:
    """A stock of names of which none is given twice."""

    def __init__(self) -> None:
        self._given = {unit["name"] for unit in read("employers")["unit"]}

    def of(self, district: District, count: int) -> Iterator[dict[str, Any]]:
        """Give ``count`` employers of a trade that is found in ``district``."""
        for number in range(count):
            attempt = 0
            while (entry := _employer(district, number, attempt))["name"] in self._given:
                attempt += 1
            self._given.add(entry["name"])
            yield entry


def _employer(district: District, number: int, attempt: int) -> dict[str, Any]:
    lists = read("employers")
    key = (district.code, number, attempt)
    brand = dice.pick(lists["brands"], "brand", *key)
    if dice.draw(100, "cooperative", *key) < _COOPERATIVES_IN_HUNDRED:
        trade = dice.pick(lists["cooperative"], "cooperative trade", *key)
        return {
            "name": f"Hợp tác xã {trade['name']} {brand}",
            "short": f"HTX {trade['name']} {brand}",
            "en": f"{brand} {trade['en']} Cooperative",
            "ownership": "collective",
            "weight": [6, 22],
        }
    local = district.code.partition("-")[2]
    # What is found only here is more likely than what is found anywhere.
    trades = [
        (trade, 2 if trade["in"] else 1)
        for trade in lists["trade"]
        if not trade["in"] or local in trade["in"]
    ]
    trade = dice.weighted(trades, "trade", *key)
    form = dice.weighted([(form, form["share"]) for form in lists["form"]], "form", *key)
    return {
        "name": f"{form['name']} {trade['name']} {brand}",
        "short": f"{form['short']} {trade['name']} {brand}",
        "en": f"{brand} {trade['en']} {form['en']}",
        "ownership": form["ownership"],
        "weight": trade["weight"],
    }
