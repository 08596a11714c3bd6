"""A reorganisation from the first form to the signature, and what stands in its way."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congdoan.audit.models import Entry
from congdoan.organisation.actions import reorganisations as actions
from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Rename,
    Split,
)
from congdoan.organisation.models import Reorganisation, TreeVersion, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.spreadsheets import write_table
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
HOME = "/lam-viec/to-chuc/sap-xep/"
DECISION = Decision("214/QĐ-LĐLĐ", date(2025, 6, 20), "LĐLĐ tỉnh Lào Cai")


@pytest.fixture
def organiser(tree: dict[str, Unit]) -> Capacity:
    """Somebody who may prepare and sign in Lào Cai."""
    return acting(Role.ORGANISER, tree["LC"])


@pytest.fixture
def desk(client: Client, organiser: Capacity) -> Client:
    """Signed in as the organiser."""
    client.force_login(organiser.user)  # type: ignore[arg-type]  # acting makes a user
    return client


def _draft(by: Capacity, *operations: Operation, decision: Decision | None = DECISION) -> Reorganisation:
    made = actions.draft(
        title="Sắp xếp 2025", scope=by.unit, effective_on=date(2025, 7, 1), by=by, decision=decision
    )  # type: ignore[arg-type]  # it has a unit
    return actions.set_operations(made.pk, list(operations), by=by)


def _text(response: Any) -> str:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return response.content.decode()


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def _operations(one: Reorganisation) -> list[Operation]:
    return actions.operations_of(one)


MERGE = Merge(sources=("LC-BX",), into="LC-SP")


def test_a_batch_is_prepared_checked_and_signed(desk: Client, tree: dict[str, Unit]) -> None:
    assert "Chưa có đợt sắp xếp nào" in _text(desk.get(HOME))
    made = desk.post(
        f"{HOME}moi/",
        {
            "title": "Sắp xếp 2025", "scope": "LC", "effective_on": "01/07/2025", "decision_symbol": "214/QĐ-LĐLĐ",
            "decision_on": "20/06/2025", "decision_issuer": "LĐLĐ tỉnh", "note": "",
        },
    )  # fmt: skip
    one = Reorganisation.objects.get()
    assert made["Location"] == f"{HOME}{one.pk}/"

    form = _text(desk.get(f"{HOME}{one.pk}/thao-tac/merger/"))
    desk.post(f"{HOME}{one.pk}/thao-tac/merger/", {"seen": _seen(form), "sources": "lc-bx", "into": "sa pa"})
    assert _operations(one) == [MERGE]
    page = _text(desk.get(f"{HOME}{one.pk}/"))
    assert (
        "1. Sáp nhập: Liên đoàn Lao động huyện Bát Xát (LC-BX) vào Liên đoàn Lao động huyện Sa Pa (LC-SP)"
        in page
    )

    check = _text(desk.get(f"{HOME}{one.pk}/kiem-tra/"))
    assert "Xác nhận đã kiểm tra" in check
    assert "Kết thúc: 1" in check
    assert "Đi theo đơn vị nhận: 1" in check
    before, after = check.split('compare__title">Sau')
    assert "LC-BX" in before
    assert 'compare__code">LC-BX<' not in after
    assert "từ Liên đoàn Lao động huyện Bát Xát" in after, "the station follows"
    early = desk.get(f"{HOME}{one.pk}/thuc-hien/")
    assert early["Location"] == f"{HOME}{one.pk}/kiem-tra/", "not before it was checked"

    desk.post(f"{HOME}{one.pk}/kiem-tra/")
    sign = _text(desk.get(f"{HOME}{one.pk}/thuc-hien/"))
    assert "Quyết định 214/QĐ-LĐLĐ ngày 20/06/2025" in sign
    assert "cán bộ tổ chức" in sign, "in whose name"
    assert "kết thúc 1 đơn vị" in sign
    content = re.search(r'name="content" value="(\w{64})"', sign)[1]  # type: ignore[index]  # found
    wrong = _text(desk.post(f"{HOME}{one.pk}/thuc-hien/", {"symbol": "215/QĐ", "content": content}))
    assert "Chưa đúng số quyết định" in wrong
    assert 'value="215/QĐ"' in wrong
    versions = TreeVersion.objects.count()
    desk.post(f"{HOME}{one.pk}/thuc-hien/", {"symbol": " 214/qđ-lđlđ ", "content": content})

    one.refresh_from_db()
    assert one.status == Reorganisation.Status.CARRIED_OUT
    assert TreeVersion.objects.count() == versions + 1
    done = _text(desk.get(f"{HOME}{one.pk}/"))
    assert one.content_hash in done
    assert "cán bộ tổ chức" in done
    assert "Bỏ<" not in done
    assert "Lưu" not in done
    assert "cán bộ tổ chức" in Entry.objects.get(verb="reorganisation.carried_out").capacity_text

    again = desk.post(
        f"{HOME}{one.pk}/thuc-hien/", {"symbol": "214/QĐ-LĐLĐ", "content": content}, follow=True
    )
    assert "không thực hiện lần nữa" in _text(again)
    assert TreeVersion.objects.count() == versions + 1


def test_a_batch_of_another_province_is_not_there(
    client: Client, organiser: Capacity, tree: dict[str, Unit]
) -> None:
    one = _draft(organiser, MERGE)
    client.force_login(acting(Role.ORGANISER, tree["YB"]).user)  # type: ignore[arg-type]  # a user

    for tail in (
        "",
        "sua/",
        "thao-tac/merger/",
        "thao-tac/1/",
        "bang-anh-xa/",
        "kiem-tra/",
        "thuc-hien/",
        "huy/",
    ):
        assert client.get(f"{HOME}{one.pk}/{tail}").status_code == 404, tail
    assert client.post(f"{HOME}{one.pk}/thao-tac/", {"lam": "bo-1", "seen": "x"}).status_code == 404
    assert client.post(f"{HOME}{one.pk}/huy/", {"reason": "x"}).status_code == 404
    assert "Sắp xếp 2025" not in _text(client.get(HOME))
    assert _operations(one) == [MERGE]


def test_a_leader_signs_what_others_prepare_and_prepares_nothing(
    client: Client, organiser: Capacity, tree: dict[str, Unit]
) -> None:
    one = _draft(organiser, MERGE)
    leader = acting(Role.LEADER, tree["LC"])
    client.force_login(leader.user)  # type: ignore[arg-type]  # a user

    page = _text(client.get(f"{HOME}{one.pk}/"))
    assert "Sửa<" not in page
    assert client.get(f"{HOME}{one.pk}/thao-tac/merger/").status_code == 403
    assert client.post(f"{HOME}{one.pk}/thao-tac/", {"lam": "bo-1"}).status_code == 403
    client.post(f"{HOME}{one.pk}/kiem-tra/")
    content = re.search(r'name="content" value="(\w{64})"', _text(client.get(f"{HOME}{one.pk}/thuc-hien/")))[
        1
    ]  # type: ignore[index]  # found
    client.post(f"{HOME}{one.pk}/thuc-hien/", {"symbol": "214/QĐ-LĐLĐ", "content": content})

    one.refresh_from_db()
    assert one.status == Reorganisation.Status.CARRIED_OUT
    assert "lãnh đạo" in one.signed_by


def test_a_district_officer_prepares_and_is_told_who_signs(client: Client, tree: dict[str, Unit]) -> None:
    middle = acting(Role.MIDDLE, tree["LC-SP"])
    one = _draft(middle, Rename(unit="LC-SP-001", name="Tên mới"))
    client.force_login(middle.user)  # type: ignore[arg-type]  # a user
    client.post(f"{HOME}{one.pk}/kiem-tra/")

    assert "Chờ người có quyền ký" in _text(client.get(f"{HOME}{one.pk}/kiem-tra/"))
    refused = client.post(f"{HOME}{one.pk}/thuc-hien/", {"symbol": "214/QĐ-LĐLĐ"}, follow=True)
    assert "không được thực hiện" in _text(refused)
    one.refresh_from_db()
    assert one.status == Reorganisation.Status.DRAFT


def test_without_a_decision_nothing_is_signed(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, MERGE, decision=None)
    actions.check(one.pk, by=organiser)

    assert desk.get(f"{HOME}{one.pk}/thuc-hien/")["Location"] == f"{HOME}{one.pk}/sua/"


def test_problems_are_sentences_that_lead_to_their_operation(desk: Client, organiser: Capacity) -> None:
    one = _draft(
        organiser, Move(unit="LC-SP-001", parent="LC-BX"), Merge(sources=("KHONG-CO",), into="LC-SP")
    )

    page = _text(desk.get(f"{HOME}{one.pk}/kiem-tra/"))

    assert "Không có đơn vị mã “KHONG-CO”" in page
    assert f'href="{HOME}{one.pk}/thao-tac/2/"' in page
    assert "Xác nhận đã kiểm tra" not in page


FILLED: dict[str, dict[str, str]] = {
    "founding": {"code": "LC-P1", "name": "Công đoàn phường Sa Pa", "kind": "commune_union", "parent": "LC", "short_name": ""},
    "merger": {"sources": "LC-SP-001\nLC-SP-002", "code": "LC-M1", "name": "Cơ sở hợp nhất", "kind": "grassroots_union", "parent": "LC-SP"},
    "split": {
        "parts": "3", "source": "LC-SP-001", "parent": "LC-SP", "p1-into": "LC-SP-002", "p1-share": "62,5",
        "p2-into": "LC-S1", "p2-share": "37.5", "p2-name": "Cơ sở tách ra", "p2-kind": "grassroots_union",
    },
    "renaming": {"unit": "LC-SP", "name": "Liên đoàn Lao động thị xã Sa Pa"},
    "move": {"units": "LC-SP-001, LC-SP-002", "parent": "LC-BX"},
    "dissolution": {"units": "LC-SP-002", "heir": "LC-SP-001"},
}  # fmt: skip


@pytest.mark.parametrize("kind", list(FILLED))
def test_each_kind_of_operation_is_typed_read_back_and_carried_out(
    desk: Client, organiser: Capacity, kind: str
) -> None:
    one = _draft(organiser)
    address = f"{HOME}{one.pk}/thao-tac/{kind}/"
    seen = _seen(_text(desk.get(address)))
    typed = FILLED[kind] | {"on": "02/07/2025", "reason": "Theo đề án", "seen": seen}

    response = desk.post(address, typed)

    assert response.status_code == 302, re.findall(r"field__error[^>]*>(.*?)<", response.content.decode())
    made = _operations(one)
    assert made
    assert all(operation.on == date(2025, 7, 2) and operation.reason == "Theo đề án" for operation in made)
    again = _text(desk.get(f"{HOME}{one.pk}/thao-tac/1/"))
    saved = desk.post(f"{HOME}{one.pk}/thao-tac/1/", _form_values(again))
    assert saved.status_code == 302
    assert _operations(one) == made, "read back and saved, it is the same"
    assert "Xác nhận đã kiểm tra" in _text(desk.get(f"{HOME}{one.pk}/kiem-tra/"))
    assert actions.check(one.pk, by=organiser).is_sound


def _form_values(page: str) -> dict[str, str]:
    """Return what a browser would send back from the form of an operation."""
    form = page[page.index('<form method="post" class="stack"') :]
    values = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form))
    values |= {
        name: text.strip()
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    }
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return values


def test_shares_must_make_a_whole(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser)
    address = f"{HOME}{one.pk}/thao-tac/split/"
    typed = FILLED["split"] | {"seen": _seen(_text(desk.get(address))), "p2-share": "37"}

    page = _text(desk.post(address, typed))

    assert "đang là 99,5 %" in page
    assert "Cơ sở tách ra" in page, "what was typed stays"
    assert _operations(one) == []


def test_another_part_of_a_split_keeps_what_was_typed(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser)
    address = f"{HOME}{one.pk}/thao-tac/split/"
    typed = FILLED["split"] | {"seen": _seen(_text(desk.get(address))), "them-phan": "1"}

    page = _text(desk.post(address, typed))

    assert 'name="p5-into"' in page
    assert 'value="62,5"' in page
    assert "field--wrong" not in page


def test_an_operation_may_name_a_unit_that_the_same_batch_founds(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, Found(unit=NewUnit("LC-P1", "commune_union", "Công đoàn phường Sa Pa", "LC")))
    address = f"{HOME}{one.pk}/thao-tac/move/"

    desk.post(address, {"units": "LC-SP-001", "parent": "lc-p1", "seen": _seen(_text(desk.get(address)))})

    assert _operations(one)[1] == Move(unit="LC-SP-001", parent="LC-P1")


def test_units_out_of_reach_are_refused_beside_the_field(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser)
    address = f"{HOME}{one.pk}/thao-tac/move/"

    page = _text(desk.post(address, {"units": "YB-NL-001", "parent": "LC-SP", "seen": "x"}))

    assert "Không có trong phạm vi của bạn: YB-NL-001" in page
    assert _operations(one) == []


def test_a_form_sent_twice_adds_once_and_an_old_window_is_told(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser)
    address = f"{HOME}{one.pk}/thao-tac/renaming/"
    typed = {"unit": "LC-SP", "name": "Tên mới", "seen": _seen(_text(desk.get(address)))}

    desk.post(address, typed)
    twice = desk.post(address, typed, follow=True)
    old = _text(desk.post(address, typed | {"name": "Tên khác"}))

    assert len(_operations(one)) == 1
    assert "không thêm lần nữa" in _text(twice)
    assert "vừa được sửa ở nơi khác" in old
    assert "Tên khác" in old


def test_operations_are_ordered_and_removed(desk: Client, organiser: Capacity) -> None:
    first, second = Rename(unit="LC-SP", name="Một"), Rename(unit="LC-BX", name="Hai")
    one = _draft(organiser, first, second)

    def press(button: str, seen: str = "") -> None:
        seen = seen or _seen(_text(desk.get(f"{HOME}{one.pk}/")))
        desk.post(f"{HOME}{one.pk}/thao-tac/", {"lam": button, "seen": seen})

    old = _seen(_text(desk.get(f"{HOME}{one.pk}/")))
    press("len-2")
    assert _operations(one) == [second, first]
    press("bo-1", old)
    assert _operations(one) == [second, first], "an old window removes nothing"
    press("bo-1")
    assert _operations(one) == [first]
    press("bo-7")
    press("len-1")
    press("lung tung")
    assert _operations(one) == [first]


def test_a_batch_that_another_one_overtook_says_so(
    desk: Client, organiser: Capacity, tree: dict[str, Unit]
) -> None:
    one = _draft(organiser, Rename(unit="LC-SP", name="Tên của đợt này"))
    actions.check(one.pk, by=organiser)
    other = _draft(organiser, Rename(unit="LC-SP", name="Tên của đợt kia"))
    actions.check(other.pk, by=organiser)
    content = re.search(r'name="content" value="(\w{64})"', _text(desk.get(f"{HOME}{one.pk}/thuc-hien/")))[1]  # type: ignore[index]  # found
    actions.carry_out(other.pk, by=organiser)

    told = desk.post(f"{HOME}{one.pk}/thuc-hien/", {"symbol": "214/QĐ-LĐLĐ", "content": content}, follow=True)

    assert "vừa thay đổi đơn vị mà đợt này cũng thay đổi (LC-SP)" in _text(told)
    one.refresh_from_db()
    assert one.status == Reorganisation.Status.DRAFT


def test_what_was_not_shown_is_not_signed(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, MERGE)
    actions.check(one.pk, by=organiser)

    told = desk.post(
        f"{HOME}{one.pk}/thuc-hien/", {"symbol": "214/QĐ-LĐLĐ", "content": "0" * 64}, follow=True
    )

    assert "vừa được sửa ở nơi khác" in _text(told)
    one.refresh_from_db()
    assert one.status == Reorganisation.Status.DRAFT


def test_a_withdrawn_batch_stays_readable_and_closed(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, MERGE)
    desk.post(f"{HOME}{one.pk}/huy/", {"reason": "Chờ đề án mới"})

    page = _text(desk.get(f"{HOME}{one.pk}/"))
    assert "đã huỷ" in page
    assert "1. Sáp nhập" in page
    closed = desk.get(f"{HOME}{one.pk}/thao-tac/merger/", follow=True)
    assert "không sửa được nữa" in _text(closed)
    assert Entry.objects.get(verb="reorganisation.withdrawn").reason == "Chờ đề án mới"


# --- The mapping table

TITLES = [
    "Thao tác",
    "Mã đơn vị",
    "Mã đơn vị nhận",
    "Tên mới",
    "Loại",
    "Cấp trên",
    "Tỷ lệ %",
    "Ngày",
    "Số quyết định",
]


def _table(*rows: list[Any]) -> SimpleUploadedFile:
    stream = io.BytesIO()
    write_table(stream, TITLES, [[*row, *[None] * (len(TITLES) - len(row))] for row in rows])
    return SimpleUploadedFile("anh-xa.xlsx", stream.getvalue())


def test_a_mapping_table_becomes_operations(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, Rename(unit="LC", name="Liên đoàn"))
    address = f"{HOME}{one.pk}/bang-anh-xa/"
    table = _table(
        ["Thành lập", "LC-P1", None, "Công đoàn phường Sa Pa", "Công đoàn xã, phường", "LC"],
        ["Sáp nhập", "LC-SP", "LC-P1"],
        ["sap nhap", "LC-BX", "LC-P1"],
        ["Chia tách", "LC-SP-001", "LC-SP-002", None, None, None, "62,5"],
        ["Chia tách", "LC-SP-001", "LC-BX-001", None, None, None, "37.5 %"],
        ["Giải thể", "LC-SP-002", None, None, None, None, None, date(2025, 9, 1), "9/QĐ"],
    )

    desk.post(address, {"file": table, "how": "add", "seen": _seen(_text(desk.get(address)))})

    made = _operations(one)
    assert made[0] == Rename(unit="LC", name="Liên đoàn")
    assert made[2] == Merge(sources=("LC-SP", "LC-BX"), into="LC-P1")
    assert isinstance(made[3], Split)
    assert [part.share for part in made[3].parts] == [625_000, 375_000]
    assert made[4] == Dissolve(unit="LC-SP-002", on=date(2025, 9, 1), decision=Decision("9/QĐ"))
    assert len(made) == 5


def test_a_table_with_a_bad_row_changes_nothing_and_names_it(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, MERGE)
    address = f"{HOME}{one.pk}/bang-anh-xa/"
    seen = _seen(_text(desk.get(address)))
    table = _table(
        ["Đổi tên", "LC-SP", None, "Tên mới"], ["Sáp nhập", "LC-BX"],
        ["Chia tách", "LC-SP-001", "LC-SP-002", None, None, None, "một nửa"], ["Nhảy múa", "LC"],
    )  # fmt: skip

    page = _text(desk.post(address, {"file": table, "how": "replace", "seen": seen}))

    assert "Đã đọc 4 dòng, 3 dòng có lỗi" in page
    for words in ("Dòng 3", "Dòng 4", "“một nửa” không phải là tỷ lệ", "Dòng 5"):
        assert words in page
    assert _operations(one) == [MERGE]


def test_a_file_that_is_no_table_is_refused_with_the_reason(desk: Client, organiser: Capacity) -> None:
    one = _draft(organiser, MERGE)
    address = f"{HOME}{one.pk}/bang-anh-xa/"

    page = _text(
        desk.post(
            address, {"file": SimpleUploadedFile("a.xlsx", b"\x00\x01\x02"), "how": "replace", "seen": "x"}
        )
    )

    assert "field--wrong" in page
    assert _operations(one) == [MERGE]


def test_the_template_is_what_the_reader_reads(desk: Client) -> None:
    response = desk.get(f"{HOME}tep-mau/")
    content = b"".join(response.streaming_content)

    assert response["Content-Disposition"].startswith("attachment")
    assert content[:2] == b"PK"


def test_a_large_batch_stays_small_on_the_screen(desk: Client, organiser: Capacity) -> None:
    new = [
        Found(unit=NewUnit(f"LC-N{number:03}", "grassroots_union", f"Cơ sở mới {number:03}", "LC-SP"))
        for number in range(120)
    ]
    one = _draft(organiser, *new)

    page, check = _text(desk.get(f"{HOME}{one.pk}/")), _text(desk.get(f"{HOME}{one.pk}/kiem-tra/"))

    assert page.count("Thành lập: ") == 50
    assert "Trang 1 trên 3" in page
    assert "Thành lập: 120" in check
    assert "và 108 đơn vị khác cũng thay đổi" in check
    assert "Trang 1 trên 3" in check
