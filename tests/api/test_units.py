"""Units as programs read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Dissolve, Found, NewUnit, Rename
from congdoan.organisation.models import Territory, Unit, UnitTerritory
from congdoan.spreadsheets.columns import Column
from congdoan.spreadsheets.reading import read
from tests.factories_organisation import FOUNDED

URL = "/api/v1/units"


def codes(client: Client, **asked: Any) -> list[str]:
    """Return the codes that the list answers with."""
    answer = client.get(URL, asked)
    assert answer.status_code == 200, answer.content
    return [item["code"] for item in answer.json()["items"]]


def test_a_visitor_reads_units_without_a_key(client: Client, units: dict[str, Unit]) -> None:
    answer = client.get(URL)

    assert answer.status_code == 200
    assert answer.json()["count"] == len(units)
    first = answer.json()["items"][0]
    assert first == {
        "code": "LC",
        "kind": "provincial_federation",
        "name": "Liên đoàn Lao động tỉnh Lào Cai",
        "short_name": None,
        "name_en": None,
        "parent": "VN",
        "founded_on": "2013-10-01",
        "ended_on": None,
        "sector": None,
        "ownership_type": None,
        "territories": [],
        "level": 2,
        "address": None,
        "phone": None,
        "email": None,
    }
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_filters_of_the_contract_narrow_the_list(client: Client, units: dict[str, Unit]) -> None:
    assert codes(client, within="LC-SP") == ["LC-SP", "LC-SP-001", "LC-SP-002"]
    assert codes(client, parent="lc") == ["LC-BX", "LC-SP"]
    assert codes(client, kind="district_federation", within="YB") == ["YB-NL"]
    assert codes(client, q="tho cam") == ["LC-SP-002"]
    assert codes(client, q="LC-SP-") == ["LC-SP-001", "LC-SP-002"]
    assert codes(client, q="%") == []
    assert codes(client, on="", kind="", parent="", within="", q="", limit=2, offset=1) == [
        "LC-BX",
        "LC-BX-001",
    ]


def test_sorting_by_name_follows_the_vietnamese_alphabet(client: Client, units: dict[str, Unit]) -> None:
    up = codes(client, kind="grassroots_union", sort="name")
    assert up == ["YB-NL-001", "LC-SP-002", "LC-BX-001", "LC-SP-001"]  # Chợ, Hợp, Trạm, Trường
    assert codes(client, kind="grassroots_union", sort="-name") == up[::-1]


def test_a_day_in_the_past_gives_the_units_and_names_of_that_day(
    client: Client, units: dict[str, Unit]
) -> None:
    plant_operations(
        [Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Sa Pa")], on=date(2020, 1, 1), note="t"
    )
    plant_operations([Dissolve(unit="LC-BX-001")], on=date(2022, 5, 1), note="t")

    before = client.get(URL, {"on": "2019-12-31", "within": "LC-SP"}).json()["items"][0]
    after = client.get(URL, {"on": "2020-01-01", "within": "LC-SP"}).json()["items"][0]
    assert before["name"].endswith("huyện Sa Pa")
    assert after["name"].endswith("thị xã Sa Pa")
    assert "LC-BX-001" in codes(client, on="2022-04-30")
    assert "LC-BX-001" not in codes(client, on="2022-05-01")
    assert codes(client, on="2013-09-30") == []


def test_one_unit_tells_its_history_also_when_it_has_ended(client: Client, units: dict[str, Unit]) -> None:
    plant_operations([Dissolve(unit="LC-BX-001")], on=date(2022, 5, 1), note="t")

    unit = client.get(f"{URL}/lc-bx-001", {"on": "2023-01-01"}).json()

    assert unit["ended_on"] == "2022-05-01"
    assert unit["parent"] is None
    assert unit["names"][0]["valid_from"] == "2013-10-01"
    assert unit["names"][0]["valid_to"] == "2022-05-01"
    assert unit["placements"] == [{"parent": "LC-BX", "valid_from": "2013-10-01", "valid_to": "2022-05-01"}]
    assert [event["kind"] for event in unit["events"]] == ["founding", "dissolution"]
    assert [(heir["code"], heir["share"]) for heir in unit["heirs"]] == [("LC-BX", 1_000_000)]


def test_ancestors_come_root_first(client: Client, units: dict[str, Unit]) -> None:
    answer = client.get(f"{URL}/LC-SP-001/ancestors").json()
    assert [above["code"] for above in answer["items"]] == ["VN", "LC", "LC-SP"]
    assert client.get(f"{URL}/LC-SP-001/ancestors", {"on": "2001-01-01"}).json() == {"count": 0, "items": []}


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, units: dict[str, Unit]) -> None:
    place = Territory.objects.create(code="sa-pa", name="Sa Pa", kind="district")
    for unit in units.values():
        UnitTerritory.objects.create(unit=unit, territory=place, valid_from=FOUNDED)
    counted = []
    for limit in (1, 10):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = client.get(URL, {"limit": limit}).json()["items"]
        assert len(rows) == limit
        assert rows[0]["territories"] == [{"code": "sa-pa", "name": "Sa Pa", "kind": "district"}]
        counted.append(len(queries))
    assert counted == [5, 5]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"on": "01/07/2025"}, "on", "ISO 8601"),
        ({"on": "1700000000"}, "on", "ISO 8601"),
        ({"on": "2025-02-30"}, "on", "ISO 8601"),
        ({"limit": "501"}, "limit", "500"),
        ({"limit": "nhiều"}, "limit", "số nguyên"),
        ({"offset": "-1"}, "offset", "0"),
        ({"sort": "phone"}, "sort", "founded_on"),
        ({"within": "KHONG"}, "within", "KHONG"),
        ({"parent": "KHONG"}, "parent", "KHONG"),
        ({"q": "a\0b"}, "q", "điều khiển"),
        ({"q": "a" * 201}, "q", "200"),
        ({"lang": "fr"}, "lang", "vi"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_remedy(
    client: Client, units: dict[str, Unit], asked: dict[str, str], field: str, words: str
) -> None:
    answer = client.get(URL, asked)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert problem["title"] == "Tham số không hợp lệ"
    assert [error["field"] for error in problem["errors"]] == [field]
    assert words in problem["errors"][0]["message"]


@pytest.mark.parametrize(
    "path", ["units/KHONG", "units/KHONG/ancestors", "units/a%00b", "khong-co", "units/"]
)
def test_what_is_not_there_is_a_problem_and_no_page(
    client: Client, units: dict[str, Unit], path: str
) -> None:
    answer = client.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_csv_opens_in_excel_and_runs_no_formula(client: Client, units: dict[str, Unit]) -> None:
    plant_operations(
        [
            Found(
                unit=NewUnit(code="LC-X", kind="grassroots_union", parent="LC", name='=HYPERLINK("http://x")')
            )
        ],
        on=FOUNDED,
        note="t",
    )
    answer = client.get("/api/v1/units.csv", {"within": "LC"})
    content = b"".join(answer)

    assert content.startswith(b"\xef\xbb\xbf")
    assert 'filename="units.csv"' in answer.headers["Content-Disposition"]
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert len(rows) == 7
    assert rows["LC-SP"]["name"] == "Liên đoàn Lao động huyện Sa Pa"
    assert rows["LC-SP"]["founded_on"] == "2013-10-01"
    assert rows["LC-X"]["name"].startswith("'=")


def test_json_and_xlsx_hold_the_same_units(client: Client, units: dict[str, Unit], tmp_path: Any) -> None:
    rows = json.loads(b"".join(client.get("/api/v1/units.json", {"within": "LC"})))
    path = tmp_path / "units.xlsx"
    path.write_bytes(b"".join(client.get("/api/v1/units.xlsx", {"within": "LC"})))
    table = list(
        read(
            path,
            (Column("code", "code", kind="code"), Column("founded_on", "founded_on", kind="date")),
            ignored=rows[0].keys(),
        )
    )

    assert [row["code"] for row in rows] == ["LC", "LC-BX", "LC-BX-001", "LC-SP", "LC-SP-001", "LC-SP-002"]
    assert [row.values["code"] for row in table] == [row["code"] for row in rows]
    assert table[0].values["founded_on"] == FOUNDED


def test_a_workbook_that_would_be_too_long_is_refused_with_a_remedy(
    client: Client, units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("congdoan.api.exports.MOST_IN_WORKBOOK", 3)

    assert client.get("/api/v1/units.xlsx", {"within": "LC-SP"}).status_code == 200
    refused = client.get("/api/v1/units.xlsx")
    assert refused.status_code == 422
    assert "CSV" in refused.json()["detail"]


def test_english_comes_by_the_parameter_and_never_by_a_header(client: Client, units: dict[str, Unit]) -> None:
    header = client.get(f"{URL}/KHONG", headers={"Accept-Language": "en"})
    asked = client.get(f"{URL}/KHONG", {"lang": "en"})
    assert header.json()["title"] == "Không tìm thấy"
    assert header.headers["Content-Language"] == "vi"
    assert asked.headers["Content-Language"] == "en"
