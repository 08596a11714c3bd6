"""Taking over a saved page of an old portal: the file, then what to do with it."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan import vntext
from congdoan.accounts.models import User
from congdoan.portal import queries
from congdoan.portal.actions import imports, site_parts
from congdoan.portal.importing import ParsedPage, parse, refuse_too_large
from congdoan.portal.models import CategoryPage, NewsIndexPage

NEW_CATEGORY = "new"


class SavedPageForm(forms.Form):
    """A saved page to read. ``parsed`` holds what was recognised once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("Tệp trang đã lưu"),
        help_text=gettext_lazy("Tệp văn bản (.txt) hoặc trang web đã lưu (.html), tối đa 5 MB."),
        error_messages={
            "required": gettext_lazy("Bạn chưa chọn tệp. Hãy chọn tệp .txt hoặc .html đã lưu từ trang cũ."),
            "empty": gettext_lazy("Tệp trống, không có chữ nào để đọc. Hãy kiểm tra lại tệp đã chọn."),
        },
        widget=forms.FileInput(attrs={"accept": ".txt,.htm,.html,.xhtml,text/plain,text/html"}),
    )

    parsed: ParsedPage
    data_read: bytes

    def clean_file(self) -> Any:
        """Read the page; what cannot be read says why."""
        file = self.cleaned_data["file"]
        try:
            refuse_too_large(file.size)
            self.data_read = file.read()
            self.parsed = parse(self.data_read, file.name)
        except vntext.VntextError as error:
            raise forms.ValidationError(_(error.sentence) % error.values) from error
        return file


class ImportForm(forms.Form):
    """What to do with a page that was read. The page itself travels in a hidden field, packed.

    Nothing is kept on the server between the two steps, so nothing is left behind when the second never comes. An
    editor who changes the field only changes what they could have uploaded.
    """

    packed = forms.CharField(widget=forms.HiddenInput)
    filename = forms.CharField(widget=forms.HiddenInput, required=False, max_length=255)
    category = forms.ChoiceField(label=gettext_lazy("Chuyên mục"))
    adopt = forms.MultipleChoiceField(
        label=gettext_lazy("Lấy thêm từ trang cũ"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, parsed: ParsedPage, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parsed = parsed
        offered = [part for part in site_parts.adoptable_by(user) if part in parsed.offered_parts]
        self.fields["adopt"].choices = [(part, self._words(part)) for part in offered]  # type: ignore[attr-defined]  # a ChoiceField
        if not offered:
            del self.fields["adopt"]
        choices, initial = _places(parsed, user)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["category"].initial = initial

    def _words(self, part: str) -> str:
        """What a part would bring."""
        page = self.parsed
        if part == "slogan":
            return _("Khẩu hiệu: “%s”") % page.slogan
        if part == "poll":
            poll = page.poll
            return _("Bình chọn: %(question)s (%(options)s)") % {
                "question": poll.question if poll else "",
                "options": "; ".join(poll.options) if poll else "",
            }
        if part == "visits":
            return _("Số lượt truy cập ban đầu: %s") % vntext.format_int(page.visits or 0)
        facts = "; ".join(
            f"{fact.label}{f' ({fact.as_of})' if fact.as_of else ''}: {fact.value} {fact.measure_unit}".strip()
            for fact in page.facts
        )
        return _("Thông tin về tỉnh: %s") % facts

    @property
    def chosen_category(self) -> CategoryPage | None:
        """The category that was chosen; ``None`` to make the one that the page names."""
        choice = self.cleaned_data["category"]
        return None if choice == NEW_CATEGORY else CategoryPage.objects.get(pk=choice)


def _places(parsed: ParsedPage, user: User) -> tuple[list[tuple[str, str]], str]:
    """The categories to choose from, and the one that the page names."""
    choices = [(str(category.pk), str(category.title)) for category in queries.categories_to_write_in(user)]
    index = NewsIndexPage.objects.first()
    if index is None:
        return choices, ""
    place = imports.find_place(index, parsed.breadcrumb)
    if not place.missing:
        return choices, str(place.above.pk)
    if place.above.permissions_for_user(user).can_add_subpage():
        choices.insert(0, (NEW_CATEGORY, _("Tạo chuyên mục mới: %s") % place.name))
        return choices, NEW_CATEGORY
    return choices, ""


def pack(data: bytes) -> str:
    """The bytes of a file as text for a hidden field."""
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def unpack(packed: str) -> bytes:
    """The bytes again. Raises ``ValueError`` for what was not made by ``pack`` or is over the limit."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(base64.b64decode(packed, validate=True), vntext.MAX_BYTES + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("not a packed file") from error
    if not unpacker.eof:
        raise ValueError("a packed file over the limit, or a part of one")
    return data
