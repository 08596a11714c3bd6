"""Filling from a spreadsheet or a pasted column: shown first, taken over then; a wrong file is told why and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from tests.factories_organisation import acting
from tests.factories_reporting import chair, report, sent, series
from tests.reporting.test_filling import Scene, signed_in

pytestmark = pytest.mark.django_db
VALUE, COMMENT = 5, 6
"""Columns of the template that are filled."""


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def _template(scene: Scene, number: int = 3) -> openpyxl.Workbook:
    found = report(scene.unit, 2019, number, scene.sheet)
    answer = scene.client.get(reverse("reporting:template", args=[found.pk]))
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def _row(book: openpyxl.Workbook, key: str) -> int:
    return next(cell.row for cell in book.active["A"] if str(cell.value).endswith(f"/{key}"))


def _upload(scene: Scene, book: openpyxl.Workbook) -> str:
    stream = BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("bao-cao.xlsx", stream.getvalue())
    return scene.client.post(scene.url("upload"), {"file": file}).content.decode()


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([crg]\d+)" value="([^"]*)"', page))


def test_the_filled_template_is_shown_with_its_differences_and_taken_over(scene: Scene):
    save_cells(scene.report.pk, {"staff": "1200", "law.sessions": "3"}, by=scene.chair)
    book = _template(scene)
    book.active.cell(_row(book, "staff"), VALUE, 1240)
    book.active.cell(_row(book, "law.attendances"), VALUE, "1.289")
    book.active.cell(_row(book, "law.attendances"), COMMENT, "Cả buổi phát thanh")

    page = _upload(scene, book)

    assert "2 ô khác với số đang có" in page
    assert re.search(r"1\.200</del>.*1240</ins>", page)
    assert scene.report.entries.get(series__key="staff").number == 1200
    scene.client.post(scene.url("cells"), _hidden(page))
    assert scene.report.entries.get(series__key="staff").number == 1240
    entry = scene.report.entries.get(series__key="law.attendances")
    assert (entry.number, entry.comment) == (1289, "Cả buổi phát thanh")
    assert scene.report.entries.get(series__key="law.sessions").number == 3


def test_a_value_saved_by_somebody_else_between_looking_and_taking_over_stays(scene: Scene):
    book = _template(scene)
    book.active.cell(_row(book, "staff"), VALUE, 1240)
    page = _upload(scene, book)
    save_cells(scene.report.pk, {"staff": "99"}, by=acting(Role.DEPUTY, scene.unit))
    scene.client.post(scene.url("cells"), _hidden(page))
    assert scene.report.entries.get(series__key="staff").number == 99


def _formula(book: openpyxl.Workbook, scene: Scene) -> None:
    book.active.cell(_row(book, "staff"), VALUE, "=SUM(1,2)")


def _column_too_many(book: openpyxl.Workbook, scene: Scene) -> None:
    book.active.cell(1, 151, "Cột 151")
    book.active.cell(_row(book, "staff"), 151, 5)


def _line_too_many(book: openpyxl.Workbook, scene: Scene) -> None:
    code = str(book.active.cell(2, 1).value).rsplit("/", 1)[0]
    book.active.append([f"{code}/no.such.cell", "Dòng lạ", None, None, 5])


def _twice(book: openpyxl.Workbook, scene: Scene) -> None:
    book.active.append([book.active.cell(2, 1).value, "Lặp lại", None, None, 5])


def _of_another_unit(book: openpyxl.Workbook, scene: Scene) -> None:
    for cell in book.active["A"][1:]:
        cell.value = str(cell.value).replace("LC-SP-001", "YB-NL-001")


def _of_another_period(book: openpyxl.Workbook, scene: Scene) -> None:
    for cell in book.active["A"][1:]:
        cell.value = str(cell.value).replace("2019-Q3", "2019-Q2")


def _of_another_sheet(book: openpyxl.Workbook, scene: Scene) -> None:
    for cell in book.active["A"][1:]:
        cell.value = str(cell.value).replace("quarterly.1", "yearly.2")


def _something_else(book: openpyxl.Workbook, scene: Scene) -> None:
    sheet = book.active
    sheet.delete_rows(1, 50)
    sheet.append(["Họ và tên", "Ngày sinh"])
    sheet.append(["Giàng A Páo", "1/1/1990"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_formula, "công thức"),
        (_column_too_many, "Cột 151"),
        (_line_too_many, "không có ô “no.such.cell”"),
        (_twice, "lặp lại ô"),
        (_of_another_unit, "tệp của đơn vị YB-NL-001"),
        (_of_another_period, "2019-Q2"),
        (_of_another_sheet, "yearly.2"),
        (_something_else, "Mã ô"),
    ],
)
def test_a_wrong_file_is_told_why_and_loses_nothing(
    scene: Scene, spoil: Callable[[openpyxl.Workbook, Scene], None], words: str
):
    save_cells(scene.report.pk, {"staff": "1200"}, by=scene.chair)
    book = _template(scene)
    book.active.cell(_row(book, "staff"), VALUE, 1240)
    spoil(book, scene)
    page = _upload(scene, book)
    assert "field__error" in page
    assert words in page.split("field__error")[1]
    assert scene.report.entries.get().number == 1200


@pytest.mark.parametrize("value", [-5, 1e30, "mười hai", 1.5])
def test_an_absurd_number_in_a_file_is_named_and_kept_as_it_was_written(scene: Scene, value: Any):
    book = _template(scene)
    book.active.cell(_row(book, "staff"), VALUE, value)
    book.active.cell(_row(book, "law.sessions"), VALUE, 4)
    page = _upload(scene, book)
    assert "cell__error" in page
    scene.client.post(scene.url("cells"), _hidden(page))
    assert scene.report.entries.get(series__key="staff").state == "bad"
    assert scene.report.entries.get(series__key="law.sessions").number == 4


@pytest.mark.parametrize("content", [b"", b"khong phai bang tinh", b"PK\x03\x04 hong"])
def test_a_file_that_is_no_spreadsheet_gets_a_sentence(scene: Scene, content: bytes):
    page = scene.client.post(
        scene.url("upload"), {"file": SimpleUploadedFile("x.xlsx", content)}
    ).content.decode()
    assert "field__error" in page


def test_a_pasted_column_is_shown_in_the_order_of_the_section_before_it_is_taken_over(scene: Scene):
    url = scene.url("paste") + "?phan=1"
    page = scene.client.post(url, {"column": "Buổi\t12\r\nLượt\t1.289\r\n\r\n45"}).content.decode()
    assert "3 ô khác với số đang có" in page
    assert not scene.report.entries.exists()
    scene.client.post(scene.url("cells"), _hidden(page))
    assert dict(scene.report.entries.values_list("series__key", "number")) == {
        "law.sessions": 12,
        "law.attendances": 1289,
        "staff|sex=female": 45,
    }


def test_more_lines_than_cells_are_refused_with_the_number_to_take_away(scene: Scene):
    page = scene.client.post(scene.url("paste") + "?phan=1", {"column": "1\n" * 8}).content.decode()
    assert "bỏ 2 dòng thừa" in page
    assert not scene.report.entries.exists()


def test_the_template_of_another_unit_is_not_given(scene: Scene):
    stranger = signed_in(chair(scene.units["LC-BX-001"]))
    assert stranger.get(scene.url("template")).status_code == 404
    page = scene.client.get(scene.url("template"))
    assert "LC-SP-001" in page["Content-Disposition"]


def test_a_report_that_was_sent_takes_no_file(scene: Scene):
    found = sent(scene.unit, 2019, 3, scene.sheet, scene.chair, staff="100")
    pk = series("staff").pk
    answer = scene.client.post(
        scene.url("cells"), {f"c{pk}": "7", f"r{pk}": "1:100"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert scene.client.get(scene.url("upload")).url == scene.url("read")
    assert found.entries.get(series__key="staff").number == 100
