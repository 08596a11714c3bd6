"""A forgotten password: a link by mail, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.accounts import actions, engine, limits, queries, tasks
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.forms.sign_in import ForgottenForm, NewPasswordForm
from congdoan.accounts.models import User

MAILS_AN_HOUR = 3
QUESTIONS_AN_HOUR = 30


@require_http_methods(["GET", "POST"])
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask whose password it is. The answer is the same, and takes the same time, whether or not there is an account."""
    if not settings.EMAIL_URL:
        return render(request, "accounts/forgotten_without_mail.html")
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        user = queries.find_user(form.cleaned_data["name"])
        number = user.pk if user is not None else 0
        address = engine.network(str(request.META.get("REMOTE_ADDR", "")))
        asked = limits.take(f"forgotten from {address}", most=QUESTIONS_AN_HOUR, seconds=3600)
        if not (limits.take(f"forgotten by {number}", most=MAILS_AN_HOUR, seconds=3600) and asked):
            number = 0
        tasks.send_reset_link.enqueue(user=number, language=get_language() or settings.LANGUAGE_CODE)
        return redirect("accounts:forgotten_done")
    return render(request, "accounts/forgotten.html", {"form": form})


@require_safe
@never_cache
def forgotten_done(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "accounts/forgotten_done.html", {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60})


class ResetView(PasswordResetConfirmView):
    """A new password for whoever holds the link. Works once: the link depends on the old password."""

    form_class = NewPasswordForm  # type: ignore[assignment]  # sets the password by our own action
    user: User
    template_name = "accounts/reset.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its user by name."""
        return {**super().get_form_kwargs(), "user": self.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password and end all sessions; signing in is a step of its own, with its second one."""
        try:
            actions.set_password(self.user, form.cleaned_data["new_password"], by=self.user)
        except AccountRefusedError as error:
            form.add_error("new_password", error.reasons)
            return self.form_invalid(form)
        self.request.session.pop("_password_reset_token", None)
        messages.success(self.request, _("Đã đặt mật khẩu mới. Hãy đăng nhập."))
        return HttpResponseRedirect(reverse("accounts:sign_in"))
