"""One form for each kind of operation but the split."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Rename,
)
from congdoan.organisation.forms.unit_codes import UnitCodeField, UnitCodesField
from congdoan.organisation.models import Unit, UnitKind
from congdoan.organisation.queries.capacities import Capacity


class OperationForm(forms.Form):
    """What all operations have: their own day, decision and reason."""

    def __init__(self, capacity: Capacity, founded: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity, self.founded = capacity, set(founded)
        self.add_fields()
        self.fields["on"] = forms.DateField(
            label=_("Ngày riêng"), required=False, help_text=_("Để trống nếu là ngày có hiệu lực của cả đợt.")
        )
        self.fields["decision_symbol"] = forms.CharField(
            label=_("Số quyết định riêng"), max_length=60, required=False
        )
        self.fields["decision_on"] = forms.DateField(label=_("Ngày quyết định riêng"), required=False)
        self.fields["reason"] = forms.CharField(label=_("Lý do"), max_length=1000, required=False)

    def add_fields(self) -> None:
        """Add the fields of the kind of operation."""
        raise TypeError("each kind of operation has a form of its own")

    def operations(self) -> list[Operation]:
        """Return what was typed: mostly one operation, several where several units share it."""
        raise TypeError("each kind of operation has a form of its own")

    def code(self, **kwargs: Any) -> UnitCodeField:
        """Return a field for one unit."""
        return UnitCodeField(self.capacity, self.founded, **kwargs)

    def codes(self, **kwargs: Any) -> UnitCodesField:
        """Return a field for several units."""
        return UnitCodesField(self.capacity, self.founded, help_text=_("Mỗi dòng một mã đơn vị."), **kwargs)

    def shared(self) -> dict[str, Any]:
        """Return the day, decision and reason."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "decision": Decision(data["decision_symbol"], data["decision_on"]),
            "reason": data["reason"],
        }

    def add_new_unit(self, *, required: bool) -> None:
        """Add the fields of a new unit beside its code."""
        self.fields["name"] = forms.CharField(label=_("Tên đơn vị mới"), max_length=300, required=required)
        self.fields["short_name"] = forms.CharField(label=_("Tên ngắn"), max_length=120, required=False)
        self.fields["kind"] = forms.ModelChoiceField(
            UnitKind.objects.order_by("sort_order", "pk"),
            to_field_name="code",
            label=_("Loại đơn vị mới"),
            required=required,
            empty_label=_("Chọn một loại"),
        )
        self.fields["parent"] = self.code(label=_("Cấp trên của đơn vị mới"), required=required)

    def new_unit(self, code: str, **more: Any) -> NewUnit:
        """Return the new unit that was typed."""
        data = self.cleaned_data
        return NewUnit(
            code=code,
            kind=data["kind"].code,
            name=data["name"],
            parent=data["parent"],
            short_name=data["short_name"],
            **more,
        )

    def want(self, name: str, message: Any) -> None:
        """Say beside a field that it is needed here, unless something else is wrong with it."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


_NEW_CODE_HELP = _("Mã chưa đơn vị nào dùng. Mã không đổi khi đơn vị đổi tên hay chuyển cấp trên.")
NEEDED = _("Đơn vị mới cần thông tin này.")


class FoundForm(OperationForm):
    """A unit is founded."""

    def add_fields(self) -> None:
        """Add the new unit and what it says of itself."""
        self.fields["code"] = forms.CharField(
            label=_("Mã đơn vị mới"), max_length=40, help_text=_NEW_CODE_HELP
        )
        self.add_new_unit(required=True)
        self.fields["name_en"] = forms.CharField(label=_("Tên tiếng Anh"), max_length=300, required=False)
        self.fields["sector"] = forms.ChoiceField(
            label=_("Khối"), required=False, choices=[("", _("Chưa ghi")), *Unit.Sector.choices]
        )
        self.fields["ownership_type"] = forms.ChoiceField(
            label=_("Thành phần kinh tế"),
            required=False,
            choices=[("", _("Chưa ghi")), *Unit.Ownership.choices],
        )
        self.fields["address"] = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
        self.fields["phone"] = forms.CharField(label=_("Điện thoại"), max_length=40, required=False)
        self.fields["email"] = forms.EmailField(label=_("Thư điện tử"), required=False)

    def operations(self) -> list[Operation]:
        """Return the founding."""
        data = self.cleaned_data
        more = {
            name: data[name] for name in ("name_en", "sector", "ownership_type", "address", "phone", "email")
        }
        return [Found(unit=self.new_unit(data["code"].strip(), **more), **self.shared())]


class MergeForm(OperationForm):
    """Units are merged into one that is there, or into a new one."""

    def add_fields(self) -> None:
        """Add who is merged, and into what."""
        self.fields["sources"] = self.codes(label=_("Đơn vị được sáp nhập"))
        self.fields["into"] = self.code(
            label=_("Sáp nhập vào đơn vị đang có"),
            required=False,
        )
        self.fields["into"].help_text = _("Hoặc để trống và ghi đơn vị mới bên dưới.")
        self.fields["code"] = forms.CharField(label=_("Mã đơn vị mới"), max_length=40, required=False)
        self.add_new_unit(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one receiver, and all of a new one."""
        cleaned = super().clean() or {}
        new = [name for name in ("code", "name", "kind") if cleaned.get(name)]
        if cleaned.get("into") and new:
            self.add_error("into", _("Hãy chọn một: đơn vị đang có, hoặc đơn vị mới."))
        elif not cleaned.get("into") and not new and "into" not in self.errors:
            self.add_error("into", _("Hãy ghi đơn vị nhận, hoặc mã, tên, loại và cấp trên của đơn vị mới."))
        elif new:
            for name in ("code", "name", "kind", "parent"):
                self.want(name, NEEDED)
        return cleaned

    def operations(self) -> list[Operation]:
        """Return the merger."""
        data = self.cleaned_data
        if data["into"]:
            return [Merge(sources=data["sources"], into=data["into"], **self.shared())]
        new = self.new_unit(data["code"].strip())
        return [Merge(sources=data["sources"], new_unit=new, **self.shared())]


class RenameForm(OperationForm):
    """A unit gets another name."""

    def add_fields(self) -> None:
        """Add the unit and its names."""
        self.fields["unit"] = self.code(label=_("Đơn vị"))
        self.fields["name"] = forms.CharField(label=_("Tên mới"), max_length=300)
        self.fields["short_name"] = forms.CharField(label=_("Tên ngắn mới"), max_length=120, required=False)
        self.fields["name_en"] = forms.CharField(label=_("Tên tiếng Anh mới"), max_length=300, required=False)

    def operations(self) -> list[Operation]:
        """Return the renaming."""
        data = self.cleaned_data
        names = {name: data[name] for name in ("name", "short_name", "name_en")}
        return [Rename(unit=data["unit"], **names, **self.shared())]


class MoveForm(OperationForm):
    """Units get another parent."""

    def add_fields(self) -> None:
        """Add who moves, and where."""
        self.fields["units"] = self.codes(label=_("Đơn vị chuyển"))
        self.fields["parent"] = self.code(label=_("Cấp trên mới"))

    def operations(self) -> list[Operation]:
        """Return a move for each unit."""
        data = self.cleaned_data
        return [Move(unit=unit, parent=data["parent"], **self.shared()) for unit in data["units"]]


class DissolveForm(OperationForm):
    """Units end."""

    def add_fields(self) -> None:
        """Add who ends, who inherits, where the units below go."""
        self.fields["units"] = self.codes(label=_("Đơn vị giải thể"))
        self.fields["heir"] = self.code(label=_("Đơn vị kế thừa"), required=False)
        self.fields["heir"].help_text = _("Để trống thì đơn vị cấp trên gần nhất đứng thay.")
        self.fields["children_to"] = self.code(label=_("Nơi nhận các đơn vị trực thuộc"), required=False)

    def operations(self) -> list[Operation]:
        """Return a dissolution for each unit."""
        data = self.cleaned_data
        return [
            Dissolve(unit=unit, heir=data["heir"], children_to=data["children_to"], **self.shared())
            for unit in data["units"]
        ]
