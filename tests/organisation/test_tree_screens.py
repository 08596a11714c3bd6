"""Units on the desk: who sees which, and what they may do there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.audit.models import Entry
from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Dissolve, Found, NewUnit
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
TREE = "/lam-viec/to-chuc/"


def _as(client: Client, role: str, unit: Unit) -> Client:
    client.force_login(acting(role, unit).user)  # type: ignore[arg-type]  # acting makes a user
    return client


def _text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_visitor_signs_in_first(client: Client, tree: dict[str, Unit]) -> None:
    for address in (TREE, f"{TREE}don-vi/LC/", f"{TREE}sap-xep/", f"{TREE}nhap-xuat/", f"{TREE}goi-y/"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/dang-nhap/")


def test_an_officer_sees_the_tree_below_their_unit_and_no_other(
    client: Client, tree: dict[str, Unit]
) -> None:
    page = _text(_as(client, Role.ORGANISER, tree["LC"]).get(TREE))

    assert "Liên đoàn Lao động huyện Sa Pa" in page
    assert "Yên Bái" not in page
    assert "Công đoàn cơ sở: 3" in page


def test_an_officer_of_another_province_finds_no_such_unit(client: Client, tree: dict[str, Unit]) -> None:
    client = _as(client, Role.ORGANISER, tree["YB"])

    for tail in ("", "truc-thuoc/", "lien-he/"):
        assert client.get(f"{TREE}don-vi/LC-SP/{tail}").status_code == 404
    assert "Sa Pa" not in _text(client.get(TREE, {"q": "sa pa"}))
    assert client.get(f"{TREE}don-vi/YB-NL/").status_code == 200


def test_whoever_sees_a_unit_but_may_not_edit_it_is_refused(client: Client, tree: dict[str, Unit]) -> None:
    chair = _as(client, Role.CHAIR, tree["LC-SP-001"])
    assert chair.get(f"{TREE}don-vi/LC-SP-001/lien-he/").status_code == 200

    middle = _as(Client(), Role.MIDDLE, tree["LC-SP"])
    assert middle.get(f"{TREE}don-vi/LC-SP/").status_code == 200
    assert middle.get(f"{TREE}don-vi/LC-SP/lien-he/").status_code == 403, "below only, never the own unit"
    assert "Sửa liên hệ" not in _text(middle.get(f"{TREE}don-vi/LC-SP/"))

    statistics = _as(Client(), Role.STATISTICS, tree["LC"])
    for address in ("don-vi/LC-SP/lien-he/", "sap-xep/", "goi-y/"):
        assert statistics.get(TREE + address).status_code == 403, address


def test_contacts_are_saved_with_the_capacity_in_the_trail(client: Client, tree: dict[str, Unit]) -> None:
    client = _as(client, Role.ORGANISER, tree["LC"])
    typed = {"address": "Số 1 đường Thác Bạc", "phone": "0214 3871 000", "email": "khong phai thu"}

    page = _text(client.post(f"{TREE}don-vi/LC-SP/lien-he/", typed))
    assert "Số 1 đường Thác Bạc" in page, "what was typed stays"
    tree["LC-SP"].refresh_from_db()
    assert tree["LC-SP"].address == ""

    response = client.post(f"{TREE}don-vi/LC-SP/lien-he/", typed | {"email": "sapa@example.vn"})
    assert response["Location"] == f"{TREE}don-vi/LC-SP/"
    tree["LC-SP"].refresh_from_db()
    assert (tree["LC-SP"].address, tree["LC-SP"].email) == ("Số 1 đường Thác Bạc", "sapa@example.vn")
    entry = Entry.objects.get(verb="unit.edited")
    assert "cán bộ tổ chức" in entry.capacity_text


def test_the_list_filters_by_kind_and_by_status(client: Client, tree: dict[str, Unit]) -> None:
    plant_operations([Dissolve(unit="LC-SP-002", on=date(2022, 1, 1))], on=date(2022, 1, 1), note="giải thể")
    client = _as(client, Role.ORGANISER, tree["LC"])

    base = _text(client.get(TREE, {"loai": "grassroots_union"}))
    ended = _text(client.get(TREE, {"trang_thai": "ended"}))
    found = _text(client.get(TREE, {"q": "tho cam", "trang_thai": "ended"}))

    assert "Hoa Đào" in base
    assert "Thổ cẩm" not in base
    assert "huyện Sa Pa</a>" not in base
    assert "Thổ cẩm" in ended
    assert "Hoa Đào" not in ended
    assert "Đã kết thúc" in found
    assert "Không có đơn vị nào khớp" in _text(client.get(TREE, {"q": "tàu điện ngầm"}))


def test_the_unit_page_of_an_ended_unit_leads_to_its_heir(client: Client, tree: dict[str, Unit]) -> None:
    plant_operations([Dissolve(unit="LC-SP-002", on=date(2022, 1, 1))], on=date(2022, 1, 1), note="giải thể")

    page = _text(_as(client, Role.ORGANISER, tree["LC"]).get(f"{TREE}don-vi/LC-SP-002/"))

    assert "Nay thay bằng" in page
    assert 'href="/don-vi/LC-SP/"' in page
    assert "Chuẩn bị sắp xếp" not in page, "nothing more can happen to it"


def test_suggestions_are_options_of_units_in_reach(client: Client, tree: dict[str, Unit]) -> None:
    client = _as(client, Role.ORGANISER, tree["LC"])

    found = _text(client.get(f"{TREE}goi-y/", {"into": "sa pa"}, HTTP_HX_TRIGGER_NAME="into"))

    assert '<option value="LC-SP">Liên đoàn Lao động huyện Sa Pa</option>' in found
    assert "option" not in _text(client.get(f"{TREE}goi-y/", {"q": "nghia lo"})), "another province's unit"
    assert "option" not in _text(client.get(f"{TREE}goi-y/"))


def test_a_day_that_cannot_be_read_is_told(client: Client, tree: dict[str, Unit]) -> None:
    assert "Chưa đọc được ngày" in _text(
        _as(client, Role.ORGANISER, tree["LC"]).get(TREE, {"ngay": "hôm kia"})
    )


@pytest.mark.parametrize("address", [TREE, f"{TREE}?mo=LC-SP", f"{TREE}?q=co+so", f"{TREE}don-vi/LC-SP/"])
def test_as_many_queries_for_three_units_as_for_sixty(
    client: Client, tree: dict[str, Unit], address: str
) -> None:
    client = _as(client, Role.ORGANISER, tree["LC"])

    def grow(first: int, last: int) -> None:
        new = [
            Found(
                unit=NewUnit(code=f"LC-SP-Y{n}", kind="grassroots_union", parent="LC-SP", name=f"Cơ sở Y{n}")
            )
            for n in range(first, last)
        ]
        plant_operations(new, on=date(2016, 1, 1), note="thêm")

    grow(0, 1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    grow(1, 60)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)
