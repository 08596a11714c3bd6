"""What people write about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congdoan.members.actions.corrections import ASKED, CONTACTS, packed
from congdoan.members.forms.register import DetailsForm
from congdoan.members.models import DataRequest, Person
from congdoan.members.queries.own import label_of

ASKABLE = (
    DataRequest.Kind.DELETION,
    DataRequest.Kind.RESTRICTION,
    DataRequest.Kind.OBJECTION,
    DataRequest.Kind.ACCESS,
)
"""What one asks for in writing; copies and withdrawals are there at once."""


class ContactForm(DetailsForm):
    """The person's own telephone, mail and address."""

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(person, name) for name in CONTACTS})
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in CONTACTS}
        for name, kind in (("phone", "tel"), ("email", "email"), ("address", "street-address")):
            self.fields[name].widget.attrs["autocomplete"] = kind

    def values(self) -> dict[str, str]:
        """Return what was typed."""
        return {name: self.cleaned_data[name] for name in CONTACTS}


class CorrectionForm(forms.Form):
    """One thing of the record that is wrong, and what is right."""

    field = forms.ChoiceField(label=_("Thông tin cần sửa"))
    new = forms.CharField(
        label=_("Ghi đúng là"),
        max_length=120,
        help_text=_("Ngày sinh ghi như 17/10/1990. Giới tính ghi nam hoặc nữ."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Giải thích"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: theo căn cước cấp năm 2023. Đừng gửi ảnh giấy tờ."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Chọn một thông tin")),
            *((name, label_of(name).capitalize()) for name in ASKED),
        ]

    def clean(self) -> dict[str, Any]:
        """Read the new value as the field of the register does."""
        cleaned = super().clean() or {}
        field, text = cleaned.get("field"), cleaned.get("new")
        if field and text:
            try:
                cleaned["packed"] = _read(field, text)
            except ValidationError as error:
                self.add_error("new", error)
        return cleaned


def _read(field: str, text: str) -> str:
    if field == "sex":
        found = [
            value for value, label in Person.Sex.choices if str(label).casefold() == text.strip().casefold()
        ]
        if not found:
            raise ValidationError(_("Hãy ghi nam hoặc nữ."))
        return found[0]
    name = "birth" if field == "birth_date" else field
    probe = DetailsForm({name: text})
    probe.fields = {name: probe.fields[name]}
    if not probe.is_valid():
        raise ValidationError(probe.errors.as_data()[name])
    value = probe.cleaned_data[name]
    return packed(field, *value) if field == "birth_date" else packed(field, value)


class AskForm(forms.Form):
    """A right of the law that one uses."""

    kind = forms.ChoiceField(
        label=_("Tôi yêu cầu"),
        choices=[(kind.value, kind.label) for kind in ASKABLE],
        widget=forms.RadioSelect,
    )
    details = forms.CharField(
        label=_("Nội dung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Nếu chỉ muốn một phần, hãy ghi rõ phần nào."),
    )
