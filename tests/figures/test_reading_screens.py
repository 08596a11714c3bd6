"""An officer reads a text for figures, decides about each, and fills a report with those confirmed."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congdoan.figures.models import ReadFigure, Reading
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.reporting.models import Entry
from tests.factories_organisation import acting
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

DESK = "/lam-viec/doc-so-lieu/"
TEXT = (
    "Trong quý IV/2013, công đoàn cơ sở đã tổ chức 45 buổi tuyên truyền pháp luật, thu hút 1.280 lượt người tham gia.\n"
    "Kế hoạch số 12/KH-CĐCS ngày 05/10/2013 được triển khai tới 7 tổ công đoàn."
)


@pytest.fixture
def chair(db):
    scenes.union()
    return acting(Role.CHAIR, Unit.objects.get(code="G0"))


def signed_in(capacity):
    client = Client()
    client.force_login(capacity.user)
    return client


@pytest.fixture
def desk(chair):
    return signed_in(chair)


def read(desk, text=TEXT):
    answer = desk.post(DESK, {"text": text, "title": "Báo cáo cũ"})
    assert answer.status_code == 302, answer.text
    return Reading.objects.get()


def confirm(desk, figure, **said):
    prefix = f"f{figure.pk}"
    data = {f"{prefix}-{name}": value for name, value in said.items()}
    return desk.post(f"{DESK}{figure.reading_id}/so/{figure.pk}/", data | {"viec": "nhan"})


def test_figures_are_marked_and_document_numbers_are_not(desk):
    reading = read(desk)
    numbers = [one.found["number_text"] for one in reading.figures.all()]
    assert "45" in numbers
    assert "1.280" in numbers
    assert "12" not in numbers
    body = desk.get(f"{DESK}{reading.pk}/").text
    assert body.count('class="reading__mark is-proposed"') == len(numbers)


def test_confirmed_figures_fill_a_draft_report_and_dismissed_ones_do_not(desk, chair):
    reading = read(desk)
    sessions = reading.figures.get(found__number_text="45")
    assert confirm(desk, sessions, indicator="f — Buổi", value="45").status_code == 302
    other = reading.figures.get(found__number_text="1.280")
    desk.post(f"{DESK}{reading.pk}/so/{other.pk}/", {"viec": "bo"})
    assert set(reading.figures.values_list("state", flat=True)) >= {"confirmed", "dismissed"}
    page = desk.get(f"{DESK}{reading.pk}/vao-bao-cao/")
    report = next(one for one in page.context["reports"] if one.sheet_id == scenes_sheet().pk)
    preview = desk.get(f"{DESK}{reading.pk}/vao-bao-cao/?bao-cao={report.pk}").text
    assert "45" in preview
    answer = desk.post(f"{DESK}{reading.pk}/vao-bao-cao/", {"bao-cao": report.pk})
    assert answer.status_code == 302
    entry = Entry.objects.get(report=report, series__key="f")
    assert (entry.number, "Báo cáo cũ" in entry.source) == (45, True)
    assert Entry.objects.filter(report=report).count() == 1


def scenes_sheet():
    from congdoan.reporting.models import Line

    return Line.objects.filter(series__key="f").first().section.version.sheet


def test_two_different_figures_for_one_cell_fill_nothing(desk):
    reading = read(desk)
    first, second = reading.figures.all()[:2]
    confirm(desk, first, indicator="f", value="45")
    confirm(desk, second, indicator="f", value="1.280")
    report = desk.get(f"{DESK}{reading.pk}/vao-bao-cao/").context["reports"][0]
    body = desk.get(f"{DESK}{reading.pk}/vao-bao-cao/?bao-cao={report.pk}").text
    assert "Hai số khác nhau" in body or "không có ô" in body
    desk.post(f"{DESK}{reading.pk}/vao-bao-cao/", {"bao-cao": report.pk})
    assert not Entry.objects.filter(series__key="f").exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"indicator": "khong.co", "value": "45"}, "Hãy chọn trong danh sách"),
        ({"indicator": "f", "value": "bốn mươi"}, "không phải là số"),
        ({"indicator": "f", "value": "45", "start_on": "01/02/2014", "end_on": "01/01/2014"}, "Ngày cuối"),
    ],
)
def test_what_cannot_be_confirmed_says_why_and_keeps_what_was_typed(desk, said, words):
    figure = read(desk).figures.first()
    answer = confirm(desk, figure, **said)
    assert answer.status_code == 422
    assert words in answer.text
    assert said["value"] in answer.text
    figure.refresh_from_db()
    assert figure.state == ReadFigure.State.PROPOSED


def test_a_text_is_its_readers_alone(desk):
    reading = read(desk)
    stranger = signed_in(acting(Role.CHAIR, Unit.objects.get(code="G1")))
    assert "Báo cáo cũ" in desk.get(DESK).text
    assert "Báo cáo cũ" not in stranger.get(DESK).text
    figure = reading.figures.first()
    for path in (f"{reading.pk}/", f"{reading.pk}/vao-bao-cao/", f"{reading.pk}/xoa/"):
        assert stranger.get(DESK + path).status_code == 404
    assert stranger.post(f"{DESK}{reading.pk}/so/{figure.pk}/", {"viec": "bo"}).status_code == 404
    assert stranger.post(f"{DESK}{reading.pk}/xoa/").status_code == 404
    assert Reading.objects.filter(pk=reading.pk).exists()
    assert Client().get(f"{DESK}{reading.pk}/").status_code == 302


def test_a_report_of_another_unit_cannot_be_filled(desk):
    reading = read(desk)
    confirm(desk, reading.figures.first(), indicator="f", value="45")
    foreign = signed_in(acting(Role.CHAIR, Unit.objects.get(code="G1")))
    theirs = foreign.get("/lam-viec/bao-cao/")
    assert theirs.status_code == 200
    from congdoan.reporting.models import Report

    report = Report.objects.filter(unit__code="G1").first()
    assert desk.post(f"{DESK}{reading.pk}/vao-bao-cao/", {"bao-cao": report.pk}).status_code == 404
    assert not Entry.objects.filter(report=report).exists()


def bomb():
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trong.txt", b""),
        ("hong.docx", b"PK\x03\x04 khong phai tep nen"),
        ("hong.pdf", b"%PDF-1.7 hong"),
        ("anh.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
        ("bom.docx", bomb()),
    ],
)
def test_a_bad_file_says_why_and_nothing_is_kept(desk, name, data):
    answer = desk.post(DESK, {"file": SimpleUploadedFile(name, data), "title": "Giữ tên này"})
    assert answer.status_code == 422
    assert "Giữ tên này" in answer.text
    assert not Reading.objects.exists()


def test_script_in_a_text_is_shown_as_text(desk):
    reading = read(desk, "Có 45 buổi <script>alert(1)</script> tuyên truyền.")
    assert "<script>alert(1)" not in desk.get(f"{DESK}{reading.pk}/").text


def test_deleting_takes_everything_away(desk):
    reading = read(desk)
    assert desk.post(f"{DESK}{reading.pk}/xoa/").status_code == 302
    assert not ReadFigure.objects.exists()
