"""Publishing at the hour that an editor chose, and the trail of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.portal import tasks
from congdoan.portal.actions import publishing
from congdoan.portal.models import ArticlePage
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def schedule(article, at):
    article.go_live_at = at
    article.save_revision(approved_go_live_at=at)


def test_a_scheduled_article_appears_at_its_hour_and_not_before(client):
    article = make_article(publish=False, title="Hẹn giờ")
    schedule(article, timezone.now() + timedelta(hours=1))
    assert tasks.publish_scheduled() == 0
    assert client.get(article.url).status_code == 404

    schedule(article, timezone.now() - timedelta(seconds=1))
    assert tasks.publish_scheduled() == 1
    assert client.get(article.url).status_code == 200
    assert tasks.publish_scheduled() == 0


def test_an_expired_article_disappears(client):
    article = make_article(expire_at=timezone.now() + timedelta(hours=1))
    assert client.get(article.url).status_code == 200
    ArticlePage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    assert tasks.publish_scheduled() == 1
    assert client.get(article.url).status_code == 404


def test_one_article_that_cannot_be_published_does_not_hold_back_the_others(monkeypatch):
    past = timezone.now() - timedelta(minutes=1)
    articles = [make_article(publish=False, title=title) for title in ("Hỏng", "Lành")]
    for article in articles:
        schedule(article, past)
    publish = publishing.Revision.publish

    def fail_for_one(self, *args, **kwargs):
        if self.object_id == str(articles[0].pk):
            raise OSError("disk full")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(publishing.Revision, "publish", fail_for_one)
    assert tasks.publish_scheduled() == 1
    assert list(ArticlePage.objects.live().values_list("title", flat=True)) == ["Lành"]


def test_publishing_is_in_the_trail(admin_user):
    article = make_article(publish=False, title="Có dấu vết")
    article.save_revision(user=admin_user).publish(user=admin_user)
    entry = Entry.objects.get(verb="wagtail.publish", object_id=str(article.pk))
    assert entry.actor_id == str(admin_user.pk)
    assert entry.object_text == "Có dấu vết"
