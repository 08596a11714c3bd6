"""Reports: list, one with its cells, fill, send, review. For whoever fills, signs or reviews them; all others' are not there."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Body, Header, Query, Router
from ninja.responses import Status

from congdoan.api.asked import Spoken
from congdoan.api.asked_reporting import (
    Approval,
    Changes,
    Correction,
    Refusal,
    ReportOwed,
    ReportsAsked,
)
from congdoan.api.auth import signed_in
from congdoan.api.errors import BadKeyError, ConditionNeededError, FieldError
from congdoan.api.reading import reports as reading
from congdoan.api.shapes_reporting import ReportDetail, ReportPage, SendingOut
from congdoan.organisation.access import capacity_of
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.actions import conditions, reviewing
from congdoan.reporting.errors import BadValuesError, NotInYourNameError, OwnUnitError
from congdoan.reporting.models import Report
from congdoan.reporting.queries import reports as reports_queries

RIGHTS = (Right.ENTER_REPORTS, Right.SIGN_REPORTS, Right.REVIEW_REPORTS)
router = Router(tags=["reports"], auth=signed_in(*RIGHTS))

IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        description="The ETag of the report as it was read: where it has changed since, nothing is done (412).",
        example='"4711.3.open.-"',
    ),
]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="A UUID made once for this sending: the same one again gives the same answer and sends nothing.",
        example="5f0c1f0e-8a4e-4f35-9f0e-0d8b8f3f7c11",
    ),
]


@router.get("/reports", response=ReportPage, by_alias=True, url_name="reports", operation_id="reports")
def reports(request: HttpRequest, response: HttpResponse, asked: Query[ReportsAsked]) -> dict[str, Any]:
    """List the reports that the asker fills, signs or reviews."""
    response.headers["Cache-Control"] = "private, no-store"
    count, items = reading.page(asked, capacity_of(request))
    return {"count": count, "items": items}


@router.post(
    "/reports",
    response={200: ReportDetail, 201: ReportDetail},
    by_alias=True,
    url_name="reports",
    operation_id="openReport",
    openapi_extra={"x-errors": ["404"]},
)
def open_report(
    request: HttpRequest, response: HttpResponse, asked: Query[Spoken], owed: Body[ReportOwed]
) -> Status[dict[str, Any]]:
    """Open the report that a unit owes: 201 where it is new, 200 where it was there already, 404 for a unit of others."""
    capacity = capacity_of(request)
    sheet = reading.sheet_with(owed.sheet)
    period = reading.period_with(owed.period, sheet)
    opened, is_new = conditions.open_report(reading.unit_with(owed.unit), period, sheet, by=capacity)
    return Status(201 if is_new else 200, _answer(response, opened.pk, capacity))


@router.get(
    "/reports/{int:report_id}", response=ReportDetail, by_alias=True, url_name="report", operation_id="report"
)
def report(
    request: HttpRequest, response: HttpResponse, report_id: int, asked: Query[Spoken]
) -> dict[str, Any]:
    """Return one report: cells, what its rules find, what is empty, every step. Its ETag is what If-Match takes."""
    return _answer(response, report_id, capacity_of(request))


@router.patch(
    "/reports/{int:report_id}",
    response=ReportDetail,
    by_alias=True,
    url_name="report",
    operation_id="fillReport",
    openapi_extra={"x-errors": ["409", "412", "428"]},
)
def fill_report(
    request: HttpRequest,
    response: HttpResponse,
    report_id: int,
    asked: Query[Spoken],
    changes: Body[Changes] = None,  # type: ignore[assignment]  # no body: nothing to write
    if_match: IfMatch = "",
) -> dict[str, Any]:
    """Write some cells, where the report is still as it was read (If-Match).

    What cannot be read as a number is kept as typed and named in a 422 that carries the report: all other cells of the
    request are stored too. Where the report has changed since, nothing is written: 412, with the report as it stands.
    """
    capacity = capacity_of(request)
    reading.require(report_id, capacity, reports_queries.to_enter(capacity), NotInYourNameError)
    if not (tags := _tags(if_match)):
        raise ConditionNeededError("If-Match")
    changes = changes or Changes()
    if not changes.values and not changes.comments:
        raise FieldError("values", _("Còn thiếu."))
    with reading.standing(report_id, capacity):
        typed = {key: reading.text_of(value) for key, value in changes.values.items()}
        saved = conditions.save_if_unchanged(report_id, typed, changes.comments, tags=tags, by=capacity)
        if saved.faults:
            raise BadValuesError(saved.faults)
    return _answer(response, report_id, capacity)


@router.post(
    "/reports/{int:report_id}/submit",
    response=SendingOut,
    url_name="report-submit",
    operation_id="submitReport",
    openapi_extra={"x-errors": ["409", "412"]},
)
def submit_report(
    request: HttpRequest,
    response: HttpResponse,
    report_id: int,
    asked: Query[Spoken],
    idempotency_key: IdempotencyKey = "",
    if_match: IfMatch = "",
) -> dict[str, Any]:
    """Send the report to the level above. 422 lists everything that must be mended first.

    With an Idempotency-Key a request may be repeated: the answer is the same, and there is one sending.
    """
    capacity = capacity_of(request)
    reading.require(report_id, capacity, reports_queries.to_enter(capacity), NotInYourNameError)
    key = _uuid(idempotency_key)
    with reading.standing(report_id, capacity):
        sending = conditions.submit_if_unchanged(report_id, tags=_tags(if_match), client_key=key, by=capacity)
    _tag(response, reading.one(report_id, capacity))
    return reading.sending_row(sending)


@router.post(
    "/reports/{int:report_id}/accept",
    response=ReportDetail,
    by_alias=True,
    url_name="report-accept",
    operation_id="acceptReport",
    openapi_extra={"x-errors": ["409", "412", "428"]},
)
def accept_report(
    request: HttpRequest,
    response: HttpResponse,
    report_id: int,
    asked: Query[Spoken],
    approval: Body[Approval] = None,  # type: ignore[assignment]  # If-Match may say it alone
    if_match: IfMatch = "",
) -> dict[str, Any]:
    """Accept the sending that was read: named by its digest, or by If-Match. It counts from now on."""
    capacity = capacity_of(request)
    _require_review(report_id, capacity)
    tags, digest = _tags(if_match), approval.digest if approval else ""
    if not tags and not digest:
        raise ConditionNeededError("If-Match")
    with reading.standing(report_id, capacity):
        conditions.accept_if_unchanged(report_id, tags=tags, digest=digest, by=capacity)
    return _answer(response, report_id, capacity)


@router.post(
    "/reports/{int:report_id}/return",
    response=ReportDetail,
    by_alias=True,
    url_name="report-return",
    operation_id="returnReport",
    openapi_extra={"x-errors": ["409", "412"]},
)
def return_report(
    request: HttpRequest,
    response: HttpResponse,
    report_id: int,
    asked: Query[Spoken],
    refusal: Body[Refusal] = None,  # type: ignore[assignment]  # an empty one is answered in words
    if_match: IfMatch = "",
) -> dict[str, Any]:
    """Send the report back with a reason; comments on cells travel with it."""
    capacity = capacity_of(request)
    _require_review(report_id, capacity)
    refusal = refusal or Refusal(reason="")
    with reading.standing(report_id, capacity):
        conditions.return_if_unchanged(
            report_id, reason=refusal.reason, comments=refusal.comments, tags=_tags(if_match), by=capacity
        )
    return _answer(response, report_id, capacity)


@router.post(
    "/reports/{int:report_id}/correct",
    response=ReportDetail,
    by_alias=True,
    url_name="report-correct",
    operation_id="correctReport",
    openapi_extra={"x-errors": ["409"]},
)
def correct_report(
    request: HttpRequest,
    response: HttpResponse,
    report_id: int,
    asked: Query[Spoken],
    correction: Body[Correction] = None,  # type: ignore[assignment]  # an empty one is answered in words
) -> dict[str, Any]:
    """Open an accepted report to correct it. What was accepted counts until the correction is accepted in its turn."""
    capacity = capacity_of(request)
    reading.require(report_id, capacity, reports_queries.to_enter(capacity), NotInYourNameError)
    with reading.standing(report_id, capacity):
        reviewing.correct(report_id, reason=correction.reason if correction else "", by=capacity)
    return _answer(response, report_id, capacity)


def _require_review(report_id: int, capacity: Capacity) -> None:
    own = reports_queries.to_enter(capacity).filter(pk=report_id).exists()
    error = OwnUnitError if own else NotInYourNameError
    reading.require(report_id, capacity, reports_queries.to_review(capacity), error)


def _answer(response: HttpResponse, report_id: int, capacity: Capacity) -> dict[str, Any]:
    found = reading.one(report_id, capacity)
    _tag(response, found)
    return reading.detail(found, capacity)


def _tag(response: HttpResponse, found: Report) -> None:
    response.headers["ETag"] = reading.etag_of(found)
    response.headers["Cache-Control"] = "private, no-store"


def _tags(header: str) -> list[str]:
    """Return the tags of an If-Match header. ``*`` names nothing that was read; a proxy that compresses weakens tags."""
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(header) if tag != "*"]


def _uuid(header: str) -> uuid.UUID | None:
    if not header:
        return None
    try:
        return uuid.UUID(header)
    except ValueError as error:
        raise BadKeyError from error
