"""Documents, articles and Calls as programs read them: what visitors may see and nothing more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congdoan.participation.models import Call
from tests.factories import DocumentFactory, make_article, make_category

pytestmark = pytest.mark.django_db


def items(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    """Return the rows of a list."""
    answer = client.get(f"/api/v1/{name}", asked)
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["items"]
    assert answer.json()["count"] >= len(rows)
    return rows


def test_hidden_documents_are_not_listed(client: Client) -> None:
    old = DocumentFactory(issued_on=date(2019, 5, 2))
    new = DocumentFactory(issued_on=date(2024, 5, 2))
    DocumentFactory(live=False)

    assert [row["slug"] for row in items(client, "documents")] == [new.slug, old.slug]
    assert [row["slug"] for row in items(client, "documents", until="2019-05-02")] == [old.slug]
    assert [row["slug"] for row in items(client, "documents", symbol=new.symbol)] == [new.slug]
    assert items(client, "documents", kind="directive") == []


def test_drafts_and_articles_of_hidden_categories_are_not_listed(client: Client) -> None:
    shown, hidden = make_category("Đời sống"), make_category("Nội bộ")
    article = make_article(shown, title="Bữa ăn ca")
    make_article(shown, title="Bản nháp", publish=False)
    make_article(hidden, title="Chuyện nội bộ")
    hidden.unpublish()

    found = items(client, "articles")

    assert [row["title"] for row in found] == ["Bữa ăn ca"]
    assert found[0]["url"] == article.url
    assert found[0]["category"] == "Đời sống"
    assert items(client, "articles", category=shown.slug) == found
    assert items(client, "articles", category="khong-co") == []
    today = timezone.localdate()
    assert items(client, "articles", since=str(today), until=str(today)) == found
    assert items(client, "articles", until=str(today - timedelta(days=2))) == []
    assert items(client, "articles", since="0001-01-01", until="9999-12-31") == found


def test_articles_behind_a_password_are_not_listed(client: Client) -> None:
    from wagtail.models import PageViewRestriction

    category = make_category("Riêng")
    article = make_article(category, title="Riêng")
    assert len(items(client, "articles")) == 1
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert items(client, "articles") == []


def test_drafts_of_calls_are_not_listed(client: Client) -> None:
    now = timezone.now()
    Call.objects.create(
        title="Bữa ăn ca?", slug="bua-an", status="announced", opens_at=now - timedelta(days=1)
    )
    Call.objects.create(title="Sắp mở", slug="sap-mo", status="announced", opens_at=now + timedelta(days=1))
    Call.objects.create(title="Nháp", slug="nhap", status="draft")

    assert [(row["slug"], row["state"]) for row in items(client, "calls")] == [
        ("sap-mo", "announced"),
        ("bua-an", "open"),
    ]
    assert [row["slug"] for row in items(client, "calls", state="open")] == ["bua-an"]
    assert client.get("/api/v1/calls", {"state": "draft"}).status_code == 422
