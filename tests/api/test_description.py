"""The description of the API holds: generated requests get what it promises, and the page that explains it is ours alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from congdoan.api.v1 import api
from congdoan.config.wsgi import application
from tests.factories import DocumentFactory, make_article
from tests.factories_organisation import plant


@pytest.fixture
def _connection_stays_open() -> Iterator[None]:
    """A request must not close the connection that holds the test's transaction (Django's own client sees to it too)."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays_open")
def test_generated_requests_get_what_the_description_promises(db: Any) -> None:
    plant()
    DocumentFactory()
    make_article()
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked: Counter[str] = Counter()
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @seed(1)
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            cache.clear()  # the limit of requests is another test's
            # An unknown code in a filter is refused by name (422), which no description can foresee.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])
            asked[case.path] += 1

        check()
    assert len(asked) == 11
    assert min(asked.values()) >= 1


def test_every_parameter_and_dated_field_is_explained(db: Any) -> None:
    described_api = api.get_openapi_schema()
    parameters = [
        (path, parameter)
        for path, methods in described_api["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]
    assert parameters
    for path, parameter in parameters:
        assert parameter.get("description") or parameter["schema"].get("description"), (
            path,
            parameter["name"],
        )
    for name, shape in described_api["components"]["schemas"].items():
        for field, about in shape.get("properties", {}).items():
            if field in ("valid_from", "valid_to", "founded_on", "ended_on"):
                assert about.get("description"), (name, field)


def test_the_page_that_explains_the_api_fetches_nothing_from_elsewhere(client: Client, db: Any) -> None:
    page = client.get("/api/v1/docs").content.decode()

    assert "GET /api/v1/units/{code}/ancestors" in page
    sources = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page)
    assert sources
    assert [
        source
        for source in sources
        if not source.startswith(("/", "data:", "http://127.0.0.1", "http://testserver"))
    ] == []
    assert "<style" not in page
