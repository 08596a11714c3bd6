"""Where allauth asks us: how things are called, kept and refused here (https://docs.allauth.org/)."""

from __future__ import annotations

import time
from typing import Any, NoReturn, cast

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congdoan.accounts import devices, vault
from congdoan.accounts.models import User
from congdoan.audit import actions as audit

RECENT_SECONDS = 300
"""For so long after proving who one is, factors may be changed without proving it again."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts: nobody signs up by themselves, and allauth's own messages and mails are not sent."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Tài khoản này đã ngừng hoạt động."),
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng."),
        "incorrect_code": gettext_lazy("Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã mới trong ứng dụng."),
        "too_many_login_attempts": gettext_lazy("Bạn đã thử quá nhiều lần. Hãy thử lại sau."),
        "rate_limited": gettext_lazy("Bạn đã thử quá nhiều lần. Hãy thử lại sau."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by those who may."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether ``url`` leads to this very site; other names that the server answers to are others."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing in allauth's words: our pages say what happened in their own."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send none of allauth's mails; ours are in ``tasks``."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Lead back to the sign-in page, which says why."""
        messages.error(request, str(self.error_messages["account_inactive"]))
        return HttpResponseRedirect(reverse("account_login"))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Let the device be known to the account from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, cast("User", user))
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, unless the user has just signed in or proved it."""
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - latest >= RECENT_SECONDS

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways of proving who one is, in our words."""
        words = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã của ứng dụng hoặc mã dự phòng"),
            "mfa_reauthenticate:webauthn": _("Dùng khoá truy cập"),
        }
        return [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
            if method["id"] in words
        ]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Second factors: secrets are kept encrypted, and called by names that people here understand."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Mã chưa đúng hoặc đã dùng rồi. Hãy chờ mã mới trong ứng dụng."),
        "cannot_delete_authenticator": gettext_lazy("Không gỡ được xác thực hai bước."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Hãy thiết lập ứng dụng hoặc khoá truy cập trước, rồi mới tạo mã dự phòng."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Keep a secret encrypted."""
        return vault.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret."""
        return vault.unlock(encrypted_text)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Name the account in the app; the user name, for an e-mail would lie open on the telephone."""
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        """Name the site in the app."""
        return str(settings.WAGTAIL_SITE_NAME)

    def build_totp_svg(self, url: str) -> SafeString:
        """Draw the QR code: black on white whatever the theme, or cameras do not read it."""
        code = segno.make(url, micro=False, error="m")
        return mark_safe(code.svg_inline(scale=5, border=4, dark="#000", light="#fff"))  # noqa: S308  # drawn here, of squares

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002  # allauth's name for it
        """Name a passkey until its owner does."""
        return _("Khoá truy cập")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """The provider of OpenID Connect: it opens accounts that are here, by verified e-mail, and makes none."""

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Leave the look-up to ``pre_social_login``: allauth's own would take the password away."""
        return False

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: accounts are made by those who may."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Bind the identity to the one account with the e-mail that the provider has verified, or refuse."""
        if sociallogin.state.get("process") != "login" or not _is_one_person(sociallogin):
            _refuse(request, _("Không đăng nhập được. Hãy bắt đầu lại từ trang đăng nhập."))
        if sociallogin.is_existing:
            return
        user = _owner_of_verified_email(sociallogin)
        if user is None:
            _refuse(
                request,
                _(
                    "Chưa có tài khoản nào dùng địa chỉ thư đã xác minh này. Hãy hỏi người quản trị hệ thống, hoặc đăng "
                    "nhập bằng mật khẩu."
                ),
            )
        if SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).exists():
            _refuse(
                request, _("Tài khoản này đã gắn với một danh tính khác. Hãy hỏi người quản trị hệ thống.")
            )
        with transaction.atomic():
            sociallogin.connect(request, user)
            audit.record(
                "user.identity_bound", user, actor=user, after={"provider": sociallogin.account.provider}
            )

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Lead back to the sign-in page, which says that it did not work."""
        _refuse(
            request,
            _("Không đăng nhập được qua %(provider)s. Hãy thử lại, hoặc dùng mật khẩu.")
            % {"provider": provider.name},
        )


def _is_one_person(sociallogin: Any) -> bool:
    """Say whether token and user info speak of the same subject (OpenID Connect Core, 5.3.2)."""
    data = sociallogin.account.extra_data
    token, info = data.get("id_token"), data.get("userinfo")
    return not (token and info) or token.get("sub") == info.get("sub")


def _owner_of_verified_email(sociallogin: Any) -> User | None:
    emails = {
        address.email.lower() for address in sociallogin.email_addresses if address.verified and address.email
    }
    found = list(User.objects.alias(lower=Lower("email")).filter(lower__in=emails, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def _refuse(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
