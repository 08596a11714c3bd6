"""What is typed about sheets: drafts, lines, rules, publication, obligations, calendars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.models import UnitKind
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting import prefill
from congdoan.reporting.actions.configuring.sheets import NewRule
from congdoan.reporting.engine.values import ValueFaultError, read, shown
from congdoan.reporting.errors import fault_words
from congdoan.reporting.forms.managing import NumberInput
from congdoan.reporting.models import Calendar, Line, Period, Section
from congdoan.ui.templatetags.ui import vi_date

RULE_KINDS = {
    "equals": _("Bằng tổng"),
    "at_most": _("Không nhiều hơn"),
    "range": _("Trong khoảng"),
    "leap": _("Không chênh nhiều so với kỳ trước"),
}


class SheetForm(forms.Form):
    """A new sheet."""

    name = forms.CharField(
        label=_("Tên biểu mẫu"), max_length=200, help_text=_("Ví dụ: Báo cáo tháng của công đoàn cơ sở.")
    )
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    period_type = forms.ChoiceField(
        label=_("Kỳ"), choices=[one for one in Period.Type.choices if one[0] != Period.Type.TERM]
    )

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"] = forms.ModelChoiceField(
            Calendar.objects.order_by("pk"),
            label=_("Lịch"),
            empty_label=None,
            help_text=_("Lịch định ngày bắt đầu của mỗi kỳ."),
        )
        self.fields["owner"] = UnitField(
            capacity,
            Right.CONFIGURE_REPORTS,
            label=_("Đơn vị ban hành"),
            help_text=_("Mã hoặc tên. Cán bộ của đơn vị này và cấp trên sửa được biểu mẫu."),
        )


class WordsForm(forms.Form):
    """What a draft says of itself."""

    note = forms.CharField(
        label=_("Thay đổi so với phiên bản trước"),
        max_length=300,
        required=False,
        help_text=_("Một câu cho người nhập, ví dụ: Thêm số buổi toạ đàm."),
    )
    guidance = forms.CharField(
        label=_("Hướng dẫn chung"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class SectionForm(forms.Form):
    """One section."""

    title = forms.CharField(
        label=_("Tên phần"), max_length=200, help_text=_("Mỗi phần là một màn hình trên điện thoại.")
    )
    title_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)


class LineForm(forms.Form):
    """One line."""

    label = forms.CharField(label=_("Nhãn"), max_length=200)
    label_en = forms.CharField(label=_("Nhãn tiếng Anh"), max_length=200, required=False)
    is_required = forms.BooleanField(label=_("Bắt buộc: phải có số mới gửi được"), required=False)
    is_part = forms.BooleanField(
        label=_("“Trong đó”: là một phần của dòng trên, viết thụt vào"), required=False
    )

    def __init__(self, sections: list[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"] = forms.TypedChoiceField(
            label=_("Phần"), coerce=int, choices=[(section.pk, str(section)) for section in sections]
        )
        self.fields["prefill"] = forms.ChoiceField(
            label=_("Điền sẵn từ"),
            required=False,
            choices=[("", _("Không điền sẵn")), *prefill.choices()],
            help_text=_("Người nhập thấy số này và tự quyết định lấy hay không."),
        )


class RuleForm(forms.Form):
    """One rule, over the lines of its draft."""

    def __init__(self, kind: str, lines: list[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.lines = kind, {line.series.key: line for line in lines}
        choices = [(key, str(line)) for key, line in self.lines.items()]
        one_left = forms.ChoiceField(label=_("Dòng"), choices=choices)
        boxes = forms.CheckboxSelectMultiple
        if kind == "equals":
            one_left.label = _("Dòng tổng")
            self.fields["left"] = one_left
            self.fields["right"] = forms.MultipleChoiceField(
                label=_("Bằng tổng các dòng"), choices=choices, widget=boxes
            )
        elif kind == "at_most":
            self.fields["left"] = forms.MultipleChoiceField(
                label=_("Tổng các dòng"), choices=choices, widget=boxes
            )
            self.fields["right"] = forms.ChoiceField(label=_("Không nhiều hơn dòng"), choices=choices)
        else:
            self.fields["left"] = one_left
        if kind == "range":
            for name, label in (("low", _("Thấp nhất")), ("high", _("Cao nhất"))):
                self.fields[name] = forms.CharField(
                    label=label, required=False, max_length=40, widget=NumberInput
                )
        if kind == "leap":
            self.fields["factor"] = forms.IntegerField(
                label=_("Nhiều nhất mấy lần so với kỳ trước"),
                min_value=2,
                max_value=1_000,
                initial=10,
                widget=NumberInput,
            )
        self.fields["severity"] = forms.ChoiceField(
            label=_("Khi sai"),
            choices=[
                ("error", _("Lỗi: phải sửa mới gửi được")),
                ("warning", _("Nhắc: vẫn gửi được, cần xem lại hoặc ghi chú")),
            ],
            initial="error" if kind in ("equals", "at_most") else "warning",
        )

    def clean(self) -> dict[str, Any]:
        """Read the bounds as the line's numbers are read."""
        data = super().clean() or self.cleaned_data
        line = self.lines.get(data.get("left", "")) if self.kind == "range" else None
        for name in ("low", "high"):
            text = data.get(name, "")
            data[name] = None
            if text and line is not None:
                try:
                    value = read(text, decimals=line.series.indicator.decimals)
                except ValueFaultError as error:
                    self.add_error(name, fault_words(error, str(self.fields[name].label)))
                else:
                    data[name] = value.number if value else None
        return data

    @property
    def rule(self) -> NewRule:
        """What was chosen, for the action."""
        data = self.cleaned_data
        left, right = data["left"], data.get("right", [])
        return NewRule(
            kind=self.kind,
            left=[left] if isinstance(left, str) else left,
            right=[right] if isinstance(right, str) else right,
            low=data.get("low"),
            high=data.get("high"),
            factor=data.get("factor") or 10,
            severity=data["severity"],
        )


class PublishForm(forms.Form):
    """From which period a draft holds."""

    def __init__(self, periods: list[Period], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"] = forms.DateField(
            label=_("Dùng từ kỳ"),
            widget=forms.Select(
                choices=[
                    (
                        period.start.isoformat(),
                        f"{period} ({vi_date(period.start)} – {vi_date(period.span.last_day)})",
                    )
                    for period in periods
                ]
            ),
            input_formats=["%Y-%m-%d"],
            help_text=_("Chỉ các kỳ mà chưa báo cáo nào được gửi."),
        )


class ObligationForm(forms.Form):
    """Who owes a sheet."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ModelChoiceField(
            UnitKind.objects.order_by("sort_order", "pk"),
            to_field_name="code",
            label=_("Loại đơn vị"),
            empty_label=None,
        )
        self.fields["top"] = UnitField(
            capacity,
            Right.CONFIGURE_REPORTS,
            label=_("Trong phạm vi"),
            help_text=_("Mã hoặc tên của một đơn vị; mọi đơn vị loại này ở dưới đều phải nộp."),
        )
        self.fields["valid_from"] = forms.DateField(
            label=_("Từ ngày"),
            initial=timezone.localdate,
            help_text=_("Chỉ các kỳ bắt đầu từ ngày này trở đi."),
        )
        self.fields["valid_to"] = forms.DateField(label=_("Đến trước ngày"), required=False)
        self.fields["due_days"] = forms.IntegerField(
            label=_("Hạn nộp"),
            min_value=0,
            max_value=365,
            initial=10,
            widget=NumberInput,
            help_text=_("Số ngày sau ngày cuối kỳ."),
        )

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("Ngày kết thúc phải sau ngày bắt đầu."))
        return data


class EndForm(forms.Form):
    """From which day something is over."""

    valid_to = forms.DateField(
        label=_("Đến trước ngày"),
        initial=timezone.localdate,
        help_text=_("Các kỳ bắt đầu từ ngày này không phải nộp nữa. Báo cáo đã mở vẫn còn."),
    )


class CalendarForm(forms.Form):
    """A new calendar."""

    name = forms.CharField(label=_("Tên lịch"), max_length=120, help_text=_("Ví dụ: Lịch chốt số ngày 20."))
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    start_day = forms.IntegerField(
        label=_("Ngày đầu tháng"),
        min_value=1,
        max_value=28,
        initial=1,
        widget=NumberInput,
        help_text=_("1: theo tháng dương lịch. 15: từ ngày 15 tháng trước đến ngày 14."),
    )


def bound_words(number: int | None, line: Line | None) -> str:
    """Write a bound of a rule as the numbers of its line."""
    return shown(number, line.series.indicator.decimals if line else 0)


def seen_of(data: Any) -> int:
    """Return the saving of the draft that a page was drawn from; one that is none fits no draft."""
    text = str(data.get("seen", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else -1
