"""Refused rows as JSON, so that they can be kept encrypted and given back as a file just as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congdoan.spreadsheets import Problem, Row
from congdoan.spreadsheets.cells import CellFault, Given


def packed(row: Row) -> dict[str, Any]:
    """Return ``row`` as JSON can hold it."""
    return {
        "number": row.number,
        "given": {key: _packed(value) for key, value in row.given.items()},
        "places": {key: list(place) for key, place in row.places.items()},
        "problems": [
            [problem.column_title, problem.cell, problem.sentence, _plain(problem.values)]
            for problem in row.problems
        ],
    }


def unpacked(kept: Mapping[str, Any]) -> Row:
    """Return the row that ``packed`` was given, without its values: they were not to be used."""
    return Row(
        kept["number"],
        {},
        [Problem(title, cell, sentence, values) for title, cell, sentence, values in kept["problems"]],
        {key: _unpacked(value) for key, value in kept["given"].items()},
        {key: (place[0], place[1]) for key, place in kept["places"].items()},
    )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {
        key: value
        if isinstance(value, str | int)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
        for key, value in values.items()
    }


def _packed(value: Given) -> Any:
    if isinstance(value, bool):
        return {"bool": value}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"fault": value.text} if isinstance(value, CellFault) else value


def _unpacked(value: Any) -> Given:
    if isinstance(value, str):
        return value
    kind, content = next(iter(value.items()))
    if kind == "number":
        return Decimal(content)
    if kind == "moment":
        return datetime.fromisoformat(content)
    return CellFault(content) if kind == "fault" else bool(content)
