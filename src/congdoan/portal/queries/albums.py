"""Photo albums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from congdoan.pages.cache import depend_on
from congdoan.portal.models import (
    AlbumPage,
    AlbumPhoto,
)
from congdoan.portal.queries.places import breadcrumb, paginated
from congdoan.portal.queries.stories import with_renditions

ALBUMS_A_PAGE = 12


def published_albums() -> QuerySet[AlbumPage]:
    first = AlbumPhoto.objects.filter(album=OuterRef("pk")).order_by("sort_order", "pk")
    albums: QuerySet[AlbumPage] = (
        AlbumPage.objects.live()
        .annotate(photo_count=Count("photos"), first_photo=Subquery(first.values("pk")[:1]))
        .order_by("-taken_on", "-pk")
    )
    return albums


def album_cards(albums: Iterable[AlbumPage]) -> list[dict[str, Any]]:
    found = list(albums)
    photos = AlbumPhoto.objects.filter(pk__in=[album.first_photo for album in found]).select_related("image")
    pictures = {photo.album_id: photo.image for photo in photos}
    with_renditions(pictures.values())
    return [
        {
            "title": album.shown_title,
            "url": album.url,
            "picture": pictures.get(album.pk),
            "count": album.photo_count,
            "date": album.taken_on,
            "language": album.text_language,
        }
        for album in found
    ]


def album_list(page: Any, number: str) -> dict[str, Any]:
    """Return one page of albums, each with its first photo."""
    depend_on("albums")
    listed = paginated(published_albums(), number, ALBUMS_A_PAGE)
    return {"listed": listed, "albums": album_cards(listed.object_list), "breadcrumb": breadcrumb(page)}


def album_photos(album: AlbumPage) -> list[AlbumPhoto]:
    """Return the photos of an album with their images and renditions."""
    photos = list(album.photos.select_related("image"))
    with_renditions(photo.image for photo in photos)
    return photos
