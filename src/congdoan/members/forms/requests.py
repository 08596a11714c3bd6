"""What officers answer to requests about personal data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.members.engine.clocks import LONGEST_EXTENSION
from congdoan.members.models import ReadEntry


class AnswerForm(forms.Form):
    """The answer that the person reads."""

    answer = forms.CharField(
        label=_("Trả lời, hoặc lý do từ chối"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Người gửi đọc được."),
    )


class ExtendForm(forms.Form):
    """More days, once, and why."""

    days = forms.IntegerField(label=_("Thêm số ngày"), min_value=1, max_value=LONGEST_EXTENSION)
    reason = forms.CharField(label=_("Lý do gia hạn"), max_length=300)


class DecisionForm(forms.Form):
    """Why a correction is refused; one that is accepted needs no reason."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        required=False,
        help_text=_("Bắt buộc khi không chấp nhận. Người gửi đọc được."),
    )


class LogForm(forms.Form):
    """Which lines of the reading log are looked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["viec"] = forms.ChoiceField(
            label=_("Việc"), required=False, choices=[("", _("Tất cả")), *ReadEntry.Kind.choices]
        )
        self.fields["ho-so"] = forms.IntegerField(label=_("Mã hồ sơ"), required=False, min_value=1)
        self.fields["nguoi-doc"] = forms.CharField(label=_("Tên người đọc"), required=False, max_length=100)
        self.fields["tu-ngay"] = forms.DateField(label=_("Từ ngày"), required=False)
        self.fields["den-ngay"] = forms.DateField(label=_("Đến hết ngày"), required=False)

    def said(self, name: str) -> Any:
        """Return what a field means; nothing where it means nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in self.fields if self.said(name))
