"""The search page."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.documents.models import Document
from congdoan.search import actions
from congdoan.search.models import Pending
from tests.factories import DocumentFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def library(site):
    DocumentFactory(
        title="Nghị quyết về công tác dân vận", symbol="25-NQ/TW", slug="25", issued_on=date(2013, 6, 3)
    )
    DocumentFactory(
        title="Công đoàn với chuyển đổi số", slug="so", abstract="Kế hoạch của công đoàn <b>tỉnh</b>"
    )
    DocumentFactory(title="Dự thảo mật về nhân sự công đoàn", slug="mat", live=False)
    actions.rebuild()


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_reader_finds_a_document_without_diacritics_and_sees_the_original_words_marked(client, library):
    html = page(client, "/tim-kiem/?q=cong+doan")
    assert "<mark>Công đoàn</mark> với chuyển đổi số" in html
    assert "Kế hoạch của <mark>công đoàn</mark> &lt;b&gt;tỉnh" in html
    assert 'href="/van-ban/so/"' in html


def test_a_private_document_is_neither_shown_nor_counted(client, library):
    for words in ("cong+doan", "nhan+su", "du+thao+mat", "%22dự+thảo+mật%22"):
        html = page(client, f"/tim-kiem/?q={words}")
        assert "Dự thảo mật" not in html
        assert "/van-ban/mat/" not in html
    assert "1 kết quả" in page(client, "/tim-kiem/?q=%22cong+doan%22")


def test_a_document_made_private_is_gone_from_search_at_the_next_drain(client, library):
    document = Document.objects.get(slug="so")
    document.live = False
    document.save()
    assert Pending.objects.exists()
    actions.drain()
    assert "chuyển đổi số" not in page(client, "/tim-kiem/?q=chuyen+doi+so")


@pytest.mark.parametrize("typed", ["25-nq/tw", "25 NQ TW", "25- NQ/TW"])
def test_a_symbol_leads_to_its_document(client, library, typed):
    assert "/van-ban/25/" in client.get("/tim-kiem/", {"q": typed}).content.decode()


def test_the_page_says_what_to_do_when_there_is_no_question_no_answer_or_no_index(client, site):
    assert "Bạn muốn tìm gì?" in page(client, "/tim-kiem/")
    assert "Đang lập chỉ mục" in page(client, "/tim-kiem/?q=cong+doan")
    actions.rebuild()
    html = page(client, "/tim-kiem/?q=khongcogi")
    assert "Không tìm thấy “khongcogi”" in html
    assert 'href="/van-ban/"' in html


def test_english_readers_stay_in_english(client, library):
    html = page(client, "/en/tim-kiem/?q=chuyen+doi+so")
    assert 'href="/en/van-ban/so/"' in html


def test_robots_stay_outside(client, site):
    assert client.get("/tim-kiem/?q=x")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "address",
    [
        "?q=%00",
        "?q=%22%22%22",
        "?q=a&trang=99999999999999999999",
        "?q=cong+doan&trang=-1",
        "?q=cong+doan&trang=7",
        "?q=cong+doan&loai=%27",
        "?q=cong+doan&loai=document&trang=x",
        "?q=" + "x" * 10_000,
        "?q=%ff%fe",
        "?q=%F0%9F%98%80",
        "?q=NEAR(a+b)+OR+%22",
        "?q=<script>alert(1)</script>",
    ],
)
def test_no_address_fails(client, library, address):
    html = page(client, f"/tim-kiem/{address}")
    assert "<script>alert" not in html


def test_results_come_in_pages_that_keep_the_question(client, site):
    DocumentFactory.create_batch(40, abstract="Tuyên truyền")
    actions.rebuild()
    html = page(client, "/tim-kiem/?q=tuyen+truyen&loai=document&trang=2")
    assert "40 kết quả" in html
    assert "Trang 2 trên 3" in html
    assert "q=tuyen+truyen" in html
    assert page(client, "/tim-kiem/?q=tuyen+truyen&trang=50").count("document-row__title") == 10


def test_many_units_do_not_crowd_out_what_else_has_the_words(client, site):
    from tests.factories_organisation import plant

    schools = {
        f"LC-{n:03}": ("grassroots_union", "LC", f"Công đoàn cơ sở Trường Tiểu học số {n} Lào Cai")
        for n in range(20)
    }
    plant(
        {
            "VN": ("confederation", "", "Tổng Liên đoàn"),
            "LC": ("provincial_federation", "VN", "Liên đoàn Lao động tỉnh Lào Cai"),
            **schools,
        }
    )
    DocumentFactory(title="Báo cáo", slug="bao-cao", abstract="Kết quả của công đoàn tỉnh Lào Cai")
    actions.rebuild()

    html = page(client, "/tim-kiem/?q=cong+doan+lao+cai")
    assert 'href="/van-ban/bao-cao/"' in html
    assert html.count("/don-vi/LC") == 3
    assert "21 kết quả" in html
    assert html.index("/don-vi/LC") < html.index("/van-ban/bao-cao/")
    assert page(client, "/tim-kiem/?q=cong+doan+lao+cai&loai=unit").count('href="/don-vi/LC') == 15
    assert page(client, "/tim-kiem/?q=truong+tieu+hoc+so+7+lao+cai").count('href="/don-vi/LC-007/"') == 1
