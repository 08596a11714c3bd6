"""A published figure as programs read it, and what it is made of: units for everybody, reports for whose mandate reaches it."""

from __future__ import annotations

import pytest

from congdoan.organisation.actions import tokens
from congdoan.organisation.rights import Role
from congdoan.reporting.models import Indicator
from tests.factories_organisation import acting
from tests.figures.small_cells import publish, small_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    small_union()
    return publish(unit="P1")


def asked_by(client, figure, unit=None, path="/sources"):
    headers = {}
    if unit is not None:
        key = tokens.make(name="phần mềm", days=30, by=acting(Role.LEADER, unit))[1]
        headers["Authorization"] = f"Bearer {key}"
    return client.get(f"/api/v1/figures/{figure.pk}{path}", headers=headers)


def test_a_published_figure_has_its_number_and_all_that_was_frozen(client, figure):
    found = client.get(f"/api/v1/figures/{figure.pk}").json()
    assert (found["id"], found["value"], found["unit"]) == (figure.pk, 12073, "P1")
    assert (found["from"], found["to"]) == ("2013-10-01", "2013-12-31")
    assert (found["digest"], found["replaced_by"]) == (figure.digest, None)
    assert found["url"].endswith(f"/so-lieu/{figure.pk}/")
    computed = client.get("/api/v1/figures?indicator=f&unit=P1&from=2013-10-01&to=2013-12-31").json()
    assert computed["items"][0]["id"] is None


def test_visitors_get_units_with_small_counts_hidden(client, figure):
    found = asked_by(client, figure).json()
    assert found["by"] == "unit"
    by_unit = {row["unit"]: row for row in found["items"]}
    assert (by_unit["D2"]["value"], by_unit["D2"]["hidden"]) == (None, "under_5")
    assert (by_unit["D1"]["value"], by_unit["D1"]["hidden"]) == (None, "protected")


def test_an_officer_of_the_unit_gets_the_reports_with_their_review(client, figure):
    found = asked_by(client, figure, figure.unit).json()
    assert (found["by"], found["count"]) == ("report", 3)
    assert sum(row["value"] for row in found["items"]) == 12073
    for row in found["items"]:
        assert [step["kind"] for step in row["steps"]] == ["submitted", "accepted"]
        assert row["report"]
    part = asked_by(client, figure, figure.unit, "/sources?limit=1&offset=1").json()
    assert (part["count"], part["items"]) == (3, found["items"][1:2])


def test_an_officer_of_elsewhere_gets_what_visitors_get(client, figure):
    found = asked_by(client, figure, publish(unit="P2").unit).json()
    assert found["by"] == "unit"
    assert "12070" not in str(found)


def test_a_sensitive_figure_is_there_only_for_those_who_review_its_unit(client, figure):
    elsewhere = publish(unit="P2").unit
    Indicator.objects.filter(code="f").update(is_sensitive=True, is_public=False)
    for path in ("", "/sources"):
        assert asked_by(client, figure, path=path).status_code == 404
        assert asked_by(client, figure, elsewhere, path=path).status_code == 404
        assert asked_by(client, figure, figure.unit, path=path).status_code == 200


def test_unknown_numbers_are_a_problem_document(client, figure):
    for number in (4711, 10**30):
        answer = client.get(f"/api/v1/figures/{number}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
