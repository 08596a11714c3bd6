"""One's own account: what is known, the password, the sessions, and proving again who one is."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.accounts import actions, identifiers, queries, second_factor
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.forms.factors import CodeAgainForm, PasskeyAgainForm
from congdoan.accounts.forms.sign_in import ChangePasswordForm, PasswordAgainForm
from congdoan.accounts.models import SignIn, User


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    user = cast("User", request.user)
    here = SignIn.hash_of(str(request.session.session_key))
    return render(
        request,
        "accounts/account.html",
        {
            "person": user,
            "phone": identifiers.phone_for_people(user.phone) if user.phone else "",
            "factors": queries.factors(user),
            "is_required": second_factor.is_required(request),
            "sign_ins": [{"row": row, "is_here": row.key_hash == here} for row in queries.sign_ins(user)],
        },
    )


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password. The session goes on; all others end."""
    user = cast("User", request.user)
    form = ChangePasswordForm(request.POST or None, user=user, request=request)
    if form.is_valid():
        key = str(request.session.session_key)
        try:
            actions.set_password(user, form.cleaned_data["new_password"], by=user, keep=key)
        except AccountRefusedError as error:
            form.add_error("new_password", error.reasons)
        else:
            update_session_auth_hash(request, user)
            actions.follow_key(key, str(request.session.session_key))
            messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại."))
            return redirect("accounts:account")
    return render(request, "accounts/change_password.html", {"form": form})


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    user = cast("User", request.user)
    sign_in = get_object_or_404(queries.sign_ins(user), pk=pk)
    actions.end_session(sign_in, by=user)
    messages.success(request, _("Đã kết thúc phiên trên thiết bị kia."))
    return redirect("accounts:account")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    user = cast("User", request.user)
    ended = actions.end_sessions(user, by=user, keep=str(request.session.session_key))
    messages.success(
        request,
        ngettext("Đã kết thúc %(count)d phiên khác.", "Đã kết thúc %(count)d phiên khác.", ended)
        % {"count": ended},
    )
    return redirect("accounts:account")


class _Again:
    """Proving again who one is: in our pages, and back to where one came from."""

    request: HttpRequest

    def get_default_success_url(self) -> str:
        """Lead to the account when nothing else was asked for."""
        return reverse("accounts:account")

    def _check_ratelimit(self, request: HttpRequest) -> None:
        """Leave counting to the forms."""


@method_decorator(never_cache, name="dispatch")
class PasswordAgainView(_Again, ReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """The password once more, before something that matters."""

    form_class = PasswordAgainForm
    template_name = "accounts/again_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks, and in which session."""
        return {**super().get_form_kwargs(), "request": self.request}


@method_decorator(never_cache, name="dispatch")
class CodeAgainView(_Again, CodeReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """A code, before something that matters, or because this session has none yet."""

    form_class = CodeAgainForm
    template_name = "accounts/again_code.html"


@method_decorator(never_cache, name="dispatch")
class PasskeyAgainView(_Again, ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """A passkey, before something that matters, or because this session has proved none yet."""

    form_class = PasskeyAgainForm
    template_name = "accounts/again_passkey.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say on the same page that the passkey was not accepted."""
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return HttpResponseRedirect(self.request.get_full_path())
