"""What is typed about units: a day, filters, contacts, a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit, UnitKind

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)


class DayForm(forms.Form):
    """The day on which the tree is looked at. What cannot be read is said beside the field, and today stands for it."""

    ngay = forms.DateField(label=_("Xem vào ngày"), required=False)

    def clean_ngay(self) -> date | None:
        """Refuse days in which no union can have stood: a slip of the finger, not a question."""
        day: date | None = self.cleaned_data["ngay"]
        if day is not None and not FIRST_DAY <= day < LAST_DAY:
            raise forms.ValidationError(_("Hãy nhập một ngày từ năm 1900 đến năm 2199."))
        return day

    @property
    def day(self) -> date:
        """The day asked for; today where nothing readable was said."""
        self.is_valid()
        return self.cleaned_data.get("ngay") or timezone.localdate()

    @property
    def is_today(self) -> bool:
        """Whether the page shows the organisation as it stands today."""
        return self.day == timezone.localdate()


class TreeFilterForm(DayForm):
    """Filters of the desk's list of units. What a filter cannot mean counts as not said."""

    q = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    loai = forms.ModelChoiceField(
        UnitKind.objects.none(),
        to_field_name="code",
        label=_("Loại đơn vị"),
        required=False,
        empty_label=_("Mọi loại"),
    )
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Đang hoạt động")), ("ended", _("Đã kết thúc")), ("all", _("Tất cả"))],
    )
    field_order = ("loai", "trang_thai", "ngay", "q")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].queryset = UnitKind.objects.order_by("sort_order", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField

    def said(self, name: str) -> Any:
        """Return what a field means; nothing where it means nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in ("loai", "trang_thai") if self.said(name)) + (not self.is_today)

    @property
    def is_list(self) -> bool:
        """Whether a flat list answers better than the tree: something is looked for."""
        return bool(self.said("q") or self.said("loai") or self.said("trang_thai"))


class ContactsForm(forms.ModelForm):  # type: ignore[type-arg]  # django-stubs: forms are generic only when typing
    """What a unit says of itself. Saved by ``actions.units.edit_contacts``, never by the form."""

    class Meta:
        model = Unit
        fields = ("address", "phone", "email", "website", "sector", "ownership_type")
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}
        help_texts = {
            "phone": _("Số của đơn vị, hiện trên trang công khai. Không ghi số riêng của cán bộ."),
            "email": _("Hộp thư của đơn vị, hiện trên trang công khai."),
            "website": _("Bắt đầu bằng https://."),
        }


class UploadForm(forms.Form):
    """A table of units to import, and the day from which its changes hold."""

    file = forms.FileField(
        label=_("Tệp danh sách đơn vị"), help_text=_("XLSX hoặc CSV theo tệp mẫu, không quá 20 MB.")
    )
    on = forms.DateField(
        label=_("Ngày áp dụng"),
        initial=timezone.localdate,
        help_text=_("Đơn vị mới không ghi ngày thành lập, tên mới và cấp trên mới có hiệu lực từ ngày này."),
    )


class CarryOutImportForm(forms.Form):
    """The decision behind an import."""

    title = forms.CharField(label=_("Tên đợt"), max_length=300)
    decision_symbol = forms.CharField(label=_("Số quyết định"), max_length=60, required=False)
    decision_on = forms.DateField(label=_("Ngày quyết định"), required=False)
