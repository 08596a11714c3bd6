"""What the screens of review send, and what the addresses of their lists say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.reporting.models import Period, Report, Sheet
from congdoan.reporting.queries import inbox
from congdoan.reporting.queries.inbox import Narrowing

ALL = "tat-ca"
_CHOSEN = re.compile(r"([0-9]{1,12}):([0-9a-f]{64})")
_LONGEST_EXTENSION = 366

STATUSES = [
    ("", _("Chờ duyệt")),
    (Report.Status.ACCEPTED, _("Đã duyệt")),
    (Report.Status.RETURNED, _("Trả lại để sửa")),
    (Report.Status.OPEN, _("Chưa gửi")),
    (ALL, _("Mọi trạng thái")),
]


def _periods(empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((str(one.pk), one.words) for one in inbox.periods()[:120])]


def _sheets() -> list[tuple[str, Any]]:
    return [("", _("Mọi biểu mẫu")), *((one.code, str(one)) for one in inbox.sheets())]


class _ListForm(forms.Form):
    """What the address of a list says. What it cannot mean counts as not said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
        self.fields["xem"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def said(self, name: str) -> str:
        """Return what a field means; nothing where it means nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def everybody(self) -> bool:
        """Whether all units below are meant, not only those directly below."""
        return self.said("xem") == ALL

    def period(self) -> Period | None:
        """Return the period."""
        said = self.said("ky")
        return inbox.periods().filter(pk=int(said)).first() if said.isdecimal() else None

    def sheet(self) -> Sheet | None:
        """Return the sheet."""
        said = self.said("bieu-mau")
        return inbox.sheets().filter(code=said).first() if said else None


class InboxForm(_ListForm):
    """Which reports of the inbox are listed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trang-thai"] = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=STATUSES)
        self.fields["ky"] = forms.ChoiceField(label=_("Kỳ"), required=False, choices=_periods(_("Mọi kỳ")))
        self.fields["bieu-mau"] = forms.ChoiceField(label=_("Biểu mẫu"), required=False, choices=_sheets())

    def narrowing(self) -> Narrowing:
        """Return what is looked for."""
        status = self.said("trang-thai") or Report.Status.SUBMITTED.value
        return Narrowing(
            everybody=self.everybody,
            status="" if status == ALL else status,
            period=self.period(),
            sheet=self.sheet(),
            text=self.said("q"),
        )

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in ("trang-thai", "ky", "bieu-mau") if self.said(name))


class MissingForm(_ListForm):
    """Which reports that were not sent are listed: of the newest such period unless another is said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _periods(_("Kỳ mới nhất còn thiếu"))
        choices.insert(1, (ALL, _("Mọi kỳ")))
        self.fields["ky"] = forms.ChoiceField(label=_("Kỳ"), required=False, choices=choices)
        self.fields["bieu-mau"] = forms.ChoiceField(label=_("Biểu mẫu"), required=False, choices=_sheets())

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in ("ky", "bieu-mau") if self.said(name))


def chosen(values: Iterable[str]) -> dict[int, str]:
    """Read the ticked boxes of the inbox: "id:hash of what was shown"."""
    found = {}
    for value in values:
        if match := _CHOSEN.fullmatch(value):
            found[int(match[1])] = match[2]
    return found


class ReturnForm(forms.Form):
    """Why a report goes back. Comments on cells stand beside the cells: ``y<series>``."""

    reason = forms.CharField(
        label=_("Lý do trả lại"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đơn vị sẽ đọc lý do này. Hãy nói rõ phải sửa gì."),
        error_messages={"required": _("Hãy ghi lý do: người nhận cần biết phải sửa gì.")},
    )


class AskForm(forms.Form):
    """A question to the unit."""

    question = forms.CharField(
        label=_("Câu hỏi gửi đơn vị"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi câu hỏi.")},
    )


class ReopenForm(forms.Form):
    """More time for a report that was not sent."""

    until = forms.DateField(label=_("Mở lại đến hết ngày"))
    why = forms.CharField(label=_("Lý do"), max_length=500)

    def clean_until(self) -> Any:
        """Refuse a day that has passed, or one too far off."""
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day < today:
            raise ValidationError(_("Ngày này đã qua. Hãy chọn hôm nay hoặc một ngày sau."))
        if day > today + timedelta(days=_LONGEST_EXTENSION):
            raise ValidationError(_("Ngày này quá xa. Hãy chọn một ngày trong vòng một năm."))
        return day


def comments(data: Mapping[str, str], keys: Mapping[int, str]) -> dict[str, str]:
    """Read the comments on cells: ``y<id of series>`` → by key of series."""
    return {keys[pk]: data[f"y{pk}"].strip()[:2_000] for pk in keys if data.get(f"y{pk}", "").strip()}
