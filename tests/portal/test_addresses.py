"""Addresses stay what they are, whatever happens to categories and titles."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect

from congdoan.portal.models import CategoryPage, NewsIndexPage
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db


def test_an_address_has_no_diacritics():
    article = make_article(title="Hội nghị cán bộ công đoàn: Đổi mới nội dung, phương thức hoạt động")
    assert article.url == (
        "/tin-tuc/hoat-dong-cong-doan/hoi-nghi-can-bo-cong-doan-doi-moi-noi-dung-phuong-thuc-hoat-dong/"
    )


def test_a_category_below_another_keeps_only_its_own_slug(client):
    parent = make_category("Hoạt động công đoàn")
    department = make_category("Ban Tuyên giáo NC", parent=parent)
    article = make_article(department, title="Kết quả sáu năm")

    assert department.url == "/tin-tuc/ban-tuyen-giao-nc/"
    assert article.url == "/tin-tuc/ban-tuyen-giao-nc/ket-qua-sau-nam/"
    assert client.get(department.url).status_code == 200
    assert client.get(article.url).status_code == 200


def test_the_long_address_leads_to_the_short_one(client):
    parent = make_category("Hoạt động công đoàn")
    department = make_category("Ban Tuyên giáo NC", parent=parent)
    article = make_article(department, title="Kết quả sáu năm")

    for long, short in (
        ("/tin-tuc/hoat-dong-cong-doan/ban-tuyen-giao-nc/", department.url),
        ("/tin-tuc/hoat-dong-cong-doan/ban-tuyen-giao-nc/ket-qua-sau-nam/", article.url),
    ):
        response = client.get(long)
        assert (response.status_code, response.headers["Location"]) == (301, short)


def test_an_article_keeps_its_address_when_its_category_moves_below_another(client):
    department = make_category("Ban Tuyên giáo NC")
    article = make_article(department, title="Kết quả sáu năm")
    before = article.url

    department.move(make_category("Hoạt động công đoàn"), pos="last-child")

    article.refresh_from_db()
    assert article.url == before
    assert client.get(before).status_code == 200


def test_an_article_is_not_found_under_another_category(client):
    make_category("Thi đua, khen thưởng")
    article = make_article(make_category("Đời sống"), title="Bữa ăn ca")
    assert client.get("/tin-tuc/thi-dua-khen-thuong/bua-an-ca/").status_code == 404
    assert client.get(article.url).status_code == 200


@pytest.mark.parametrize("path", ["khong-co/", "hoat-dong-cong-doan/khong-co/", "hoat-dong-cong-doan/x/y/z/"])
def test_what_is_not_there_is_not_found(client, path):
    make_category("Hoạt động công đoàn")
    assert client.get(f"/tin-tuc/{path}").status_code == 404


def test_a_draft_is_not_found(client):
    article = make_article(publish=False, title="Bí mật")
    assert client.get(article.url).status_code == 404


def test_an_article_in_an_unpublished_category_is_not_found(client):
    category = make_category("Nội bộ")
    article = make_article(category)
    category.unpublish()
    assert client.get(article.url).status_code == 404
    for path in ("/", "/tin-tuc/", "/rss.xml"):
        assert article.title not in client.get(path).text


def test_two_categories_cannot_share_an_address():
    make_category("Nữ công", parent=make_category("Hoạt động"))
    with pytest.raises(ValidationError, match="nu-cong"):
        make_category("Nữ công")


def test_two_articles_of_the_same_title_get_two_addresses():
    first, second = make_article(), make_article()
    assert first.slug != second.slug


def test_an_old_address_redirects_to_the_new_one(client, django_capture_on_commit_callbacks):
    article = make_article(title="Tên cũ")
    old = article.url
    with django_capture_on_commit_callbacks(execute=True):
        article.slug = "ten-moi"
        article.save_revision().publish()

    response = client.get(old)

    assert Redirect.objects.exists()
    assert response.status_code == 301
    assert response.headers["Location"].endswith("/tin-tuc/hoat-dong-cong-doan/ten-moi/")


def test_english_stands_under_en_with_the_same_path(client):
    article = make_article(title="Đối thoại")
    with translation.override("en"):
        assert article.url == f"/en{article.specific.url_path.removeprefix('/trang-chu')}"
    assert client.get("/en/tin-tuc/hoat-dong-cong-doan/doi-thoai/").status_code == 200


def test_neither_cookie_nor_header_changes_the_language(client):
    make_article()
    client.cookies["django_language"] = "en"
    response = client.get("/tin-tuc/", headers={"Accept-Language": "en"})
    assert '<html lang="vi"' in response.text


def test_the_tree_stays_whole_when_a_category_is_renamed(client):
    parent = make_category("Hoạt động công đoàn")
    department = make_category("Ban Tuyên giáo NC", parent=parent)
    article = make_article(department, title="Kết quả")

    parent.slug = "hoat-dong"
    parent.save_revision().publish()

    article.refresh_from_db()
    assert article.url_path == "/trang-chu/tin-tuc/hoat-dong/ban-tuyen-giao-nc/ket-qua/"
    assert article.url == "/tin-tuc/ban-tuyen-giao-nc/ket-qua/"
    assert client.get(article.url).status_code == 200
    assert CategoryPage.objects.descendant_of(NewsIndexPage.objects.get()).count() == 2
