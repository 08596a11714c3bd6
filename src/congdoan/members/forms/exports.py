"""Which members leave in a file, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.members.models import Person
from congdoan.members.queries.register import LEFT, NOW, Wanted
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


class ExportForm(forms.Form):
    """A unit with all below it, narrowed by state and sex. Nothing by which one person is singled out."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            capacity,
            Right.EXPORT_MEMBERS,
            label=_("Đơn vị"),
            help_text=_("Mã hoặc tên; gồm cả đơn vị cấp dưới."),
        )
        self.fields["state"] = forms.ChoiceField(
            label=_("Trạng thái"),
            choices=[(NOW, _("Đang là đoàn viên")), (LEFT, _("Đã thôi là đoàn viên"))],
        )
        self.fields["sex"] = forms.ChoiceField(
            label=_("Giới tính"),
            required=False,
            choices=[("", _("Tất cả")), *Person.Sex.choices, ("unknown", _("Chưa rõ"))],
        )
        self.fields["reason"] = forms.CharField(
            label=_("Lý do"),
            max_length=300,
            help_text=_("Để làm gì, giao cho ai. Đoàn viên đọc được lý do này trong nhật ký hồ sơ của mình."),
            error_messages={"required": _("Hãy ghi lý do.")},
        )

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        data = self.cleaned_data
        return Wanted(unit=data["unit"], state=data["state"], sex=data["sex"])
