"""What the screens of reading figures send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan import vntext
from congdoan.filetext import FileText, FileTextError, read_bytes
from congdoan.reporting.engine.values import ValueFaultError
from congdoan.reporting.engine.values import read as read_value
from congdoan.reporting.models import Indicator, Series

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 1_000_000
_LINE = 80


class TextForm(forms.Form):
    """A text, pasted or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Dán văn bản"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc chọn tệp"),
        required=False,
        help_text=gettext_lazy("TXT, HTML, DOCX hoặc PDF có chữ, tối đa 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,.docx,.pdf"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Tên văn bản"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Để trống: lấy tên tệp hoặc dòng đầu."),
    )

    found: FileText | None = None

    def clean(self) -> dict[str, Any]:
        """Read the file, or take the pasted text."""
        data: dict[str, Any] = super().clean() or {}
        upload, text = data.get("file"), (data.get("text") or "").replace("\r\n", "\n")
        if upload is not None and upload.size > MOST_BYTES:
            self.add_error("file", _("Tệp lớn hơn 20 MB. Hãy tách nhỏ rồi chọn lại."))
        elif upload is not None:
            try:
                self.found = read_bytes(upload.read(), upload.name)
                text = self.found.text
            except FileTextError as error:
                self.add_error("file", error.translated(_))
        elif not text.strip():
            self.add_error("text", _("Hãy dán văn bản hoặc chọn một tệp."))
        if len(text) > MOST_CHARACTERS:
            self.add_error(
                "file" if upload else "text",
                _("Văn bản dài hơn một triệu ký tự. Hãy tách nhỏ rồi đọc từng phần."),
            )
        if "\0" in text:
            self.add_error("file" if upload else "text", _("Văn bản có ký tự không đọc được."))
        data["text"] = text
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        if len(first) > _LINE:
            first = first[:_LINE].rsplit(" ", 1)[0] + "…"
        data["title"] = vntext.nfc(data.get("title") or (upload.name if upload else "") or first)[:200]
        return data


class FigureForm(forms.Form):
    """What one figure is: indicator, cell, value and window."""

    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=300)
    value = forms.CharField(label=gettext_lazy("Giá trị"), max_length=60)
    start_on = forms.DateField(label=gettext_lazy("Từ ngày"), required=False)
    end_on = forms.DateField(label=gettext_lazy("Đến ngày"), required=False)

    def clean_indicator(self) -> str:
        """Take a code, or "code — name" as the list offers it; "code|cell" for a part."""
        said = self.cleaned_data["indicator"].split(" — ")[0].strip()
        code, _bar, cell = said.partition("|")
        found = Indicator.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(
                _("Không có chỉ tiêu “%(code)s”. Hãy chọn trong danh sách.") % {"code": said}
            )
        if cell and not Series.objects.filter(indicator=found, cell=cell).exists():
            raise forms.ValidationError(_("Chỉ tiêu này không có phân tổ “%(cell)s”.") % {"cell": cell})
        self.cell = cell
        return found.code

    def clean_value(self) -> str:
        """The value must be one that a report could hold."""
        text = vntext.nfc(self.cleaned_data["value"].strip())
        try:
            read_value(text.removesuffix("%").strip(), decimals=4)
        except ValueFaultError:
            raise forms.ValidationError(
                _("“%(text)s” không phải là số. Ví dụ: 12.076 hoặc 66,11.") % {"text": text}
            ) from None
        return text

    def clean(self) -> dict[str, Any]:
        """A window does not end before it starts."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("start_on"), data.get("end_on")
        if start and end and end < start:
            self.add_error("end_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        return data
