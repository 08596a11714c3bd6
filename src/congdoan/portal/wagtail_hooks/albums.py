"""Where editors find the screen for adding many photos to an album."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem

from congdoan.accounts.models import User
from congdoan.portal.models import AlbumPage
from congdoan.portal.views import albums


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def album_urls() -> list[URLPattern]:
    """The screen."""
    return [path("album/<int:pk>/tai-anh/", albums.upload, name="congdoan_album_upload")]


class AlbumUploadItem(PageMenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Leads to the screen, from the menu of an album."""

    label = _("Tải nhiều ảnh")
    icon_name = "upload"
    url_name = "congdoan_album_upload"

    def is_shown(self, user: Any) -> bool:
        """Whether ``user`` may add photos."""
        return albums.may_add_photos(cast("User", user), self.page)


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def header_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[AlbumUploadItem]:
    """In the menu above an album."""
    if isinstance(page, AlbumPage):
        yield AlbumUploadItem(page=page, priority=12)


@hooks.register("register_page_listing_more_buttons")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def listing_button(page: Any, user: Any, next_url: str | None = None) -> Iterator[AlbumUploadItem]:
    """In the menu of an album in a list of pages."""
    if isinstance(page, AlbumPage):
        yield AlbumUploadItem(page=page, priority=3)
