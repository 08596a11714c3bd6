"""The API, version 1: its resources put together."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from congdoan.api import openapi, problems
from congdoan.api.asked import Spoken
from congdoan.api.errors import ApiError, RefusedStepError
from congdoan.api.resources import figures, indicators, library, me, reports, units
from congdoan.api.shapes import Index
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.models import Report


class Api(NinjaAPI):
    """An API whose description names the errors as they are sent."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI description."""
        return openapi.completed(super().get_openapi_schema(**kwargs))


api = Api(
    title="Congdoan",
    version="1",
    description=openapi.DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
_HANDLERS: dict[type[Exception], Any] = {
    ApiError: problems.of_api_error,
    ReportingError: problems.of_reporting_error,
    RefusedStepError: problems.of_refused_step,
    Report.DoesNotExist: problems.not_found,
    ValidationError: problems.of_validation,
    HttpError: problems.of_http_error,
    Http404: problems.not_found,
    Exception: problems.of_fault,
}
for _error, _handler in _HANDLERS.items():
    api.add_exception_handler(_error, _handler)
for _resource in (units, indicators, figures, reports, library, me):
    api.add_router("", _resource.router)


@api.get("/", response=Index, url_name="index", operation_id="index", tags=["index"])
def index(request: HttpRequest, asked: Query[Spoken]) -> dict[str, Any]:
    """Say where things are."""
    return {
        "openapi": reverse("api:openapi-json"),
        "docs": reverse("api:docs"),
        "resources": {
            name: reverse(f"api:{name}")
            for name in ("units", "indicators", "figures", "reports", "documents", "articles", "calls", "me")
        },
    }
