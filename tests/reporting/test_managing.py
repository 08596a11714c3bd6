"""Setting up reporting: an officer adds an indicator and sees it in next month's sheet, without anybody who programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry as Trail
from congdoan.organisation.models import UnitKind
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.configuring import indicators, owing, publishing, sheets
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.opening import lay_calendars, open_reports
from congdoan.reporting.actions.reviewing import submit
from congdoan.reporting.errors import ConfigurationError, DraftChangedError, FrozenVersionError, NotReadyError
from congdoan.reporting.models import (
    Breakdown,
    Calendar,
    Category,
    Indicator,
    Line,
    Obligation,
    Period,
    Report,
    Section,
    Series,
    Sheet,
    SheetVersion,
    Target,
)
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.queries.filling import content_of
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, rate, series, sheet

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def units() -> dict[str, Any]:
    """Two provinces."""
    return plant()


@pytest.fixture
def officer(units: dict[str, Any]) -> Capacity:
    """The statistics officer of Lào Cai."""
    return acting(Role.STATISTICS, units["LC"])


@pytest.fixture
def monthly(units: dict[str, Any]) -> Sheet:
    """A monthly sheet that every grassroots union of Lào Cai owes."""
    made = sheet(
        units["LC"],
        code="monthly",
        period_type="month",
        years=range(TODAY.year - 1, TODAY.year + 2),
        until=None,
    )
    Obligation.objects.filter(sheet=made).update(valid_from=TODAY - timedelta(days=70))
    return made


def client_of(capacity: Capacity) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(capacity.user)
    return client


def this_month(of: Sheet) -> Period:
    """Return the month under way."""
    return Period.objects.get(calendar=of.calendar, type="month", start__lte=TODAY, end__gt=TODAY)


def next_month(of: Sheet) -> Period:
    """Return the month after it."""
    return Period.objects.get(calendar=of.calendar, type="month", start=this_month(of).end)


def new_indicator(
    by: Capacity, name: str = "Số buổi toạ đàm", kind: str = "flow", **nature: Any
) -> Indicator:
    """Return an indicator that an officer added."""
    return indicators.add_indicator(
        indicators.Nature(kind=kind, **nature),
        indicators.Meaning(name=name, definition="Buổi toạ đàm có biên bản.", measure_unit="buổi"),
        valid_from=TODAY - timedelta(days=400),
        by=by,
    )


def with_line(of: Sheet, one: Series, by: Capacity) -> SheetVersion:
    """Return a draft of a sheet that has one more line."""
    draft = sheets.begin_draft(of.pk, by=by)
    section = draft.sections.order_by("order").first()
    assert section is not None
    sheets.add_lines(draft.pk, section.pk, [one.pk], by=by, seen=draft.revision)
    draft.refresh_from_db()
    return draft


def test_an_officer_adds_an_indicator_on_screen_and_the_chair_has_it_next_month_but_not_this_month(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    open_reports(TODAY)
    browser = client_of(officer)
    added = browser.post(
        reverse("reporting:add_indicator"),
        {
            "name": "Số buổi toạ đàm",
            "kind_choice": "flow",
            "measure_unit": "buổi",
            "definition": "Buổi toạ đàm có biên bản.",
            "valid_from": "01/01/2020",
            "decimals": "0",
            "is_public": "on",
        },
    )
    made = Indicator.objects.get(code="so.buoi.toa.dam")
    assert added.status_code == 302, added.context and added.context["form"].errors
    browser.post(reverse("reporting:begin_draft", args=[monthly.pk]))
    draft = monthly.versions.get(published_at=None)
    section = draft.sections.get()
    listing = reverse("reporting:add_lines", args=[draft.pk, section.pk])
    found = browser.get(listing, {"q": "toa dam"})
    assert "Số buổi toạ đàm" in found.content.decode()
    browser.post(listing, {"chon": made.series.get().pk, "seen": "0"})
    published = browser.post(
        reverse("reporting:publish_sheet", args=[draft.pk]),
        {"start": next_month(monthly).start.isoformat(), "seen": "1"},
    )
    assert published.status_code == 302, published.content.decode()

    open_reports(next_month(monthly).start)

    def keys(period: Period) -> set[str]:
        report = Report.objects.get(unit=units["LC-SP-001"], sheet=monthly, period=period)
        return set(
            Line.objects.filter(section__version=report.sheet_version).values_list("series__key", flat=True)
        )

    assert "so.buoi.toa.dam" in keys(next_month(monthly))
    assert "so.buoi.toa.dam" not in keys(this_month(monthly))
    told = set(Trail.objects.values_list("verb", flat=True))
    assert {"indicator.created", "sheet.draft_begun", "sheet.draft_edited", "sheet.published"} <= told


def test_an_officer_of_another_province_finds_none_of_it(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    made = new_indicator(officer)
    draft = sheets.begin_draft(monthly.pk, by=officer)
    owed = Obligation.objects.get(sheet=monthly)
    target = owing.add_target(
        units["LC"],
        made.series.get(),
        owing.Aim(date(2026, 1, 1), date(2027, 1, 1), "ge", 5),
        by=officer,
    )
    stranger = client_of(acting(Role.STATISTICS, units["YB"]))
    for name, args in (
        ("managed_indicator", [made.pk]),
        ("managed_sheet", [monthly.pk]),
        ("sheet_version", [draft.pk]),
        ("preview_sheet", [draft.pk]),
        ("publish_sheet", [draft.pk]),
        ("add_obligation", [monthly.pk]),
        ("end_obligation", [owed.pk]),
        ("edit_target", [target.pk]),
    ):
        assert stranger.get(reverse(f"reporting:{name}", args=args)).status_code == 404, name
    assert stranger.post(reverse("reporting:begin_draft", args=[monthly.pk])).status_code == 404
    for name in ("managed_sheets", "indicators", "targets"):
        page = stranger.get(reverse(f"reporting:{name}")).content.decode()
        assert "toạ đàm" not in page, name
        assert str(monthly) not in page, name
    mine = client_of(officer).get(reverse("reporting:indicators")).content.decode()
    assert "Số buổi toạ đàm" in mine
    with pytest.raises(SheetVersion.DoesNotExist):
        publishing.publish(draft.pk, start=TODAY, by=acting(Role.STATISTICS, units["YB"]), seen=0)


def test_an_officer_opens_the_totals_of_provinces_alone_and_it_is_recorded(
    units: dict[str, Any], officer: Capacity
) -> None:
    made = new_indicator(officer, is_sensitive=True)
    browser, address = client_of(officer), reverse("reporting:open_indicator", args=[made.pk])
    assert "Tổng toàn tỉnh được công bố" in browser.get(address).content.decode()

    assert browser.post(address, {"is_sensitive": "on", "totals_public": "on"}).status_code == 302
    made.refresh_from_db()
    assert (made.is_public, made.is_sensitive, made.totals_public) == (False, True, True)
    trail = Trail.objects.filter(verb="indicator.opened").latest("pk")
    assert (trail.before["totals_public"], trail.after["totals_public"]) == (False, True)
    page = browser.get(reverse("reporting:managed_indicator", args=[made.pk])).content.decode()
    assert "tổng toàn tỉnh được công bố" in page

    browser.post(address, {"is_public": "on", "totals_public": "on"})
    made.refresh_from_db()
    assert (made.is_public, made.totals_public) == (True, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=made.pk).update(totals_public=True)


def test_who_may_not_set_up_reporting_is_refused(units: dict[str, Any], monthly: Sheet) -> None:
    for role, code in ((Role.CHAIR, "LC-SP-001"), (Role.MIDDLE, "LC-SP"), (Role.LEADER, "LC")):
        page = client_of(acting(role, units[code])).get(reverse("reporting:managed_sheets"))
        assert page.status_code == 403, role


def test_a_draft_edited_by_two_officers_overwrites_nothing(officer: Capacity, monthly: Sheet) -> None:
    draft = sheets.begin_draft(monthly.pk, by=officer)
    other = acting(Role.STATISTICS, monthly.owner)
    sheets.edit_words(draft.pk, note="một", guidance="", by=other, seen=0)
    with pytest.raises(DraftChangedError):
        sheets.edit_words(draft.pk, note="hai", guidance="", by=officer, seen=0)
    late = client_of(officer).post(
        reverse("reporting:edit_draft_words", args=[draft.pk]), {"note": "hai", "guidance": "", "seen": "0"}
    )
    assert "Người khác vừa sửa bản nháp" in late.content.decode()
    draft.refresh_from_db()
    assert draft.note == "một"


def test_what_was_published_is_frozen_also_by_the_database(officer: Capacity, monthly: Sheet) -> None:
    open_reports(TODAY)
    version = monthly.versions.get()
    with pytest.raises(FrozenVersionError):
        sheets.edit_words(version.pk, note="", guidance="khác", by=officer, seen=version.revision)
    section = version.sections.get()
    line = section.lines.order_by("order").first()
    assert line is not None
    for attempt in (
        lambda: Line.objects.filter(pk=line.pk).update(label="khác"),
        lambda: Line.objects.filter(pk=line.pk).delete(),
        lambda: Section.objects.filter(pk=section.pk).update(title="khác"),
        lambda: SheetVersion.objects.filter(pk=version.pk).update(guidance="khác"),
        lambda: version.rules.all().delete(),
        lambda: Line.objects.create(section=section, order=99, series=series("more"), label="thêm"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    draft = sheets.begin_draft(monthly.pk, by=officer)
    assert draft.sections.get().lines.count() == section.lines.count()
    sheets.discard_draft(draft.pk, by=officer, seen=0)
    assert monthly.versions.count() == 1


def test_a_flow_on_two_sheets_of_the_same_units_is_refused_because_it_would_count_twice(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    other = sheet(
        units["LC"],
        {"law.meetings": ("flow", "", "Số buổi họp")},
        code="quarterly",
        until=None,
        years=range(TODAY.year, TODAY.year + 1),
    )
    draft = with_line(other, Series.objects.get(key="law.sessions"), officer)
    start = (
        Period.objects.filter(type="quarter", calendar=other.calendar, end__gt=TODAY).earliest("start").start
    )
    with pytest.raises(NotReadyError) as refused:
        publishing.publish(draft.pk, start=start, by=officer, seen=draft.revision)
    assert "bị tính hai lần" in refused.value.problems[0]
    assert "“Buổi tuyên truyền pháp luật”" in refused.value.problems[0]

    Obligation.objects.filter(sheet=other).update(kind=UnitKind.objects.get(code="district_federation"))
    publishing.publish(draft.pk, start=start, by=officer, seen=draft.revision)
    with pytest.raises(ConfigurationError, match="tính hai lần"):
        owing.add_obligation(
            other.pk,
            top=units["LC-SP"],
            kind=UnitKind.objects.get(code="grassroots_union"),
            valid_from=TODAY,
            valid_to=None,
            due_days=10,
            by=officer,
        )


def test_a_stock_may_be_asked_for_in_two_rhythms(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    other = sheet(
        units["LC"],
        {"law.meetings": ("flow", "", "Số buổi họp")},
        code="quarterly",
        until=None,
        years=range(TODAY.year, TODAY.year + 1),
    )
    draft = with_line(other, Series.objects.get(key="staff"), officer)
    assert publishing.faults(draft) == []


def test_an_empty_sheet_a_double_and_a_rule_without_its_line_are_told_in_sentences(
    officer: Capacity, monthly: Sheet
) -> None:
    draft = sheets.begin_draft(monthly.pk, by=officer)
    women = Line.objects.get(section__version=draft, series__key="staff|sex=female")
    sheets.remove(draft.pk, "line", women.pk, by=officer, seen=0)
    assert any("dòng không còn trong biểu mẫu" in words for words in publishing.faults(draft))
    extra = sheets.save_section(draft.pk, None, title="Khác", title_en="", by=officer, seen=1)
    assert any("Phần “Khác” chưa có dòng nào" in words for words in publishing.faults(draft))
    with pytest.raises(ConfigurationError, match="chỉ đứng một lần"):
        sheets.add_lines(draft.pk, extra.pk, [Series.objects.get(key="staff").pk], by=officer, seen=2)
    sheets_double = Line.objects.get(section__version=draft, series__key="staff")
    Line.objects.create(section=extra, order=1, series=sheets_double.series, label="Lao động")
    assert any("có hai lần" in words for words in publishing.faults(draft))
    for section in draft.sections.all():
        draft.refresh_from_db()
        sheets.remove(draft.pk, "section", section.pk, by=officer, seen=draft.revision)
    assert publishing.faults(draft) == ["Biểu mẫu chưa có dòng nào. Hãy thêm ít nhất một chỉ tiêu."]


def test_a_version_begins_with_a_period_of_which_nothing_was_sent(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    open_reports(TODAY)
    draft = with_line(monthly, new_indicator(officer).series.get(), officer)
    month = this_month(monthly)
    with pytest.raises(ConfigurationError, match="nằm giữa"):
        publishing.publish(draft.pk, start=month.start + timedelta(days=4), by=officer, seen=draft.revision)
    by = chair(units["LC-SP-001"])
    report = Report.objects.get(unit=units["LC-SP-001"], sheet=monthly, period=month)
    save_cells(report.pk, {"law.sessions": "3"}, by=by)
    submit(report.pk, by=by)
    with pytest.raises(ConfigurationError, match="gửi theo phiên bản cũ"):
        publishing.publish(draft.pk, start=month.start, by=officer, seen=draft.revision)
    assert month not in queries.publishable(monthly, TODAY)
    draft.refresh_from_db()
    assert draft.published_at is None


def test_unsent_reports_switch_to_the_new_version_and_keep_what_was_typed(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    open_reports(TODAY)
    month = this_month(monthly)
    by = chair(units["LC-SP-001"])
    report = Report.objects.get(unit=units["LC-SP-001"], sheet=monthly, period=month)
    save_cells(report.pk, {"law.sessions": "3", "staff": "40"}, by=by)
    draft = with_line(monthly, new_indicator(officer).series.get(), officer)
    gone = Line.objects.get(section__version=draft, series__key="law.sessions")
    sheets.remove(draft.pk, "line", gone.pk, by=officer, seen=draft.revision)
    publishing.publish(draft.pk, start=month.start, by=officer, seen=draft.revision + 1)
    report.refresh_from_db()
    assert report.sheet_version == draft
    assert {key: value.number for key, value in content_of(report).values.items()} == {"staff": 40}
    earlier = Report.objects.filter(sheet=monthly, period__start__lt=month.start)
    assert earlier.exists()
    assert not earlier.filter(sheet_version=draft).exists()


def test_a_new_version_of_an_indicator_says_something_new_but_keeps_code_kind_and_decimals(
    officer: Capacity,
) -> None:
    made = new_indicator(officer)
    indicators.new_version(
        made.pk,
        indicators.Meaning(name="Số cuộc toạ đàm", definition="Có từ 10 người."),
        valid_from=TODAY,
        by=officer,
    )
    assert [str(version) for version in made.versions.order_by("number")] == [
        "Số buổi toạ đàm",
        "Số cuộc toạ đàm",
    ]
    made.refresh_from_db()
    assert (made.code, made.kind, made.decimals) == ("so.buoi.toa.dam", "flow", 0)
    with pytest.raises(ConfigurationError, match="phải bắt đầu sau"):
        indicators.new_version(made.pk, indicators.Meaning(name="x"), valid_from=TODAY, by=officer)


def test_a_common_indicator_that_others_use_is_defined_by_the_head_of_the_tree_only(
    units: dict[str, Any], officer: Capacity, monthly: Sheet
) -> None:
    sheet(units["YB"], {"law.sessions": ("flow", "", "Buổi")}, code="yb", years=range(2026, 2027))
    common = Indicator.objects.get(code="law.sessions")
    meaning = indicators.Meaning(name="Khác")
    with pytest.raises(ConfigurationError, match="dùng chung"):
        indicators.new_version(common.pk, meaning, valid_from=TODAY, by=officer)
    mine = Indicator.objects.get(code="staff")
    indicators.new_version(mine.pk, meaning, valid_from=TODAY, by=officer)
    indicators.new_version(common.pk, meaning, valid_from=TODAY, by=acting(Role.ADMIN, units["VN"]))


def test_parts_of_a_breakdown_become_series(officer: Capacity) -> None:
    made = indicators.add_breakdown(
        name="Nhóm tuổi",
        name_en="",
        is_complete=True,
        parts=[("Dưới 35", "Under 35"), ("Từ 35", "")],
        by=officer,
    )
    indicators.extend_breakdown(made.pk, [("Không rõ", "")], by=officer)
    assert list(made.categories.values_list("code", flat=True)) == ["duoi-35", "tu-35", "khong-ro"]
    one = new_indicator(officer)
    cells = indicators.collect_cells(one.pk, Category.objects.filter(breakdown=made), by=officer)
    assert cells[0].key == "so.buoi.toa.dam|nhom-tuoi=duoi-35"
    assert indicators.collect_cells(one.pk, Category.objects.filter(breakdown=made), by=officer) == []
    with pytest.raises(ConfigurationError, match="đã có phần"):
        indicators.extend_breakdown(made.pk, [("dưới 35", "")], by=officer)
    assert Breakdown.objects.count() == 1


def test_an_obligation_says_first_what_it_opens_and_then_opens_just_that(
    units: dict[str, Any], officer: Capacity
) -> None:
    other = sheet(
        units["LC"],
        {"law.meetings": ("flow", "", "Số buổi họp")},
        code="meetings",
        period_type="month",
        years=range(TODAY.year - 1, TODAY.year + 2),
    )
    Obligation.objects.all().delete()
    month = this_month(other)
    typed = {
        "kind": "grassroots_union",
        "top": "LC-SP",
        "valid_from": f"{month.start:%d/%m/%Y}",
        "due_days": "10",
    }
    browser = client_of(officer)
    address = reverse("reporting:add_obligation", args=[other.pk])
    page = browser.post(address, typed).content.decode()
    assert "2 đơn vị phải nộp, 2 báo cáo sẽ mở ngay." in page
    assert not Report.objects.exists()
    assert browser.post(address, {**typed, "lam": "1"}).status_code == 302
    assert Report.objects.filter(sheet=other, period=month).count() == 2
    owed = Obligation.objects.get()
    owing.end_obligation(owed.pk, valid_to=month.end, by=officer)
    open_reports(month.end)
    assert Report.objects.count() == 2


def test_a_target_of_a_rate_is_set_in_percent(units: dict[str, Any], officer: Capacity) -> None:
    rate("study.rate", "study.joined", "study.eligible")
    browser = client_of(officer)
    answer = browser.post(
        reverse("reporting:add_target"),
        {
            "indicator": "study.rate",
            "unit": "LC",
            "comparator": "ge",
            "level": "60 %",
            "start": "01/01/2026",
            "last": "31/12/2026",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    target = Target.objects.get()
    assert (target.value, target.end, target.series.key) == (6000, date(2027, 1, 1), "study.rate#num")
    assert "ít nhất 60 %" in browser.get(reverse("reporting:targets")).content.decode()
    browser.post(
        reverse("reporting:edit_target", args=[target.pk]),
        {"comparator": "ge", "level": "62,5", "start": "01/01/2026", "last": "30/06/2026"},
    )
    target.refresh_from_db()
    assert (target.value, target.end) == (6250, date(2026, 7, 1))


def test_an_outside_figure_has_a_source_and_a_value_or_bounds(
    units: dict[str, Any], officer: Capacity
) -> None:
    new_indicator(officer, "Lượt theo dõi trang", "outside")
    browser = client_of(officer)
    typed = {
        "indicator": "luot theo doi",
        "unit": "LC",
        "last": "01/11/2026",
        "captured_on": "02/11/2026",
        "source": "Trang",
    }
    address = reverse("reporting:add_outside_figure")
    assert "Hãy ghi một giá trị" in browser.post(address, typed).content.decode()
    assert (
        browser.post(address, {**typed, "low": "100", "high": "999", "words": "hàng trăm"}).status_code == 302
    )
    page = browser.get(reverse("reporting:outside_figures")).content.decode()
    assert "từ 100 đến 999" in page
    assert "hàng trăm" in page


def test_a_new_sheet_counts_its_reports_and_begins_with_an_empty_draft(
    units: dict[str, Any], officer: Capacity
) -> None:
    Calendar.objects.create(code="civil", name="Dương lịch", name_en="Civil")
    lay_calendars([TODAY.year, TODAY.year + 1])
    made = sheets.add_sheet(
        name="Báo cáo toạ đàm",
        name_en="",
        calendar=Calendar.objects.get(),
        period_type="month",
        owner=units["LC"],
        by=officer,
    )
    assert made.coverage.key == "reports.bao-cao-toa-dam"
    assert not queries.indicators(officer).filter(code="reports.bao-cao-toa-dam").exists()
    draft = made.versions.get()
    section = sheets.save_section(draft.pk, None, title="Toạ đàm", title_en="", by=officer, seen=0)
    one = new_indicator(officer)
    sheets.add_lines(draft.pk, section.pk, [one.series.get().pk], by=officer, seen=1)
    publishing.publish(draft.pk, start=next_month(made).start, by=officer, seen=2)


def test_a_preview_tries_the_rules_and_saves_nothing(officer: Capacity, monthly: Sheet) -> None:
    version = monthly.versions.get()
    keys = {line.series.key: line.series_id for line in Line.objects.filter(section__version=version)}
    answer = client_of(officer).post(
        reverse("reporting:preview_sheet", args=[version.pk]),
        {
            f"c{keys['staff']}": "100",
            f"c{keys['staff|sex=female']}": "120",
            f"c{keys['law.sessions']}": "mười",
        },
    )
    page = answer.content.decode()
    assert "“Trong đó nữ” (120) nhiều hơn “Số lao động” (100)." in page
    assert "“mười” không phải là số" in page
    assert not Report.objects.exists()


def test_rules_are_chosen_from_the_lines_and_told_as_sentences(officer: Capacity, monthly: Sheet) -> None:
    draft = sheets.begin_draft(monthly.pk, by=officer)
    browser = client_of(officer)
    for seen, (kind, typed) in enumerate(
        (
            ("equals", {"left": "staff", "right": ["law.sessions", "law.attendances"]}),
            ("range", {"left": "law.sessions", "low": "1", "high": "1.000"}),
            ("leap", {"left": "staff", "factor": "5"}),
        )
    ):
        answer = browser.post(
            reverse("reporting:add_rule", args=[draft.pk, kind]),
            {**typed, "severity": "warning", "seen": str(seen)},
        )
        assert answer.status_code == 302, answer.context["form"].errors
    page = browser.get(reverse("reporting:sheet_version", args=[draft.pk])).content.decode()
    for words in (
        "“Trong đó nữ” không nhiều hơn “Số lao động”.",
        "“Số lao động” bằng “Buổi tuyên truyền pháp luật” + “Lượt người dự”.",
        "“Buổi tuyên truyền pháp luật” từ 1 đến 1.000.",
        "“Số lao động” không tăng hay giảm quá 5 lần so với kỳ trước.",
    ):
        assert words in page
    compared = browser.get(reverse("reporting:compare_sheet", args=[draft.pk])).content.decode()
    assert compared.count("quy tắc ") >= 3


def test_lines_and_sections_move_without_scripts(officer: Capacity, monthly: Sheet) -> None:
    draft = sheets.begin_draft(monthly.pk, by=officer)
    browser = client_of(officer)
    lines = list(Line.objects.filter(section__version=draft).order_by("order"))
    address = reverse("reporting:arrange_draft", args=[draft.pk])
    browser.post(address, {"lam": f"xuong-line-{lines[0].pk}", "seen": "0"})
    browser.post(address, {"lam": f"bo-line-{lines[2].pk}", "seen": "1"})
    now = list(Line.objects.filter(section__version=draft).order_by("order"))
    assert [line.pk for line in now] == [lines[1].pk, lines[0].pk, *(line.pk for line in lines[3:])]
    assert browser.post(address, {"lam": "bo-line-x", "seen": "2"}).status_code == 404


@pytest.mark.parametrize("name", ["managed_sheets", "indicators", "targets", "outside_figures", "breakdowns"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    name: str, units: dict[str, Any], officer: Capacity
) -> None:
    browser = client_of(officer)
    counts = []
    for number in range(3):
        made = new_indicator(officer, f"Chỉ tiêu {number}")
        outside = new_indicator(officer, f"Ngoài {number}", "outside")
        sheet(units["LC"], {f"k{number}": ("flow", "", "K")}, code=f"s{number}", years=range(2026, 2027))
        aim = owing.Aim(date(2026, 1, 1), date(2027, 1, 1), "ge", 5)
        owing.add_target(units["LC"], made.series.get(), aim, by=officer)
        seen = owing.Seen(end=date(2026, 2, 1), captured_on=date(2026, 2, 1), source="Trang", value=3)
        owing.add_outside_figure(units["LC"], outside, seen, by=officer)
        indicators.add_breakdown(
            name=f"Nhóm {number}", name_en="", is_complete=True, parts=[("A", ""), ("B", "")], by=officer
        )
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browser.get(reverse(f"reporting:{name}")).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[2], counts
