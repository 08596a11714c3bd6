"""What readers find of the portal: articles, albums, issues of the bulletin, plain pages and categories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from congdoan.portal.models import (
    AlbumPage,
    ArticlePage,
    BulletinPage,
    CategoryPage,
    StandardPage,
)
from congdoan.search import sources
from congdoan.search.engine import Document

KINDS: dict[type[Page], str] = {
    ArticlePage: "article",
    AlbumPage: "album",
    BulletinPage: "bulletin",
    CategoryPage: "page",
    StandardPage: "page",
}


def body_text(body: Any) -> str:
    """Return the words of a StreamField, block by block, without markup."""
    return "\n".join(
        " ".join(strip_tags(str(part)).split()) for block in body for part in _texts(block.value)
    )


def _texts(value: Any) -> Iterator[str]:
    if hasattr(value, "source"):  # rich text
        yield value.source.replace("</p>", "</p>\n").replace("</li>", "</li>\n")
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "rows") and hasattr(value, "columns"):  # a typed table
        yield from (column["heading"] for column in value.columns)
        yield from (str(cell.value) for row in value.rows for cell in row)
    elif hasattr(value, "values"):
        for part in value.values():
            yield from _texts(part)


def _articles(article: ArticlePage) -> Iterator[Document]:
    category = article.get_parent()
    if not category.live:
        return  # no address leads to it
    context = " ".join([category.title, article.author, article.organisation, *article.tags.names()])
    shared = {
        "kind": "article",
        "key": str(article.pk),
        "url": article.url,
        "context": context,
        "date": article.shown_date.date(),
        "facets": {"category": category.slug, "year": str(article.shown_date.year)},
    }
    yield Document(title=article.title, summary=article.lead, body=body_text(article.body), **shared)
    if article.has_english():
        yield Document(
            title=article.title_en,
            summary=article.lead_en,
            body=body_text(article.body_en),
            language="en",
            **shared,
        )


def _albums(album: AlbumPage) -> Iterator[Document]:
    captions = "\n".join(filter(None, album.photos.values_list("caption", flat=True)))
    yield from _both(
        album, "album", summary=album.intro, summary_en=album.intro_en, body=captions, date=album.taken_on
    )


def _bulletins(issue: BulletinPage) -> Iterator[Document]:
    yield from _both(issue, "bulletin", summary=issue.summary, body=issue.contents, date=issue.issued_on)


def _pages(page: CategoryPage | StandardPage) -> Iterator[Document]:
    if isinstance(page, CategoryPage):
        yield from _both(page, "page", summary=page.intro, summary_en=page.intro_en)
    else:
        yield from _both(page, "page", body=body_text(page.body), body_en=body_text(page.body_en))


def _both(
    page: Any,
    kind: str,
    *,
    summary: str = "",
    summary_en: str = "",
    body: str = "",
    body_en: str = "",
    date: Any = None,
) -> Iterator[Document]:
    shared = {"kind": kind, "key": str(page.pk), "url": page.url, "date": date}
    yield Document(title=page.title, summary=summary, body=body, **shared)
    if page.has_english():
        yield Document(title=page.title_en, summary=summary_en, body=body_en, language="en", **shared)


def _keys(models: Sequence[type[Page]]) -> Iterator[str]:
    for model in models:
        yield from (str(pk) for pk in model.objects.live().public().values_list("pk", flat=True))


def _documents(
    models: Sequence[type[Page]], texts: Callable[[Any], Iterable[Document]], keys: Sequence[str]
) -> Iterator[Document]:
    # Addresses in the index are those of the Vietnamese site, whoever's request brings the change.
    with translation.override("vi"):
        for model in models:
            for page in model.objects.live().public().filter(pk__in=keys):
                yield from texts(page)


def _register(
    kind: str,
    label: str | Promise,
    models: Sequence[type[Page]],
    texts: Callable[[Any], Iterable[Document]],
    order: int,
) -> None:
    sources.register(
        sources.Source(kind, label, partial(_documents, models, texts), partial(_keys, models), order=order)
    )


_register("article", _("Tin, bài"), [ArticlePage], _articles, 10)
_register("album", _("Album ảnh"), [AlbumPage], _albums, 40)
_register("bulletin", _("Bản tin"), [BulletinPage], _bulletins, 50)
_register("page", _("Trang"), [StandardPage, CategoryPage], _pages, 60)
