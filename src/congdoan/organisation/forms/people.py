"""Officers, their posts, invitations and keys, as they are typed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.accounts.forms.sign_in import NewPasswordForm
from congdoan.accounts.models import User
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.actions.officers import Person
from congdoan.organisation.models import Department, Officer, Position, Term, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.editorial import EDITORIAL_ROLES, newsroom_groups
from congdoan.organisation.queries.giving import positions
from congdoan.organisation.queries.officers import LATER, NOW, OVER, find_units
from congdoan.organisation.queries.scope import within
from congdoan.organisation.rights import Right

KEY_DAYS = (30, 90, 180, 365)
"""How long a key of the API may last."""


class UnitField(forms.CharField):
    """A unit in reach, by code or by name with or without diacritics. Several that fit are named instead of guessed."""

    def __init__(self, capacity: Capacity, right: Right, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.capacity = capacity
        self.right = right

    def clean(self, value: Any) -> Any:
        """Return the ``Unit``; ``None`` for nothing where nothing is allowed."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return None
        found = find_units(self.capacity, self.right, text)
        if not found:
            raise forms.ValidationError(
                _(
                    "Không có đơn vị nào trong phạm vi của bạn khớp “%(text)s”. Hãy thử mã đơn vị, ví dụ LC-SP-001."
                ),
                params={"text": text},
            )
        if len(found) > 1:
            names = "; ".join(f"{unit.shown_name} ({unit.code})" for unit in found[:8])  # type: ignore[attr-defined]  # named
            raise forms.ValidationError(
                _("Nhiều đơn vị khớp. Hãy nhập mã của một đơn vị: %(names)s."), params={"names": names}
            )
        return found[0]


class OfficerFilterForm(forms.Form):
    """What the address of the list says. What it cannot mean counts as not said."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
        self.fields["xem"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
        self.fields["don-vi"] = UnitField(
            capacity,
            Right.SEE_OFFICERS,
            label=_("Đơn vị"),
            help_text=_("Mã hoặc tên; gồm cả đơn vị cấp dưới."),
            required=False,
        )
        self.fields["chuc-vu"] = forms.ModelChoiceField(
            Position.objects.order_by("sort_order", "pk"),
            to_field_name="code",
            label=_("Chức vụ"),
            required=False,
            empty_label=_("Mọi chức vụ"),
        )
        self.fields["trang-thai"] = forms.ChoiceField(
            label=_("Trạng thái"),
            required=False,
            choices=[
                ("", _("Đang giữ chức vụ")),
                (LATER, _("Sắp giữ chức vụ")),
                (OVER, _("Đã thôi chức vụ")),
            ],
        )

    def said(self, name: str) -> Any:
        """Return what a field means; nothing where it means nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def state(self) -> str:
        """Which officers are listed."""
        return self.said("trang-thai") or NOW

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(
            1 for name in ("don-vi", "chuc-vu", "trang-thai") if name in self.fields and self.said(name)
        )


class PersonForm(forms.Form):
    """Who somebody is and how they are reached."""

    last_name = forms.CharField(
        label=_("Họ và tên đệm"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(
        label=_("Tên"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=40,
        required=False,
        help_text=_("Số riêng của cán bộ, không phải số của cơ quan: dùng được để đăng nhập."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        help_text=_("Địa chỉ riêng của cán bộ. Lời mời được gửi tới đây."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    staff_code = forms.CharField(label=_("Mã cán bộ"), max_length=40, required=False)

    def person(self) -> Person:
        """Return what was typed."""
        data = self.cleaned_data
        return Person(
            **{name: data[name] for name in ("last_name", "first_name", "phone", "email", "staff_code")}
        )


def initial_person(officer: Officer) -> dict[str, str]:
    """Return what the form of an officer begins with."""
    return {
        name: getattr(officer, name) for name in ("last_name", "first_name", "phone", "email", "staff_code")
    }


class PostForm(forms.Form):
    """A post: what, where, from when, by which decision."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.capacity = capacity
        right = Right.GIVE_MANDATES if capacity.may(Right.GIVE_MANDATES) else Right.GIVE_DEPUTIES
        self.fields["unit"] = UnitField(
            capacity, right, label=_("Đơn vị"), help_text=_("Mã hoặc tên đơn vị, có dấu hay không dấu.")
        )
        if right is Right.GIVE_DEPUTIES and capacity.unit is not None:
            self.fields["unit"].initial = capacity.unit.code
        self.fields["position"] = forms.ModelChoiceField(
            positions(capacity), label=_("Chức vụ"), empty_label=_("Chọn một chức vụ")
        )
        self.fields["position"].help_detail = _(  # type: ignore[attr-defined]  # fields carry it by agreement with ui
            "Chức vụ quyết định quyền: chỉ những chức vụ bạn được giao mới có trong danh sách.\n\n"
            "Không ai giao được chức vụ có quyền rộng hơn quyền của mình."
        )
        self.fields["valid_from"] = forms.DateField(label=_("Từ ngày"), initial=timezone.localdate)
        self.fields["last_day"] = forms.DateField(
            label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết.")
        )
        self.fields["decision_symbol"] = forms.CharField(
            label=_("Số quyết định"), max_length=60, required=False
        )
        self.fields["decision_on"] = forms.DateField(label=_("Ngày quyết định"), required=False)
        self._add_choices()

    def _add_choices(self) -> None:
        """Offer department, term and group of the newsroom only to whoever has some to offer."""
        offered: list[tuple[str, Any, Any]] = [
            (
                "department",
                _("Ban, phòng"),
                Department.objects.filter(within(self.capacity, Right.GIVE_MANDATES)),
            ),
            (
                "term",
                _("Nhiệm kỳ"),
                Term.objects.filter(within(self.capacity, Right.GIVE_MANDATES, "body__unit")).select_related(
                    "body"
                ),
            ),
        ]
        for name, label, rows in offered:
            if rows.exists():
                self.fields[name] = forms.ModelChoiceField(
                    rows, label=label, required=False, empty_label=_("Không ghi")
                )
        if any(role in EDITORIAL_ROLES for role in self._roles()):
            self.fields["editorial_group"] = forms.ModelChoiceField(
                newsroom_groups(),
                label=_("Nhóm biên tập"),
                required=False,
                empty_label=_("Không làm việc trong toà soạn"),
                help_text=_("Chỉ dành cho biên tập viên và người duyệt bài."),
            )

    def _roles(self) -> set[str]:
        return set(self.fields["position"].queryset.values_list("role", flat=True))  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first, and an editor's post without its part of the newsroom."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Ngày cuối không thể trước ngày đầu."))
        position = cleaned.get("position")
        if position and "editorial_group" in self.fields:
            group = cleaned.get("editorial_group")
            if position.role in ("editor", "approver") and group is None:
                self.add_error("editorial_group", _("Hãy chọn nhóm biên tập mà người này làm việc."))
            if position.role not in EDITORIAL_ROLES and group is not None:
                self.add_error("editorial_group", _("Chức vụ này không làm việc trong toà soạn."))
        return cleaned

    def post(self) -> Post:
        """Return what was typed."""
        data = self.cleaned_data
        unit: Unit = data["unit"]
        return Post(
            unit=unit,
            position=data["position"],
            valid_from=data["valid_from"],
            last_day=data.get("last_day"),
            decision_symbol=data.get("decision_symbol", ""),
            decision_on=data.get("decision_on"),
            department=data.get("department"),
            term=data.get("term"),
            editorial_group=data.get("editorial_group"),
        )


class AddOfficerForm(PersonForm, PostForm):
    """A person and their first post."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(capacity, *args, **kwargs)
        self.order_fields(["last_name", "first_name", "phone", "email", "staff_code"])


class EndForm(forms.Form):
    """When a post ends, and why."""

    when = forms.ChoiceField(
        label=_("Kết thúc khi nào"),
        choices=[("on", _("Sau một ngày")), ("now", _("Ngay bây giờ"))],
        initial="on",
        widget=forms.RadioSelect,
    )
    last_day = forms.DateField(
        label=_("Ngày cuối cùng giữ chức vụ"),
        required=False,
        help_text=_("Quyền hết vào 0 giờ hôm sau. Chỉ điền khi kết thúc sau một ngày."),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        required=False,
        help_text=_("Bắt buộc khi kết thúc ngay. Được ghi vào nhật ký."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == "now" and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Hãy ghi lý do kết thúc ngay."))
        if cleaned.get("when") == "on" and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Hãy ghi ngày cuối cùng giữ chức vụ."))
        return cleaned

    def chosen_day(self) -> date | None:
        """The last day; ``None`` for now."""
        return self.cleaned_data["last_day"] if self.cleaned_data["when"] == "on" else None


class TokenForm(forms.Form):
    """A key of the API."""

    name = forms.CharField(
        label=_("Tên"), max_length=120, help_text=_("Chương trình nào dùng mã này, ví dụ: Phần mềm kế toán.")
    )
    days = forms.TypedChoiceField(
        label=_("Dùng được trong"),
        coerce=int,
        choices=[(days, _("%d ngày") % days) for days in KEY_DAYS],
        initial=90,
    )


class AcceptForm(NewPasswordForm):
    """The password of the account that an invitation makes. The rules are checked where the account is made."""

    field_order = ("new_password", "again")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(
            *args, user=User(last_name=officer.last_name, first_name=officer.first_name), **kwargs
        )
        self.fields["new_password"].label = _("Mật khẩu")
        self.fields["again"].label = _("Nhập lại mật khẩu")
