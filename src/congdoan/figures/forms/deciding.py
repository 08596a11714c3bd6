"""Deciding about a figure whose data changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan import vntext

KEEP, CORRECT = "giu", "dinh-chinh"


class DecisionForm(forms.Form):
    """Keep the figure or publish an erratum, with the reason; readers see the reason of an erratum."""

    decision = forms.ChoiceField(
        label=_("Quyết định"),
        choices=[
            (CORRECT, _("Đính chính: trang hiện số mới, kèm số cũ, chênh lệch và lý do")),
            (KEEP, _("Giữ số đã công bố")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Một hai câu. Lý do đính chính hiện công khai ở cuối bài."),
    )

    def clean_reason(self) -> str:
        """Keep the reason in NFC."""
        return vntext.nfc(self.cleaned_data["reason"].strip())

    def clean(self) -> dict[str, Any]:
        """A reason of blanks is none."""
        data: dict[str, Any] = super().clean() or {}
        if "reason" in data and not data["reason"]:
            self.add_error("reason", _("Hãy ghi lý do."))
        return data
