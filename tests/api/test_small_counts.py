"""Who has no right over a unit cannot learn a small count from the API, whichever way the question is put."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.api.reading.covered import Family, Table
from congdoan.organisation.actions import tokens
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Indicator, Report
from tests.factories_organisation import acting
from tests.figures.small_cells import publish, small_union
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

URL = "/api/v1/figures"
WINDOW = {"from": "2013-10-01", "to": "2013-12-31"}


@pytest.fixture
def union() -> scenes.Union:
    return small_union()


def answers(client: Client, headers: dict[str, str] | None = None, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(URL, {"indicator": "f", "unit": "P1"} | WINDOW | asked, headers=headers or {})
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["items"]
    return rows


def told(rows: list[dict[str, Any]], key: str = "unit") -> dict[str, Any]:
    """Return what each row tells: its value, else why it is hidden."""
    for row in rows:
        assert row["suppressed"] is bool(row["hidden"])
        if row["suppressed"]:
            assert {row[name] for name in ("value", "numerator", "denominator", "low", "high")} == {None}
    return {row[key]: row["hidden"] or row["value"] for row in rows}


def key_of(role: Role, code: str) -> dict[str, str]:
    by = acting(role, Unit.objects.get(code=code))
    return {"Authorization": f"Bearer {tokens.make(name='t', days=9, by=by)[1]}"}


def test_a_small_district_is_hidden_and_so_is_the_one_that_gives_it_away(client: Client, union: Any) -> None:
    assert told(answers(client, by="unit")) == {"D1": "protected", "D2": "under_5"}
    assert "12070" not in str(answers(client, by="unit"))


def test_a_district_asked_for_by_itself_tells_no_more_than_next_to_the_others(
    client: Client, union: Any
) -> None:
    assert told(answers(client, unit="D1")) == {"D1": "protected"}
    assert told(answers(client, unit="D2")) == {"D2": "under_5"}
    assert told(answers(client, unit="D1", by="quarter")) == {"D1": "protected"}


def test_totals_of_provinces_are_told_exactly_however_small(client: Client, union: Any) -> None:
    exact = {"P1": 12073, "P2": 3}
    assert told(answers(client, unit="VN", by="unit")) == exact
    assert told([*answers(client), *answers(client, unit="P2")]) == exact
    assert told(answers(client, unit="P2", by="quarter")) == {"P2": 3}


def test_whoever_has_a_right_over_the_unit_sees_everything(client: Client, union: Any) -> None:
    leader, stranger = key_of(Role.LEADER, "P1"), key_of(Role.LEADER, "P2")
    assert told(answers(client, leader, by="unit")) == {"D1": 12070, "D2": 3}
    assert told(answers(client, key_of(Role.MIDDLE, "D2"), unit="D2")) == {"D2": 3}
    assert told(answers(client, stranger, by="unit")) == {"D1": "protected", "D2": "under_5"}
    assert client.get(URL, {"indicator": "f", "unit": "D2", "by": "unit"} | WINDOW).status_code == 422
    assert client.get(URL, {"indicator": "f", "unit": "G1"} | WINDOW).status_code == 401


def test_files_hide_what_the_answer_hides(client: Client, union: Any) -> None:
    asked = {"indicator": "f", "unit": "P1", "by": "unit"} | WINDOW
    content = b"".join(client.get(f"{URL}.csv", asked)).decode("utf-8-sig")
    assert "12070" not in content
    rows = {row["unit"]: row for row in csv.DictReader(io.StringIO(content))}
    assert {code: row["value"] for code, row in rows.items()} == {"D1": "", "D2": "dưới 5"}
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{URL}.xlsx", asked)))).active
    head, *lines = book.iter_rows(values_only=True)
    assert [line[head.index("value")] for line in lines] == [None, "dưới 5"]
    plain = json.loads(b"".join(client.get(f"{URL}.json", asked)))
    assert told(plain) == {"D1": "protected", "D2": "under_5"}


def test_a_small_part_of_a_breakdown_is_hidden_whichever_way_it_is_asked_for(
    client: Client, union: Any
) -> None:
    # D2 has 7 persons, 4 of them women; D1 has 14 and 8.
    women = {"indicator": "s", "cell": "sex=female"}
    assert told(answers(client, unit="D2", indicator="s")) == {"D2": 7}
    for asked in ({"indicator": "s", "by": "sex"}, women):
        for code, hidden in (("D2", "under_5"), ("D1", "protected")):
            assert told(answers(client, unit=code, **asked)) == {code: hidden}
    assert told(answers(client, by="unit", **women)) == {"D1": "protected", "D2": "under_5"}
    assert told(answers(client, key_of(Role.LEADER, "P1"), by="unit", **women)) == {"D1": 8, "D2": 4}


def test_money_and_units_counted_from_the_tree_are_told(client: Client, union: Any) -> None:
    Indicator.objects.filter(code="f").update(is_money=True)
    assert told(answers(client, by="unit")) == {"D1": 12070, "D2": 3}
    Indicator.objects.create(code="tree", kind="tree")
    assert told(answers(client, by="unit", indicator="tree")) == {"D1": 2, "D2": 1}


def test_a_rate_of_few_is_hidden_with_its_parts(client: Client, union: Any) -> None:
    report = Report.objects.get(unit__code="G1", sheet=union.sheets[0], period__end=date(2014, 1, 1))
    union.send(report, [3, 7, 4, 4, 2])
    union.accept(report)
    refresh_all()
    assert set(told(answers(client, by="unit", indicator="c")).values()) == {"protected"}
    assert told(answers(client, unit="D2", indicator="c")) == {"D2": "protected"}


def test_the_api_hides_what_the_page_of_the_published_figure_hides(client: Client, union: Any) -> None:
    sources = client.get(f"{URL}/{publish(unit='P1').pk}/sources").json()["items"]
    assert {row["unit"]: row["hidden"] or row["value"] for row in sources} == told(answers(client, by="unit"))


def test_the_number_of_queries_does_not_grow_with_what_is_looked_at(client: Client, union: Any) -> None:
    counts = []
    for unit, indicator in (("D2", "s"), ("D1", "s"), ("D3", "s")):
        with CaptureQueriesContext(connection) as queries:
            answers(client, unit=unit, indicator=indicator, by="sex")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 30


def test_what_is_hidden_in_a_row_cannot_be_worked_out_from_a_column() -> None:
    districts = {"D1": (20, 20), "D2": (3, 27), "D3": (12, 18)}
    members = [SimpleNamespace(pk=code, kind=SimpleNamespace(level=3)) for code in districts]
    sums = {"P": (35, 65)} | districts
    figures = {
        (code, cell): SimpleNamespace(value=value, numerator=None, denominator=None)
        for code, (women, men) in sums.items()
        for cell, value in (("", women + men), ("sex=female", women), ("sex=male", men))
    }
    family: Any = Family(SimpleNamespace(pk="P"), members)  # type: ignore[arg-type]  # stand-ins
    table: Any = Table(Indicator(kind="flow"), family, {"sex": ["sex=female", "sex=male"]}, figures)  # type: ignore[arg-type]
    table.settle(["", "sex=female", "sex=male"])
    # The 3 women of D2 take 12 of D3 with them, and both the men of their district, whose whole is known.
    hidden = {place: cover.value for place, cover in table.covers.items()}
    assert hidden == {
        ("D2", "sex=female"): "small",
        ("D2", "sex=male"): "hidden",
        ("D3", "sex=female"): "hidden",
        ("D3", "sex=male"): "hidden",
    }
