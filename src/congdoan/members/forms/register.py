"""Members as they are typed in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.members.actions.memberships import Deed, Details
from congdoan.members.classification import Sensitivity, use_of
from congdoan.members.engine.identity import digits, is_identity_number
from congdoan.members.models import Membership, Person
from congdoan.members.queries.movement import Period
from congdoan.members.queries.register import LEFT, NOW, Wanted
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.models import Position, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import alive, coded, named
from congdoan.organisation.queries.units import search as search_units
from congdoan.organisation.rights import Right

_YEAR = re.compile(r"(?:năm |nam )?([0-9]{4})")
_MONTH = re.compile(r"(?:tháng |thang )?([0-9]{1,2})\s?[/.\-]\s?([0-9]{4})")
_EARLIEST = 1900

LEAVINGS = [choice for choice in Membership.Leaving.choices if choice[0] != Membership.Leaving.TRANSFERRED]
"""Reasons one may choose; a transfer ends a membership by itself."""


class BirthField(forms.CharField):
    """A day, a month or only a year: what is known and no more."""

    def clean(self, value: Any) -> Any:
        """Return (date, precision); (``None``, "") for nothing."""
        text = " ".join(vntext.nfc(str(super().clean(value))).split())
        if not text:
            return None, ""
        born, precision = self._read(text)
        if born > timezone.localdate() or born.year < _EARLIEST:
            raise ValidationError(_("Ngày sinh không thể sau hôm nay hoặc trước năm 1900."))
        return born, precision

    def _read(self, text: str) -> tuple[date, str]:
        if found := _YEAR.fullmatch(text.lower()):
            return self._day(int(found[1]), 1), Person.BirthPrecision.YEAR
        if found := _MONTH.fullmatch(text.lower()):
            return self._day(int(found[2]), int(found[1])), Person.BirthPrecision.MONTH
        try:
            return vntext.parse_date(text), Person.BirthPrecision.DAY
        except vntext.DateError as error:
            raise ValidationError(error.user_message) from error

    def _day(self, year: int, month: int) -> date:
        try:
            return date(year, month, 1)
        except ValueError as error:
            raise ValidationError(
                _("Không có tháng này. Hãy ghi như 17/10/1990, 10/1990 hoặc 1990.")
            ) from error


def written_birth(person: Person) -> str:
    """Return a birth date as it is typed and shown: as much as is known."""
    if person.birth_date is None:
        return ""
    if person.birth_precision == Person.BirthPrecision.YEAR:
        return str(person.birth_date.year)
    if person.birth_precision == Person.BirthPrecision.MONTH:
        return f"{person.birth_date:%m/%Y}"
    return vntext.format_date(person.birth_date)


class AnyUnitField(forms.CharField):
    """A living unit anywhere, by code or name: which units there are is public."""

    def clean(self, value: Any) -> Any:
        """Return the ``Unit``."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return None
        today = timezone.localdate()
        exact = named(Unit.objects.filter(alive(today), coded(text)), today).first()
        found = [exact] if exact else list(search_units(text, today)[:9])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("Không có đơn vị nào khớp “%(text)s”. Hãy thử mã đơn vị, ví dụ LC-SP-001."),
                params={"text": text},
            )
        names = "; ".join(f"{unit.shown_name} ({unit.code})" for unit in found[:8])  # type: ignore[attr-defined]  # named
        raise ValidationError(
            _("Nhiều đơn vị khớp. Hãy nhập mã của một đơn vị: %(names)s."), params={"names": names}
        )


def _text(label: Any, length: int, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    attrs = {"autocomplete": "off", **kwargs.pop("attrs", {})}
    return forms.CharField(label=label, max_length=length, widget=forms.TextInput(attrs=attrs), **kwargs)


EXPLAINED = {"identity_number": "identity_cipher", "member_no": "member_no", "phone": "phone"}
"""Fields whose class and purpose stand beside them → their columns. What a name is for, nobody asks."""


class DetailsForm(forms.Form):
    """Who somebody is."""

    last_name = _text(_("Họ và tên đệm"), 120, required=True)
    first_name = _text(_("Tên"), 60, required=True)
    birth = BirthField(
        label=_("Ngày sinh"),
        required=False,
        max_length=60,
        help_text=_("Như 17/10/1990. Chỉ biết năm thì ghi năm."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=_("Giới tính"), required=False, choices=[("", _("Chưa rõ")), *Person.Sex.choices]
    )
    identity_number = _text(
        _("Số định danh cá nhân (CCCD)"),
        20,
        help_text=_("12 số, hoặc 9 số với CMND cũ. Được mã hoá; chỉ dùng để một người không có hai hồ sơ."),
        attrs={"inputmode": "numeric"},
    )
    member_no = _text(_("Mã số đoàn viên"), 40)
    phone = _text(_("Điện thoại"), 40, attrs={"inputmode": "tel"})
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    address = _text(_("Địa chỉ"), 300)
    employment_category = forms.ChoiceField(
        label=_("Đối tượng"), required=False, choices=[("", _("Chưa rõ")), *Person.Employment.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in EXPLAINED.items():
            field, use = self.fields[name], use_of("person", column)
            if use.sensitivity is Sensitivity.SENSITIVE:
                field.help_text = _("Dữ liệu nhạy cảm.")
            field.help_detail = _("%(kind)s. Dùng để: %(purpose)s.") % {  # type: ignore[attr-defined]  # fields carry it by agreement with ui
                "kind": str(use.sensitivity.label).capitalize(),
                "purpose": use.purpose,
            }

    def clean_identity_number(self) -> str:
        """Refuse what is no number of an identity card."""
        number = digits(self.cleaned_data["identity_number"])
        if number and not is_identity_number(number):
            raise ValidationError(
                _("Số định danh có 12 chữ số (CCCD) hoặc 9 chữ số (CMND cũ). Hãy kiểm tra lại.")
            )
        return number

    def clean_phone(self) -> str:
        """Keep digits and a plus sign: a number is written in many ways."""
        phone = re.sub(r"[^0-9+]", "", self.cleaned_data["phone"])
        if phone.startswith("+84"):
            phone = "0" + phone[3:]
        if phone and not 8 <= len(phone) <= 15:
            raise ValidationError(_("Số điện thoại có từ 8 đến 15 chữ số. Hãy kiểm tra lại."))
        return phone

    def details(self) -> Details:
        """Return what was typed, by the names of the record."""
        data = self.cleaned_data
        born, precision = data["birth"]
        values: dict[str, Any] = {
            name: data[name]
            for name in (
                "last_name", "first_name", "sex", "identity_number", "member_no", "phone", "email", "address",
                "employment_category",
            )
            if name in data
        }  # fmt: skip
        return Details({**values, "birth_date": born, "birth_precision": precision})


class EditForm(DetailsForm):
    """A record put right. The identity number is not shown: left empty it stays."""

    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        names = (
            "last_name",
            "first_name",
            "sex",
            "member_no",
            "phone",
            "email",
            "address",
            "employment_category",
        )
        kwargs["initial"] = {name: getattr(person, name) for name in (*names, "row_version")}
        kwargs["initial"]["birth"] = written_birth(person)
        super().__init__(*args, **kwargs)
        if person.identity_hash:
            self.fields["identity_number"].label = _("Số định danh cá nhân mới")
            self.fields["identity_number"].help_text = _("Để trống thì giữ số đang có (%(number)s).") % {
                "number": person.identity_masked
            }

    def details(self) -> Details:
        """Return what was typed; an empty identity number changes nothing."""
        values = super().details().values
        if not values["identity_number"]:
            del values["identity_number"]
        return Details(values)


class DeedMixin(forms.Form):
    """From which day, by which decision."""

    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    symbol = _text(_("Số quyết định"), 60)
    signed_on = forms.DateField(label=_("Ngày quyết định"), required=False)

    def deed(self) -> Deed:
        """Return what was typed."""
        data = self.cleaned_data
        return Deed(on=data["on"], symbol=vntext.nfc(data["symbol"]), signed_on=data["signed_on"])


class AdmitForm(DeedMixin, DetailsForm):
    """Somebody new in a unit."""

    field_order = ["unit", "on", "last_name", "first_name", "birth", "sex", "identity_number"]

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            capacity,
            Right.ADMIT_MEMBERS,
            label=_("Đơn vị"),
            help_text=_("Mã hoặc tên đơn vị, có dấu hay không dấu."),
            initial=capacity.unit.code if capacity.unit else "",
        )
        self.fields["on"].label = _("Kết nạp từ ngày")
        self.order_fields(self.field_order)


class ReadmitForm(DeedMixin):
    """Somebody who left comes back."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            capacity,
            Right.ADMIT_MEMBERS,
            label=_("Vào đơn vị"),
            initial=capacity.unit.code if capacity.unit else "",
        )
        self.fields["on"].label = _("Kết nạp lại từ ngày")
        self.order_fields(["unit", "on"])


class LeaveForm(DeedMixin):
    """Somebody leaves."""

    reason = forms.ChoiceField(label=_("Lý do"), choices=[("", _("Chọn một lý do")), *LEAVINGS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Không còn là đoàn viên từ ngày")
        self.order_fields(["reason", "on"])


class TransferForm(forms.Form):
    """Where somebody goes."""

    unit = AnyUnitField(
        label=_("Chuyển đến đơn vị"), max_length=200, help_text=_("Mã hoặc tên đơn vị, có dấu hay không dấu.")
    )
    on = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
    note = _text(_("Lời nhắn cho đơn vị mới"), 300)


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = _text(_("Lý do"), 300, required=True)


class PositionForm(forms.Form):
    """A post that a member holds."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(capacity, Right.EDIT_MEMBERS, label=_("Đơn vị"))
        self.fields["position"] = forms.ModelChoiceField(
            Position.objects.order_by("sort_order", "pk"),
            label=_("Chức vụ"),
            empty_label=_("Chọn một chức vụ"),
        )
        self.fields["valid_from"] = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
        self.fields["last_day"] = forms.DateField(
            label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết.")
        )
        self.fields["symbol"] = _text(_("Số quyết định"), 60)
        self.fields["signed_on"] = forms.DateField(label=_("Ngày quyết định"), required=False)


class EndPositionForm(forms.Form):
    """The last day of a post."""

    last_day = forms.DateField(label=_("Đến hết ngày"), initial=timezone.localdate)


class FilterForm(forms.Form):
    """What the address of the register says. What it cannot mean counts as not said."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
        self.fields["don-vi"] = UnitField(
            capacity,
            Right.SEE_MEMBERS,
            label=_("Đơn vị"),
            help_text=_("Mã hoặc tên; gồm cả đơn vị cấp dưới."),
            required=False,
        )
        self.fields["trang-thai"] = forms.ChoiceField(
            label=_("Trạng thái"),
            required=False,
            choices=[("", _("Đang là đoàn viên")), (LEFT, _("Đã thôi là đoàn viên"))],
        )
        self.fields["gioi-tinh"] = forms.ChoiceField(
            label=_("Giới tính"),
            required=False,
            choices=[("", _("Tất cả")), *Person.Sex.choices, ("unknown", _("Chưa rõ"))],
        )

    def said(self, name: str) -> Any:
        """Return what a field means; nothing where it means nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            text=self.said("q") or "",
            unit=self.said("don-vi"),
            state=self.said("trang-thai") or NOW,
            sex=self.said("gioi-tinh") or "",
        )

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for name in ("don-vi", "trang-thai", "gioi-tinh") if self.said(name))


class PeriodForm(forms.Form):
    """A unit and a period, both ends of which belong to it."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don-vi"] = UnitField(
            capacity,
            Right.COUNT_MEMBERS,
            label=_("Đơn vị"),
            help_text=_("Mã hoặc tên; gồm cả đơn vị cấp dưới."),
        )
        self.fields["tu-ngay"] = forms.DateField(label=_("Từ ngày"))
        self.fields["den-ngay"] = forms.DateField(label=_("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("tu-ngay"), cleaned.get("den-ngay")
        if first and last and last < first:
            self.add_error("den-ngay", _("Ngày cuối không thể trước ngày đầu."))
        return cleaned

    def period(self) -> Period:
        """Return the period, half-open."""
        return Period(self.cleaned_data["tu-ngay"], self.cleaned_data["den-ngay"] + timedelta(days=1))
