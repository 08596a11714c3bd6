"""The editors' screen for adding many photos to an album at once: choose files, write words, keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congdoan.accounts.models import User
from congdoan.portal import forms, queries
from congdoan.portal.actions import albums as actions
from congdoan.portal.errors import PortalError
from congdoan.portal.forms.albums import title_of
from congdoan.portal.models import AlbumPage


def may_add_photos(user: User, album: AlbumPage) -> bool:
    """Whether ``user`` may change ``album`` and keep pictures in at least one collection."""
    return (
        bool(album.permissions_for_user(user).can_edit()) and queries.collections_to_upload_to(user).exists()
    )


# Receiving many photos takes long, and one transaction around it would hold up everybody else who writes. Each photo
# is kept in a transaction of its own (actions.keep_picture), the album is changed in one (actions.add_photos).
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Files first, then the rows for them; both stand in one form, so that more files can follow."""
    editor = cast("User", request.user)
    album = get_object_or_404(AlbumPage, pk=pk)
    if not may_add_photos(editor, album):
        raise PermissionDenied
    if request.method == "GET":
        return _show(request, album, forms.UploadForm(user=editor), forms.PhotoRows(editor))
    # Files that were chosen and forgotten when saving are not lost either: they are received first.
    if request.FILES or "upload" in request.POST:
        return _receive(request, album, editor)
    return _save(request, album, editor)


def _receive(request: HttpRequest, album: AlbumPage, editor: User) -> HttpResponse:
    form = forms.UploadForm(request.POST, request.FILES, user=editor)
    if not form.is_valid():
        return _show(request, album, form, forms.PhotoRows(editor, request.POST), status=422)
    added = [
        actions.keep_picture(
            file, title=title_of(file), collection_id=form.cleaned_data["collection"], by=editor
        )
        for file in form.photos
    ]
    if added:
        text = ngettext(
            "Đã tải lên %d ảnh. Hãy viết chú thích, mô tả rồi lưu vào album.",
            "Đã tải lên %d ảnh. Hãy viết chú thích, mô tả rồi lưu vào album.",
            len(added),
        )
        messages.success(request, text % len(added))
    again = forms.UploadForm(user=editor, initial={"collection": form.cleaned_data["collection"]})
    return _show(request, album, again, forms.PhotoRows(editor, request.POST, added), refused=form.refused)


def _save(request: HttpRequest, album: AlbumPage, editor: User) -> HttpResponse:
    publish = "publish" in request.POST
    rows = forms.PhotoRows(editor, request.POST)
    files = forms.UploadForm(user=editor, initial={"collection": request.POST.get("collection")})
    if not rows.is_valid(publish=publish):
        messages.error(request, _("Chưa lưu được. Hãy sửa các dòng được đánh dấu bên dưới."))
        return _show(request, album, files, rows, status=422)
    shared = request.POST.get("shared_credit", "").strip()
    photos = [
        actions.NewPhoto(
            picture=row.photo,
            caption=row.cleaned_data["caption"],
            alt=row.cleaned_data["alt"],
            credit=(row.cleaned_data["credit"] or shared)[:200],
        )
        for row in rows.rows
        if not row.cleaned_data["left_out"]
    ]
    if not photos:
        messages.error(
            request, _("Chưa có ảnh nào để lưu. Hãy tải ảnh lên, hoặc bỏ dấu “không đưa vào album”.")
        )
        return _show(request, album, files, rows, status=422)
    try:
        actions.add_photos(album.pk, photos, by=editor, publish=publish)
    except PortalError as error:
        messages.error(request, error.user_message)
        return _show(request, album, files, rows, status=409)
    done = (
        _("Đã thêm %(count)d ảnh vào album “%(title)s” và xuất bản.")
        if publish
        else _("Đã thêm %(count)d ảnh vào bản nháp của album “%(title)s”.")
    )
    messages.success(request, done % {"count": len(photos), "title": album.title})
    return redirect("wagtailadmin_pages:edit", album.pk)


def _show(
    request: HttpRequest,
    album: AlbumPage,
    form: forms.UploadForm,
    rows: forms.PhotoRows,
    *,
    status: int = 200,
    refused: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "album": album,
        "form": form,
        "rows": rows,
        "refused": refused,
        "shared_credit": request.POST.get("shared_credit", ""),
        "may_publish": album.permissions_for_user(request.user).can_publish(),
        "thumbnail": queries.THUMBNAIL,
    }
    return render(request, "portal/admin/album_upload.html", context, status=status)
