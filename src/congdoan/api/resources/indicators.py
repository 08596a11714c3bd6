"""Indicators: the catalogue with versions and breakdowns, one of them, and the whole as a file. Public."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from congdoan.api import exports
from congdoan.api.asked import Spoken
from congdoan.api.asked_reporting import IndicatorsAsked, IndicatorsChosen
from congdoan.api.auth import ANYBODY, keep_private
from congdoan.api.reading import indicators as reading
from congdoan.api.shapes_reporting import IndicatorOut, IndicatorPage
from congdoan.organisation.access import capacity_of
from congdoan.reporting.models import Indicator

router = Router(tags=["indicators"], auth=ANYBODY)


@router.get("/indicators", response=IndicatorPage, url_name="indicators", operation_id="indicators")
def indicators(request: HttpRequest, response: HttpResponse, asked: Query[IndicatorsAsked]) -> dict[str, Any]:
    """List the indicators: those open to the public; with a key of somebody who reviews or configures, all of them."""
    keep_private(request, response)
    count, items = reading.page(asked, capacity_of(request))
    return {"count": count, "items": items}


def _file(request: HttpRequest, form: str, asked: IndicatorsChosen) -> FileResponse:
    file = exports.indicators_file(form, reading.every(asked, capacity_of(request)))
    keep_private(request, file)
    return file


@router.get(
    "/indicators.csv",
    url_name="indicators-csv",
    operation_id="indicatorsCsv",
    openapi_extra={"x-file": exports.CSV},
)
def indicators_csv(request: HttpRequest, asked: Query[IndicatorsChosen]) -> FileResponse:
    """Download the catalogue as CSV in UTF-8 with a byte order mark."""
    return _file(request, "csv", asked)


@router.get(
    "/indicators.xlsx",
    url_name="indicators-xlsx",
    operation_id="indicatorsXlsx",
    openapi_extra={"x-file": exports.XLSX},
)
def indicators_xlsx(request: HttpRequest, asked: Query[IndicatorsChosen]) -> FileResponse:
    """Download the catalogue as a workbook."""
    return _file(request, "xlsx", asked)


@router.get(
    "/indicators.json",
    url_name="indicators-json",
    operation_id="indicatorsJson",
    openapi_extra={"x-file": exports.JSON},
)
def indicators_json(request: HttpRequest, asked: Query[IndicatorsChosen]) -> FileResponse:
    """Download the catalogue as one JSON list with the fields of the API."""
    return _file(request, "json", asked)


@router.get("/indicators/{str:code}", response=IndicatorOut, url_name="indicator", operation_id="indicator")
def indicator(
    request: HttpRequest, response: HttpResponse, code: str, asked: Query[Spoken]
) -> dict[str, Any]:
    """Return one indicator with everything that it ever meant."""
    keep_private(request, response)
    if "\0" in code:  # PostgreSQL has no such texts
        raise Http404
    try:
        return reading.one(code, capacity_of(request))
    except Indicator.DoesNotExist as missing:
        raise Http404 from missing
