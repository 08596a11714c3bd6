"""Where a page stands, and lists page by page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet

from congdoan.pages.cache import depend_on
from congdoan.pages.models import WebLink
from congdoan.portal.models import (
    NewsIndexPage,
)


def paginated(items: QuerySet[Any], number: str, size: int) -> ListPage[Any]:
    """Return page ``number`` of ``items``; the nearest that exists for a number that does not."""
    return Paginator(items, size).get_page(number)


def breadcrumb(page: Any) -> list[dict[str, Any]]:
    """Return the pages above ``page``, the front page first, as {title, url, language}.

    Needs no query for a page that was found by its address: each knows the one above it.
    """
    above: list[dict[str, Any]] = []
    while page.depth > 2:
        page = parent_of(page)
        above.append({"title": page.shown_title, "url": page.url, "language": page.text_language})
    return above[::-1]


def parent_of(page: Any) -> Any:
    # Wagtail's preview leaves a plain page there; a page that is specific already costs nothing here.
    return (getattr(page, "_cached_parent_obj", None) or page.get_parent()).specific


def news_of(page: Any) -> NewsIndexPage:
    while not isinstance(page, NewsIndexPage):
        page = parent_of(page)
    return page


def links_by_group() -> list[tuple[str, list[WebLink]]]:
    """Return all links in their groups, in the order that editors gave them."""
    depend_on("site")
    links = list(WebLink.objects.all())
    order = {group: index for index, group in enumerate(dict.fromkeys(link.group for link in links))}
    links.sort(key=lambda link: order[link.group])
    return [(group, list(members)) for group, members in groupby(links, key=lambda link: link.shown_group)]
