"""Reads that every page shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone, translation

from congdoan import vntext
from congdoan.pages.cache import depend_on
from congdoan.pages.models import Fact, OnlineVisitors, SiteSettings, VisitDay, WebLink

ONLINE_REPORT_HOLDS = timedelta(seconds=60)
"""A process that has been silent for longer is gone."""


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


@dataclass(frozen=True, slots=True)
class VisitCount:
    """Visits as the database knows them."""

    total: int
    """Since the start value of the site, which is included."""
    today: int
    month: int


def visit_count(today: date) -> VisitCount:
    """Return the visits until now; ``today`` is the day in the time zone of the site."""
    sums = VisitDay.objects.aggregate(
        total=Sum("visits", default=0),
        today=Sum("visits", filter=Q(day=today), default=0),
        month=Sum("visits", filter=Q(day__gte=today.replace(day=1), day__lte=today), default=0),
    )
    start = (
        SiteSettings.objects.filter(site__is_default_site=True).values_list("visits_start", flat=True).first()
    )
    return VisitCount(total=sums["total"] + (start or 0), today=sums["today"], month=sums["month"])


def online_elsewhere(process: str) -> int:
    """Return how many visitors the other processes see that have reported within the last minute."""
    since = timezone.now() - ONLINE_REPORT_HOLDS
    others = OnlineVisitors.objects.filter(seen_at__gte=since).exclude(process=process)
    return int(others.aggregate(visitors=Sum("visitors", default=0))["visitors"])
