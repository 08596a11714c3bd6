"""What a reader meets when something is wrong: a sentence, a way on, an id; never a traceback."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from congdoan.portal.queries import front
from tests.factories import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing_site(monkeypatch):
    """A site whose front page cannot be put together."""
    make_site()

    def fail(*args, **kwargs):
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(front, "published_articles", fail)
    return Client(raise_request_exception=False)


def test_an_error_has_an_id_that_the_log_knows(failing_site, caplog):
    response = failing_site.get("/")
    assert response.status_code == 500
    assert "secret inside" not in response.text
    assert "Traceback" not in response.text
    ids = {
        record.msg["request_id"]
        for record in caplog.records
        if isinstance(record.msg, dict) and "request_id" in record.msg
    }
    shown = re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", response.text)
    assert shown, "the page shows an id"
    assert shown.group() in ids


def test_the_error_page_needs_no_database(failing_site, django_assert_num_queries, monkeypatch):
    from django.db.backends.utils import CursorWrapper  # only to break it

    def fail(*args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(CursorWrapper, "execute", fail)
    response = failing_site.get("/")
    assert response.status_code == 500
    assert "<html" in response.text


def test_a_missing_page_offers_a_search_in_both_languages(client):
    make_site()
    for path, lang in (("/khong-co/", "vi"), ("/en/khong-co/", "en")):
        response = client.get(path)
        assert response.status_code == 404
        assert f'<html lang="{lang}"' in response.text
        assert 'role="search"' in response.text
        assert "noindex" in response.text or response.status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/?trang=%00", "/tin-tuc/%00/", "/tin-tuc/%F0%9F%98%80/", "/%2e%2e/etc/passwd", "/tim-kiem/?q=%FF"],
)
def test_odd_addresses_are_answered_without_an_error(path):
    make_site()
    assert Client(raise_request_exception=False).get(path).status_code < 500
