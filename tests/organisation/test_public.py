"""The organisation for everybody: the tree on any day, one unit and its story, and nothing of a person but the post."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Part,
    Rename,
    Split,
)
from congdoan.organisation.models import Department, Unit
from congdoan.organisation.search_sources import all_keys, documents
from congdoan.search.models import Pending
from tests.factories_organisation import MandateFactory, OfficerFactory, PositionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def _grow(count: int, parent: str = "LC-SP", *, on: date = date(2015, 1, 1)) -> None:
    plant_operations(
        [
            Found(
                unit=NewUnit(
                    code=f"{parent}-X{number:04}",
                    kind="grassroots_union",
                    parent=parent,
                    name=f"Cơ sở {number:04}",
                )
            )
            for number in range(count)
        ],
        on=on,
        note="thêm",
    )


def _text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_front_page_shows_the_federation_as_a_picture_and_as_a_list(
    client: Client, tree: dict[str, Unit]
) -> None:
    Department.objects.create(unit=tree["LC"], code="vp", name="Văn phòng", valid_from=date(2014, 1, 1))

    page = _text(client.get("/don-vi/"))

    picture = page[page.index('<svg class="org-chart__picture"') :].partition("</svg>")[0]
    assert "Lào Cai" in picture
    assert "Văn phòng" in picture
    assert 'href="/don-vi/LC-SP/"' in picture
    assert "Liên đoàn Lao động tỉnh Yên Bái" in page
    assert "Liên đoàn Lao động huyện Bát Xát" in page


def test_without_a_tree_the_page_says_so(client: Client, db: None) -> None:
    assert "Chưa có đơn vị nào vào ngày này" in _text(client.get("/don-vi/"))


@pytest.mark.parametrize("text", ["hoa dao", "HOA ĐÀO", "lc-sp-001"])
def test_a_unit_is_found_without_diacritics_and_by_code(
    client: Client, tree: dict[str, Unit], text: str
) -> None:
    page = _text(client.get("/don-vi/", {"q": text}))

    assert "Công đoàn cơ sở Trường Mầm non Hoa Đào" in page
    assert "Liên đoàn Lao động huyện Sa Pa" in page, "the unit above says which one it is"
    assert "Mường Hum" not in page


def test_nothing_found_says_what_to_try(client: Client, tree: dict[str, Unit]) -> None:
    assert "Không có đơn vị nào khớp" in _text(client.get("/don-vi/", {"q": "tàu điện ngầm"}))


def test_a_branch_opens_without_scripts_and_by_htmx(client: Client, tree: dict[str, Unit]) -> None:
    whole = _text(client.get("/don-vi/", {"mo": "LC-SP"}))
    part = _text(client.get("/don-vi/LC-SP/truc-thuoc/", **HTMX))

    assert "Trường Mầm non Hoa Đào" in whole
    assert "Trạm Y tế xã Mường Hum" not in whole, "the other branch stays closed"
    assert "Trường Mầm non Hoa Đào" in part
    assert "<html" not in part
    assert client.get("/don-vi/LC-SP/truc-thuoc/")["Location"] == "/don-vi/?mo=LC-SP"


def test_a_branch_of_thousands_comes_in_pages(client: Client, tree: dict[str, Unit]) -> None:
    _grow(120)

    first = _text(client.get("/don-vi/LC-SP/truc-thuoc/", **HTMX))
    last = _text(client.get("/don-vi/LC-SP/truc-thuoc/", {"trang": 3}, **HTMX))

    assert first.count('class="tree__node"') == 50
    assert "(còn 72)" in first
    assert last.count('class="tree__node"') == 22
    assert "Xem thêm" not in last
    assert _text(client.get("/don-vi/", {"mo": "LC-SP", "trang": 3})).count("Cơ sở 01") > 0


def test_a_unit_open_on_a_later_page_of_its_branch_is_still_shown(
    client: Client, tree: dict[str, Unit]
) -> None:
    _grow(60, on=date(2015, 1, 1))

    page = _text(client.get("/don-vi/", {"mo": "LC-SP-X0059"}))

    assert "Cơ sở 0059" in page
    assert "Cơ sở 0055" not in page, "it stands on the second page with this one"


@pytest.mark.parametrize("address", ["/don-vi/", "/don-vi/?mo=LC-SP", "/don-vi/LC-SP/", "/don-vi/?q=co+so"])
def test_as_many_queries_for_three_units_as_for_sixty(
    client: Client, tree: dict[str, Unit], address: str
) -> None:
    _grow(1)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    plant_operations(
        [
            Found(
                unit=NewUnit(code=f"LC-SP-Y{n}", kind="grassroots_union", parent="LC-SP", name=f"Cơ sở Y{n}")
            )
            for n in range(57)
        ],
        on=date(2016, 1, 1),
        note="thêm",
    )
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few), "\n".join(query["sql"][:160] for query in many.captured_queries)


def test_the_tree_of_another_day_has_the_units_and_names_of_that_day(
    client: Client, tree: dict[str, Unit]
) -> None:
    plant_operations(
        [
            Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Sa Pa", on=date(2020, 1, 1)),
            Merge(sources=("LC-BX",), into="LC-SP", on=date(2021, 1, 1)),
        ],
        on=date(2020, 1, 1),
        note="đổi",
    )

    today = _text(client.get("/don-vi/"))
    then = _text(client.get("/don-vi/", {"ngay": "31/12/2019"}))
    iso = _text(client.get("/don-vi/", {"ngay": "2019-12-31"}))

    assert "thị xã Sa Pa" in today
    assert "Bát Xát" not in today
    for page in (then, iso):
        assert "huyện Sa Pa" in page
        assert "Bát Xát" in page
        assert "vào ngày 31/12/2019" in page
        assert 'href="/don-vi/LC-SP/?ngay=2019-12-31"' in page, "the day goes along"


def test_a_day_that_cannot_be_read_is_named_and_kept(client: Client, tree: dict[str, Unit]) -> None:
    page = _text(client.get("/don-vi/", {"ngay": "31/02/2019"}))

    assert 'value="31/02/2019"' in page
    assert "field--wrong" in page
    assert _text(client.get("/don-vi/", {"ngay": "01/01/0001"})).count("1900") == 1


def test_leaders_are_shown_with_their_terms_and_without_their_phone(
    client: Client, tree: dict[str, Unit]
) -> None:
    chair = PositionFactory(code="chu-tich", name="Chủ tịch", role="leader", is_leadership=True)
    clerk = PositionFactory(code="can-bo", name="Cán bộ thống kê", role="statistics", is_leadership=False)
    leader = OfficerFactory(
        last_name="Sùng Seo",
        first_name="Lử",
        phone="+84912345678",
        email="rieng@example.vn",
        staff_code="CB-77",
    )
    MandateFactory(
        unit=tree["LC"],
        position=chair,
        officer=leader,
        valid_from=date(2018, 5, 1),
        valid_to=date(2099, 5, 1),
    )
    MandateFactory(
        unit=tree["LC"], position=clerk, officer=OfficerFactory(last_name="Vàng Thị", first_name="Sua")
    )
    MandateFactory(
        unit=tree["LC"], position=chair, officer=OfficerFactory(last_name="Tẩn Láo", first_name="Tả"),
        valid_from=date(2014, 1, 1), valid_to=date(2018, 5, 1),
    )  # fmt: skip

    page = _text(client.get("/don-vi/LC/"))

    assert "Sùng Seo Lử" in page
    assert "từ 01/05/2018 đến hết 30/04/2099" in page
    for secret in ("912345678", "rieng@example.vn", "CB-77", "Vàng Thị Sua", "Tẩn Láo Tả"):
        assert secret not in page
    assert "Tẩn Láo Tả" in _text(client.get("/don-vi/LC/", {"ngay": "30/04/2018"}))


def test_a_unit_shows_contacts_path_and_what_is_below(client: Client, tree: dict[str, Unit]) -> None:
    Unit.objects.filter(code="LC-SP").update(
        address="Số 1 đường Thác Bạc", phone="0214 3871 000", email="sapa@example.vn"
    )

    page = _text(client.get("/don-vi/LC-SP/"))

    assert "Số 1 đường Thác Bạc" in page
    assert "tel:02143871000" in page
    assert "Trường Mầm non Hoa Đào" in page
    assert page.index("Tổng Liên đoàn") < page.index("Liên đoàn Lao động tỉnh Lào Cai") < page.index("<h1>")


def test_codes_are_read_without_case_and_unknown_ones_are_not_found(
    client: Client, tree: dict[str, Unit]
) -> None:
    assert client.get("/don-vi/lc-sp/")["Location"] == "/don-vi/LC-SP/"
    assert client.get("/don-vi/KHONG-CO/").status_code == 404
    assert client.get("/don-vi/KHONG-CO/truc-thuoc/", **HTMX).status_code == 404


def test_the_story_of_a_unit_tells_what_happened_to_it_and_to_those_around_it(
    client: Client, tree: dict[str, Unit]
) -> None:
    decision = Decision("214/QĐ-LĐLĐ", date(2019, 12, 20), "LĐLĐ tỉnh Lào Cai")
    plant_operations(
        [
            Rename(unit="LC-SP-001", name="Công đoàn cơ sở Trường Mầm non Hoa Ban", on=date(2020, 1, 1), decision=decision),
            Merge(sources=("LC-BX",), into="LC-SP", on=date(2021, 1, 1)),
            Move(unit="LC-SP-001", parent="LC", on=date(2022, 1, 1), reason="Theo ngành"),
            Split(
                source="LC-SP-002", on=date(2023, 1, 1),
                parts=(Part(share=625_000, into="LC-SP-001"), Part(share=375_000, into="LC-BX-001")),
            ),
        ],
        on=date(2020, 1, 1),
        note="đổi",
    )  # fmt: skip

    school = _text(client.get("/don-vi/LC-SP-001/"))
    station = _text(client.get("/don-vi/LC-BX-001/"))
    district = _text(client.get("/don-vi/LC-SP/"))
    ended = _text(client.get("/don-vi/LC-SP-002/"))
    merged = _text(client.get("/don-vi/LC-BX/"))

    assert "Đổi tên thành Công đoàn cơ sở Trường Mầm non Hoa Ban" in school
    assert "Quyết định 214/QĐ-LĐLĐ ngày 20/12/2019 của LĐLĐ tỉnh Lào Cai" in school
    assert "Trước đó là Công đoàn cơ sở Trường Mầm non Hoa Đào" in school
    assert "Chuyển về trực thuộc Liên đoàn Lao động tỉnh Lào Cai" in school
    assert "Lý do: Theo ngành" in school
    assert "Nhận một phần của Công đoàn cơ sở Hợp tác xã" in school
    assert "Chuyển về trực thuộc Liên đoàn Lao động huyện Sa Pa" in station, "it followed its parent"
    assert "Nhận sáp nhập Liên đoàn Lao động huyện Bát Xát" in district
    assert "Sáp nhập vào Liên đoàn Lao động huyện Sa Pa" in merged
    assert "ngày cuối cùng là 31/12/2020" in merged
    assert "Chia tách thành 2 đơn vị" in ended
    assert "62,5 %" in ended
    assert 'href="/don-vi/LC-BX-001/"' in ended
    assert "kết thúc hoạt động" not in _text(client.get("/don-vi/LC-BX/", {"ngay": "31/12/2020"}))


def test_a_dissolved_unit_leads_to_who_stands_for_it(client: Client, tree: dict[str, Unit]) -> None:
    plant_operations([Dissolve(unit="LC-SP-001", on=date(2022, 1, 1))], on=date(2022, 1, 1), note="giải thể")

    page = _text(client.get("/don-vi/LC-SP-001/"))

    note = page[page.index("Nay thay bằng") :][:300]
    assert "Liên đoàn Lao động huyện Sa Pa" in note


def test_a_unit_that_is_not_founded_yet_says_from_when(client: Client, tree: dict[str, Unit]) -> None:
    _grow(1, on=date(2098, 7, 1))

    assert "Đơn vị này được thành lập từ ngày 01/07/2098" in _text(client.get("/don-vi/LC-SP-X0000/"))
    assert "dự kiến" in _text(client.get("/don-vi/LC-SP-X0000/"))


def test_english_pages_carry_english_names(client: Client, tree: dict[str, Unit]) -> None:
    plant_operations(
        [
            Rename(
                unit="LC",
                name="Liên đoàn Lao động tỉnh Lào Cai",
                name_en="Lao Cai Labour Federation",
                on=date(2016, 1, 1),
            )
        ],
        on=date(2016, 1, 1),
        note="tên tiếng Anh",
    )

    page = _text(client.get("/en/don-vi/"))

    assert "Lao Cai Labour Federation" in page
    assert 'href="/en/don-vi/LC/"' in page
    assert "District labour federation" in _text(client.get("/en/don-vi/LC-SP/"))


def test_units_are_found_by_the_search_of_the_site_by_any_name_they_had(tree: dict[str, Unit]) -> None:
    plant_operations(
        [Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Sa Pa", on=date(2020, 1, 1))],
        on=date(2020, 1, 1),
        note="đổi",
    )
    noted = set(Pending.objects.filter(kind="unit").values_list("key", flat=True))
    assert {str(unit.pk) for unit in tree.values()} <= noted, "planting notes every unit"

    found = {text.key: text for text in documents([str(tree["LC-SP"].pk), str(tree["LC-BX"].pk)])}

    assert set(all_keys()) == {str(unit.pk) for unit in tree.values()}
    text = found[str(tree["LC-SP"].pk)]
    assert text.title == "Liên đoàn Lao động thị xã Sa Pa"
    assert "huyện Sa Pa" in text.context
    assert "Lào Cai" in text.context
    assert (text.symbol, text.url) == ("LC-SP", "/don-vi/LC-SP/")
