"""Signing in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.engine import LIMIT, WINDOW_SECONDS, attempt_key
from congdoan.accounts.errors import TooManyAttemptsError


class SignInForm(AuthenticationForm):
    """User name and password. Keeps what was typed but the password; says nothing about which of the two is wrong."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra chữ hoa, chữ thường và thử lại."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        for field in self.fields.values():
            field.error_messages["required"] = _("Hãy nhập %s.") % str(field.label).lower()

    def clean(self) -> dict[str, Any]:
        """Count the attempt before the password is looked at. Refuses a pair of account and address over the limit."""
        username = self.cleaned_data.get("username") or ""
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        key = attempt_key(username, address, secret=settings.SECRET_KEY)
        cache.add(key, 0, WINDOW_SECONDS)
        try:
            attempts = cache.incr(key)
        except ValueError:  # the key ran out between the two calls
            attempts = 1
        if attempts > LIMIT:
            raise forms.ValidationError(TooManyAttemptsError(WINDOW_SECONDS).user_message, code="too_many")
        cleaned = super().clean()
        cache.delete(key)
        return cleaned
