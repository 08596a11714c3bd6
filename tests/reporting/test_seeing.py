"""Figures of many units at once, and the way down from a figure to its reports."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.rebuilding import rebuild_as_is
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.actions.reviewing import correct, submit
from congdoan.reporting.actions.summarising import digest_of
from congdoan.reporting.models import Indicator, Obligation, Summary, Target
from congdoan.reporting.queries import sources as down
from congdoan.reporting.queries.figures import Reader
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.summaries import changed_since, content_now
from tests.factories_organisation import acting, plant
from tests.factories_reporting import CODES, chair, counted, rate, report, sent, series, sheet

pytestmark = pytest.mark.django_db
QUARTER = (date(2019, 7, 1), date(2019, 9, 30))
YEAR = (date(2018, 10, 1), date(2019, 9, 30))


@pytest.fixture
def world() -> dict[str, Any]:
    """Two districts with three unions that report two quarters; one leaves one out."""
    units = plant()
    rate("study.rate", "study.joined", "study.eligible")
    form = sheet(units["LC"])
    rebuild_as_is(date(2019, 10, 1))
    people = {code: chair(units[code]) for code in ("LC-SP-001", "LC-SP-002", "LC-BX-001")}
    province = acting(Role.STATISTICS, units["LC"])
    filled = [
        (
            "LC-SP-001",
            2,
            {"law__sessions": "5", "staff": "100", "study__joined": "9", "study__eligible": "10"},
        ),
        ("LC-SP-001", 3, {"law__sessions": "7", "staff": "110", "staff___sex=female": "40"}),
        ("LC-SP-002", 2, {"law__sessions": "0", "staff": "50"}),
        ("LC-BX-001", 3, {"law__sessions": "20", "study__joined": "30", "study__eligible": "60"}),
    ]
    found = {
        (code, number): counted(sent(units[code], 2019, number, form, people[code], **values), province)
        for code, number, values in filled
    }
    return {"units": units, "sheet": form, "people": people, "province": province, "reports": found}


def signed_in(capacity: Any) -> Client:
    client = Client()
    client.force_login(capacity.user)
    return client


def test_a_grid_says_of_each_unit_and_window_what_a_reader_says(world):
    units = [world["units"][code] for code in ("VN", "LC", "LC-SP", "LC-SP-001", "LC-BX-001")]
    wanted = [
        (Indicator.objects.get(code=code), cell)
        for code, cell in (("law.sessions", ""), ("staff", ""), ("staff", "sex=female"), ("study.rate", ""))
    ]
    windows = [QUARTER, YEAR, (date(2013, 10, 1), date(2019, 9, 30))]
    for basis in ("as-was", "as-is"):
        figures = Grid(units, wanted, windows, basis).figures()
        for unit in units:
            for at, window in enumerate(windows):
                assert figures[unit.pk, at] == Reader(unit, basis).read(wanted, *window), (unit.code, window)
    assert figures[world["units"]["LC"].pk, 1]["law.sessions", ""].value == 32
    assert figures[world["units"]["LC-SP-001"].pk, 1]["law.sessions", ""].value == 12


def test_a_grid_asks_as_much_for_one_unit_as_for_many(world):
    wanted = [(Indicator.objects.get(code="law.sessions"), ""), (Indicator.objects.get(code="staff"), "")]

    def queries(codes: list[str], windows: list[tuple[date, date]]) -> int:
        units = [world["units"][code] for code in codes]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            Grid(units, wanted, windows).figures()
        return len(seen)

    assert queries(["LC", "LC-SP-001"], [QUARTER]) == queries(
        ["LC", "LC-SP", "LC-BX", "LC-SP-001", "LC-SP-002"], [QUARTER, YEAR]
    )


@pytest.mark.parametrize("basis", ["as-was", "as-is"])
@pytest.mark.parametrize(
    ("code", "cell"), [("law.sessions", ""), ("staff", ""), ("staff", "sex=female"), ("study.rate", "")]
)
def test_the_reports_behind_a_figure_add_up_to_it(world, basis, code, cell):
    indicator = Indicator.objects.get(code=code)
    for unit in ("VN", "LC", "LC-SP", "LC-SP-001"):
        for start, end in (QUARTER, YEAR):
            figure = Reader(world["units"][unit], basis).read([(indicator, cell)], start, end)[code, cell]
            found = down.sources(
                world["units"][unit], indicator, down.series_of(indicator, cell, end), start, end, basis
            )
            if code == "study.rate":
                assert found.total.values == [figure.numerator or 0, figure.denominator or 0]
            else:
                assert found.total.values[0] == (figure.value or 0), (unit, start)
            assert found.total.reported == figure.reported
            assert sum(one.values[0] for one in found.children.values()) == found.total.values[0]


def test_the_drill_down_shows_units_one_level_down_then_each_report_with_who_accepted_it(world):
    client = signed_in(world["province"])
    asked = {"chi-tieu": "law.sessions", "don-vi": "LC", "tu-ngay": "01/10/2018", "den-ngay": "30/09/2019"}
    page = client.get(reverse("reporting:sources"), asked).content.decode()
    assert "Cộng lại: <strong>32</strong>" in page
    assert "Sa Pa" in page
    assert "Trạm Y tế xã Mường Hum" in page
    assert "cán bộ thống kê" in page
    assert reverse("reporting:review", args=[world["reports"]["LC-BX-001", 3].pk]) in page
    file = b"".join(client.get(reverse("reporting:sources"), {**asked, "tai": "csv"}).streaming_content)
    assert "LC-BX-001" in file.decode("utf-8-sig")
    assert sum(int(line.split(",")[3]) for line in file.decode("utf-8-sig").splitlines()[1:]) == 32


def test_the_explorer_answers_its_address_with_links_to_the_sources_and_as_a_file(world):
    client = signed_in(world["province"])
    asked = {
        "chi-tieu": ["law.sessions", "study.rate"],
        "don-vi": "LC",
        "cap-duoi": "on",
        "tu-ngay": "01/01/2019",
        "den-ngay": "30/09/2019",
        "theo": "quarter",
    }
    page = client.get(reverse("reporting:explorer"), asked).content.decode()
    assert "Quý III/2019" in page
    assert ">27</a>" in page
    assert "50,00\N{NARROW NO-BREAK SPACE}%" in page
    assert "2/3 báo cáo" in page
    assert "nguon/?chi-tieu=law.sessions" in page
    assert "<svg" in page
    file = b"".join(client.get(reverse("reporting:explorer"), {**asked, "tai": "xlsx"}).streaming_content)
    assert file[:2] == b"PK"


def test_a_window_that_cuts_a_period_gets_the_sentence_and_no_table(world):
    client = signed_in(world["province"])
    for by in ("quarter", "ca-khoang"):
        page = client.get(
            reverse("reporting:explorer"),
            {"chi-tieu": "law.sessions", "tu-ngay": "15/01/2019", "den-ngay": "30/09/2019", "theo": by},
        ).content.decode()
        assert "cắt ngang một kỳ báo cáo" in page
        assert "figure-table" not in page


def test_the_dashboard_shows_who_has_reported_and_compares_with_the_target(world):
    lc = world["units"]["LC"]
    for key, value in (("law.sessions", 30), ("study.rate", 6000)):
        indicator = Indicator.objects.get(code=key.partition("|")[0])
        target = (
            series(key)
            if key != "study.rate"
            else indicator.series.get_or_create(cell="", part="value", defaults={"key": key})[0]
        )
        Target.objects.create(unit=lc, series=target, start=YEAR[0], end=date(2019, 10, 1), value=value)
    page = signed_in(world["province"]).get(reverse("reporting:dashboard")).content.decode()
    assert "cao hơn mức đề ra 6,67\N{NARROW NO-BREAK SPACE}%" in page
    assert "thấp hơn mức đề ra 4,29 điểm phần trăm" in page
    assert "1/2" in page
    assert "lần cập nhật" in page
    sapa = (
        signed_in(world["province"]).get(reverse("reporting:dashboard"), {"don-vi": "LC-SP"}).content.decode()
    )
    assert "đã duyệt" in sapa
    assert reverse("reporting:review", args=[world["reports"]["LC-SP-001", 3].pk]) in sapa


def test_the_dashboard_asks_as_much_for_one_unit_below_as_for_three(world):
    def queries(unit: str, role: Role) -> int:
        client = signed_in(acting(role, world["units"][unit]))
        client.get(reverse("reporting:dashboard"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("reporting:dashboard"))
        return len(seen)

    assert queries("LC-BX", Role.MIDDLE) == queries("LC-SP", Role.MIDDLE)


def test_totals_of_units_out_of_reach_do_not_exist(world):
    middle = signed_in(acting(Role.MIDDLE, world["units"]["LC-BX"]))
    asked = {"chi-tieu": "law.sessions", "don-vi": "LC-SP", "tu-ngay": "01/07/2019", "den-ngay": "30/09/2019"}
    assert middle.get(reverse("reporting:dashboard"), {"don-vi": "LC-SP"}).status_code == 404
    assert middle.get(reverse("reporting:summary"), {"don-vi": "LC"}).status_code == 404
    assert middle.get(reverse("reporting:sources"), asked).status_code == 404
    page = middle.get(reverse("reporting:explorer"), {**asked, "theo": "quarter"}).content.decode()
    assert "Không có đơn vị nào trong phạm vi" in page
    assert "figure-table" not in page


def test_a_sensitive_indicator_is_hidden_from_whoever_only_fills(world):
    Indicator.objects.filter(code="law.sessions").update(is_sensitive=True)
    chief = acting(Role.CHAIR, world["units"]["LC-SP-001"])
    deputy = acting(Role.DEPUTY, world["units"]["LC-SP-001"])
    asked = {
        "chi-tieu": "law.sessions",
        "tu-ngay": "01/07/2019",
        "den-ngay": "30/09/2019",
        "don-vi": "LC-SP-001",
    }
    assert signed_in(chief).get(reverse("reporting:sources"), asked).status_code == 200
    assert signed_in(deputy).get(reverse("reporting:sources"), asked).status_code == 404
    for name in ("dashboard", "explorer", "summary"):
        page = signed_in(deputy).get(reverse(f"reporting:{name}")).content.decode()
        assert "Buổi tuyên truyền pháp luật" not in page, name


def test_the_leader_signs_the_summary_once_and_sees_what_changed_since(world):
    leader = acting(Role.LEADER, world["units"]["LC"])
    client = signed_in(leader)
    period = world["reports"]["LC-SP-001", 3].period
    address = f"{reverse('reporting:summary')}?don-vi=LC&bieu-mau=quarterly&ky={period.pk}"
    first = client.get(address)
    assert "2/3 báo cáo đã duyệt" in first.content.decode()
    for _click in range(2):
        client.post(address, {"ma-bam": first.context["digest"]})
    signed = Summary.objects.get()
    assert signed.content["lines"]["law.sessions"] == {"value": "27", "reported": 2, "inapplicable": 0}
    assert "lãnh đạo" in signed.mandate_text

    chief = world["people"]["LC-SP-001"]
    found = world["reports"]["LC-SP-001", 3]
    correct(found.pk, reason="Đếm sót", by=chief)
    save_cells(found.pk, {"law.sessions": "8"}, by=chief)
    submit(found.pk, by=chief)
    counted(found, world["province"])
    page = client.get(address).content.decode()
    assert "Đã thay đổi từ lúc ký" in page
    assert ">28</" in page
    stale = client.post(address, {"ma-bam": first.context["digest"]}, follow=True)
    assert "Số liệu vừa thay đổi nên chưa ký" in stale.content.decode()
    assert Summary.objects.count() == 1


def test_what_is_signed_holds_the_rates_with_what_is_divided(world):
    leader = acting(Role.LEADER, world["units"]["LC"])
    client = signed_in(leader)
    period = world["reports"]["LC-SP-001", 2].period
    address = f"{reverse('reporting:summary')}?don-vi=LC&bieu-mau=quarterly&ky={period.pk}"
    first = client.get(address)
    assert "Các tỷ lệ" in first.content.decode()
    client.post(address, {"ma-bam": first.context["digest"]})
    signed = Summary.objects.get()
    assert signed.content["rates"] == {
        "study.rate": {
            "value": "90.00",
            "numerator": 9,
            "denominator": 10,
            "reported": 1,
            "inapplicable": 0,
        }
    }
    other = {
        **signed.content,
        "rates": {"study.rate": {**signed.content["rates"]["study.rate"], "value": "91"}},
    }
    of = (world["units"]["LC"], period, world["sheet"])
    assert digest_of(other, *of) != signed.digest == digest_of(signed.content, *of)
    assert changed_since(other, signed.content) == {"study.rate": ("91", "90.00")}


def test_what_was_signed_before_rates_were_signed_still_stands(world):
    leader = acting(Role.LEADER, world["units"]["LC"])
    period = world["reports"]["LC-SP-001", 2].period
    of = (world["units"]["LC"], period, world["sheet"])
    now = content_now(*of, leader.on)
    old = {key: value for key, value in now.items() if key != "rates"}
    assert old != now
    Summary.objects.create(
        unit=of[0], period=of[1], sheet=of[2], content=old, digest=digest_of(old, *of), epoch=1,
        signed_at=timezone.now(), signed_by_text="Lãnh đạo",
    )  # fmt: skip
    address = f"{reverse('reporting:summary')}?don-vi=LC&bieu-mau=quarterly&ky={period.pk}"
    page = signed_in(leader).get(address)
    assert page.context["is_signed"]
    assert "Chưa tổng số nào thay đổi từ lúc ký" in page.content.decode()
    assert changed_since({**old, "lines": {}}, now)


def test_a_rate_of_something_sensitive_is_shown_to_nobody_who_may_not_see_that(world):
    Indicator.objects.filter(code="study.joined").update(is_sensitive=True, is_public=False)
    period = world["reports"]["LC-SP-001", 2].period
    asked = {"don-vi": "LC-SP-001", "bieu-mau": "quarterly", "ky": period.pk}
    deputy = acting(Role.DEPUTY, world["units"]["LC-SP-001"])
    page = signed_in(deputy).get(reverse("reporting:summary"), asked)
    assert page.context["rates"] == []
    leader = acting(Role.LEADER, world["units"]["LC"])
    assert signed_in(leader).get(reverse("reporting:summary"), {**asked, "don-vi": "LC"}).context["rates"]


def test_the_dashboard_opens_on_the_sheet_that_waits_for_this_person(world):
    units = world["units"]
    client = signed_in(world["province"])
    assert client.get(reverse("reporting:dashboard")).context["sheet"] == world["sheet"]
    today = timezone.localdate()
    monthly = sheet(
        units["LC"], {"staff": CODES["staff"]}, code="monthly", period_type="month",
        years=range(today.year - 1, today.year + 2), until=None,
    )  # fmt: skip
    Obligation.objects.filter(sheet=monthly).update(valid_from=today.replace(day=1))
    report(units["LC-SP-001"], today.year, today.month, monthly)
    refresh_all()
    assert client.get(reverse("reporting:dashboard")).context["sheet"] == monthly
    lately = signed_in(world["people"]["LC-SP-001"])
    assert lately.get(reverse("reporting:dashboard")).context["sheet"] == monthly

    older = report(units["LC-SP-002"], 2019, 3, world["sheet"])
    save_cells(older.pk, {"staff": "50"}, by=world["people"]["LC-SP-002"])
    submit(older.pk, by=world["people"]["LC-SP-002"])
    assert client.get(reverse("reporting:dashboard")).context["sheet"] == world["sheet"]
    assert lately.get(reverse("reporting:dashboard")).context["sheet"] == monthly


def test_only_who_signs_for_the_unit_signs(world):
    period = world["reports"]["LC-SP-001", 3].period
    address = f"{reverse('reporting:summary')}?don-vi=LC&bieu-mau=quarterly&ky={period.pk}"
    client = signed_in(world["province"])
    page = client.get(address)
    assert "Ký tổng hợp</button>" not in page.content.decode()
    client.post(address, {"ma-bam": page.context["digest"]})
    assert not Summary.objects.exists()


def test_a_unit_nobody_stands_below_reads_its_years_too(world):
    sessions, staff = (Indicator.objects.get(code=code) for code in ("law.sessions", "staff"))
    figures = Reader(world["units"]["LC-SP-001"]).read(
        [(sessions, ""), (staff, "")], date(2019, 1, 1), date(2019, 12, 31)
    )
    assert figures["law.sessions", ""].value == 12
    assert figures["staff", ""].value == 110
    assert report(world["units"]["LC-SP-001"], 2019, 3, world["sheet"]).status == "accepted"
