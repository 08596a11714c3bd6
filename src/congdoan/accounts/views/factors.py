"""Second factors: set up, named, removed; recovery codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.accounts import actions, queries, second_factor
from congdoan.accounts.forms.factors import AddPasskeyForm, RenamePasskeyForm, SetUpTotpForm
from congdoan.accounts.models import User

_View = Callable[..., HttpResponse]


def _own(view: _View) -> _View:
    """Open ``view`` to whoever has just proved who they are."""
    guarded: _View = login_required(never_cache(reauthentication_required(view, app="allauth.mfa")))
    return guarded


@require_safe
@login_required
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Say why a second factor is needed, and offer the ways."""
    user = cast("User", request.user)
    if queries.has_second_factor(user):
        return redirect("accounts:account")
    return render(request, "accounts/set_up.html", {"is_required": second_factor.is_required(request)})


@require_http_methods(["GET", "POST"])
@_own
def add_totp(request: HttpRequest) -> HttpResponse:
    """Set up an app that makes codes."""
    user = cast("User", request.user)
    if queries.factors(user).totp is not None:
        return redirect("accounts:account")
    form = SetUpTotpForm(request.POST or None, user=user)
    if form.is_valid():
        row = actions.add_totp(user, form.secret, code=form.cleaned_data["code"], by=user)
        clear_totp_secret(request)
        return _after_adding(request, user, row, _("Đã thiết lập ứng dụng xác thực."))
    url = get_adapter().build_totp_url(user, form.secret)
    return render(
        request,
        "accounts/add_totp.html",
        {
            "form": form,
            "picture": get_adapter().build_totp_svg(url),
            "url": url,
            "secret": " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4)),
        },
    )


@require_http_methods(["GET", "POST"])
@_own
def remove_totp(request: HttpRequest) -> HttpResponse:
    """Take the app away."""
    row = queries.factors(cast("User", request.user)).totp
    if row is None:
        raise Http404
    return _remove(request, row, title=_("Gỡ ứng dụng xác thực"))


@require_http_methods(["GET", "POST"])
@_own
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Register a passkey of this device, or a security key."""
    user = cast("User", request.user)
    form = AddPasskeyForm(request.POST or None)
    if form.is_valid():
        row = actions.add_passkey(
            user, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"], by=user
        )
        return _after_adding(request, user, row, _("Đã thêm khoá truy cập."))
    options = webauthn.begin_registration(user, True)
    return render(request, "accounts/add_passkey.html", {"form": form, "passkey_options": options})


@require_http_methods(["GET", "POST"])
@_own
def rename_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    user = cast("User", request.user)
    row = get_object_or_404(queries.passkeys(user), pk=pk)
    form = RenamePasskeyForm(request.POST or None, initial={"name": row.wrap().name})
    if form.is_valid():
        actions.rename_passkey(user, row, form.cleaned_data["name"], by=user)
        messages.success(request, _("Đã đổi tên khoá truy cập."))
        return redirect("accounts:account")
    return render(request, "accounts/rename_passkey.html", {"form": form})


@require_http_methods(["GET", "POST"])
@_own
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    row = get_object_or_404(queries.passkeys(cast("User", request.user)), pk=pk)
    return _remove(request, row, title=_("Gỡ khoá truy cập “%s”") % row.wrap().name)


@require_safe
@_own
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes once; afterwards only how many are left."""
    user = cast("User", request.user)
    if not queries.has_second_factor(user):
        raise Http404
    codes = actions.show_recovery_codes(user)
    shown = [f"{code[:5]} {code[5:]}" for code in codes] if codes else []
    return render(
        request, "accounts/recovery_codes.html", {"codes": shown, "left": queries.factors(user).codes_left}
    )


@require_http_methods(["GET", "POST"])
@_own
def make_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes in place of the old ones."""
    user = cast("User", request.user)
    if not queries.has_second_factor(user):
        raise Http404
    if request.method == "POST":
        actions.make_recovery_codes(user, by=user)
        return redirect("mfa_view_recovery_codes")
    return render(
        request,
        "accounts/confirm.html",
        {
            "title": _("Tạo mã dự phòng mới"),
            "consequences": [_("Các mã dự phòng cũ không dùng được nữa.")],
            "label": _("Tạo mã mới"),
            "kind": "primary",
            "cancel_url": reverse("accounts:account"),
        },
    )


def _after_adding(request: HttpRequest, user: User, row: Authenticator, sentence: str) -> HttpResponse:
    """Count the session as proved (the device has just answered) and show the codes that were made with the first."""
    record_authentication(request, user, "mfa", id=row.pk, type=row.type)
    second_factor.note_change(request)
    messages.success(request, sentence)
    recovery = queries.factors(user).recovery
    if recovery is not None and not recovery.wrap().did_view:
        return redirect("mfa_view_recovery_codes")
    return redirect("accounts:account")


def _remove(request: HttpRequest, row: Authenticator, *, title: str) -> HttpResponse:
    user = cast("User", request.user)
    if request.method == "POST":
        with transaction.atomic():
            actions.remove_factor(user, row, by=user)
            # Whoever holds what is taken away may have opened a session with it.
            actions.end_sessions(user, by=user, keep=str(request.session.session_key))
        second_factor.note_change(request)
        messages.success(request, _("Đã gỡ. Các thiết bị khác phải đăng nhập lại."))
        return redirect("accounts:account")
    factors = queries.factors(user)
    is_last = len(factors.passkeys) + (factors.totp is not None) == 1
    consequences = [_("Các thiết bị khác của bạn phải đăng nhập lại.")]
    if is_last:
        consequences.append(_("Mã dự phòng bị huỷ theo."))
        consequences.append(_("Việc nào cần xác thực hai bước thì bạn phải thiết lập lại mới làm được."))
    return render(
        request,
        "accounts/confirm.html",
        {
            "title": title,
            "consequences": consequences,
            "label": _("Gỡ"),
            "kind": "danger",
            "cancel_url": reverse("accounts:account"),
        },
    )
