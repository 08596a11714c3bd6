"""Signing in."""

from __future__ import annotations

from django.contrib.auth.views import LoginView

from congdoan.accounts.forms import SignInForm


class SignInView(LoginView):
    """The one place to sign in, for the desk and for the editors' admin alike."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
