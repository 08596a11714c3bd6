"""The screens of lists and of pairs: the way through, and who sees what."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from congdoan.members import tasks
from congdoan.members.actions import imports
from congdoan.members.models import DuplicateProposal, ImportRun, Person, ReadEntry
from congdoan.organisation.rights import Role
from tests.factories_members import member
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
HEAD = ("Họ và tên", "Ngày sinh", "Ngày vào công đoàn", "Số CCCD")
BORN = {"birth_date": date(1985, 10, 17), "birth_precision": "day"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def signed(client, chair):
    client.force_login(chair.user)
    return client


def book(*rows, head=HEAD, name="danh-sach.xlsx", change=None):
    made = Workbook()
    for cells in (head, *rows):
        made.active.append(cells)
    if change:
        change(made.active)
    stream = io.BytesIO()
    made.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def send(client, file, unit="LC-SP-001", **more):
    return client.post(reverse("members:import_new"), {"unit": unit, "file": file, **more})


def sent(client, *rows):
    assert send(client, book(*rows)).status_code == 302
    run = ImportRun.objects.latest("pk")
    imports.work(run.pk)
    run.refresh_from_db()
    return run


def test_a_list_goes_from_the_file_to_the_register(signed):
    run = sent(signed, ("Vàng Thị Mỷ", 1985, 2015, None), ("Lò A Sính", 1990, 2016, "12"))
    page = signed.get(reverse("members:import", args=[run.pk]))
    assert "Kết quả đọc thử" in page.text
    assert "12 số" in page.text
    assert not Person.objects.exists()
    assert signed.post(reverse("members:import_act", args=[run.pk, "nhap"])).status_code == 302
    waiting = signed.get(reverse("members:import_progress", args=[run.pk]))
    assert "Đang nhập danh sách" in waiting.text
    assert "HX-Refresh" not in waiting
    imports.work(run.pk)
    assert signed.get(reverse("members:import_progress", args=[run.pk]))["HX-Refresh"] == "true"
    assert [str(person) for person in Person.objects.all()] == ["Vàng Thị Mỷ"]
    assert "danh-sach.xlsx" in signed.get(reverse("members:imports")).text


def test_the_work_is_queued_with_the_file(signed, monkeypatch):
    queued = []
    monkeypatch.setattr(type(tasks.run_import), "enqueue", lambda _task, run_id: queued.append(run_id))
    send(signed, book(("Vàng Thị Mỷ", 1985, 2015, None)))
    assert queued == [ImportRun.objects.get().pk]


def test_refused_rows_come_back_as_a_file_and_that_is_in_the_log(signed):
    run = sent(signed, ("Lò A Sính", 1990, 2016, "12"), ("Vàng Thị Mỷ", 1985, 2015, None))
    answer = signed.get(reverse("members:import_refused", args=[run.pk]))
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1][:4] == ("Lò A Sính", 1990, "12", 2016)
    assert "12 số" in rows[1][4]
    assert len(rows) == 2
    line = ReadEntry.objects.get(kind="export")
    assert line.rows == 1


def test_a_mended_file_of_refused_rows_is_taken(signed):
    run = sent(signed, ("Lò A Sính", 1990, 2016, "12"))
    answer = signed.get(reverse("members:import_refused", args=[run.pk]))
    mended = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    mended.active["D2"] = "010185001234"
    stream = io.BytesIO()
    mended.save(stream)
    assert send(signed, SimpleUploadedFile("sua.xlsx", stream.getvalue())).status_code == 302


def bomb():
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(("a", 1, 1, None)).read())) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content + b" " * 600_000_000 if name.endswith("sheet1.xml") else content)
    return SimpleUploadedFile("bom.xlsx", stream.getvalue())


BAD = {
    "columns": lambda: book(("x", "y"), head=("Cột lạ", "Họ và tên")),
    "formula": lambda: book(("=1+1", 1985, 2015, None)),
    "merged": lambda: book(
        ("Vàng Thị Mỷ", 1985, 2015, None), change=lambda sheet: sheet.merge_cells("A2:B2")
    ),
    "macros": lambda: book(("Vàng Thị Mỷ", 1985, 2015, None), name="a.xlsm"),
    "empty": lambda: book(),
    "not a table": lambda: SimpleUploadedFile("a.xlsx", b"%PDF-1.7 and so on"),
    "bomb": bomb,
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_a_reason_and_changes_nothing(signed, kind):
    answer = send(signed, BAD[kind]())
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()
    assert not Person.objects.exists()


def test_a_file_of_200_mb_is_refused_unread(signed, monkeypatch):
    file = book(("Vàng Thị Mỷ", 1985, 2015, None))
    monkeypatch.setattr("congdoan.members.importing.forms.MAX_BYTES", 1000)
    monkeypatch.setattr(imports, "upload", lambda *_: pytest.fail("it was read"))
    assert "vượt giới hạn" in send(signed, file).text


def test_a_chair_cannot_choose_another_unit(signed):
    assert send(signed, book(("Vàng Thị Mỷ", 1985, 2015, None)), unit="LC-SP-002").status_code == 422
    assert not ImportRun.objects.exists()


def test_the_same_file_leads_to_the_import_it_was(signed):
    file = book(("Vàng Thị Mỷ", 1985, 2015, None))
    content = file.read()
    first = send(signed, SimpleUploadedFile("a.xlsx", content))
    again = send(signed, SimpleUploadedFile("b.xlsx", content))
    assert first.url == again.url
    assert ImportRun.objects.count() == 1


def test_an_import_of_somebody_else_is_not_found(signed, client, stranger):
    run = sent(signed, ("Lò A Sính", 1990, 2016, "12"))
    client.force_login(stranger.user)
    for name in ("import", "import_progress", "import_refused"):
        assert client.get(reverse(f"members:{name}", args=[run.pk])).status_code == 404
    assert client.post(reverse("members:import_act", args=[run.pk, "huy"])).status_code == 404
    run.refresh_from_db()
    assert run.status == "checked"


def test_a_deputy_may_not_import(client, deputy):
    client.force_login(deputy.user)
    assert client.get(reverse("members:imports")).status_code == 403
    assert send(client, book(("Vàng Thị Mỷ", 1985, 2015, None))).status_code == 403


@pytest.fixture
def pair(units):
    first = member(
        units["LC-SP-001"], **BORN, first_name="Mỷ", identity_number="010185001234", phone="0911111111"
    )
    second = member(units["LC-SP-002"], **BORN, first_name="Mỷ")
    return DuplicateProposal.objects.create(first=first, second=second, score=90, reasons=["name_birth"])


def test_a_pair_stands_side_by_side_with_covered_numbers_and_leaves_lines(client, units, pair):
    client.force_login(acting(Role.ORGANISER, units["LC"]).user)
    assert "Vàng Thị Mỷ" in client.get(reverse("members:proposals")).text
    page = client.get(reverse("members:proposal", args=[pair.pk])).text
    assert "010185001234" not in page
    assert "•••••••••234" in page
    assert "LC-SP-002" in page
    assert set(ReadEntry.objects.filter(kind="read").values_list("subject_id", flat=True)) == {
        pair.first_id,
        pair.second_id,
    }


def test_a_decision_needs_a_reason_and_merges_nobody(client, units, pair):
    client.force_login(acting(Role.ORGANISER, units["LC"]).user)
    address = reverse("members:proposal", args=[pair.pk])
    assert client.post(address, {"status": "same", "note": " "}).status_code == 422
    assert client.post(address, {"status": "same", "note": "Đã đối chiếu hồ sơ"}).status_code == 302
    pair.refresh_from_db()
    assert (pair.status, pair.note) == ("same", "Đã đối chiếu hồ sơ")
    assert Person.objects.filter(merged_into=None, tombstoned_at=None).count() == 2


def test_who_sees_only_one_of_a_pair_does_not_learn_of_the_other(signed, pair):
    assert "Mỷ" not in signed.get(reverse("members:proposals")).text
    address = reverse("members:proposal", args=[pair.pk])
    assert signed.get(address).status_code == 404
    assert signed.post(address, {"status": "same", "note": "x"}).status_code == 404
    pair.refresh_from_db()
    assert pair.status == "open"
