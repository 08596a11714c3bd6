"""Photos of an album, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.search.backends import get_search_backend

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.media.engine import without_location
from congdoan.media.models import Picture
from congdoan.portal.errors import AlbumLockedError, MayNotChangeAlbumError, MayNotPublishAlbumError
from congdoan.portal.models import AlbumPage, AlbumPhoto


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A picture on its way into an album, with the words for it."""

    picture: Picture
    caption: str
    alt: str
    credit: str


def keep_picture(file: File[Any], *, title: str, collection_id: int, by: User) -> Picture:
    """Keep an uploaded photo in the library of pictures. The caller has checked that it is one, and the collection.

    What takes time is done before the transaction opens: on SQLite nobody else could write meanwhile.
    """
    file.seek(0)
    stripped = ContentFile(without_location(file.read()), name=file.name)
    picture = Picture(title=title, file=stripped, collection_id=collection_id, uploaded_by_user=by)
    picture._set_image_file_metadata()  # noqa: SLF001  # size and hash, as Wagtail's own form notes them
    # The context says who does it to those who write the trail when a picture is saved (receivers.trail).
    with transaction.atomic(), LogContext(user=by):
        picture.save()
    return picture


@transaction.atomic
def add_photos(album_id: int, photos: Sequence[NewPhoto], *, by: User, publish: bool) -> AlbumPage:
    """Add ``photos`` behind those that the album has, as a new revision; with ``publish``, before readers.

    The page stays locked until commit, so that of two editors who add at the same moment neither loses photos. Raises
    ``MayNotChangeAlbumError``, ``MayNotPublishAlbumError``, ``AlbumLockedError``.
    """
    stored = AlbumPage.objects.select_for_update().get(pk=album_id)
    rights = stored.permissions_for_user(by)
    if not rights.can_edit():
        raise MayNotChangeAlbumError
    if rights.page_locked():
        raise AlbumLockedError
    if publish and not rights.can_publish():
        raise MayNotPublishAlbumError

    _describe(photos)
    album: AlbumPage = stored.get_latest_revision_as_object()
    last = max((photo.sort_order or 0 for photo in album.photos.all()), default=-1)
    for order, photo in enumerate(photos, start=last + 1):
        album.photos.add(
            AlbumPhoto(image=photo.picture, caption=photo.caption, alt=photo.alt, sort_order=order)
        )
    revision = album.save_revision(user=by, log_action=True)
    if publish:
        revision.publish(user=by)
    audit.record(
        "album.photos_added",
        stored,
        actor=by,
        after={"pictures": [photo.picture.pk for photo in photos], "published": publish},
    )
    return album


def _describe(photos: Sequence[NewPhoto]) -> None:
    """Let the library know what is in the pictures and who took them: a few statements, however many there are."""
    for photo in photos:
        photo.picture.description = (photo.alt or photo.caption)[:255]
        photo.picture.credit = photo.credit
    pictures = [photo.picture for photo in photos]
    Picture.objects.bulk_update(pictures, ["description", "credit"])
    # Written without signals, so the editors' search is told by hand; the tags are part of its words.
    described = Picture.objects.filter(pk__in=[picture.pk for picture in pictures]).prefetch_related("tags")
    get_search_backend().add_bulk(Picture, described)
