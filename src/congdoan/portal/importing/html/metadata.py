"""What a page says of itself: meta elements, JSON-LD, microdata."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from congdoan.portal.importing.html.walking import attribute, names_of
from congdoan.portal.importing.parsed import clean

_CRUMB_NAME = re.compile(
    r"breadcrumb|bread-crumb|duong-?dan|site-?map-?path|pathway|you-?are-?here|navigator-?bar", re.IGNORECASE
)
_DATES_WORDS = (
    "article:published_time og:published_time datepublished pubdate publishdate publish-date date dc.date dc.date.issued "
    "dcterms.created dcterms.date sailthru.date"
)
_DATES = frozenset(_DATES_WORDS.split())
_MOST_NODES = 500


@dataclass(slots=True)
class Metadata:
    """What was found; empty where the page says nothing."""

    titles: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    section: str = ""
    breadcrumb: list[str] = field(default_factory=list)
    published_at: dt.datetime | None = None
    has_time: bool = False
    source_url: str = ""


def read_metadata(soup: BeautifulSoup) -> Metadata:
    """Read what the page says of itself. Never raises: what is malformed is passed over."""
    found = Metadata()
    _from_json(soup, found)
    _from_meta(soup, found)
    _from_microdata(soup, found)
    _from_title(soup, found)
    if not found.breadcrumb:
        found.breadcrumb = _crumbs(soup)
    return found


def read_moment(text: str) -> tuple[dt.datetime, bool] | None:
    """A date or moment in ISO 8601, and whether it has a time."""
    text = text.strip()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment, len(text) > 10) if 1990 <= moment.year <= 2100 else None


def _take_date(found: Metadata, text: str) -> None:
    if found.published_at is None and (moment := read_moment(text)):
        found.published_at, found.has_time = moment


def _from_json(soup: BeautifulSoup, found: Metadata) -> None:
    for script in soup.find_all("script", type="application/ld+json", limit=20):
        try:
            data = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}
            if names & {"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle"}:
                found.titles.append(_text(node.get("headline") or node.get("name")))
                found.authors.extend(_names(node.get("author")))
                found.section = found.section or _text(node.get("articleSection"))
                _take_date(found, _text(node.get("datePublished")))
            elif "BreadcrumbList" in names and isinstance(node.get("itemListElement"), list):
                for item in node["itemListElement"][:10]:
                    if isinstance(item, dict):
                        inner = item.get("item")
                        name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else "")
                        found.breadcrumb.append(_text(name))
    found.breadcrumb = [item for item in found.breadcrumb if item]


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(value for key, value in node.items() if key in ("@graph", "mainEntity"))
        elif isinstance(node, list):
            waiting.extend(node)


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return clean(value) if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    names = [_text(person.get("name")) if isinstance(person, dict) else _text(person) for person in people]
    return [name for name in names if name]


def _from_meta(soup: BeautifulSoup, found: Metadata) -> None:
    for meta in soup.find_all("meta", limit=200):
        name = (attribute(meta, "property") or attribute(meta, "name") or attribute(meta, "itemprop")).lower()
        content = clean(attribute(meta, "content"))
        if not content:
            continue
        if name in ("og:title", "twitter:title", "dc.title"):
            found.titles.append(content)
        elif name in ("og:description", "description", "twitter:description"):
            found.descriptions.append(content)
        elif name in ("author", "article:author", "dc.creator"):
            found.authors.append(content)
        elif name == "article:section":
            found.section = found.section or content
        elif name in _DATES:
            _take_date(found, content)
        elif name == "og:url":
            found.source_url = found.source_url or content
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag):
        found.source_url = found.source_url or attribute(canonical, "href")


def _from_microdata(soup: BeautifulSoup, found: Metadata) -> None:
    for tag in soup.find_all(itemprop=["datePublished", "headline"], limit=10):
        value = attribute(tag, "content") or attribute(tag, "datetime") or tag.get_text(" ")
        if attribute(tag, "itemprop") == "headline":
            found.titles.append(clean(value))
        else:
            _take_date(found, value)
    for time in soup.find_all("time", limit=10):
        if time.find_parent(["aside", "nav", "footer"]) is None:
            _take_date(found, attribute(time, "datetime"))


def _from_title(soup: BeautifulSoup, found: Metadata) -> None:
    title = soup.find("title")
    if isinstance(title, Tag) and (text := clean(title.get_text(" "))):
        found.titles.append(text)
        # "Title - Site": the first piece alone is tried too.
        found.titles.extend(piece for piece in re.split(r"\s+[-–|»:]\s+", text)[:1] if piece != text)


def _crumbs(soup: BeautifulSoup) -> list[str]:
    for tag in soup.find_all(["div", "ul", "ol", "nav", "p", "span", "td", "table"], limit=5000):
        if not (_CRUMB_NAME.search(names_of(tag)) or "breadcrumb" in attribute(tag, "aria-label").lower()):
            continue
        links = [
            clean(link.get_text(" "))
            for link in tag.find_all(["a", "li"], limit=20)
            if link.find(["a", "li"]) is None
        ]
        last = list(tag.stripped_strings)[-1:] if len(links) < 10 else []
        items = [
            item.strip(" »›>/|")
            for item in [*links, *(text for text in map(clean, last) if text not in links)]
        ]
        items = [item for item in items if item and len(item) <= 160]
        if items:
            return list(dict.fromkeys(items))
    return []
