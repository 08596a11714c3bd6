"""The demonstration, loaded once: alive, in order, and the same again."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from wagtail.models import Page

from congdoan.accounts.models import User
from congdoan.documents.actions import load_kinds
from congdoan.documents.models import Document
from congdoan.media.models import Picture
from congdoan.ops.actions import site
from congdoan.ops.demo import loading, users
from congdoan.pages.models import Fact, SiteSettings, WebLink
from congdoan.participation.models import Call
from congdoan.portal.models import AlbumPage, ArticlePage, BulletinPage, CategoryPage, HomePage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def demo_file(settings, tmp_path):
    settings.DEMO_FILE = tmp_path / "demo.json"
    settings.DEMO_FILE.write_text('{"secret_key": "x"}', encoding="utf-8")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_demonstration_is_alive(demo_file, client, django_assert_num_queries):
    load_kinds()
    site.load_base()
    assert loading.load()

    articles = list(ArticlePage.objects.live().order_by("-sort_at"))
    assert len(articles) == 61
    assert CategoryPage.objects.live().count() == 6
    oldest, newest = articles[-1], articles[0]
    assert timezone.now() - newest.dated < timedelta(days=8)
    assert timezone.now() - oldest.dated > timedelta(days=2 * 365)
    for article in articles:
        assert article.first_published_at == article.last_published_at == article.dated == article.sort_at
        assert article.picture_id
        assert article.picture_alt
        assert article.latest_revision is not None
        assert not article.has_unpublished_changes
    assert HomePage.objects.get().lead_story in articles
    assert any(article.related_articles.exists() for article in articles)
    assert any(article.has_english() for article in articles)

    assert AlbumPage.objects.live().count() == 4
    assert all(album.photos.count() >= 8 for album in AlbumPage.objects.all())
    assert Document.objects.count() == 26
    assert WebLink.objects.count() == 10
    assert Fact.objects.count() == 2
    assert Call.objects.count() == 1
    assert SiteSettings.objects.get().visits_start == 315_120
    assert 0 < SiteSettings.objects.get().menu_entries.count() <= 7

    bulletins = list(BulletinPage.objects.live())
    assert len(bulletins) == 8
    for bulletin in bulletins:
        assert bulletin.cover_id
        with bulletin.file.file.open("rb") as file:
            assert len(pypdfium2.PdfDocument(file.read())) == 4

    for credentials in users.credentials():
        assert client.login(username=credentials["username"], password=credentials["password"])
    department = User.objects.get(username="tuyen-giao")
    own = Page.objects.get(slug="ban-tuyen-giao-nc")
    other = Page.objects.get(slug="an-toan-lao-dong")
    assert own.permissions_for_user(department).can_publish_subpage()
    assert not other.permissions_for_user(department).can_add_subpage()

    pictures = Picture.objects.count()
    with django_assert_num_queries(1):
        assert not loading.load()
    assert Picture.objects.count() == pictures
