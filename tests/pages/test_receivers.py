"""What editors change shows on every page that has it."""

from __future__ import annotations

import pytest
from wagtail.models import Page, ReferenceIndex

from congdoan.pages.models import Fact, Purge, SiteSettings, WebLink
from tests.factories import PictureFactory, make_article, make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(db):
    """Return a function that says which tags went out since it was called last."""
    seen = {"pk": 0}

    def since() -> set[str]:
        notes = list(Purge.objects.filter(pk__gt=seen["pk"]).order_by("pk"))
        if notes:
            seen["pk"] = notes[-1].pk
        return {tag for each in notes for tag in each.tags}

    return since


def test_publishing_tells_of_the_page_and_the_lists_above_it(told):
    category = make_category()
    told()
    article = make_article(category)
    assert {f"page:{article.pk}", f"list:{category.pk}", "articles"} <= told()


def test_a_draft_tells_nothing(told):
    article = make_article()
    told()
    article.title = "Nháp"
    article.save_revision()
    assert told() == set()


def test_unpublishing_tells_of_the_page(told):
    article = make_article()
    told()
    article.unpublish()
    assert {f"page:{article.pk}", "articles"} <= told()


def test_deleting_a_live_page_tells_of_it(told):
    article = make_article()
    told()
    Page.objects.get(pk=article.pk).delete()
    assert {f"page:{article.pk}", "articles"} <= told()


def test_deleting_a_category_tells_of_the_articles_below_it(told):
    category = make_category()
    article = make_article(category)
    told()
    category.delete()
    assert f"page:{article.pk}" in told()


def test_moving_a_page_or_changing_its_address_tells_everybody(told):
    article = make_article(make_category("Hoạt động"))
    other = make_category("Chính sách")
    told()
    article.move(other, pos="last-child")
    assert "site" in told()


def test_a_new_address_tells_everybody(told, django_capture_on_commit_callbacks):
    article = make_article()
    told()
    with django_capture_on_commit_callbacks(execute=True):
        article.slug = "dia-chi-moi"
        article.save()
    assert "site" in told()


def test_what_stands_around_every_page_tells_everybody(told):
    home = make_article().get_site().root_page
    SiteSettings.objects.update_or_create(site=home.get_site(), defaults={"name": "Công đoàn"})
    told()
    SiteSettings.objects.get().save()
    assert told() == {"site"}
    fact = Fact.objects.create(label="Diện tích", value="6.383,9", as_of="2019")
    assert told() == {"site"}
    fact.delete()
    assert told() == {"site"}
    WebLink.objects.create(title="Tổng Liên đoàn", url="https://congdoan.example/", group="Công đoàn")
    assert told() == {"site"}


def test_a_picture_that_changes_tells_of_the_pages_that_have_it(told):
    picture = PictureFactory()
    article = make_article(picture=picture)
    ReferenceIndex.create_or_update_for_object(article)  # a task of Wagtail's, run by the background worker
    told()
    picture.description = "Ruộng bậc thang mùa nước đổ"
    picture.save()
    assert f"page:{article.pk}" in told()


def test_a_picture_on_no_page_tells_nothing(told):
    told()
    picture = PictureFactory()
    picture.save()
    assert told() == set()


def test_a_published_change_shows_on_its_page_its_category_and_the_front_page(
    visitor, django_capture_on_commit_callbacks
):
    article = make_article(title="Tên cũ")
    other = make_article(title="Bài khác", slug="bai-khac")
    category = article.get_parent()
    paths = {
        name: page.url for name, page in {"own": article, "category": category, "other": other}.items()
    } | {"front": "/"}
    for path in paths.values():
        visitor.get(path)
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "Tên mới"
        article.save_revision().publish()
    visitor.rendered.clear()
    visitor.front.renew()
    assert visitor.rendered[0] == paths["own"]
    assert set(visitor.rendered[1:3]) == {paths["category"], "/"}
    visitor.rendered.clear()
    for path in paths.values():
        assert "Tên mới" in visitor.get(path).text
    assert visitor.rendered == []


def test_what_another_process_published_shows_after_its_note_is_read(visitor):
    """Here nobody runs the on-commit callbacks, as in a process that did not make the change."""
    article = make_article(title="Tên cũ")
    path = article.url
    visitor.get(path)
    article.title = "Tên mới"
    article.save_revision().publish()
    assert "Tên cũ" in visitor.get(path).text
    visitor.reader.forget_connection()
    visitor.reader.read()
    visitor.front.renew()
    assert "Tên mới" in visitor.get(path).text


def test_an_unpublished_page_is_gone(visitor, django_capture_on_commit_callbacks):
    article = make_article()
    path = article.url
    visitor.get(path)
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish()
    visitor.front.renew()
    assert visitor.get(path).status == 404


def test_after_the_grace_a_reader_gets_the_new_page_even_if_nothing_renews_it(
    visitor, django_capture_on_commit_callbacks
):
    article = make_article(title="Tên cũ")
    path = article.url
    visitor.get(path)
    with django_capture_on_commit_callbacks(execute=True):
        article.title = "Tên mới"
        article.save_revision().publish()
    visitor.clock.now += 2
    assert "Tên mới" in visitor.get(path).text


def test_the_date_in_the_header_is_right_after_midnight(visitor, clock, monkeypatch):
    article = make_article()
    path = article.url
    from datetime import UTC, datetime

    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: datetime.fromtimestamp(clock(), UTC))
    clock.set(2019, 10, 17, 23, 59, 59)
    assert "17/10/2019" in visitor.get(path).text
    clock.set(2019, 10, 18, 0, 0, 0)
    assert "18/10/2019" in visitor.get(path).text
