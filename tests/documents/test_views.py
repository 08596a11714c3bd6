"""The public library."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.search import actions as search
from tests.factories import DocumentFactory, DocumentKindFactory, FileFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    make_site()
    resolution = DocumentKindFactory(
        code="resolution", name="Nghị quyết", name_en="Resolution", abbreviation="NQ"
    )
    plan = DocumentKindFactory(code="plan", name="Kế hoạch", name_en="Plan", abbreviation="KH")
    DocumentFactory(
        title="Nghị quyết về công tác dân vận",
        slug="dan-van",
        symbol="25-NQ/TW",
        kind=resolution,
        issuer="Ban Chấp hành Trung ương Đảng khoá XI",
        issued_on=date(2013, 6, 3),
        signer="Nguyễn Văn A",
        file=FileFactory(),
    )
    DocumentFactory(
        title="An toàn, vệ sinh lao động",
        slug="atvsld",
        symbol="05/KH-LĐLĐ",
        kind=plan,
        issuer="LĐLĐ tỉnh Lào Cai",
        issued_on=date(2026, 1, 5),
    )
    DocumentFactory(
        title="Kế hoạch nhân sự mật",
        slug="mat",
        kind=plan,
        issuer="Cơ quan bí mật",
        issued_on=date(1999, 1, 1),
        live=False,
    )
    search.rebuild()


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_each_document_with_its_facts_newest_first(client, library):
    html = page(client, "/van-ban/")
    for words in ("2 văn bản", "25-NQ/TW", "03/06/2013", "Nghị quyết", "Ban Chấp hành Trung ương", "PDF"):
        assert words in html, words
    assert html.index("/van-ban/atvsld/") < html.index("/van-ban/dan-van/")


def test_a_private_document_is_in_no_list_no_count_no_filter_no_search_and_has_no_page(client, library):
    for address in ("/van-ban/", "/van-ban/?q=nhan+su+mat", "/van-ban/?q=ke+hoach", "/van-ban/?nam=1999"):
        html = page(client, address)
        assert "nhân sự mật" not in html, address
        assert "Cơ quan bí mật" not in html, address
        assert "1999" not in html.replace("nam=1999", ""), address
    page(client, "/van-ban/mat/", status=404)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("loai=resolution", ["dan-van"]),
        ("nam=2026", ["atvsld"]),
        ("co-quan=L%C4%90L%C4%90+t%E1%BB%89nh+L%C3%A0o+Cai", ["atvsld"]),
        ("loai=resolution&nam=2026", []),
        ("q=dan+van", ["dan-van"]),
        ("q=25+nq+tw", ["dan-van"]),
        ("q=5/kh-ldld", ["atvsld"]),
        ("q=cong+tac&loai=plan", []),
        ("sap-xep=cu", ["dan-van", "atvsld"]),
        ("loai=nonsense&nam=x&trang=zzz", ["atvsld", "dan-van"]),
        ("q=%00%22&trang=-5", []),
    ],
)
def test_search_filters_and_order_stand_in_the_address(client, library, query, slugs):
    html = page(client, f"/van-ban/?{query}")
    found = [slug for slug in ("dan-van", "atvsld") if f'href="/van-ban/{slug}/"' in html]
    assert sorted(found) == sorted(slugs)
    if len(slugs) == 2:
        assert html.index(f"/van-ban/{slugs[0]}/") < html.index(f"/van-ban/{slugs[1]}/")
    if not slugs:
        assert "Không tìm thấy văn bản nào" in html


def test_what_was_found_is_marked(client, library):
    assert "<mark>dân vận</mark>" in page(client, "/van-ban/?q=dan+van")


def test_an_empty_library_says_so(client):
    make_site()
    assert "Chưa có văn bản nào" in page(client, "/van-ban/")


def test_the_list_still_works_while_the_index_is_being_built(client, library, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "elsewhere"
    assert "Đang lập chỉ mục" in page(client, "/van-ban/?q=dan+van")
    assert "2 văn bản" in page(client, "/van-ban/")


@pytest.mark.parametrize("address", ["/van-ban/", "/van-ban/?q=tuyen+truyen"])
def test_a_page_asks_as_few_questions_for_three_documents_as_for_twenty(
    client, address, django_assert_max_num_queries
):
    make_site()
    counts = []
    for more in (3, 17):
        DocumentFactory.create_batch(more, abstract="Tuyên truyền", file=FileFactory())
        search.rebuild()
        page(client, address)
        with django_assert_max_num_queries(10) as queries:
            page(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_document_tells_everything_and_how_to_cite_it(client, library):
    html = page(client, "/van-ban/dan-van/")
    for words in (
        "Nghị quyết về công tác dân vận",
        "25-NQ/TW",
        "Nguyễn Văn A",
        "Tải về",
        "Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013 của Ban Chấp hành Trung ương Đảng khoá XI: về công tác dân vận",
    ):
        assert words in html, words


def test_a_document_without_a_file_says_so(client, library):
    assert "Thư viện chưa có tệp" in page(client, "/van-ban/atvsld/")


def test_english_readers_get_english_words_around_the_vietnamese_title(client, library):
    html = page(client, "/en/van-ban/dan-van/")
    assert "Resolution" in html
    assert 'lang="vi"' in html


def test_pages_keep_the_filters(client):
    make_site()
    DocumentFactory.create_batch(45)
    html = page(client, "/van-ban/?loai=plan&trang=2")
    assert "Trang 2 trên 3" in html
    assert "loai=plan&amp;trang=3" in html
