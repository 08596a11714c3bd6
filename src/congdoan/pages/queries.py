"""Reads that every page shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, Sum, Value
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone, translation
from wagtail.models import Site

from congdoan import vntext
from congdoan.pages.cache import depend_on
from congdoan.pages.models import Fact, MenuEntry, OnlineVisitors, SiteSettings, VisitDay, WebLink

FOOTER_LINKS = 12

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
    """Return what stands around every page, in two queries; a drop-down in the menu costs two more."""
    depend_on("site")
    language = translation.get_language() or settings.LANGUAGE_CODE
    entries = list(
        MenuEntry.objects.filter(settings__site=Site.find_for_request(request)).select_related(
            "settings", "page"
        )
    )
    site_settings = _settings(request, entries)
    facts, links = _footer()
    return Shell(
        settings=site_settings,
        menu=_menu(request, entries),
        facts=facts,
        links=links[:FOOTER_LINKS],
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


def _settings(request: HttpRequest, entries: list[MenuEntry]) -> SiteSettings:
    if not entries:
        found: SiteSettings = SiteSettings.for_request(request)
        return found
    # Where Wagtail keeps them for the rest of the request.
    settings_: SiteSettings = entries[0].settings
    setattr(request, SiteSettings.get_cache_attr_name(), settings_)
    return settings_


def _footer() -> tuple[list[Fact], list[WebLink]]:
    """Return facts and links in one query: they stand on every page, and a page may ask only so much."""
    none = Value("")
    facts = Fact.objects.order_by().values_list(
        Value("fact"),
        "sort_order",
        "pk",
        "label",
        "label_en",
        "value",
        "measure_unit",
        "measure_unit_en",
        "as_of",
        "source",
    )
    links = WebLink.objects.order_by().values_list(
        Value("link"), "sort_order", "pk", "title", "title_en", "url", "group", "group_en", none, none
    )
    found_facts, found_links = [], []
    for kind, order, pk, first, first_en, second, third, third_en, as_of, source in sorted(
        facts.union(links, all=True)
    ):
        if kind == "fact":
            found_facts.append(
                Fact(
                    pk=pk, sort_order=order, label=first, label_en=first_en, value=second,
                    measure_unit=third, measure_unit_en=third_en, as_of=as_of, source=source,
                )
            )  # fmt: skip
        else:
            found_links.append(
                WebLink(
                    pk=pk,
                    sort_order=order,
                    title=first,
                    title_en=first_en,
                    url=second,
                    group=third,
                    group_en=third_en,
                )
            )
    return found_facts, found_links


def _menu(request: HttpRequest, entries: list[MenuEntry]) -> list[MenuItem]:
    if any(entry.show_children for entry in entries):
        depend_on("categories")
    return [_menu_item(request, entry) for entry in entries if entry.page is None or entry.page.live]


def _menu_item(request: HttpRequest, entry: MenuEntry) -> MenuItem:
    url = entry.page.get_url(request) if entry.page else _in_language(entry.path)
    children = [
        MenuItem(child.shown_title, child.get_url(request), request.path == child.get_url(request), [])
        for child in _children(request, entry)
    ]
    is_current = request.path == url or (url.strip("/") not in ("", "en") and request.path.startswith(url))
    return MenuItem(entry.shown_title, url, is_current, children)


def _children(request: HttpRequest, entry: MenuEntry) -> list[Any]:
    """Return the live pages below the entry's page, for a drop-down of one level."""
    if entry.page is None or not entry.show_children:
        return []
    # Who found the page by its address may already have read them.
    known: list[Any] | None = getattr(request, "known_children", {}).get(entry.page.pk)
    return known if known is not None else list(entry.page.get_children().live().specific())


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
