"""The inbox of a level, one report before its reviewer, and who has not reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congdoan.notices.models import Notice
from congdoan.organisation.models import Officer
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.reviewing import accept, correct, return_report, submit
from congdoan.reporting.models import Report, ReviewStep
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, report, sent, sheet

pytestmark = pytest.mark.django_db
INBOX = reverse("reporting:inbox")
MISSING = reverse("reporting:missing")


@pytest.fixture
def world() -> dict[str, Any]:
    """Two districts; three unions have sent the third quarter, one of them with a leap and gaps."""
    units = plant()
    form = sheet(units["VN"])
    people = {code: chair(units[code]) for code in ("LC-SP-001", "LC-SP-002", "LC-BX-001", "YB-NL-001")}
    middle = acting(Role.MIDDLE, units["LC-SP"])
    counted(
        sent(units["LC-SP-001"], 2019, 2, form, people["LC-SP-001"], law__sessions="5", staff="100"), middle
    )
    found = {
        "LC-SP-001": sent(
            units["LC-SP-001"], 2019, 3, form, people["LC-SP-001"], law__sessions="7", staff="100"
        ),
        "LC-SP-002": sent(units["LC-SP-002"], 2019, 3, form, people["LC-SP-002"], law__sessions="1"),
        "LC-BX-001": sent(units["LC-BX-001"], 2019, 3, form, people["LC-BX-001"], law__sessions="2"),
        "YB-NL-001": sent(units["YB-NL-001"], 2019, 3, form, people["YB-NL-001"], law__sessions="3"),
    }
    return {
        "units": units,
        "sheet": form,
        "people": people,
        "middle": middle,
        "province": acting(Role.STATISTICS, units["LC"]),
        "reports": found,
    }


def signed_in(capacity: Any) -> Client:
    client = Client()
    client.force_login(capacity.user)
    return client


def box(found: Report) -> str:
    found.refresh_from_db()
    return f"{found.pk}:{found.current.digest}"


def one(found: Report) -> str:
    return reverse("reporting:review", args=[found.pk])


def test_the_inbox_begins_with_units_directly_below_and_shows_all_below_on_demand(world):
    client = signed_in(world["middle"])
    page = client.get(INBOX).content.decode()
    assert "Trường Mầm non Hoa Đào" in page
    assert "Trạm Y tế xã Mường Hum" not in page

    province = signed_in(world["province"])
    assert "Không có báo cáo nào khớp" in province.get(INBOX).content.decode()
    page = province.get(INBOX, {"xem": "tat-ca"}).content.decode()
    assert "Trường Mầm non Hoa Đào" in page
    assert "Trạm Y tế xã Mường Hum" in page
    assert "Chợ Mường Lò" not in page


def test_a_line_says_how_many_cells_changed_and_how_many_lines_are_empty(world):
    page = signed_in(world["middle"]).get(INBOX)
    row = next(row for row in page.context["rows"] if row["cells"][0]["note"] == "LC-SP-001")
    changed, warnings, missing = row["cells"][3], row["cells"][4]["text"], row["cells"][5]
    assert (changed, warnings, missing) == (1, 0, 4)
    assert "muộn" in row["cells"][2]["note"]


def test_many_are_accepted_at_once_and_what_was_not_is_said_with_its_reason(world):
    reports = world["reports"]
    stale = box(reports["LC-SP-002"])
    return_report(reports["LC-SP-002"].pk, reason="Thiếu", by=world["middle"])
    client = signed_in(world["middle"])
    page = client.post(
        INBOX,
        {"bao-cao": [box(reports["LC-SP-001"]), stale, box(reports["LC-BX-001"])]},
        follow=True,
    ).content.decode()
    assert "Đã duyệt 1 báo cáo." in page
    assert "Hợp tác xã Thổ cẩm Tả Phìn: Báo cáo này đã được trả lại" in page
    assert "1 báo cáo không còn trong phạm vi" in page
    status = dict(
        Report.objects.filter(pk__in=[r.pk for r in reports.values()]).values_list("unit__code", "status")
    )
    assert status == {
        "LC-SP-001": "accepted",
        "LC-SP-002": "returned",
        "LC-BX-001": "submitted",
        "YB-NL-001": "submitted",
    }


def test_a_report_sent_again_since_it_was_seen_is_not_accepted_unseen(world):
    found = world["reports"]["LC-SP-001"]
    seen = box(found)
    return_report(found.pk, reason="Sai", by=world["middle"])
    save_cells(found.pk, {"law.sessions": "700"}, by=world["people"]["LC-SP-001"])
    submit(found.pk, by=world["people"]["LC-SP-001"])
    client = signed_in(world["middle"])
    client.post(INBOX, {"bao-cao": [seen]})
    client.post(one(found), {"viec": "duyet", "ma-bam": seen.partition(":")[2]})
    found.refresh_from_db()
    assert found.status == "submitted"


def test_the_inbox_asks_as_much_for_one_report_as_for_many(world):
    client = signed_in(world["province"])

    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            rows = client.get(INBOX, {"xem": "tat-ca", "q": text}).context["rows"]
        assert len(rows) == (1 if text else 3)
        return len(seen)

    queries("")
    assert queries("Hoa Đào") - queries("") in (0, 1)  # the search itself


def test_filters_narrow_by_status_period_and_sheet(world):
    accept(world["reports"]["LC-SP-002"].pk, by=world["middle"])
    client = signed_in(world["middle"])
    period = world["reports"]["LC-SP-001"].period_id
    done = client.get(INBOX, {"trang-thai": "accepted", "ky": period, "bieu-mau": "quarterly"}).context[
        "rows"
    ]
    assert [row["cells"][0]["note"] for row in done] == ["LC-SP-002"]
    unsaid = client.get(INBOX, {"trang-thai": "???", "ky": "x", "bieu-mau": "y"}).context["rows"]
    assert [row["cells"][0]["note"] for row in unsaid] == ["LC-SP-001"]


def test_the_reviewer_sees_values_beside_the_last_ones_and_accepts_with_the_gaps_named(world):
    found = world["reports"]["LC-SP-001"]
    client = signed_in(world["middle"])
    page = client.get(one(found)).content.decode()
    assert "Quý II/2019" in page
    assert "Số người phải học" in page
    assert "<b>7</b>" in page
    assert "+2" in page
    answer = client.post(one(found), {"viec": "duyet-tiep", "ma-bam": found.current.digest})
    assert answer.headers["Location"] == one(world["reports"]["LC-SP-002"])
    step = ReviewStep.objects.get(report=found, kind="accepted")
    assert "Số người phải học" in step.gaps


def test_a_report_goes_back_with_a_reason_and_comments_on_cells(world):
    found = world["reports"]["LC-SP-001"]
    client = signed_in(world["middle"])
    series = found.sheet_version.sections.get().lines.get(series__key="staff").series_id
    page = client.post(
        one(found), {"viec": "tra-lai", f"y{series}": "Ghi đến 30/9", "reason": ""}
    ).content.decode()
    assert "Hãy ghi lý do: người nhận cần biết phải sửa gì." in page
    assert "Ghi đến 30/9" in page
    client.post(one(found), {"viec": "tra-lai", f"y{series}": "Ghi đến 30/9", "reason": "Số cũ"})
    step = ReviewStep.objects.get(report=found, kind="returned")
    assert (step.reason, step.comments) == ("Số cũ", {"staff": "Ghi đến 30/9"})
    page = client.get(one(found)).content.decode()
    assert "Số lao động: Ghi đến 30/9" in page


def test_who_was_slower_reads_what_happened(world):
    found = world["reports"]["LC-SP-001"]
    accept(found.pk, by=world["province"])
    page = (
        signed_in(world["middle"])
        .post(one(found), {"viec": "tra-lai", "reason": "Sai"}, follow=True)
        .content.decode()
    )
    assert "Báo cáo này đã được duyệt" in page
    assert not ReviewStep.objects.filter(report=found, kind="returned").exists()


def test_a_question_and_more_time_stand_in_the_history(world):
    found = report(world["units"]["LC-SP-002"], 2019, 2, world["sheet"])
    client = signed_in(world["middle"])
    client.post(one(found), {"viec": "hoi", "question": "Bao giờ gửi?"})
    late = (timezone.localdate() - timedelta(days=1)).strftime("%d/%m/%Y")
    assert (
        "đã qua" in client.post(one(found), {"viec": "mo-lai", "until": late, "why": "Lũ"}).content.decode()
    )
    day = timezone.localdate() + timedelta(days=5)
    client.post(one(found), {"viec": "mo-lai", "until": f"{day:%d/%m/%Y}", "why": "Mưa lũ"})
    found.refresh_from_db()
    assert found.reopened_until == day
    page = client.get(one(found)).content.decode()
    assert "Bao giờ gửi?" in page
    assert "Mưa lũ" in page


def test_a_correction_shows_what_was_accepted_and_why_it_is_corrected(world):
    found = world["reports"]["LC-SP-001"]
    accept(found.pk, by=world["middle"])
    correct(found.pk, reason="Đếm sót", by=world["people"]["LC-SP-001"])
    save_cells(found.pk, {"law.sessions": "9"}, by=world["people"]["LC-SP-001"])
    submit(found.pk, by=world["people"]["LC-SP-001"])
    client = signed_in(world["middle"])
    page = client.get(one(found)).content.decode()
    assert "Đếm sót" in page
    assert "khác lần gửi trước" in page
    row = next(row for row in client.get(INBOX).context["rows"] if row["cells"][0]["note"] == "LC-SP-001")
    assert "ửa số đã duyệt" in row["cells"][2]["text"]
    assert row["cells"][3] == 1


def test_nobody_reviews_their_own_unit_and_a_stranger_finds_nothing(world):
    district = world["units"]["LC-SP"]
    sheet(district, {"own": ("flow", "", "Việc")}, code="own")
    from congdoan.organisation.models import UnitKind
    from congdoan.reporting.models import Obligation, Sheet

    Obligation.objects.create(
        sheet=Sheet.objects.get(code="own"),
        top=world["units"]["LC"],
        kind=UnitKind.objects.get(code="district_federation"),
        valid_from=date(2019, 1, 1),
        valid_to=date(2019, 10, 1),
    )
    own = sent(district, 2019, 3, Sheet.objects.get(code="own"), world["middle"], own="1")
    client = signed_in(world["middle"])
    page = client.get(one(own)).content.decode()
    assert "Không ai duyệt báo cáo của chính đơn vị mình" in page
    assert "Duyệt báo cáo</button>" not in page
    for step in ({"viec": "duyet", "ma-bam": own.current.digest}, {"viec": "hoi", "question": "?"}):
        page = client.post(one(own), step, follow=True).content.decode()
        assert "Không ai duyệt báo cáo của chính đơn vị mình" in page
    own.refresh_from_db()
    assert own.status == "submitted"

    foreign = world["reports"]["YB-NL-001"]
    assert client.get(one(foreign)).status_code == 404
    assert client.post(one(foreign), {"viec": "duyet", "ma-bam": foreign.current.digest}).status_code == 404
    assert signed_in(world["people"]["LC-SP-001"]).get(INBOX).status_code == 403


def test_the_call_list_has_who_did_not_send_the_late_first_with_their_chair(world):
    Officer.objects.filter(user=world["people"]["LC-SP-002"].user).update(phone="0912345678")
    report(world["units"]["LC-SP-001"], 2019, 2, world["sheet"])
    page = signed_in(world["middle"]).get(MISSING)
    text = page.content.decode()
    assert page.context["period"].words == "Quý II/2019"
    assert "Hợp tác xã Thổ cẩm Tả Phìn" in text
    assert "Trường Mầm non Hoa Đào" not in text
    assert "tel:0912345678" in text
    assert "Quá hạn" in text
    file = b"".join(signed_in(world["middle"]).get(MISSING, {"tai": "csv"}).streaming_content)
    assert "0912345678" in file.decode("utf-8-sig")
    assert "YB-NL-001" not in file.decode("utf-8-sig")


def test_a_reminder_reaches_those_who_fill_and_is_not_sent_twice_a_day(world):
    found = report(world["units"]["LC-SP-002"], 2019, 2, world["sheet"])
    foreign = report(world["units"]["YB-NL-001"], 2019, 2, world["sheet"])
    client = signed_in(world["middle"])
    page = client.post(MISSING, {"nhac": [found.pk]}, follow=True).content.decode()
    assert "Đã nhắc 1 đơn vị." in page
    assert "Đã nhắc hôm nay" in page
    notice = Notice.objects.get(key=f"report:{found.pk}:reminded")
    assert notice.recipient == world["people"]["LC-SP-002"].user
    assert notice.url == reverse("reporting:fill", args=[found.pk])
    page = client.post(MISSING, {"bao-cao": [found.pk, foreign.pk]}, follow=True).content.decode()
    assert "Hôm nay đã nhắc rồi, không nhắc lại: Công đoàn cơ sở Hợp tác xã" in page
    assert not Notice.objects.filter(key=f"report:{foreign.pk}:reminded").exists()
    Notice.objects.update(told_at=timezone.now() - timedelta(days=1))
    assert "Đã nhắc 1 đơn vị." in client.post(MISSING, {"nhac": found.pk}, follow=True).content.decode()


def test_the_call_list_asks_as_much_for_one_unit_as_for_three(world):
    client = signed_in(world["province"])

    def queries(text: str, rows: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            page = client.get(MISSING, {"ky": "tat-ca", "q": text})
        assert page.context["page"].paginator.count >= rows
        return len(seen)

    queries("", 3)
    assert abs(queries("Hoa Đào", 1) - queries("", 3)) <= 1


def test_the_rail_counts_what_waits_and_the_start_page_says_it(world):
    page = signed_in(world["middle"]).get("/lam-viec/").content.decode()
    assert "Duyệt báo cáo" in page
    assert "2 báo cáo: Báo cáo quý, Quý III/2019" in page
    assert "Duyệt báo cáo" not in signed_in(world["people"]["LC-SP-001"]).get("/lam-viec/").content.decode()
