"""Forms of the gallery page: every kind of field, empty and with errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Every kind of field (for the gallery page only; it saves nothing)."""

    name = forms.CharField(label=_("Họ và tên"), max_length=80, help_text=_("Viết đủ họ, tên đệm và tên."))
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    members = forms.IntegerField(
        # A text field: a browser's number field throws away what it cannot read, and the reader's typing with it.
        label=_("Số đoàn viên"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    level = forms.ChoiceField(
        label=_("Cấp công đoàn"),
        choices=[
            ("", _("Chọn một cấp")),
            ("base", _("Công đoàn cơ sở")),
            ("upper", _("Cấp trên trực tiếp cơ sở")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Khối"),
        widget=forms.RadioSelect,
        choices=[("public", _("Hành chính, sự nghiệp")), ("business", _("Sản xuất, kinh doanh"))],
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(
        label=_("Tệp đính kèm"), required=False, help_text=_("PDF hoặc DOCX, không quá 20 MB.")
    )
    agreed = forms.BooleanField(label=_("Tôi đã kiểm tra số liệu trên."))


class DeskForm(forms.Form):
    """Fields of the desk: with longer help, a day, a file, a group of boxes (for the gallery page only)."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=80)
    founded = forms.DateField(
        label=_("Ngày thành lập"), help_text=_("Ngày ghi trong quyết định, không phải ngày ký.")
    )
    members = forms.IntegerField(
        label=_("Số đoàn viên"), min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    sector = forms.ChoiceField(
        label=_("Khối"),
        choices=[
            ("", _("Chọn một khối")),
            ("public", _("Hành chính, sự nghiệp")),
            ("business", _("Sản xuất, kinh doanh")),
        ],
    )
    topics = forms.MultipleChoiceField(
        label=_("Nhận thông báo về"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("due", _("Báo cáo đến hạn")), ("returned", _("Báo cáo bị trả lại"))],
    )
    decision = forms.FileField(label=_("Quyết định thành lập"), help_text=_("PDF, không quá 20 MB."))
    is_checked = forms.BooleanField(label=_("Tôi đã đối chiếu với bản giấy"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the field that people ask about its longer help."""
        super().__init__(*args, **kwargs)
        self.fields["members"].help_detail = _(  # type: ignore[attr-defined]  # read by field.html
            "Người đã có quyết định kết nạp và chưa thôi sinh hoạt tính đến hôm nay.\n\n"
            "Không tính người mới nộp đơn; không tính người đã nghỉ hưu."
        )


class FilterForm(forms.Form):
    """Filters beside a list (for the gallery page only)."""

    year = forms.ChoiceField(label=_("Năm"), required=False, choices=[("", _("Mọi năm")), ("2026", "2026")])
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False)
