"""Which of two records stays, and whose value holds where they differ."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from congdoan.members.actions.merging import Choice
from congdoan.members.forms.register import written_birth
from congdoan.members.models import Person
from congdoan.members.queries import merging as queries

LABELS: dict[str, Any] = {
    queries.NAME: _("Họ và tên"),
    queries.BIRTH: _("Ngày sinh"),
    "sex": _("Giới tính"),
    queries.IDENTITY: _("Số định danh"),
    "member_no": _("Mã số đoàn viên"),
    "phone": _("Điện thoại"),
    "email": _("Thư điện tử"),
    "address": _("Địa chỉ"),
    "employment_category": _("Đối tượng"),
    "user": _("Tài khoản"),
    "officer": _("Hồ sơ cán bộ"),
}


def shown(person: Person, key: str) -> str:
    """Return one value as people read it, the number covered."""
    if key == queries.NAME:
        return str(person)
    if key == queries.BIRTH:
        return written_birth(person)
    if key == queries.IDENTITY:
        return person.identity_masked
    if key == "sex":
        return str(person.get_sex_display())
    if key == "employment_category":
        return str(person.get_employment_category_display())
    return str(getattr(person, key))


class MergeForm(forms.Form):
    """One question for each difference, both answers side by side. ``seen`` is what the officer looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, first: Person, second: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: list[str] = []
        proposed = queries.proposed(first, second).pk
        self.fields["seen"].initial = f"{first.row_version}-{second.row_version}"
        self._ask(
            "keep",
            gettext_lazy("Hồ sơ được giữ"),
            [
                (first.pk, gettext("Hồ sơ có trước, số %(number)s") % {"number": first.pk}),
                (second.pk, gettext("Hồ sơ có sau, số %(number)s") % {"number": second.pk}),
            ],
            proposed,
        )
        self.fields["keep"].help_text = gettext(
            "Hệ thống gợi ý hồ sơ đầy đủ hơn. Thời gian là đoàn viên của hồ sơ được giữ sẽ được tính."
        )
        for key in queries.differing(first, second):
            self._keys.append(key)
            self._ask(
                key, LABELS[key], [(first.pk, shown(first, key)), (second.pk, shown(second, key))], proposed
            )
        both = queries.beginnings(queries.periods(first), queries.periods(second))
        if both is not None:
            self._keys.append(queries.ADMITTED)
            days = [(person.pk, f"{both.of(person).admitted_on:%d/%m/%Y}") for person in (first, second)]
            label = gettext("Ngày vào %(unit)s") % {"unit": both.first.unit.code}
            self._ask(queries.ADMITTED, label, days, proposed)
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Lý do"),
            max_length=300,
            help_text=gettext("Bạn đã đối chiếu bằng cách nào. Đừng ghi số định danh ở đây."),
        )

    def _ask(self, name: str, label: Any, answers: list[tuple[int, str]], proposed: int) -> None:
        self.fields[name] = forms.TypedChoiceField(
            label=label, choices=answers, coerce=int, widget=forms.RadioSelect, initial=proposed
        )

    def clean_seen(self) -> tuple[int, int]:
        """Return the two versions; anything else is a page that nobody was shown."""
        first, _dash, second = str(self.cleaned_data["seen"]).partition("-")
        if not (first.isdecimal() and second.isdecimal()):
            raise forms.ValidationError(gettext("Hãy tải lại trang rồi chọn lại."))
        return int(first), int(second)

    def choice(self) -> Choice:
        """Return what was chosen. Only for a valid form."""
        data = self.cleaned_data
        return Choice(data["keep"], data["reason"], data["seen"], {key: data[key] for key in self._keys})
