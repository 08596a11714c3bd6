"""What is typed about targets and outside figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring.owing import Aim, Seen
from congdoan.reporting.engine.values import ValueFaultError, read, shown
from congdoan.reporting.errors import fault_words
from congdoan.reporting.forms.managing import NumberInput
from congdoan.reporting.models import Indicator, Series, Target
from congdoan.reporting.queries import configuring as queries

DAY = timedelta(days=1)


def level_words(target: Target) -> str:
    """Write the level of a target: "60 %", "1.200"."""
    indicator = target.series.indicator
    text = shown(target.value, indicator.places)
    if indicator.kind != Indicator.Kind.RATE:
        return text
    return f"{text.rstrip('0').rstrip(',')} %"


class IndicatorField(forms.CharField):
    """An indicator by code, or by its name with or without diacritics; several that fit are named."""

    def __init__(self, capacity: Capacity, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.capacity, self.kinds = capacity, kinds

    def clean(self, value: Any) -> Any:
        """Return the ``Indicator``."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return None
        all_of_them = queries.indicators(self.capacity)
        if self.kinds:
            all_of_them = all_of_them.filter(kind__in=self.kinds)
        exact = all_of_them.filter(code=text.lower()).first()
        if exact is not None:
            return exact
        found = queries.matching(queries.with_names(all_of_them), text)
        if not found:
            raise forms.ValidationError(
                _("Không có chỉ tiêu nào khớp “%(text)s”. Hãy thử tên khác hoặc mã."), params={"text": text}
            )
        if len(found) > 1:
            names = "; ".join(f"{one.shown_name} ({one.code})" for one in found[:6])
            raise forms.ValidationError(
                _("Nhiều chỉ tiêu khớp. Hãy ghi mã của một chỉ tiêu: %(names)s."), params={"names": names}
            )
        return found[0]


def _number(form: forms.Form, name: str, decimals: int) -> int | None:
    text = str(form.cleaned_data.get(name) or "").replace("%", " ").strip()
    if not text:
        return None
    try:
        value = read(text, decimals=decimals)
    except ValueFaultError as error:
        form.add_error(name, fault_words(error, str(form.fields[name].label)))
        return None
    if value is None or value.number is None:
        form.add_error(name, _("Hãy nhập một số, ví dụ 1.289 hoặc 60."))
        return None
    return value.number


class AimForm(forms.Form):
    """The level, window and document of a target."""

    comparator = forms.ChoiceField(label=_("So sánh"), choices=Target.Comparator.choices)
    level = forms.CharField(
        label=_("Mức đề ra"),
        max_length=40,
        widget=NumberInput,
        help_text=_("Tỷ lệ ghi theo phần trăm, ví dụ 60. Số tiền ghi theo đồng."),
    )
    start = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"), help_text=_("Muốn kết thúc sớm, hãy ghi ngày cuối mới."))
    source = forms.CharField(
        label=_("Văn bản giao"), max_length=200, required=False, help_text=_("Ví dụ: Nghị quyết 25-NQ/TW.")
    )

    def __init__(self, *args: Any, indicator: Indicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean(self) -> dict[str, Any]:
        """Read the level with the indicator's decimals."""
        data = super().clean() or self.cleaned_data
        indicator = data.get("indicator") or self.indicator
        if indicator is not None and data.get("level"):
            data["value"] = _number(self, "level", indicator.places)
        start, last = data.get("start"), data.get("last")
        if start and last and last < start:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        return data

    @property
    def aim(self) -> Aim:
        """What was typed, for the action."""
        data = self.cleaned_data
        return Aim(data["start"], data["last"] + DAY, data["comparator"], data["value"], data["source"])


class TargetForm(AimForm):
    """A new target."""

    field_order = ("indicator", "cell", "unit", "comparator", "level", "start", "last", "source")

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = IndicatorField(
            capacity,
            (*queries.REPORTED, Indicator.Kind.RATE),
            label=_("Chỉ tiêu"),
            help_text=_("Tên có dấu hay không dấu, hoặc mã."),
        )
        self.fields["unit"] = UnitField(
            capacity, Right.CONFIGURE_REPORTS, label=_("Giao cho đơn vị"), help_text=_("Mã hoặc tên.")
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A target stands on a series: the whole, or the counted pair of a rate."""
        data = super().clean()
        indicator = data.get("indicator")
        if indicator is not None:
            part = Series.Part.NUMERATOR if indicator.kind == Indicator.Kind.RATE else Series.Part.VALUE
            data["series"] = Series.objects.filter(indicator=indicator, cell="", part=part).first()
            if data["series"] is None:
                self.add_error(
                    "indicator", _("Chỉ tiêu này chỉ được đếm theo phần, chưa có số chung để giao mức.")
                )
        return data


class OutsideFigureForm(forms.Form):
    """An outside figure."""

    field_order = (
        "indicator",
        "unit",
        "value",
        "low",
        "high",
        "words",
        "start",
        "last",
        "source",
        "captured_on",
    )
    value = forms.CharField(label=_("Giá trị"), max_length=40, required=False, widget=NumberInput)
    low = forms.CharField(
        label=_("Cận dưới"),
        max_length=40,
        required=False,
        widget=NumberInput,
        help_text=_("Khi nguồn chỉ ước lượng, ví dụ “hàng trăm”: cận dưới 100, cận trên 999."),
    )
    high = forms.CharField(label=_("Cận trên"), max_length=40, required=False, widget=NumberInput)
    words = forms.CharField(label=_("Lời ghi trong nguồn"), max_length=100, required=False)
    start = forms.DateField(
        label=_("Từ ngày"), required=False, help_text=_("Bỏ trống nếu là số tại một ngày.")
    )
    last = forms.DateField(label=_("Đến hết ngày"))
    source = forms.CharField(
        label=_("Nguồn"), max_length=200, help_text=_("Trang, văn bản hoặc người cho số.")
    )
    captured_on = forms.DateField(label=_("Ngày ghi nhận"), initial=timezone.localdate)

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = IndicatorField(
            capacity,
            (Indicator.Kind.OUTSIDE,),
            label=_("Chỉ tiêu"),
            help_text=_("Một chỉ tiêu loại “số liệu ngoài hệ thống”: tên hoặc mã."),
        )
        self.fields["unit"] = UnitField(
            capacity, Right.CONFIGURE_REPORTS, label=_("Của đơn vị"), help_text=_("Mã hoặc tên.")
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Read the numbers with the indicator's decimals."""
        data = super().clean() or self.cleaned_data
        indicator = data.get("indicator")
        if indicator is not None:
            for name in ("value", "low", "high"):
                data[f"{name}_number"] = _number(self, name, indicator.decimals)
            if not self.errors and (data["value_number"] is None) == (data["low_number"] is None):
                self.add_error("value", _("Hãy ghi một giá trị, hoặc cận dưới khi nguồn chỉ nói ước lượng."))
        start, last = data.get("start"), data.get("last")
        if start and last and last < start:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        return data

    @property
    def seen(self) -> Seen:
        """What was typed, for the action."""
        data = self.cleaned_data
        return Seen(
            end=data["last"] + DAY,
            captured_on=data["captured_on"],
            source=data["source"],
            start=data["start"],
            value=data["value_number"],
            low=data["low_number"],
            high=data["high_number"],
            words=data["words"],
        )
