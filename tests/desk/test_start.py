"""What waits for an officer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import UserFactory, make_article

pytestmark = pytest.mark.django_db


def test_somebody_without_rights_sees_that_nothing_waits(client):
    other = UserFactory(is_superuser=True)
    make_article(publish=False, title="Bản nháp của người khác", owner=other).save_revision(user=other)
    client.force_login(UserFactory())
    text = client.get("/lam-viec/").text
    assert "Không có việc nào đang chờ" in text
    assert "Bản nháp của người khác" not in text
    assert "/quan-tri/" not in text


def test_an_editor_sees_drafts_of_their_own_only(client):
    me, other = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    for owner, title in ((me, "Bản nháp của tôi"), (other, "Bản nháp của người khác")):
        make_article(publish=False, title=title, owner=owner).save_revision(user=owner)
    client.force_login(me)
    text = client.get("/lam-viec/").text
    assert "Bản nháp của tôi" in text
    assert "Bản nháp của người khác" not in text


def test_what_is_scheduled_is_listed_with_its_hour(client):
    me = UserFactory(is_superuser=True)
    at = timezone.now() + timedelta(days=1)
    article = make_article(publish=False, title="Hẹn giờ", owner=me)
    article.save_revision(user=me, approved_go_live_at=at)
    client.force_login(me)
    assert timezone.localtime(at).strftime("%H:%M, %d/%m/%Y") in client.get("/lam-viec/").text


@pytest.mark.parametrize("drafts", [1, 8])
def test_the_desk_does_not_ask_more_for_more(client, django_assert_max_num_queries, drafts):
    me = UserFactory(is_superuser=True)
    for number in range(drafts):
        make_article(publish=False, title=f"Nháp {number}", owner=me).save_revision(user=me)
    client.force_login(me)
    with django_assert_max_num_queries(20):
        client.get("/lam-viec/")
