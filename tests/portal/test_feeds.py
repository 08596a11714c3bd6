"""Feeds and the site map."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.factories import DocumentFactory, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_address(settings):
    settings.BASE_URL = "https://congdoan.example"
    settings.ALLOWED_HOSTS = ["*"]


def test_the_feed_brings_the_newest_articles_with_whole_addresses(client):
    article = make_article(title="Đối thoại & lắng nghe", lead="Sapo.", author="Phương Anh")
    response = client.get("/rss.xml")
    item = ET.fromstring(response.content).find("channel/item")
    assert response["Content-Type"].startswith("application/rss+xml")
    assert item.findtext("title") == "Đối thoại & lắng nghe"
    assert item.findtext("description") == "Sapo."
    assert item.findtext("link") == f"https://congdoan.example{article.url}"


def test_the_feed_of_each_language_leads_to_the_site_in_that_language(client):
    article = make_article()
    for path, home in (("/rss.xml", "/"), ("/en/rss.xml", "/en/")):
        channel = ET.fromstring(client.get(path).content).find("channel")
        assert channel.findtext("link") == f"https://congdoan.example{home}"
        page = client.get(home.removesuffix("/") + article.url).text
        assert f'<a href="{path}">RSS</a>' in page


def test_a_forged_host_gets_into_neither_feed_nor_site_map(client):
    make_article()
    for path in ("/rss.xml", "/sitemap.xml"):
        response = client.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in response.text
        assert "congdoan.example" in response.text


def test_the_site_map_lists_english_only_where_there_is_some(client):
    plain = make_article(title="Chỉ tiếng Việt")
    both = make_article(
        title="Hai thứ tiếng", title_en="Both", body_en='[{"type": "paragraph", "value": "<p>Text</p>"}]'
    )
    document = DocumentFactory()
    hidden = DocumentFactory(live=False)

    text = client.get("/sitemap.xml").text

    assert f"<loc>https://congdoan.example{plain.url}</loc>" in text
    assert f"https://congdoan.example/en{plain.url}" not in text
    assert f"<loc>https://congdoan.example/en{both.url}</loc>" in text
    assert document.get_absolute_url() in text
    assert hidden.get_absolute_url() not in text
