"""What the addresses of dashboards and of the explorer say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.models import Indicator, Period
from congdoan.reporting.queries import overview

MOST_INDICATORS = 5
MOST_WINDOWS = 36
WHOLE = "ca-khoang"
BASES = {"luc-do": "as-was", "hien-nay": "as-is"}
"""Words of the address → basis of the totals."""
BASIS_WORDS = {basis: words for words, basis in BASES.items()}


class SeenUnitField(forms.CharField):
    """A unit whose totals the capacity may see, by code or by name with or without diacritics."""

    def __init__(self, capacity: Capacity, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.capacity = capacity

    def clean(self, value: Any) -> Any:
        """Return the ``Unit``; ``None`` for nothing where nothing is allowed."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return None
        found = overview.find_unit(self.capacity, text)
        if not found:
            raise ValidationError(
                _(
                    "Không có đơn vị nào trong phạm vi của bạn khớp “%(text)s”. Hãy thử mã đơn vị, ví dụ LC-SP-001."
                ),
                params={"text": text},
            )
        if len(found) > 1:
            names = "; ".join(f"{unit.shown_name} ({unit.code})" for unit in found[:8])  # type: ignore[attr-defined]  # named
            raise ValidationError(
                _("Nhiều đơn vị khớp. Hãy nhập mã của một đơn vị: %(names)s."), params={"names": names}
            )
        return found[0]


class IndicatorsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django knows no type arguments at run time
    """Some indicators by their codes, with their names on a day."""

    def __init__(self, capacity: Capacity, **kwargs: Any) -> None:
        seen = overview.indicators_seen(capacity)
        super().__init__(seen, to_field_name="code", **kwargs)
        self.names = overview.meanings(list(seen.values_list("pk", flat=True)), capacity.on)

    def label_from_instance(self, obj: Any) -> str:
        """Return the indicator's name."""
        return str(self.names.get(obj.pk) or obj.code)

    def clean(self, value: Any) -> Any:
        """Refuse more than the table can hold."""
        found = super().clean(value)
        if len(found) > MOST_INDICATORS:
            raise ValidationError(
                _("Chọn nhiều nhất %(most)s chỉ tiêu một lần."), params={"most": MOST_INDICATORS}
            )
        return found


class ExplorerForm(forms.Form):
    """The whole query of the explorer: indicators × units × periods × breakdown."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chi-tieu"] = IndicatorsField(
            capacity,
            label=_("Chỉ tiêu"),
            help_text=_("Giữ phím Ctrl để chọn nhiều chỉ tiêu."),
            widget=forms.SelectMultiple(attrs={"size": 6}),
        )
        self.fields["don-vi"] = SeenUnitField(
            capacity, label=_("Đơn vị"), help_text=_("Mã hoặc tên; số liệu gồm cả đơn vị cấp dưới.")
        )
        self.fields["cap-duoi"] = forms.BooleanField(
            label=_("Kèm từng đơn vị trực tiếp bên dưới"), required=False
        )
        self.fields["tu-ngay"] = forms.DateField(label=_("Từ ngày"))
        self.fields["den-ngay"] = forms.DateField(label=_("Đến hết ngày"))
        self.fields["theo"] = forms.ChoiceField(
            label=_("Chia theo"),
            choices=[
                (WHOLE, _("cả khoảng")),
                (Period.Type.YEAR, _("năm")),
                (Period.Type.HALF, _("sáu tháng")),
                (Period.Type.QUARTER, _("quý")),
                (Period.Type.MONTH, _("tháng")),
            ],
        )
        self.fields["phan-to"] = forms.ChoiceField(
            label=_("Phân tổ"),
            required=False,
            choices=[("", _("Không")), *((one.code, str(one)) for one in overview.breakdowns())],
        )
        self.fields["theo-to-chuc"] = forms.ChoiceField(
            label=_("Theo tổ chức"),
            required=False,
            choices=[("luc-do", _("tại thời điểm đó")), ("hien-nay", _("hiện nay"))],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a window that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("tu-ngay"), cleaned.get("den-ngay")
        if first and last and last < first:
            self.add_error("den-ngay", _("Ngày cuối không thể trước ngày đầu."))
        return cleaned

    @property
    def basis(self) -> str:
        """Basis of the totals."""
        return BASES.get(self.cleaned_data.get("theo-to-chuc", ""), "as-was")


class CellForm(forms.Form):
    """One cell of the explorer: what a drill-down begins with."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chi-tieu"] = forms.ModelChoiceField(
            overview.indicators_seen(capacity).exclude(
                kind__in=[Indicator.Kind.TREE, Indicator.Kind.OUTSIDE, Indicator.Kind.GAP]
            ),
            to_field_name="code",
        )
        self.fields["o"] = forms.CharField(required=False, max_length=200)
        self.fields["don-vi"] = SeenUnitField(capacity)
        self.fields["tu-ngay"] = forms.DateField()
        self.fields["den-ngay"] = forms.DateField()
        self.fields["theo-to-chuc"] = forms.ChoiceField(
            required=False, choices=[(words, words) for words in BASES]
        )

    @property
    def basis(self) -> str:
        """Basis of the totals."""
        return BASES.get(self.cleaned_data.get("theo-to-chuc", ""), "as-was")
