"""Figures and totals from the keyboard: what is printed, what is refused in words, what ends with 1."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from congdoan.config.cli import console
from congdoan.config.cli.main import main
from congdoan.organisation.rights import Role
from congdoan.reporting.models import Clock, Fact, Total
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, rate, sent, sheet

pytestmark = pytest.mark.django_db

QUARTER = ("--from", "2019-07-01", "--to", "30/09/2019")


@pytest.fixture(autouse=True)
def _vietnamese_again(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv("CONGDOAN_LANG", raising=False)
    yield
    console.use_language("vi")


@pytest.fixture(autouse=True)
def _reports() -> None:
    units = plant()
    rate("study.rate", "study.joined", "study.eligible")
    form = sheet(units["LC"])
    district = acting(Role.MIDDLE, units["LC-SP"])
    for code, sessions, joined in (("LC-SP-001", "12", "7"), ("LC-SP-002", "1.289", "0")):
        cells = {"staff": "9", "staff___sex=female": "4"}
        done = sent(
            units[code], 2019, 3, form, chair(units[code]), law__sessions=sessions, study__joined=joined,
            study__eligible="6", **cells,
        )  # fmt: skip
        counted(done, district)


def congdoan(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def asked(*arguments: str) -> Any:
    done = congdoan(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_figure_has_the_keys_of_the_contract():
    assert asked("figure", "law.sessions", "--unit", "LC", *QUARTER) == {
        "indicator": "law.sessions", "unit": "LC", "from": "2019-07-01", "to": "2019-09-30", "basis": "as-was", "cell": "",
        "value": 1301, "numerator": None, "denominator": None, "reported": 2, "expected": 3, "vintage": "preliminary",
        "epoch": Clock.objects.get().epoch,
    }  # fmt: skip


def test_a_rate_is_a_percentage_with_its_two_numbers():
    found = asked("figure", "study.rate", "--unit", "LC", *QUARTER)
    assert (found["value"], found["numerator"], found["denominator"]) == (58.33, 7, 12)


def test_a_cell_and_the_tree_of_today_can_be_asked_for():
    asked("totals", "rebuild")
    found = asked("figure", "staff", "--unit", "LC", *QUARTER, "--cell", "sex=female", "--basis", "as-is")
    assert (found["value"], found["cell"], found["basis"]) == (8, "sex=female", "as-is")


def test_for_people_the_number_is_written_as_they_write_it():
    done = congdoan("figure", "law.sessions", "--unit", "LC", *QUARTER)
    assert done.stdout.splitlines()[0] == "1.301"
    assert congdoan("figure", "law.attendances", "--unit", "LC", *QUARTER).stdout.startswith(
        "Chưa có số liệu."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("law.session", "--unit", "LC", *QUARTER), "Không có chỉ tiêu nào mang mã “law.session”"),
        (("law.sessions", "--unit", "XX", *QUARTER), "Không có đơn vị nào mang mã “XX”"),
        (("staff", "--unit", "LC", *QUARTER, "--cell", "sex=none"), "không có ô “sex=none”"),
        (("law.sessions", "--unit", "LC", "--from", "2019-07-02", "--to", "2019-09-30"), "cắt ngang một kỳ"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(arguments: tuple[str, ...], sentence: str):
    done = congdoan("figure", *arguments)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_a_window_that_ends_before_it_begins_is_wrong_use():
    assert (
        congdoan("figure", "staff", "--unit", "LC", "--from", "2019-09-30", "--to", "2019-07-01").exit_code
        == 2
    )


def test_right_totals_are_found_right_before_and_after_a_rebuild():
    assert asked("totals", "verify") == []
    asked("totals", "rebuild")
    assert asked("totals", "verify") == []
    assert "Không có chỗ nào khác" in congdoan("totals", "verify").stdout


def test_a_wrong_total_a_missing_total_and_a_changed_fact_are_listed_and_a_rebuild_mends_the_totals():
    totals = Total.objects.filter(basis=0, series__key="law.sessions", period__type="quarter")
    totals.filter(unit__code="LC").update(value=1300)
    totals.filter(unit__code="VN").delete()
    done = congdoan("totals", "verify", "--json")
    assert done.exit_code == 1
    assert {(row["unit"], row["period"], str(row["stored"]), str(row["computed"])) for row in json.loads(done.stdout)} == {
        ("LC", "2019-Q3", "[1300, 2, 0]", "[1301, 2, 0]"), ("VN", "2019-Q3", "None", "[1301, 2, 0]"),
    }  # fmt: skip
    asked("totals", "rebuild")
    assert asked("totals", "verify") == []

    Fact.objects.filter(unit__code="LC-SP-001", series__key="law.sessions").update(value=13)
    done = congdoan("totals", "verify")
    assert done.exit_code == 1
    facts = [line for line in done.stdout.splitlines() if line.startswith("facts")]
    assert [line.split() for line in facts] == [["facts", "LC-SP-001", "2019-Q3", "law.sessions", "13", "12"]]


def test_an_engine_without_an_address_says_which_setting_is_missing(settings: Any):
    settings.CLICKHOUSE_URL = ""
    done = congdoan("totals", "verify", "--engine", "clickhouse")
    assert done.exit_code == 1
    assert "CLICKHOUSE_URL" in done.stderr
