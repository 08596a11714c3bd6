"""Tables of the desk: columns, sorting by the address, and cells as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

PARAMETER = "sap-xep"
"""Name in the address: ``?sap-xep=ten`` ascending, ``?sap-xep=-ten`` descending."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``kind``: text, number, date. ``sorted``: asc, desc, or nothing."""

    key: str
    title: str | Promise
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a value, where it leads, its state (``status_label.html``), a quiet line below; or a button of the
    form around the table: its name, its value, and the text as its label."""

    text: Any = None
    url: str = ""
    status: str = ""
    note: str = ""
    button: tuple[str, str] | None = None


def sort(
    request: HttpRequest, columns: Sequence[Column], fields: Mapping[str, str], default: str
) -> tuple[list[Column], str]:
    """Return the columns with their links for sorting, and the order for the query, such as "-name".

    ``fields`` names the field behind each column that can be sorted; ``default`` is a key of it, with "-" in front for
    descending. An order that is not there is the default: the address is typed by people too.
    """
    wanted = request.GET.get(PARAMETER, default)
    if wanted.removeprefix("-") not in fields:
        wanted = default
    is_descending, key = wanted.startswith("-"), wanted.removeprefix("-")
    linked = []
    for column in columns:
        if column.key not in fields:
            linked.append(column)
            continue
        is_sorted = column.key == key
        others = request.GET.copy()
        others.pop("trang", None)  # another order begins at its first page
        others[PARAMETER] = f"-{column.key}" if is_sorted and not is_descending else column.key
        state = ("desc" if is_descending else "asc") if is_sorted else ""
        linked.append(replace(column, sort_url=f"?{others.urlencode()}", sorted=state))
    return linked, f"-{fields[key]}" if is_descending else fields[key]


def under(columns: Sequence[Any], cells: Sequence[Any]) -> Iterator[tuple[Any, Cell]]:
    """Pair each column with its cell. A cell is a ``Cell``, a dict of the same names, or a bare value."""
    for column, cell in zip(columns, cells, strict=True):
        if isinstance(cell, Cell):
            yield column, cell
        elif isinstance(cell, dict):
            yield column, Cell(**cell)
        else:
            yield column, Cell(cell)


def is_missing(value: Any) -> bool:
    """Say whether there is nothing to show. Zero and "no" are something."""
    return value is None or (isinstance(value, str) and not value.strip())
