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
from congdoan.organisation.actions import tokens
from congdoan.organisation.rights import Role
from tests.factories import DocumentFactory, make_article
from tests.factories_organisation import acting, plant
from tests.factories_reporting import report, sent, sheet

SEATS = {Role.STATISTICS: "LC", Role.CHAIR: "LC-SP-001"}


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
    units = plant()
    by_role = {role: acting(role, units[code]) for role, code in SEATS.items()}
    form = sheet(units["LC"])
    sent(units["LC-SP-001"], 2019, 2, form, by_role[Role.CHAIR], law__sessions="1")
    owed = report(units["LC-SP-001"], 2019, 3, form)
    keys = [{"Authorization": f"Bearer {tokens.make(name='t', days=9, by=by)[1]}"} for by in by_role.values()]
    DocumentFactory()
    make_article()
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked: Counter[str] = Counter()
    for found in described.get_all_operations():
        operation = found.ok()

        # What anybody may read is asked by nobody in particular; what needs a key by each of those who have one.
        askers = [{}, *keys] if operation.definition.raw.get("security") else [{}]

        @settings(
            max_examples=25 if len(askers) == 1 else 8,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @seed(1)
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            if "report_id" in (case.path_parameters or {}) and sum(asked.values()) % 2:
                case.path_parameters["report_id"] = owed.pk  # a made-up number hardly ever meets a report
            cache.clear()  # the limit of requests is another test's
            # An unknown code in a filter is refused by name (422), which no description can foresee.
            # Nor whether a report is there and in the state that a step needs.
            for headers in askers:  # noqa: B023  # called at once
                case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
            asked[case.path] += 1

        check()
    assert len(asked) == 29
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
