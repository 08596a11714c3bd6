"""The front page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from congdoan.documents.models import Document
from congdoan.pages.cache import depend_on
from congdoan.portal.models import (
    CategoryPage,
    HomePage,
)
from congdoan.portal.queries.albums import album_cards, published_albums
from congdoan.portal.queries.bulletins import bulletin_cover, published_bulletins
from congdoan.portal.queries.stories import Story, published_articles, stories

LATEST_IN_CATEGORY = 4
BESIDE_LEAD = 3


@dataclass(frozen=True, slots=True)
class CategoryColumn:
    """A category on the front page with its newest articles."""

    title: str
    url: str
    stories: list[Story]


def front_page(home: HomePage) -> dict[str, Any]:
    """Return the parts of the front page."""
    depend_on("articles", "categories", "albums", "bulletins", "documents")
    categories = list(CategoryPage.objects.live().order_by("path"))
    # One query feeds the lead, the stories beside it and the columns: enough of the newest for all of them. A category
    # that has been silent for that long has no column.
    recent = stories(published_articles()[: 8 + len(categories) * LATEST_IN_CATEGORY * 2])
    lead = _lead_story(home) or (recent[0] if recent else None)
    rest = [story for story in recent if lead is None or story.pk != lead.pk]
    beside, rest = rest[:BESIDE_LEAD], rest[BESIDE_LEAD:]
    return {
        "lead": lead,
        "beside": beside,
        "columns": [
            CategoryColumn(category.shown_title, category.url, own)
            for category in categories
            if (own := _of_category(rest, category))
        ],
        "documents": [_document_row(document) for document in Document.objects.filter(live=True)[:5]],
        "albums": album_cards(published_albums()[:4]),
        "bulletin": bulletin_cover(published_bulletins().first()),
    }


def _of_category(listed: list[Story], category: CategoryPage) -> list[Story]:
    """Return the newest of one category, without its name: it stands above them."""
    own = [story for story in listed if story.category_url == category.url]
    return [replace(story, category="") for story in own[:LATEST_IN_CATEGORY]]


def _lead_story(home: HomePage) -> Story | None:
    if home.lead_story_id is None:
        return None
    return next(iter(stories(published_articles().filter(pk=home.lead_story_id))), None)


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "symbol": document.symbol,
        "title": document.title,
        "url": document.get_absolute_url(),
        "issued_on": document.issued_on,
        "issuer": document.issuer,
    }
