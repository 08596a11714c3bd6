"""The categories and articles of the demonstration."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.models import Collection, Page

from congdoan.accounts.models import User
from congdoan.ops import markup
from congdoan.ops.actions import site
from congdoan.ops.demo.pictures import Album
from congdoan.ops.demo.rendering import Drawing

CONTENT = Path(__file__).resolve().parent / "content"


def read(name: str) -> dict[str, Any]:
    """Return a file of the demonstration's content."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def moment(days_ago: int, key: str) -> datetime:
    """Return a moment ``days_ago`` days before today, at an hour of the working day that ``key`` fixes."""
    seed = hashlib.sha256(key.encode()).digest()
    hour = time(7 + seed[0] % 10, seed[1] % 60)
    day = timezone.localdate() - timedelta(days=days_ago)
    made = timezone.make_aware(datetime.combine(day, hour))
    # What is dated today may not lie in the future.
    return min(made, timezone.now() - timedelta(minutes=5))


def load_categories(news: Page) -> dict[str, Page]:
    """Make the tree of categories. Returns them by slug."""
    categories: dict[str, Page] = {}
    for entry in read("categories.toml")["category"]:
        fields = {key: entry.get(key, "") for key in ("slug", "title", "title_en", "intro", "intro_en")}
        parent = categories.get(entry.get("parent", ""), news)
        parent.refresh_from_db()
        categories[entry["slug"]] = site.publish(site.model("portal.CategoryPage")(**fields), parent)
    return categories


class Articles:
    """The articles as written, with a drawing for each picture mark, ready to be made into pages."""

    def __init__(self, album: Album) -> None:
        self.album = album
        self.entries: list[dict[str, Any]] = []
        self._drawings: dict[str, list[Drawing]] = {}
        for path in sorted((CONTENT / "articles").glob("*.toml")):
            for entry in tomllib.loads(path.read_text(encoding="utf-8"))["article"]:
                self.entries.append(entry | {"category": path.stem})
        # The newest first, so that the front page shows the first variants.
        self.entries.sort(key=lambda entry: int(entry["days_ago"]))

    def drawings(self) -> list[Drawing]:
        """Choose a drawing for every picture. Returns all."""
        for entry in self.entries:
            chosen = [self.album.choose(entry["picture"])]
            marks: list[markup.PictureMark] = []
            markup.parse(entry["body"], marks.append)
            chosen += [self.album.choose(mark.name) for mark in marks]
            self._drawings[entry["key"]] = chosen
        return [drawing for chosen in self._drawings.values() for drawing in chosen]

    def load(
        self, categories: dict[str, Page], collection: Collection, *, author: User, approver: User
    ) -> dict[str, Page]:
        """Make, relate and publish them. Returns them by key."""
        pages: dict[str, Any] = {}
        # The oldest first, so that later pages have higher numbers, as on a portal that grew.
        for entry in reversed(self.entries):
            parent = categories[entry["category"]]
            parent.refresh_from_db()
            page = self._page(entry, collection, author)
            parent.add_child(instance=page)
            pages[entry["key"]] = page
        related = site.model("portal.RelatedArticle")
        for entry in reversed(self.entries):
            page = pages[entry["key"]]
            page.tags.add(*entry.get("tags", []))
            for order, key in enumerate(entry.get("related", [])):
                page.related_articles.add(related(target=pages[key], sort_order=order))
            self._publish(page, author, approver)
        return pages

    def lead_story(self) -> str | None:
        """Return the key of the article that leads the front page."""
        return next((entry["key"] for entry in self.entries if entry.get("lead_story")), None)

    def _page(self, entry: dict[str, Any], collection: Collection, author: User) -> Any:
        dated = moment(entry["days_ago"], entry["key"])
        drawings = list(self._drawings[entry["key"]])
        picture = self.album.picture(
            drawings[0], title=entry["title"], alt=entry["picture_alt"], collection=collection
        )
        fields: dict[str, Any] = {
            key: entry.get(key, "")
            for key in ("title", "title_en", "lead", "lead_en", "author", "organisation", "picture_caption")
        }
        return site.model("portal.ArticlePage")(
            **fields,
            slug=entry["key"],
            picture=picture,
            picture_alt=entry["picture_alt"],
            sources="\n".join(source["title"] for source in entry.get("sources", [])),
            body=self._body(entry["body"], drawings[1:], collection),
            body_en=self._body(entry.get("body_en", ""), drawings[1:], collection),
            search_description=entry["lead"][:300],
            description_en=entry.get("lead_en", ""),
            dated=dated,
            first_published_at=dated,
            owner=author,
            live=False,
        )

    def _body(self, text: str, drawings: list[Drawing], collection: Collection) -> str:
        """Return ``text`` as a stream; its pictures are ``drawings`` in their order, in English as in Vietnamese."""
        left = list(drawings)

        def place(mark: markup.PictureMark) -> dict[str, Any]:
            drawing = left.pop(0) if left else self.album.choose(mark.name)
            picture = self.album.picture(
                drawing, title=mark.caption or mark.name, alt=mark.alt or mark.caption, collection=collection
            )
            return {"image": picture.pk, "decorative": False, "alt_text": mark.alt or mark.caption}

        return markup.as_stream(markup.parse(text, place)) if text.strip() else json.dumps([])

    def _publish(self, page: Any, author: User, approver: User) -> None:
        page.save_revision(user=author).publish(user=approver)
        # Wagtail dates what it publishes now; the demonstration has three years behind it.
        page.revisions.update(created_at=page.dated)
        type(page).objects.filter(pk=page.pk).update(
            first_published_at=page.dated, last_published_at=page.dated, latest_revision_created_at=page.dated
        )
