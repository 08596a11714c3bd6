"""Showing what was found."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from congdoan.search.engine import Snippet

register = template.Library()


@register.simple_tag
def marked(snippet: Snippet | None) -> SafeString:
    """Write a snippet with ``<mark>`` around what was found; everything in it is escaped."""
    if snippet is None:
        return SafeString("")
    pieces: list[tuple[str, SafeString]] = []
    at = 0
    for start, end in snippet.spans:
        pieces.append((snippet.text[at:start], format_html("<mark>{}</mark>", snippet.text[start:end])))
        at = end
    return format_html("{}{}", format_html_join("", "{}{}", pieces), snippet.text[at:])
