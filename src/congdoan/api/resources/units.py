"""Units: list, one with its history, what stands above it, and the whole as a file. Public."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from ninja import Query, Router

from congdoan.api import exports, queries
from congdoan.api.asked import OnDay, UnitsAsked, UnitsChosen
from congdoan.api.errors import TooManyRowsError
from congdoan.api.shapes import AncestorList, UnitHistory, UnitPage
from congdoan.organisation.models import Unit

router = Router(tags=["units"])


@router.get("/units", response=UnitPage, url_name="units", operation_id="units")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """List the units that exist on a day, as they were then."""
    count, items = queries.units_page(asked)
    return {"count": count, "items": items}


@router.get("/units.csv", url_name="units-csv", operation_id="unitsCsv", openapi_extra={"x-file": "text/csv"})
def units_csv(request: HttpRequest, asked: Query[UnitsChosen]) -> FileResponse:
    """Download the units that exist on a day: CSV in UTF-8 with a byte order mark, days as 2025-07-01."""
    return exports.units_file("csv", queries.all_units(asked))


@router.get(
    "/units.xlsx",
    url_name="units-xlsx",
    operation_id="unitsXlsx",
    openapi_extra={"x-file": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
)
def units_xlsx(request: HttpRequest, asked: Query[UnitsChosen]) -> FileResponse:
    """Download the units that exist on a day as a workbook of at most 20,000 rows."""
    count = queries.count_units(asked)
    if count > exports.MOST_IN_WORKBOOK:
        raise TooManyRowsError(count, exports.MOST_IN_WORKBOOK)
    return exports.units_file("xlsx", queries.all_units(asked))


@router.get(
    "/units.json",
    url_name="units-json",
    operation_id="unitsJson",
    openapi_extra={"x-file": "application/json"},
)
def units_json(request: HttpRequest, asked: Query[UnitsChosen]) -> FileResponse:
    """Download the units that exist on a day as one JSON list with the fields of the API."""
    return exports.units_file("json", queries.all_units(asked))


@router.get("/units/{str:code}", response=UnitHistory, url_name="unit", operation_id="unit")
def unit(request: HttpRequest, code: str, asked: Query[OnDay]) -> dict[str, Any]:
    """Return one unit, also one that has ended, with its names, parents, events and heirs."""
    try:
        return queries.unit_history(_clean(code), asked.on)
    except Unit.DoesNotExist as missing:
        raise Http404 from missing


@router.get(
    "/units/{str:code}/ancestors", response=AncestorList, url_name="ancestors", operation_id="ancestors"
)
def ancestors(request: HttpRequest, code: str, asked: Query[OnDay]) -> dict[str, Any]:
    """List the units above one on a day, the root first; none for a unit that did not exist then."""
    try:
        items = queries.ancestors(_clean(code), asked.on)
    except Unit.DoesNotExist as missing:
        raise Http404 from missing
    return {"count": len(items), "items": items}


def _clean(code: str) -> str:
    if "\0" in code:  # PostgreSQL has no such texts
        raise Http404
    return code
