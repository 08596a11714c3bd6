"""Signing in, and asking for a way back in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.accounts import devices, limits, queries
from congdoan.accounts.errors import WaitError
from congdoan.accounts.models import User

LONGEST_NAME = 254
LONGEST_PASSWORD = 1024


class SignInForm(AuthenticationForm):
    """A name and a password. Keeps what was typed but the password; says nothing about which of the two is wrong."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra chữ hoa, chữ thường và thử lại."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label = _("Tên đăng nhập")
        name.help_text = _("Thư điện tử, số điện thoại, mã cán bộ hoặc tên đăng nhập.")
        name.max_length = LONGEST_NAME  # type: ignore[attr-defined]  # a CharField
        name.widget.attrs.update({"maxlength": LONGEST_NAME, "autocomplete": "username webauthn"})
        password.label = _("Mật khẩu")
        for field in self.fields.values():
            field.error_messages["required"] = _("Hãy nhập %s.") % str(field.label).lower()

    def clean(self) -> dict[str, Any]:
        """Count the attempt before the password is looked at. Refuses whoever is to wait."""
        name = self.cleaned_data.get("username") or ""
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        user = queries.find_user(name)
        account = f"user {user.pk}" if user else f"name {name.strip().casefold()}"
        gate = limits.gate("sign-in", account, self.request, device=devices.known_as(self.request, user))
        try:
            gate.enter()
        except WaitError as error:
            raise forms.ValidationError(error.user_message, code="too_many") from error
        cleaned = super().clean()
        gate.passed()
        return cleaned


class ForgottenForm(forms.Form):
    """Whose password is to be set anew. Every answer is the same."""

    name = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("Thư điện tử, số điện thoại, mã cán bộ hoặc tên đăng nhập."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Hãy nhập tên đăng nhập.")},
    )


class NewPasswordForm(forms.Form):
    """A new password, twice. ``user`` is whose."""

    new_password = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Hãy nhập mật khẩu mới.")},
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Hãy nhập lại mật khẩu mới.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        texts = password_validation.password_validators_help_texts()
        self.fields["new_password"].help_text = " ".join(texts)

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ. The rules themselves are checked where the password is set."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("new_password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("Hai lần nhập chưa giống nhau. Hãy nhập lại."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of one that is known."""

    current = forms.CharField(
        label=_("Mật khẩu hiện nay"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Hãy nhập mật khẩu hiện nay.")},
    )
    field_order = ("current", "new_password", "again")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if not self.user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Refuse a wrong password; attempts are counted for this session alone."""
        password: str = self.cleaned_data["current"]
        if not password_is_right(self.request, self.user, password):
            raise forms.ValidationError(_("Mật khẩu hiện nay chưa đúng."))
        return password


class PasswordAgainForm(forms.Form):
    """The password once more, before something that matters."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.request = request

    def clean_password(self) -> str:
        """Refuse a wrong password; attempts are counted for this session alone."""
        password: str = self.cleaned_data["password"]
        if not password_is_right(self.request, self.user, password):
            raise forms.ValidationError(_("Mật khẩu chưa đúng."))
        return password


def password_is_right(request: HttpRequest, user: User, password: str) -> bool:
    """Say whether ``password`` is that of ``user``, who is signed in. Raises ``ValidationError`` over the limit."""
    gate = limits.gate("again", f"user {user.pk}", request, device=str(request.session.session_key))
    try:
        gate.enter()
    except WaitError as error:
        raise forms.ValidationError(error.user_message, code="too_many") from error
    if not user.check_password(password):
        return False
    gate.passed()
    return True
