"""What a visitor gets from the portal through the front application."""

from __future__ import annotations

import gzip

import brotli
import pytest

from congdoan.pages.models import SiteSettings
from tests.factories import make_article, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db):
    return make_article(title="Đối thoại ở Si Ma Cai")


def test_the_second_reader_gets_the_same_bytes_without_django(visitor, article):
    first = visitor.get(article.url)
    second = visitor.get(article.url)
    assert first.status == 200
    assert "Đối thoại ở Si Ma Cai" in first.text
    assert second.body == first.body
    assert visitor.times_rendered(article.url) == 1


def test_a_page_comes_in_the_shape_that_the_browser_accepts(visitor, article):
    plain = visitor.get(article.url)
    by_brotli = visitor.get(article.url, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    by_gzip = visitor.get(article.url, HTTP_ACCEPT_ENCODING="gzip")
    assert by_brotli.headers["content-encoding"] == "br"
    assert brotli.decompress(by_brotli.body) == plain.body
    assert gzip.decompress(by_gzip.body) == plain.body
    assert "content-encoding" not in plain.headers


def test_a_kept_page_keeps_its_headers_and_says_to_ask_again(visitor, article):
    visitor.get(article.url)
    headers = visitor.get(article.url).headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"
    assert headers["vary"] == "Accept-Encoding, Cookie"
    assert "set-cookie" not in headers


def test_a_browser_that_has_the_page_is_told_so(visitor, article):
    etag = visitor.get(article.url).headers["etag"]
    again = visitor.get(article.url, HTTP_IF_NONE_MATCH=etag)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert visitor.get(article.url, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_head_gives_the_headers_of_get(visitor, article):
    got = visitor.get(article.url)
    head = visitor.get(article.url, method="HEAD")
    assert head.status == 200
    assert head.body == b""
    assert head.headers == got.headers
    assert visitor.times_rendered(article.url) == 1


def test_who_is_signed_in_passes_by_the_cache(visitor, article):
    visitor.get(article.url)
    visitor.get(article.url, HTTP_COOKIE="bo_phieu=x; congdoan_session=abc")
    assert visitor.times_rendered(article.url) == 2


@pytest.mark.parametrize("cookie", ["bo_phieu=x", "congdoan_csrf=y; theme=dark"])
def test_any_other_cookie_changes_nothing(visitor, article, cookie):
    visitor.get(article.url)
    assert visitor.get(article.url, HTTP_COOKIE=cookie).status == 200
    assert visitor.times_rendered(article.url) == 1


def test_a_query_string_passes_by_the_cache(visitor, article):
    visitor.get(article.url)
    assert visitor.get(article.url, query="in=1").status == 200
    assert visitor.times_rendered(article.url) == 2


def test_a_post_passes_by_the_cache(visitor, article):
    visitor.get(article.url)
    visitor.get(article.url, method="POST")
    assert visitor.times_rendered(article.url) == 2


def test_nothing_that_one_visitor_sends_reaches_the_page_of_another(visitor, article):
    visitor.get(
        article.url,
        HTTP_HOST="localhost",
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_ACCEPT_LANGUAGE="en",
        HTTP_COOKIE="django_language=en; bo_phieu=stolen",
        HTTP_REFERER="https://evil.example/",
        HTTP_USER_AGENT="evil-agent",
        HTTP_HX_REQUEST="true",
    )
    kept = visitor.get(article.url).text
    assert "evil" not in kept
    assert "stolen" not in kept
    assert 'lang="vi"' in kept


def test_a_host_that_is_not_ours_is_refused_also_for_a_kept_page(visitor, article):
    visitor.get(article.url)
    refused = visitor.get(article.url, HTTP_HOST="evil.example")
    assert refused.status == 400
    assert "Đối thoại" not in refused.text


def test_english_is_kept_beside_vietnamese(visitor, article):
    vietnamese = visitor.get(article.url)
    english = visitor.get(f"/en{article.url}")
    assert 'lang="vi"' in vietnamese.text.split("<head")[0]
    assert 'lang="en"' in english.text.split("<head")[0]
    assert visitor.get(f"/en{article.url}").body == english.body
    assert visitor.times_rendered(f"/en{article.url}") == 1


def test_a_page_that_is_missing_is_told_each_time_and_not_kept(visitor, article):
    for _ in range(2):
        assert visitor.get("/khong-co/").status == 404
    assert visitor.times_rendered("/khong-co/") == 2
    assert "/khong-co/" not in visitor.cache.entries


def test_a_redirect_is_passed_on_and_not_kept(visitor, article):
    moved = visitor.get(article.url.rstrip("/"))
    assert moved.status == 301
    assert moved.headers["location"] == article.url
    assert article.url.rstrip("/") not in visitor.cache.entries


def test_the_sign_in_page_is_never_kept(visitor):
    make_site()
    assert visitor.get("/dang-nhap/").status == 200
    visitor.get("/dang-nhap/")
    assert visitor.times_rendered("/dang-nhap/") == 2


def test_robots_txt_is_kept_and_names_the_site_map(visitor):
    make_site()
    text = visitor.get("/robots.txt").text
    visitor.get("/robots.txt")
    assert "Disallow: /quan-tri/" in text
    assert "Sitemap: https://congdoan.example/sitemap.xml" in text
    assert visitor.times_rendered("/robots.txt") == 1


def test_where_base_url_is_not_allowed_pages_are_kept_under_an_allowed_host(visitor, article, settings):
    settings.BASE_URL = "http://0.0.0.0:8000"
    assert visitor.get(article.url).status == 200
    visitor.get(article.url)
    assert visitor.times_rendered(article.url) == 1


def test_where_no_host_is_known_nothing_is_kept_and_all_is_served(visitor, article, settings):
    settings.BASE_URL = "http://0.0.0.0:8000"
    settings.ALLOWED_HOSTS = [".example"]
    for _ in range(2):
        assert visitor.get(article.url, HTTP_HOST="www.example").status == 200
    assert visitor.times_rendered(article.url) == 2


def test_a_database_that_is_away_at_the_start_keeps_nothing(visitor, article, monkeypatch):
    from django.db import DatabaseError

    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(visitor.reader, "start", away)
    assert visitor.get(article.url).status == 200
    assert visitor.cache.entries == {}
    monkeypatch.undo()


def test_the_page_shows_the_settings_it_depends_on(visitor, article, django_capture_on_commit_callbacks):
    visitor.get(article.url)
    with django_capture_on_commit_callbacks(execute=True):
        site = SiteSettings.objects.first() or SiteSettings.for_site(article.get_site())
        site.name = "Liên đoàn Lao động tỉnh Lào Cai"
        site.save()
    visitor.front.renew()
    assert "Liên đoàn Lao động tỉnh Lào Cai" in visitor.get(article.url).text
