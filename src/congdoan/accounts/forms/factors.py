"""Codes and passkeys."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.accounts import actions, devices, limits
from congdoan.accounts.errors import WaitError
from congdoan.accounts.models import User

WRONG_CODE = _("Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã mới trong ứng dụng rồi nhập lại.")
WRONG_PASSKEY = _("Khoá truy cập chưa được nhận. Hãy thử lại.")
_CODE_ATTRS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class SecondStepForm(forms.Form):
    """A code of the app, or a recovery code, as the second step of signing in."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        help_text=_("Mã 6 số trong ứng dụng xác thực, hoặc một mã dự phòng."),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE_ATTRS),
        error_messages={"required": _("Hãy nhập mã xác thực.")},
    )
    again = False

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.authenticator: Authenticator | None = None

    def clean_code(self) -> str:
        """Refuse a wrong code, a used one, and whoever is to wait."""
        code: str = self.cleaned_data["code"]
        gate = _gate(self.user, again=self.again)
        try:
            gate.enter()
        except WaitError as error:
            raise forms.ValidationError(error.user_message, code="too_many") from error
        self.authenticator = actions.use_code(self.user, code)
        if self.authenticator is None:
            actions.note_failed_step(self.user, how="code")
            raise forms.ValidationError(WRONG_CODE, code="incorrect_code")
        gate.passed()
        return code

    def save(self) -> None:
        """Note in the session that the step was taken."""
        post_authentication(context.request, self.authenticator, reauthenticated=self.again)


class CodeAgainForm(SecondStepForm):
    """A code of the app, from somebody who is signed in."""

    again = True


class SetUpTotpForm(forms.Form):
    """The first code of an app, which proves that it has the secret."""

    code = forms.CharField(
        label=_("Mã 6 số trong ứng dụng"),
        max_length=12,
        widget=forms.TextInput(attrs=_CODE_ATTRS),
        error_messages={"required": _("Hãy nhập mã 6 số trong ứng dụng.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret: str = totp.get_totp_secret(regenerate=not self.is_bound)

    def clean_code(self) -> str:
        """Refuse a code that the secret does not make."""
        code: str = self.cleaned_data["code"]
        if not totp.validate_totp_code(self.secret, code):
            raise forms.ValidationError(
                _("Mã chưa đúng. Hãy xem giờ trên điện thoại có đúng không, rồi nhập mã đang hiện.")
            )
        return code


class AddPasskeyForm(forms.Form):
    """A name, and what the device made."""

    name = forms.CharField(
        label=_("Tên khoá"),
        help_text=_("Để bạn nhận ra, ví dụ: Điện thoại của tôi."),
        max_length=60,
        error_messages={"required": _("Hãy đặt tên cho khoá.")},
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": WRONG_PASSKEY, "invalid": WRONG_PASSKEY}
    )

    def clean_credential(self) -> dict[str, Any]:
        """Refuse what does not answer our challenge, and a device that did not ask who holds it."""
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            webauthn.parse_registration_response(credential)
            made = webauthn.complete_registration(credential)
        except (forms.ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise forms.ValidationError(WRONG_PASSKEY) from error
        if not made.is_user_verified():
            raise forms.ValidationError(
                _("Thiết bị chưa kiểm tra người dùng. Hãy bật mã PIN, vân tay hoặc khuôn mặt rồi thử lại.")
            )
        return credential


class RenamePasskeyForm(forms.Form):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("Tên khoá"), max_length=60, error_messages={"required": _("Hãy đặt tên cho khoá.")}
    )


class _PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """An answer of a passkey, refused in our words; a failure of a known user is written to the trail."""

    def clean_credential(self) -> Authenticator:
        """Refuse an answer that is not of one of the user's passkeys."""
        try:
            return super().clean_credential()
        except (forms.ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
            if self.user is not None:
                actions.note_failed_step(self.user, how="passkey")
            raise forms.ValidationError(WRONG_PASSKEY) from error


class PasskeyStepForm(_PasskeyForm):
    """A passkey as the second step of signing in."""


class PasskeySignInForm(_PasskeyForm, LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey instead of name and password."""


class PasskeyAgainForm(_PasskeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey, from somebody who is signed in."""


def _gate(user: User, *, again: bool) -> limits.Gate:
    """Return the gate before codes: for somebody signed in, the session counts by itself."""
    request = context.request
    device = str(request.session.session_key) if again else devices.known_as(request, user)
    return limits.gate("code", f"user {user.pk}", request, device=device)
