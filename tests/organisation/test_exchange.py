"""Lists of units in and out: every row is created, updated or refused, and nothing happens before it was shown."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.config.cli.units import command
from congdoan.organisation.models import Reorganisation, Territory, TreeVersion, Unit, UnitImport, UnitName
from congdoan.organisation.queries.listing import unit_columns
from congdoan.organisation.queries.units import by_code, parent_of
from congdoan.organisation.rights import Role
from congdoan.spreadsheets import read, write_table
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/to-chuc/nhap-xuat/"
TODAY = date(2026, 1, 1)


def _rows(*rows: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    columns = unit_columns()
    write_table(
        stream,
        [column.title for column in columns],
        [[row.get(column.key) for column in columns] for row in rows],
    )
    return stream.getvalue()


def _new(code: str, **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Công đoàn cơ sở {code}",
        "kind": "Công đoàn cơ sở",
        "parent": "LC-SP",
    } | values


def _upload(client: Client, content: bytes, name: str = "don-vi.xlsx", on: str = "01/01/2026") -> Any:
    return client.post(HOME, {"file": SimpleUploadedFile(name, content), "on": on})


def _text(response: Any) -> str:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return response.content.decode()


def _seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.fixture
def desk(client: Client, tree: dict[str, Unit]) -> Client:
    """Signed in as the organiser of Lào Cai."""
    client.force_login(acting(Role.ORGANISER, tree["LC"]).user)  # type: ignore[arg-type]  # a user
    return client


MIXED = (
    _new("LC-SP-101", parent="LC-P9", founded_on=date(2025, 12, 1), website="https://a.example.vn"),
    _new(
        "LC-P9",
        name="Công đoàn phường Sa Pa",
        kind="Công đoàn xã, phường",
        parent="lc",
        founded_on=date(2025, 12, 1),
    ),
    {
        "code": "lc-sp-001",
        "name": "Công đoàn cơ sở Trường Mầm non Hoa Ban",
        "parent": "LC-BX",
        "address": "Số 9",
    },
    {"code": "LC-SP-002"},
    _new("LC-SP-102", parent="KHONG-CO"),
    _new("LC-SP-101"),
    _new("YB-NL-001"),
    _new("LC-SP-103", kind="Câu lạc bộ"),
    _new("LC-SP-104", name=None),
    {"code": "LC-SP", "kind": "Công đoàn cơ sở"},
)


def test_a_dry_run_counts_every_row_and_changes_nothing(desk: Client) -> None:
    response = _upload(desk, _rows(*MIXED))
    page = _text(desk.get(response["Location"]))

    assert Unit.objects.filter(code__startswith="LC-SP-1").count() == 0
    assert TreeVersion.objects.count() == 1
    kept = UnitImport.objects.get()
    assert response["Location"] == f"{HOME}{kept.pk}/"
    numbers = {
        label: page.index(label) for label in ("Dòng đã đọc", "Đơn vị mới", "Đơn vị đang có", "Bị từ chối")
    }
    assert len(numbers) == 4
    assert _seen(page) == "2-2-6-4", "two new, two there, six refused; two foundings, a renaming, a move"
    for words in (
        "Không có đơn vị mã “KHONG-CO” trong phạm vi của bạn",
        "Mã “LC-SP-101” đã có ở dòng 2",
        "Mã “YB-NL-001” là của đơn vị ngoài phạm vi của bạn",
        "Đơn vị mới cần “Tên đơn vị”",
        "“Loại đơn vị” của đơn vị đang có không đổi được",
    ):
        assert words in page


def test_refused_rows_come_back_as_a_file_with_reasons_that_can_be_mended(
    desk: Client, tmp_path: Path
) -> None:
    address = _upload(desk, _rows(*MIXED))["Location"]

    response = desk.get(f"{address}bi-tu-choi/")
    file = tmp_path / "bi-tu-choi.xlsx"
    file.write_bytes(b"".join(response.streaming_content))

    back = list(read(file, unit_columns()))
    assert [row.given["code"] for row in back] == [
        "LC-SP-102",
        "LC-SP-101",
        "YB-NL-001",
        "LC-SP-103",
        "LC-SP-104",
        "LC-SP",
    ]


def test_carrying_out_does_what_was_shown_as_one_batch(desk: Client) -> None:
    address = _upload(desk, _rows(*MIXED))["Location"]
    seen = _seen(_text(desk.get(address)))

    response = desk.post(
        address,
        {"title": "Nhập tháng 1", "decision_symbol": "1/QĐ", "decision_on": "02/01/2026", "seen": seen},
    )

    batch = Reorganisation.objects.get()
    assert response["Location"] == f"/lam-viec/to-chuc/sap-xep/{batch.pk}/"
    assert batch.status == Reorganisation.Status.CARRIED_OUT
    assert TreeVersion.objects.count() == 2
    school = by_code("LC-SP-001", TODAY)
    assert school.shown_name == "Công đoàn cơ sở Trường Mầm non Hoa Ban"  # type: ignore[attr-defined]  # named
    assert school.address == "Số 9"
    assert parent_of(school, TODAY).code == "LC-BX"  # type: ignore[union-attr]  # it has one
    new = by_code("LC-SP-101", TODAY)
    assert parent_of(new, TODAY).code == "LC-P9"  # type: ignore[union-attr]  # it has one
    assert new.website == "https://a.example.vn"
    assert not Unit.objects.filter(code="LC-SP-102").exists()
    assert "cán bộ tổ chức" in Entry.objects.get(verb="unit_import.carried_out").capacity_text
    assert Entry.objects.get(verb="unit_import.carried_out").after["refused"] == 6

    again = desk.post(address, {"title": "Nhập tháng 1", "seen": seen}, follow=True)
    assert "không nhập lần nữa" in _text(again)
    assert TreeVersion.objects.count() == 2


def test_a_new_unit_cannot_stand_before_its_parent_and_takes_its_own_children_along(desk: Client) -> None:
    rows = _rows(
        _new("LC-A", kind="Công đoàn xã, phường", parent="LC", founded_on=date(2026, 1, 1)),
        _new("LC-A-1", parent="LC-A", founded_on=date(2020, 1, 1)),
        _new("LC-A-1-1", kind="Tổ công đoàn", parent="LC-A-1", founded_on=date(2020, 1, 1)),
        _new("LC-B", kind="Công đoàn xã, phường", parent="LC-SP-001", founded_on=date(2026, 1, 1)),
    )

    page = _text(desk.get(_upload(desk, rows)["Location"]))

    assert _seen(page).startswith("1-0-3-")
    assert "không tồn tại vào ngày 01/01/2020" in page
    assert "đơn vị ấy không phải cấp trên" in page


def test_what_changed_since_the_dry_run_is_shown_again_first(desk: Client) -> None:
    address = _upload(desk, _rows(_new("LC-SP-101")))["Location"]

    told = desk.post(address, {"title": "Nhập", "seen": "9-9-9-9"}, follow=True)

    assert "kết quả chạy thử không còn đúng" in _text(told)
    assert not Unit.objects.filter(code="LC-SP-101").exists()


def test_nobody_else_opens_an_upload_and_it_is_gone_after_a_day(desk: Client, tree: dict[str, Unit]) -> None:
    address = _upload(desk, _rows(_new("LC-SP-101")))["Location"]
    other = Client()
    other.force_login(acting(Role.ORGANISER, tree["LC"]).user)  # type: ignore[arg-type]  # a user

    for tail in ("", "bi-tu-choi/"):
        assert other.get(address + tail).status_code == 404
    assert other.post(address, {"title": "x", "seen": "1-0-0-1"}).status_code == 404
    UnitImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert desk.get(address).status_code == 404
    _upload(desk, _rows(_new("LC-SP-102")))
    assert UnitImport.objects.count() == 1, "the old one is thrown away"


def test_whoever_may_not_sign_leaves_a_checked_draft(client: Client, tree: dict[str, Unit]) -> None:
    client.force_login(acting(Role.MIDDLE, tree["LC-SP"]).user)  # type: ignore[arg-type]  # a user
    rows = _rows(
        _new("LC-SP-101"), {"code": "LC-SP-001", "phone": "0214 1"}, {"code": "LC-SP", "phone": "0214 2"}
    )
    address = _upload(client, rows)["Location"]
    page = _text(client.get(address))
    assert "Bạn không có quyền sửa liên hệ của “LC-SP”" in page

    client.post(address, {"title": "Nhập", "seen": _seen(page)})

    batch = Reorganisation.objects.get()
    assert batch.status == Reorganisation.Status.DRAFT
    assert batch.based_on is not None
    assert not Unit.objects.filter(code="LC-SP-101").exists()
    assert Unit.objects.get(code="LC-SP-001").phone == "0214 1"
    assert Unit.objects.get(code="LC-SP").phone == ""


def test_a_chair_exports_and_imports_nothing(client: Client, tree: dict[str, Unit]) -> None:
    client.force_login(acting(Role.CHAIR, tree["LC-SP-001"]).user)  # type: ignore[arg-type]  # a user

    assert "Tải lên và chạy thử" not in _text(client.get(HOME))
    assert _upload(client, _rows(_new("LC-SP-101"))).status_code == 403
    assert client.get(f"{HOME}tep-mau/").status_code == 403
    listed = b"".join(client.get(f"{HOME}danh-sach.csv").streaming_content).decode("utf-8-sig")
    assert "LC-SP-001" in listed
    assert "LC-SP-002" not in listed


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\x00\x01\x02\x03", "don-vi.xlsx", "không khớp với đuôi"),
        (b"ten;dia chi\nA;B\n", "don-vi.csv", "Mã đơn vị"),
        (b"PK\x03\x04", "don-vi.xlsm", "macro"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_the_field(
    desk: Client, content: bytes, name: str, words: str
) -> None:
    page = _text(_upload(desk, content, name))

    assert "field--wrong" in page
    assert words in page
    assert not UnitImport.objects.exists()


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_an_export_reads_back_as_no_change(desk: Client, tree: dict[str, Unit], extension: str) -> None:
    place = Territory.objects.create(code="sa-pa", name="Sa Pa", kind="district")
    tree["LC-SP"].territory_links.create(territory=place, valid_from=date(2014, 1, 1))
    Unit.objects.filter(code="LC-SP").update(
        phone="0214 3871 000",
        email="sapa@example.vn",
        sector="production_business",
        address="=1+1",
        website="https://a.vn",
    )
    content = b"".join(desk.get(f"{HOME}danh-sach.{extension}", {"ngay": "2026-01-01"}).streaming_content)

    page = _text(desk.get(_upload(desk, content, f"don-vi.{extension}")["Location"]))

    assert "trong đó 6 dòng không có gì khác" in page
    assert "không có gì để nhập" in page
    assert desk.get(f"{HOME}danh-sach.pdf").status_code == 404


def test_an_export_of_another_day_has_the_names_of_that_day(desk: Client) -> None:
    UnitName.objects.filter(unit__code="LC-SP").update(valid_to=date(2020, 1, 1))
    UnitName.objects.create(
        unit=Unit.objects.get(code="LC-SP"), name="Thị xã Sa Pa", valid_from=date(2020, 1, 1)
    )

    then = b"".join(desk.get(f"{HOME}danh-sach.csv", {"ngay": "31/12/2019"}).streaming_content).decode()

    assert "huyện Sa Pa" in then
    assert "Thị xã Sa Pa" not in then


# --- The command line


def _run(*arguments: str) -> Any:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def test_the_command_tries_then_imports_then_exports(tree: dict[str, Unit], tmp_path: Path) -> None:
    file, refused, out = tmp_path / "vao.xlsx", tmp_path / "tu-choi.xlsx", tmp_path / "ra.csv"
    file.write_bytes(_rows(*MIXED, {"code": "YB-NL-001", "address": "Chợ Mường Lò"}))

    tried = json.loads(
        _run(
            "import", str(file), "--dry-run", "--on", "01/01/2026", "--json", "--refused", str(refused)
        ).output
    )
    assert (tried["read"], tried["created"] + tried["updated"] + tried["refused"]) == (11, 11)
    assert tried["dry_run"] is True
    assert not Unit.objects.filter(code="LC-P9").exists()
    assert refused.exists()

    done = json.loads(_run("import", str(file), "--on", "2026-01-01", "--json").output)
    assert done["created"] == tried["created"] == 2
    assert Unit.objects.get(code="LC-SP-101").website == "https://a.example.vn"

    exported = json.loads(_run("export", "-o", str(out), "--on", "01/01/2026", "--json").output)
    assert exported["units"] == 12
    assert "Công đoàn phường Sa Pa" in out.read_text(encoding="utf-8-sig")


def test_the_command_says_what_is_wrong(tree: dict[str, Unit], tmp_path: Path) -> None:
    bad = tmp_path / "xau.csv"
    bad.write_text("a;b\n1;2\n", encoding="utf-8")

    assert _run("import", str(bad)).exit_code == 1
    assert _run("export", "-o", str(tmp_path / "ra.pdf")).exit_code == 2
    assert _run("import", str(bad), "--on", "hôm kia").exit_code == 2
