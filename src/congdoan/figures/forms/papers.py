"""What is typed about a figure from paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.documents.models import Document
from congdoan.figures.actions.papers import PaperFigure
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.engine.values import ValueFaultError, read
from congdoan.reporting.errors import fault_words
from congdoan.reporting.forms.managing import NumberInput
from congdoan.reporting.forms.managing_targets import IndicatorField
from congdoan.reporting.models import Indicator


class PaperFigureForm(forms.Form):
    """A figure as a document states it."""

    field_order = ("indicator", "unit", "start", "last", "value", "source", "source_on", "document")
    start = forms.DateField(label=_("Từ ngày"))
    last = forms.DateField(label=_("Đến hết ngày"))
    value = forms.CharField(label=_("Giá trị"), max_length=40, widget=NumberInput)
    source = forms.CharField(
        label=_("Nguồn"),
        max_length=300,
        help_text=_("Văn bản, trang: để người đọc tìm lại được. Nguồn hiện công khai."),
    )
    source_on = forms.DateField(label=_("Ngày của văn bản"), required=False)
    document = forms.ModelChoiceField(
        label=_("Văn bản trong thư viện"), queryset=Document.objects.none(), required=False
    )

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (Indicator.Kind.FLOW, Indicator.Kind.STOCK, Indicator.Kind.RATE, Indicator.Kind.DISTINCT)
        self.fields["indicator"] = IndicatorField(
            capacity, kinds, label=_("Chỉ tiêu"), help_text=_("Tên hoặc mã, có dấu hay không dấu.")
        )
        self.fields["unit"] = UnitField(
            capacity, Right.CONFIGURE_REPORTS, label=_("Của đơn vị"), help_text=_("Mã hoặc tên.")
        )
        document: Any = self.fields["document"]
        document.queryset = Document.objects.filter(live=True)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Read the value with the indicator's decimals."""
        data = super().clean() or self.cleaned_data
        start, last = data.get("start"), data.get("last")
        if start and last and last < start:
            self.add_error("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        indicator, typed = data.get("indicator"), str(data.get("value") or "")
        if indicator is not None and typed:
            try:
                value = read(typed.replace("%", " ").strip(), decimals=indicator.places)
            except ValueFaultError as error:
                self.add_error("value", fault_words(error, str(self.fields["value"].label)))
            else:
                if value is None or value.number is None:
                    self.add_error("value", _("Hãy nhập một số, ví dụ 1.289 hoặc 60."))
                else:
                    data["number"] = value.number
        return data

    @property
    def paper(self) -> PaperFigure:
        """What a valid form says."""
        data = self.cleaned_data
        return PaperFigure(
            indicator=data["indicator"],
            unit=data["unit"],
            start=data["start"],
            end=data["last"],
            value=data["number"],
            source=vntext.nfc(data["source"].strip()),
            source_on=data["source_on"],
            document=data["document"],
        )
