"""Template tags of the portal: whole addresses, data for search engines, anchors."""

from __future__ import annotations

import json
from typing import Any

import nh3
from django import template
from django.conf import settings
from django.template import Context
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe

from congdoan import vntext
from congdoan.figures.engine.specs import Scope
from congdoan.figures.queries.showing import PageFigures
from congdoan.figures.rendering import with_figures
from congdoan.pages.models import SiteSettings
from congdoan.ui import pictures

register = template.Library()


@register.simple_tag
def absolute_url(path: str, language: str = "") -> str:
    """Return the whole address of ``path`` ("/tin-tuc/…"), in ``language`` when given."""
    return settings.BASE_URL + (translate_url(path, language) if language else path)


@register.filter
def anchor(title: str) -> str:
    """Return the anchor of a heading, as the table of contents has it."""
    return vntext.slugify(str(title))


@register.simple_tag(takes_context=True)
def article_data(context: Context, page: Any) -> SafeString:
    """Describe an article to search engines (JSON-LD, https://schema.org/NewsArticle)."""
    site = SiteSettings.for_request(context["request"])
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.shown_title[:110],
        "description": page.shown_description,
        "inLanguage": page.text_language,
        "datePublished": page.shown_date.isoformat(),
        "mainEntityOfPage": absolute_url(page.url),
        "publisher": {"@type": "Organization", "name": site.shown_name},
    }
    if page.updated_at:
        data["dateModified"] = page.updated_at.isoformat()
    if page.author:
        data["author"] = {"@type": "Person", "name": page.author}
    large = pictures.rendition(page.picture, pictures.LARGE) if page.picture else None
    if large:
        data["image"] = absolute_url(large.url)
    # Inside a script element "<" could end it; JSON allows it escaped.
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  # escaped above


_KEPT_TAGS = {
    "p",
    "br",
    "b",
    "strong",
    "i",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "hr",
    "h2",
    "h3",
    "h4",
    "sub",
    "sup",
    "span",
}


@register.filter
def cleaned(value: Any) -> SafeString:
    """Return rich text with nothing in it but plain formatting and links, whatever way it came into the database."""
    html = nh3.clean(
        str(value),
        tags=_KEPT_TAGS,
        attributes={"a": {"href"}, "span": {"data-figure"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
    return mark_safe(html)  # noqa: S308  # just cleaned


@register.simple_tag(takes_context=True)
def cleaned_figures(context: Context, value: Any) -> SafeString:
    """Return rich text as ``cleaned`` does, with the page's figures (``page_figures``) in their places, in words of its language."""
    figures = context.get("page_figures")
    if not isinstance(figures, PageFigures):
        figures = PageFigures(Scope())
    return with_figures(cleaned(value), figures, getattr(context.get("page"), "text_language", None))
