"""A reorganisation as it is typed in: what it says of itself, one form for each kind of operation, a table, a signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.engine.operations import (
    Decision,
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
from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.importing.mapping import share_of
from congdoan.organisation.models import Reorganisation, Unit, UnitKind
from congdoan.organisation.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.officers import find_units
from congdoan.organisation.rights import Right

_SEPARATORS = re.compile(r"[\s,;]+")
FEWEST_PARTS, MOST_PARTS = 3, 40


class SuggestingInput(forms.TextInput):
    """A text field for a code, with units that fit offered in a list; without scripts one types the code."""

    def __init__(self) -> None:
        super().__init__(
            {
                "autocomplete": "off",
                "spellcheck": "false",
                "hx-get": reverse_lazy("organisation:suggest_units"),
                "hx-trigger": "input changed delay:250ms",
                "hx-swap": "innerHTML",
            }
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the field and the empty list that suggestions go into."""
        place = f"goi-y-{name}"
        attrs = {**(attrs or {}), "list": place, "hx-target": f"#{place}"}
        return format_html(
            '{}<datalist id="{}"></datalist>', super().render(name, value, attrs, renderer), place
        )


class UnitCodeField(forms.CharField):
    """The code of a unit in reach, or of one that the same batch founds. A name that means one unit does too."""

    widget = SuggestingInput

    def __init__(self, capacity: Capacity, founded: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.capacity, self.founded = capacity, set(founded)

    def clean(self, value: Any) -> Any:
        """Return the code as it is written in the register."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return ""
        codes, unknown = codes_in_reach([text], self.capacity, self.founded)
        if codes:
            return codes[0]
        found = find_units(self.capacity, Right.REORGANISE, text)
        if len(found) == 1:
            return found[0].code
        if found:
            names = "; ".join(f"{unit.shown_name} ({unit.code})" for unit in found[:8])  # type: ignore[attr-defined]  # named
            raise forms.ValidationError(
                _("Nhiều đơn vị khớp. Hãy nhập mã của một đơn vị: %(names)s."), params={"names": names}
            )
        raise forms.ValidationError(
            _("Không có đơn vị nào trong phạm vi của bạn có mã “%(text)s”."), params={"text": unknown[0]}
        )


class UnitCodesField(forms.CharField):
    """Codes of several units, one a line or with commas between them."""

    widget = forms.Textarea

    def __init__(self, capacity: Capacity, founded: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea({"rows": 4, "spellcheck": "false"}), max_length=60_000, **kwargs
        )
        self.capacity, self.founded = capacity, set(founded)

    def clean(self, value: Any) -> Any:
        """Return the codes in order, each once."""
        texts = [text for text in _SEPARATORS.split(vntext.nfc(str(super().clean(value)))) if text]
        codes, unknown = codes_in_reach(texts, self.capacity, self.founded)
        if unknown:
            raise forms.ValidationError(
                _("Không có trong phạm vi của bạn: %(codes)s. Hãy sửa hoặc bỏ các mã này."),
                params={"codes": ", ".join(unknown[:10])},
            )
        return tuple(dict.fromkeys(codes))


def codes_in_reach(texts: list[str], capacity: Capacity, founded: set[str]) -> tuple[list[str], list[str]]:
    """Return the codes of units that are in reach or founded by the same batch, and what is no such code."""
    reach = scope.units(capacity, Right.REORGANISE)
    exact = set(texts) | {text.upper() for text in texts}
    known = {code.lower(): code for code in founded}
    known |= {code.lower(): code for code in reach.filter(code__in=exact).values_list("code", flat=True)}
    for text in [text for text in texts if text.lower() not in known][:20]:
        code = reach.filter(code__iexact=text).values_list("code", flat=True).first()
        if code:
            known[text.lower()] = code
    codes = [known[text.lower()] for text in texts if text.lower() in known]
    return codes, [text for text in texts if text.lower() not in known]


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
        raise NotImplementedError

    def operations(self) -> list[Operation]:
        """Return what was typed: mostly one operation, several where several units share it."""
        raise NotImplementedError

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
_NEEDED = _("Đơn vị mới cần thông tin này.")


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
                self.want(name, _NEEDED)
        return cleaned

    def operations(self) -> list[Operation]:
        """Return the merger."""
        data = self.cleaned_data
        if data["into"]:
            return [Merge(sources=data["sources"], into=data["into"], **self.shared())]
        new = self.new_unit(data["code"].strip())
        return [Merge(sources=data["sources"], new_unit=new, **self.shared())]


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
        elif total != 1_000_000 and not self.errors:
            shown = f"{total / 10_000:g}".replace(".", ",")
            self.add_error("p1-share", _("Các tỷ lệ cộng lại phải đúng 100 %%, đang là %s %%.") % shown)
        return cleaned

    def _clean_part(self, number: int, cleaned: dict[str, Any]) -> None:
        at = f"p{number}"
        if share_of(cleaned.get(f"{at}-share", "")) is None:
            self.add_error(f"{at}-share", _("Hãy ghi tỷ lệ, ví dụ 62,5. Nhiều nhất bốn chữ số sau dấu phẩy."))
        if cleaned.get(f"{at}-name") or cleaned.get(f"{at}-kind"):
            self.want(f"{at}-name", _NEEDED)
            self.want(f"{at}-kind", _NEEDED)
            self.want("parent", _NEEDED)
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
