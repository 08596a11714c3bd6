"""A reorganisation as it is typed in: what it says of itself, its operations by kind, a table, a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.engine.operations import (
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Part,
    Rename,
    Split,
)
from congdoan.organisation.forms.operations import (
    DissolveForm,
    FoundForm,
    MergeForm,
    MoveForm,
    OperationForm,
    RenameForm,
)
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.forms.splits import SplitForm
from congdoan.organisation.models import Reorganisation
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


class ReorganisationForm(forms.Form):
    """What a batch says of itself."""

    title = forms.CharField(
        label=_("Tên đợt"), max_length=300, help_text=_("Ví dụ: Sắp xếp công đoàn xã, phường tháng 7/2025.")
    )
    effective_on = forms.DateField(
        label=_("Ngày có hiệu lực"),
        help_text=_("Có thể là một ngày sắp tới. Thao tác không ghi ngày riêng có hiệu lực từ ngày này."),
    )
    decision_symbol = forms.CharField(
        label=_("Số quyết định"),
        max_length=60,
        required=False,
        help_text=_("Có thể ghi sau, nhưng phải có trước khi thực hiện."),
    )
    decision_on = forms.DateField(label=_("Ngày quyết định"), required=False)
    decision_issuer = forms.CharField(label=_("Cơ quan quyết định"), max_length=200, required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NewReorganisationForm(ReorganisationForm):
    """A new batch: also the unit in whose subtree it acts."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"] = UnitField(
            capacity,
            Right.REORGANISE,
            label=_("Phạm vi"),
            help_text=_("Mã hoặc tên đơn vị. Đợt chỉ thay đổi đơn vị này và các đơn vị bên dưới."),
        )
        self.order_fields(["title", "scope"])


FORMS: Mapping[str, type[OperationForm]] = {
    "founding": FoundForm,
    "merger": MergeForm,
    "split": SplitForm,
    "renaming": RenameForm,
    "move": MoveForm,
    "dissolution": DissolveForm,
}
"""Form by kind of operation."""


def initial_of(operation: Operation) -> dict[str, Any]:
    """Return what the form of a stored operation begins with."""
    start: dict[str, Any] = {
        "on": operation.on,
        "decision_symbol": operation.decision.symbol,
        "decision_on": operation.decision.on,
        "reason": operation.reason,
    }
    match operation:
        case Found(unit=new):
            fields = ("name_en", "sector", "ownership_type", "address", "phone", "email")
            return start | _new(new) | {name: getattr(new, name) for name in fields}
        case Merge(sources=sources, into=into, new_unit=new):
            return start | {"sources": "\n".join(sources), "into": into} | (_new(new) if new else {})
        case Split(source=source, parts=parts):
            return start | {"source": source} | _parts(parts)
        case Rename():
            return start | {
                name: getattr(operation, name) for name in ("unit", "name", "short_name", "name_en")
            }
        case Move(unit=unit, parent=parent):
            return start | {"units": unit, "parent": parent}
        case Dissolve(unit=unit, heir=heir, children_to=children_to):
            return start | {"units": unit, "heir": heir, "children_to": children_to}
    return start


def _new(new: NewUnit) -> dict[str, Any]:
    return {name: getattr(new, name) for name in ("code", "name", "short_name", "kind", "parent")}


def _parts(parts: Iterable[Part]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, part in enumerate(parts, 1):
        at = f"p{number}"
        values[f"{at}-into"] = part.code
        values[f"{at}-share"] = f"{part.share / 10_000:g}".replace(".", ",")
        values[f"{at}-children"] = "\n".join(part.children)
        if part.new_unit:
            values |= {
                f"{at}-name": part.new_unit.name,
                f"{at}-kind": part.new_unit.kind,
                "parent": part.new_unit.parent,
            }
    return values


class MappingForm(forms.Form):
    """A mapping table, and whether it replaces what is there."""

    file = forms.FileField(
        label=_("Bảng ánh xạ"), help_text=_("XLSX hoặc CSV theo tệp mẫu, không quá 20 MB.")
    )
    how = forms.ChoiceField(
        label=_("Các thao tác trong bảng"),
        choices=[
            ("add", _("thêm vào sau các thao tác đang có")),
            ("replace", _("thay toàn bộ các thao tác đang có")),
        ],
        initial="add",
        widget=forms.RadioSelect,
    )


class SignForm(forms.Form):
    """The typed confirmation: the number of the decision, by hand."""

    symbol = forms.CharField(
        label=_("Gõ lại số quyết định để xác nhận"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, reorganisation: Reorganisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reorganisation = reorganisation

    def clean_symbol(self) -> str:
        """Compare with the decision; case and spaces do not matter."""
        typed: str = self.cleaned_data["symbol"]
        if _plain(typed) != _plain(self.reorganisation.decision_symbol):
            raise forms.ValidationError(
                _("Chưa đúng số quyết định. Hãy gõ: %(symbol)s."),
                params={"symbol": self.reorganisation.decision_symbol},
            )
        return typed


def _plain(text: str) -> str:
    return "".join(vntext.nfc(text).casefold().split())


class WithdrawForm(forms.Form):
    """Why a draft is given up."""

    reason = forms.CharField(label=_("Lý do"), max_length=300, help_text=_("Được ghi vào nhật ký."))
