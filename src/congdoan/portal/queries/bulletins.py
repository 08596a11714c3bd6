"""The union bulletin."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from congdoan.pages.cache import depend_on
from congdoan.portal.models import (
    BulletinPage,
)
from congdoan.portal.queries.places import breadcrumb
from congdoan.portal.queries.stories import with_renditions


def published_bulletins() -> QuerySet[BulletinPage]:
    bulletins: QuerySet[BulletinPage] = (
        BulletinPage.objects.live().select_related("cover", "file").order_by("-issued_on", "-number")
    )
    return bulletins


def bulletin_cover(bulletin: BulletinPage | None) -> dict[str, Any] | None:
    if bulletin is None:
        return None
    return {
        "title": bulletin.shown_title,
        "url": bulletin.url,
        "cover": bulletin.cover,
        "number": bulletin.number,
        "date": bulletin.issued_on,
        "file_url": bulletin.file.url,
        "language": bulletin.text_language,
    }


def bulletin_archive(page: Any, year: str) -> dict[str, Any]:
    """Return the years that have issues as tabs, and the issues of ``year`` (of the newest when it has none)."""
    depend_on("bulletins")
    years = list(
        BulletinPage.objects.live()
        .annotate(year=ExtractYear("issued_on"))
        .values("year")
        .annotate(issues=Count("pk"))
        .order_by("-year")
    )
    known = [row["year"] for row in years]
    chosen = int(year) if year.isdecimal() and int(year) in known else (known[0] if known else None)
    issues = list(published_bulletins().filter(issued_on__year=chosen)) if chosen else []
    with_renditions(issue.cover for issue in issues)
    return {
        "years": [
            {
                "label": row["year"],
                "url": f"?nam={row['year']}",
                "is_current": row["year"] == chosen,
                "count": row["issues"],
            }
            for row in years
        ],
        "year": chosen,
        "issues": [bulletin_cover(issue) for issue in issues],
        "breadcrumb": breadcrumb(page),
    }


def bulletin_neighbours(bulletin: BulletinPage) -> dict[str, Any]:
    """Return the issues before and after ``bulletin``."""
    depend_on("bulletins")
    others = BulletinPage.objects.live()
    return {
        "earlier": others.filter(number__lt=bulletin.number).order_by("-number").first(),
        "later": others.filter(number__gt=bulletin.number).order_by("number").first(),
        "breadcrumb": breadcrumb(bulletin),
    }
