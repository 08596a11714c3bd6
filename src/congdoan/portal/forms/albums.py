"""Many photos for an album at once: the files, then a row of words for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.media.models import Picture
from congdoan.portal import queries

MOST_FILES = 60
"""Photos in one upload: more take longer than a phone line holds."""

HOME_OF_ALBUMS = "Album ảnh"
"""The collection offered first."""

MOST_ROWS = 500
PREFIX = "anh"
WORDS = ("caption", "alt", "credit")


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, UploadedFile[Any]], name: str
    ) -> list[UploadedFile[Any]]:
        return files.getlist(name)


class _PhotosField(forms.Field):
    """Files of which each is judged alone: one that is refused does not hold back the others."""

    widget = _ManyFiles


class UploadForm(forms.Form):
    """Photos to keep. ``photos`` are the good ones and ``refused`` a sentence for each other, once it is valid."""

    images = _PhotosField(label=gettext_lazy("Chọn ảnh"), required=False)
    collection = forms.TypedChoiceField(label=gettext_lazy("Lưu vào kho ảnh"), coerce=int)

    photos: list[UploadedFile[Any]]
    refused: list[str]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._field = WagtailImageField()
        self.fields["images"].widget.attrs["accept"] = self._field.widget.attrs["accept"]
        self.fields["images"].help_text = _(
            "Chọn được nhiều ảnh một lúc: tối đa %(most)d ảnh, mỗi ảnh tối đa %(size)s. Nơi chụp ghi trong ảnh được xoá."
        ) % {"most": MOST_FILES, "size": filesizeformat(self._field.max_upload_size)}
        collections: list[Collection] = list(queries.collections_to_upload_to(user))
        self.fields["collection"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (collection.pk, collection.name if collection.depth > 1 else _("Kho chung"))
            for collection in collections
        ]
        offered = [collection.pk for collection in collections if collection.name == HOME_OF_ALBUMS]
        self.fields["collection"].initial = (offered or [collections[0].pk])[0] if collections else None

    def clean_images(self) -> list[UploadedFile[Any]]:
        """Sort the good photos from the others."""
        files: list[UploadedFile[Any]] = self.cleaned_data["images"]
        self.photos, self.refused = [], []
        for file in files[:MOST_FILES]:
            try:
                self.photos.append(self._field.clean(file))
            except ValidationError as error:
                self.refused.append(_reason(file, error, self._field))
        self.refused += [
            _("“%(name)s”: quá %(most)d ảnh một lần. Hãy tải ảnh này ở lần sau.")
            % {"name": file.name, "most": MOST_FILES}
            for file in files[MOST_FILES:]
        ]
        return files

    def clean(self) -> dict[str, Any] | None:
        """Ask for a file."""
        if not self.cleaned_data.get("images"):
            self.add_error("images", _("Bạn chưa chọn ảnh nào. Hãy chọn một hoặc nhiều tệp ảnh."))
        return super().clean()


def _reason(file: UploadedFile[Any], error: ValidationError, field: WagtailImageField) -> str:
    """Why a file was refused and what to do, in words of ours (Wagtail has them in English only)."""
    codes = {item.code for item in error.error_list}
    if "empty" in codes:
        why = _("tệp trống. Hãy chép lại ảnh từ máy ảnh hoặc điện thoại.")
    elif "file_too_large" in codes:
        why = _("nặng %(size)s, quá mức %(most)s. Hãy thu nhỏ ảnh rồi tải lại.") % {
            "size": filesizeformat(file.size or 0),
            "most": filesizeformat(field.max_upload_size),
        }
    elif "file_too_many_pixels" in codes:
        why = _("ảnh quá lớn. Hãy thu nhỏ ảnh rồi tải lại.")
    elif "invalid_image_known_format" in codes:
        why = _("đuôi tệp không đúng với loại ảnh bên trong. Hãy lưu lại ảnh dưới dạng JPG.")
    else:
        why = _("không phải ảnh đọc được. Hãy chọn tệp %s.") % field.supported_formats_text
    return f"“{file.name}”: {why}"


class PhotoRow(forms.Form):
    """The words for one uploaded photo."""

    picture = forms.IntegerField(widget=forms.HiddenInput)
    caption = forms.CharField(label=gettext_lazy("Chú thích"), required=False, max_length=400)
    alt = forms.CharField(
        label=gettext_lazy("Mô tả ảnh"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Nói trong ảnh có gì, cho người không nhìn thấy ảnh."),
    )
    credit = forms.CharField(label=gettext_lazy("Tác giả ảnh"), required=False, max_length=200)
    left_out = forms.BooleanField(label=gettext_lazy("Không đưa ảnh này vào album"), required=False)

    photo: Picture

    def clean(self) -> dict[str, Any] | None:
        """Keep the words in NFC, without space around them."""
        for field in WORDS:
            if field in self.cleaned_data:
                self.cleaned_data[field] = vntext.nfc(self.cleaned_data[field])
        return super().clean()


class PhotoRows:
    """The rows of one page, each knowing its photo. A row whose photo ``user`` did not upload is dropped.

    With ``data`` (the request's POST) they hold what was typed; ``added`` photos follow in rows of their own.
    """

    def __init__(
        self, user: User, data: Mapping[str, Any] | None = None, added: Iterable[Picture] = ()
    ) -> None:
        typed = [PhotoRow(data, prefix=f"{PREFIX}-{number}") for number in range(_count(data))]
        rows = [(_number(row["picture"].value()), row) for row in typed]
        for picture in added:
            initial = {"picture": picture.pk, "credit": picture.credit}
            rows.append((picture.pk, PhotoRow(initial=initial)))
        known = queries.own_uploads(user, [number for number, _row in rows if number is not None])
        self.rows: list[PhotoRow] = []
        for number, row in rows:
            if number in known and number not in {other.photo.pk for other in self.rows}:
                row.photo = known[number]
                self.rows.append(row)

    def is_valid(self, *, publish: bool) -> bool:
        """Whether every row is in order. Before readers see a photo, somebody must have said what is in it."""
        for row in self.rows:
            if not row.is_valid() or not publish:
                continue
            words = row.cleaned_data
            if not (words["left_out"] or words["caption"] or words["alt"]):
                row.add_error("alt", _("Hãy viết chú thích hoặc mô tả ảnh trước khi xuất bản."))
        return not any(row.errors for row in self.rows)


def _count(data: Mapping[str, Any] | None) -> int:
    return min(_number((data or {}).get(f"{PREFIX}-count")) or 0, MOST_ROWS)


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None


def title_of(file: UploadedFile[Any]) -> str:
    """A title for the library of pictures from the name of a file: "IMG_2041.JPG" gives "IMG 2041"."""
    stem = PurePath(file.name or "").stem.replace("_", " ").strip()
    return vntext.nfc(stem)[:255] or _("Ảnh")
