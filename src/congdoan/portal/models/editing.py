"""What the page editor asks for before readers see a page. A draft may be as unfinished as its author likes.

These forms stand beside the models because Wagtail finds a page's form through its model.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from congdoan.figures.queries.checking import faults, scope_from
from congdoan.figures.queries.texts import specs_in_stream
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import coded


class TextForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """The live figures of the text must be known, for everybody, and of a unit and a time."""

    def clean(self) -> dict[str, Any]:
        """Ask when publishing or sending for approval; Wagtail defers validation for drafts."""
        data: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return data
        unit = data.get("report_unit")
        scope = scope_from(
            unit.code if unit else "",
            data.get("report_from"),
            data.get("report_to"),
            data.get("report_basis") or "",
            data.get("report_compare") or "",
        )
        for field in ("body", "body_en"):
            for fault in faults(specs_in_stream(data.get(field), scope), scope):
                self.add_error(field, fault)
        return data


class UnitCodeField(forms.ModelChoiceField[Unit]):
    """A unit by its typed code: there are too many units for a list."""

    def prepare_value(self, value: Any) -> Any:
        """Write the code."""
        if isinstance(value, int):
            return Unit.objects.filter(pk=value).values_list("code", flat=True).first()
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Unit | None:
        """Read the code, in any case."""
        text = str(value or "").strip()
        if not text:
            return None
        unit = None if "\0" in text else Unit.objects.filter(coded(text)).first()
        if unit is None:
            raise forms.ValidationError(
                _("Không có đơn vị nào mang mã “%(code)s”. Ví dụ: LC.") % {"code": text},
                code="invalid_choice",
            )
        return unit


class ArticleForm(TextForm):
    """The lead picture needs words for those who do not see it; the unit of a report is typed by its code."""

    report_unit = UnitCodeField(
        label=gettext_lazy("Đơn vị"),
        help_text=gettext_lazy("Mã đơn vị, ví dụ LC. Để trống nếu bài không phải là báo cáo."),
        queryset=Unit.objects.all(),
        to_field_name="code",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask when publishing or sending for approval; Wagtail defers validation for drafts."""
        data: dict[str, Any] = super().clean()
        picture = data.get("picture")
        if (
            picture is not None
            and not self.is_deferred_validation
            and not (data.get("picture_alt") or picture.description)
        ):
            self.add_error(
                "picture_alt",
                _(
                    "Ảnh đại diện chưa có mô tả. Hãy viết một câu nói trong ảnh có gì, rồi xuất bản hoặc gửi duyệt lại."
                ),
            )
        return data


class AlbumForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """Each photo needs words for those who do not see it."""

    def is_valid(self) -> bool:
        """Ask as ``ArticleForm`` does, beside each photo."""
        valid = bool(super().is_valid())
        if self.is_deferred_validation or "photos" not in self.formsets:
            return valid
        for row in self.formsets["photos"].forms:
            words = getattr(row, "cleaned_data", None)
            if not words or words.get("DELETE") or not words.get("image"):
                continue
            if not (words.get("alt") or words.get("caption") or words["image"].description):
                row.add_error(
                    "alt", _("Ảnh chưa có chú thích hay mô tả. Hãy viết một câu nói trong ảnh có gì.")
                )
                valid = False
        return valid
