"""Reads that every page shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone, translation
from wagtail.models import Site

from congdoan import vntext
from congdoan.pages.cache import depend_on
from congdoan.pages.models import Fact, SiteSettings, WebLink


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu with its address, and those below it."""

    title: str
    url: str
    is_current: bool
    children: list[MenuItem]


@dataclass(frozen=True, slots=True)
class Shell:
    """What the shell of a page shows around its content."""

    settings: SiteSettings
    menu: list[MenuItem]
    facts: list[Fact]
    links: list[WebLink]
    today: str
    languages: list[dict[str, Any]]


def shell(request: HttpRequest) -> Shell:
    """Return what stands around every page: six queries at most, whatever the page."""
    depend_on("site")
    language = translation.get_language() or settings.LANGUAGE_CODE
    site_settings = SiteSettings.for_request(request)
    return Shell(
        settings=site_settings,
        menu=_menu(request, site_settings),
        facts=list(Fact.objects.all()),
        links=list(WebLink.objects.all()[:12]),
        today=vntext.format_long(timezone.localdate(), language=language),
        languages=[
            {
                "code": code,
                "name": name,
                "url": translate_url(request.path, code),
                "is_current": code == language,
            }
            for code, name in settings.LANGUAGES
        ],
    )


def _menu(request: HttpRequest, site_settings: SiteSettings) -> list[MenuItem]:
    entries = list(site_settings.menu_entries.select_related("page").all())
    if any(entry.show_children for entry in entries):
        depend_on("categories")
    return [_menu_item(request, entry) for entry in entries if entry.page is None or entry.page.live]


def _menu_item(request: HttpRequest, entry: Any) -> MenuItem:
    url = entry.page.get_url(request) if entry.page else _in_language(entry.path)
    children = [
        MenuItem(child.shown_title, child.get_url(request), request.path == child.get_url(request), [])
        for child in entry.children()
    ]
    is_current = request.path == url or (url.strip("/") not in ("", "en") and request.path.startswith(url))
    return MenuItem(entry.shown_title, url, is_current, children)


def _in_language(path: str) -> str:
    language = translation.get_language()
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
