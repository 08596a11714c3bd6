"""The form of a split: a row of fields for each part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.engine.operations import WHOLE, NewUnit, Operation, Part, Split
from congdoan.organisation.forms.operations import NEEDED, OperationForm
from congdoan.organisation.forms.unit_codes import SuggestingInput, codes_in_reach
from congdoan.organisation.importing.mapping import share_of
from congdoan.organisation.models import UnitKind

FEWEST_PARTS, MOST_PARTS = 3, 40


class SplitForm(OperationForm):
    """A unit is split among others by shares."""

    def __init__(self, *args: Any, parts: int = FEWEST_PARTS, **kwargs: Any) -> None:
        self.parts = max(FEWEST_PARTS, min(parts, MOST_PARTS))
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        """Add who is split, and a row of fields for each part."""
        self.fields["source"] = self.code(label=_("Đơn vị chia tách"))
        self.fields["parent"] = self.code(label=_("Cấp trên của các đơn vị mới"), required=False)
        kinds = UnitKind.objects.order_by("sort_order", "pk")
        for number in range(1, self.parts + 1):
            at = f"p{number}"
            self.fields[f"{at}-into"] = self._receiver(number)
            self.fields[f"{at}-share"] = forms.CharField(
                label=_("Tỷ lệ %"),
                max_length=20,
                required=False,
                widget=forms.TextInput({"inputmode": "decimal"}),
            )
            self.fields[f"{at}-name"] = forms.CharField(
                label=_("Tên, nếu là đơn vị mới"), max_length=300, required=False
            )
            self.fields[f"{at}-kind"] = forms.ModelChoiceField(
                kinds,
                to_field_name="code",
                label=_("Loại, nếu là đơn vị mới"),
                required=False,
                empty_label=_("Chọn một loại"),
            )
            self.fields[f"{at}-children"] = self.codes(label=_("Đơn vị trực thuộc đi theo"), required=False)

    def _receiver(self, number: int) -> forms.CharField:
        return forms.CharField(
            label=_("Mã đơn vị nhận thứ %d") % number, max_length=40, required=False, widget=SuggestingInput()
        )

    def groups(self) -> list[list[Any]]:
        """Return the fields of each part, to be drawn together."""
        names = ("into", "share", "name", "kind", "children")
        return [[self[f"p{number}-{name}"] for name in names] for number in range(1, self.parts + 1)]

    def others(self) -> list[Any]:
        """Return the fields that belong to no part."""
        return [self[name] for name in self.fields if "-" not in name]

    def clean(self) -> dict[str, Any]:
        """Ask each part for what it needs, and all for 100 % together."""
        cleaned = super().clean() or {}
        total, filled = 0, 0
        for number in range(1, self.parts + 1):
            into, share = cleaned.get(f"p{number}-into", ""), cleaned.get(f"p{number}-share", "")
            if not into:
                if share or cleaned.get(f"p{number}-name"):
                    self.add_error(f"p{number}-into", _("Hãy ghi mã đơn vị nhận."))
                continue
            filled += 1
            self._clean_part(number, cleaned)
            total += share_of(share) or 0
        if filled < 2 and not self.errors:
            self.add_error("p2-into", _("Chia tách cần ít nhất hai đơn vị nhận."))
        elif total != WHOLE and not self.errors:
            shown = f"{total / 10_000:g}".replace(".", ",")
            self.add_error("p1-share", _("Các tỷ lệ cộng lại phải đúng 100 %%, đang là %s %%.") % shown)
        return cleaned

    def _clean_part(self, number: int, cleaned: dict[str, Any]) -> None:
        at = f"p{number}"
        if share_of(cleaned.get(f"{at}-share", "")) is None:
            self.add_error(f"{at}-share", _("Hãy ghi tỷ lệ, ví dụ 62,5. Nhiều nhất bốn chữ số sau dấu phẩy."))
        if cleaned.get(f"{at}-name") or cleaned.get(f"{at}-kind"):
            self.want(f"{at}-name", NEEDED)
            self.want(f"{at}-kind", NEEDED)
            self.want("parent", NEEDED)
            return
        codes, unknown = codes_in_reach([cleaned[f"{at}-into"].strip()], self.capacity, self.founded)
        if unknown:
            self.add_error(
                f"{at}-into",
                _("Chưa có đơn vị mã “%s” trong phạm vi của bạn. Nếu là đơn vị mới, hãy ghi tên và loại.")
                % unknown[0],
            )
        else:
            cleaned[f"{at}-into"] = codes[0]

    def operations(self) -> list[Operation]:
        """Return the split."""
        data = self.cleaned_data
        parts = []
        for number in range(1, self.parts + 1):
            into = data[f"p{number}-into"].strip()
            if not into:
                continue
            share, children = share_of(data[f"p{number}-share"]) or 0, data[f"p{number}-children"]
            if data[f"p{number}-name"]:
                new = NewUnit(
                    code=into,
                    kind=data[f"p{number}-kind"].code,
                    name=data[f"p{number}-name"],
                    parent=data["parent"],
                )
                parts.append(Part(share, new_unit=new, children=children))
            else:
                parts.append(Part(share, into=into, children=children))
        return [Split(source=data["source"], parts=tuple(parts), **self.shared())]
