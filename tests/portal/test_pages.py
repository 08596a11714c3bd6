"""What readers see on the pages of the portal."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from congdoan.pages.models import Fact, MenuEntry, SiteSettings, WebLink
from congdoan.portal.models import ArticlePage, HomePage, NewsIndexPage, RelatedArticle
from tests.factories import (
    DocumentFactory,
    FileFactory,
    PictureFactory,
    make_article,
    make_category,
    make_site,
)

pytestmark = pytest.mark.django_db


def body(*blocks):
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def test_an_empty_site_says_so_and_does_not_break(client):
    make_site()
    for path in ("/", "/tin-tuc/", "/en/", "/en/tin-tuc/"):
        assert client.get(path).status_code == 200
    assert "Chưa có bài nào" in client.get("/").text
    assert "No articles yet" in client.get("/en/").text


def test_the_front_page_leads_with_the_chosen_story_else_with_the_newest(client):
    first = make_article(title="Bài cũ", dated=timezone.now() - timedelta(days=9))
    make_article(title="Bài mới")
    lead = re.compile(r'story--lead.*?story__title"><a[^>]*>([^<]+)', re.DOTALL)

    assert lead.search(client.get("/").text).group(1) == "Bài mới"

    home = HomePage.objects.get()
    home.lead_story = first
    home.save_revision().publish()
    assert lead.search(client.get("/").text).group(1) == "Bài cũ"


def test_a_story_stands_only_once_on_the_front_page(client):
    for number in range(30):
        make_article(make_category(f"Mục {number}") if number < 3 else None, title=f"Bài số {number:02d}.")
    text = client.get("/").text
    titles = re.findall(r'story__title"><a[^>]*>(Bài số \d\d\.)<', text)
    assert len(titles) == len(set(titles)) > 6


def test_drafts_stand_in_no_list(client):
    make_article(title="Bài công khai", tags=["đối thoại"])
    make_article(title="Bài mật", publish=False, tags=["đối thoại"])
    for path in (
        "/",
        "/tin-tuc/",
        "/tin-tuc/hoat-dong-cong-doan/",
        "/rss.xml",
        "/sitemap.xml",
        "/the/doi-thoai/",
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert "Bài mật" not in response.text
        assert "bai-mat" not in response.text


def test_articles_of_a_category_include_those_of_categories_below(client):
    parent = make_category("Hoạt động công đoàn")
    make_article(make_category("Ban Tuyên giáo NC", parent=parent), title="Tin của ban")
    assert "Tin của ban" in client.get(parent.url).text


def test_lists_are_paged_and_a_page_beyond_the_end_is_the_last(client):
    category = make_category()
    for number in range(13):
        make_article(category, title=f"Tin {number}.", dated=timezone.now() - timedelta(days=number))
    assert "Tin 12." not in client.get(category.url).text
    assert "Tin 12." in client.get(f"{category.url}?trang=2").text
    assert "Tin 12." in client.get(f"{category.url}?trang=99").text
    assert client.get(f"{category.url}?trang=abc").status_code == 200


def test_an_article_shows_byline_time_sources_tags_and_other_news(client):
    category = make_category()
    make_article(category, title="Tin khác")
    article = make_article(
        category,
        title="Đối thoại",
        author="Phương Anh",
        organisation="LĐLĐ tỉnh",
        sources="Báo Lào Cai\nhttps://example.org/bai",
        dated=datetime(2019, 10, 7, 8, 5, tzinfo=timezone.get_default_timezone()),
        tags=["Đối thoại tại nơi làm việc"],
    )
    text = client.get(article.url).text
    for expected in (
        "Phương Anh (LĐLĐ tỉnh)",
        "08:05, 07/10/2019",
        "Báo Lào Cai",
        'href="https://example.org/bai"',
        'href="/the/doi-thoai-tai-noi-lam-viec/"',
        "Tin khác",
    ):
        assert expected in text


def test_a_date_known_only_by_its_latest_day_says_so(client):
    article = make_article(
        dated=datetime(2019, 10, 17, 23, 59, tzinfo=timezone.get_default_timezone()),
        date_precision=ArticlePage.DatePrecision.NOT_LATER,
    )
    assert "Đăng không muộn hơn ngày 17/10/2019" in client.get(article.url).text


def test_a_long_text_has_contents_that_lead_to_its_headings(client):
    headings = ["Kết quả đạt được", "Hạn chế", "Nhiệm vụ, giải pháp"]
    article = make_article(body=body(*[("heading", h) for h in headings]))
    text = client.get(article.url).text
    for anchor in ("ket-qua-dat-duoc", "han-che", "nhiem-vu-giai-phap"):
        assert f'href="#{anchor}"' in text
        assert f'id="{anchor}"' in text


def test_a_caption_without_its_picture_is_kept(client):
    article = make_article(
        body=body(("figure", {"image": None, "caption": "Văn nghệ chào mừng", "credit": ""}))
    )
    text = client.get(article.url).text
    assert "Văn nghệ chào mừng" in text
    assert "Ảnh không có trong trang cũ" in text


def test_every_picture_has_alternative_text_and_a_size(client):
    picture = PictureFactory()
    article = make_article(
        picture=picture,
        body=body(
            (
                "figure",
                {
                    "image": {"image": picture.pk, "alt_text": "Buổi đối thoại", "decorative": False},
                    "caption": "x",
                },
            )
        ),
    )
    images = re.findall(r"<img[^>]*>", client.get(article.url).text)
    article_images = [tag for tag in images if "/media/" in tag]
    assert len(article_images) >= 2
    assert all(
        re.search(r'alt="[^"]+"', tag) and "width=" in tag and "height=" in tag for tag in article_images
    )


def test_a_table_has_heads_and_a_caption(client):
    table = {
        "columns": [{"type": "text", "heading": "Đơn vị"}, {"type": "number", "heading": "Số buổi"}],
        "rows": [{"values": ["CĐCS Bản Vược", "12"]}],
        "caption": "Số buổi tuyên truyền",
    }
    article = make_article(body=body(("table", {"table": table})))
    text = client.get(article.url).text
    assert "<caption>Số buổi tuyên truyền</caption>" in text
    assert '<th scope="col">Đơn vị</th>' in text
    assert '<td class="number">12</td>' in text


def test_rich_text_lets_no_script_through(client):
    article = make_article(
        body=body(("paragraph", '<p>Chào <script>alert(1)</script><img src=x onerror="a()"></p>'))
    )
    text = client.get(article.url).text
    assert "alert(1)" not in text.replace("&lt;script&gt;alert(1)", "")
    assert "onerror" not in text


def test_english_readers_get_english_where_there_is_some(client):
    translated = make_article(
        title="Đối thoại",
        title_en="A dialogue",
        lead="Sapo.",
        lead_en="The lead.",
        body=body(("paragraph", "<p>Nội dung.</p>")),
        body_en=body(("paragraph", "<p>The body.</p>")),
    )
    text = client.get(f"/en{translated.url}").text
    assert "A dialogue" in text
    assert "The body." in text
    assert "Nội dung." not in text


def test_english_readers_are_told_when_a_text_is_only_in_vietnamese(client):
    article = make_article(title="Đối thoại", body=body(("paragraph", "<p>Nội dung.</p>")))
    text = client.get(f"/en{article.url}").text
    assert "This text is in Vietnamese only." in text
    assert re.search(r'<article class="article[^"]*" lang="vi">', text)
    assert "Nội dung." in text


def test_search_engines_are_told_what_an_article_is(client, settings):
    settings.BASE_URL = "https://congdoan.example"
    article = make_article(title="</script><b>Đối thoại", lead="Sapo.", author="Phương Anh")
    text = client.get(article.url).text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL).group(1))
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "</script><b>Đối thoại"
    assert data["mainEntityOfPage"] == f"https://congdoan.example{article.url}"
    assert f'<link rel="canonical" href="https://congdoan.example{article.url}">' in text
    assert '<meta property="og:title" content="&lt;/script&gt;&lt;b&gt;Đối thoại">' in text


@pytest.fixture
def full_site():
    """A site whose every page has menu, facts and links."""
    home = make_site()
    settings = SiteSettings.objects.create(site=Site.objects.get(root_page=home))
    news = NewsIndexPage.objects.get()
    MenuEntry.objects.create(settings=settings, title="Tin tức", page=news, show_children=True)
    MenuEntry.objects.create(settings=settings, title="Văn bản", path="/van-ban/")
    for number in range(3):
        Fact.objects.create(label=f"Diện tích {number}", value="6.383,9", sort_order=number)
        WebLink.objects.create(
            title=f"Sở {number}", url=f"https://so-{number}.example/", group="Sở, ban, ngành"
        )
    return home


@pytest.mark.parametrize("amount", [1, 12])
def test_an_article_needs_at_most_twelve_queries_whatever_it_holds(
    client, django_assert_max_num_queries, full_site, amount
):
    category = make_category("Ban Tuyên giáo NC", parent=make_category())
    picture, file = PictureFactory(), FileFactory()
    others = [make_article(category, title=f"Tin {n}", picture=picture) for n in range(amount)]
    elsewhere = [
        make_article(make_category(f"Mục {n}"), title=f"Xa {n}", picture=picture)
        for n in range(min(amount, 3))
    ]
    blocks = [
        ("paragraph", "<p>Chữ.</p>"),
        ("heading", "Mục"),
        ("figure", {"image": {"image": picture.pk, "alt_text": "a", "decorative": False}, "caption": "x"}),
        ("attachment", {"file": file.pk, "title": "Tệp"}),
        ("video", {"file": file.pk, "captions": file.pk, "caption": "Phim", "transcript": "Lời"}),
        ("quote", {"text": "Lời", "attribution": "Ai"}),
    ]
    article = make_article(
        category,
        title="Chính",
        picture=picture,
        body=body(*blocks * amount),
        tags=[f"thẻ {n}" for n in range(amount)],
    )
    for order, other in enumerate([*others[:2], *elsewhere]):
        RelatedArticle.objects.create(article=article, target=other, sort_order=order)
    client.get(article.url)  # renditions are made once

    with django_assert_max_num_queries(12):
        response = client.get(article.url)

    assert response.status_code == 200
    assert "Xa 0" in response.text
    assert 'kind="captions"' in response.text
    assert response.text.count("Diện tích") == 3


@pytest.mark.parametrize("articles", [1, 60])
def test_the_front_page_needs_at_most_twenty_queries(
    client, django_assert_max_num_queries, full_site, articles
):
    categories = [make_category(f"Mục {n}") for n in range(6)]
    picture = PictureFactory()
    for number in range(articles):
        make_article(categories[number % 6], title=f"Tin {number}", picture=picture)
    for _ in range(min(articles, 8)):
        DocumentFactory()
    client.get("/")

    with django_assert_max_num_queries(20):
        assert client.get("/").status_code == 200
