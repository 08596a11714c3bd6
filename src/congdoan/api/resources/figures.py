"""Figures computed for the request, along periods, units or a breakdown; and the reports behind one."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Query, Router

from congdoan.api import exports
from congdoan.api.asked import Spoken
from congdoan.api.asked_reporting import FiguresAsked, FiguresCut, PublishedSourcesAsked, SourcesAsked
from congdoan.api.auth import ANYBODY, SIGNED_IN, keep_private
from congdoan.api.reading import figures as reading
from congdoan.api.reading import published
from congdoan.api.shapes_published import PublishedFigureOut, PublishedSourcePage
from congdoan.api.shapes_reporting import FigurePage, SourcePage
from congdoan.organisation.access import capacity_of

router = Router(tags=["figures"], auth=ANYBODY)


@router.get("/figures", response=FigurePage, by_alias=True, url_name="figures", operation_id="figures")
def figures(request: HttpRequest, response: HttpResponse, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """Compute a figure. Visitors get public indicators of provinces, districts and industries; all else needs a key of somebody
    whose reports or reviews reach the unit. Without such a right small counts are suppressed: the numbers of a row are null.

    A window that begins or ends within a reporting period is refused: nothing is prorated.
    """
    keep_private(request, response)
    found = reading.every(asked, capacity_of(request))
    return {"count": len(found), "items": found[asked.offset : asked.offset + asked.limit]}


@router.get(
    "/figures/sources", response=SourcePage, by_alias=True, url_name="figure-sources", operation_id="figureSources",
    auth=SIGNED_IN, openapi_extra={"x-errors": ["404"]},
)  # fmt: skip
def figure_sources(
    request: HttpRequest, response: HttpResponse, asked: Query[SourcesAsked]
) -> dict[str, Any]:
    """List the reports behind a computed figure, for those who may see these reports. They add up to it."""
    keep_private(request, response)
    return reading.reports_behind(asked, capacity_of(request))


def _file(request: HttpRequest, form: str, asked: FiguresCut) -> FileResponse:
    file = exports.figures_file(form, reading.every(asked, capacity_of(request)))
    keep_private(request, file)
    return file


@router.get(
    "/figures.csv", url_name="figures-csv", operation_id="figuresCsv", openapi_extra={"x-file": exports.CSV}
)
def figures_csv(request: HttpRequest, asked: Query[FiguresCut]) -> FileResponse:
    """Download computed figures as CSV in UTF-8 with a byte order mark, days as 2019-09-30. A count from 1 to 4 that is not for
    the asker is written as "dưới 5"; what is hidden to protect it is empty."""
    return _file(request, "csv", asked)


@router.get(
    "/figures.xlsx",
    url_name="figures-xlsx",
    operation_id="figuresXlsx",
    openapi_extra={"x-file": exports.XLSX},
)
def figures_xlsx(request: HttpRequest, asked: Query[FiguresCut]) -> FileResponse:
    """Download computed figures as a workbook, suppressed ones as in CSV."""
    return _file(request, "xlsx", asked)


@router.get(
    "/figures.json",
    url_name="figures-json",
    operation_id="figuresJson",
    openapi_extra={"x-file": exports.JSON},
)
def figures_json(request: HttpRequest, asked: Query[FiguresCut]) -> FileResponse:
    """Download computed figures as one JSON list with the fields of the API."""
    return _file(request, "json", asked)


@router.get(
    "/figures/{int:id}", response=PublishedFigureOut, by_alias=True, url_name="figure", operation_id="figure",
    openapi_extra={"x-errors": ["404"]},
)  # fmt: skip
def figure(request: HttpRequest, response: HttpResponse, id: int, asked: Query[Spoken]) -> dict[str, Any]:  # noqa: A002  # the contract calls it id
    """Return a published figure. It never changes; a correction is another figure, named in `replaced_by`."""
    keep_private(request, response)
    return published.one(id, capacity_of(request))


@router.get(
    "/figures/{int:id}/sources", response=PublishedSourcePage, by_alias=True, url_name="published-sources",
    operation_id="publishedSources", openapi_extra={"x-errors": ["404"]},
)  # fmt: skip
def published_sources(
    request: HttpRequest,
    response: HttpResponse,
    id: int,  # noqa: A002  # the contract calls it id
    asked: Query[PublishedSourcesAsked],
) -> dict[str, Any]:
    """List what a published figure is made of by today's data: for everybody the totals of the units one level down, counts under
    5 hidden, and of an indicator that is not public nothing (`withheld`); for a key whose mandate reaches the unit, the reports
    with their review."""
    keep_private(request, response)
    return published.behind(id, asked, capacity_of(request))
