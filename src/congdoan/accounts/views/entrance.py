"""Signing in and out: the password, the second step, the passkey, the provider of OpenID Connect."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.views import callback as oidc_callback_view
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from congdoan.accounts import queries
from congdoan.accounts.forms.factors import PasskeySignInForm, PasskeyStepForm, SecondStepForm
from congdoan.accounts.forms.sign_in import SignInForm

PROVIDER = "oidc"
"""The one provider's id in addresses and in the table of bound identities."""


class SignInView(LoginView):
    """The one place to sign in, for the desk and for the editors' admin alike."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on to the second step where there is one, else in."""
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_redirect_url() or None)
        credentials = {"username": user.get_username()}
        response: HttpResponse = perform_password_login(self.request, credentials, login)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the provider of OpenID Connect when one is set."""
        goal = self.get_redirect_url()
        query = f"?{urlencode({REDIRECT_FIELD_NAME: goal})}" if goal else ""
        return super().get_context_data(
            **kwargs,
            oidc_name=settings.OIDC_NAME if settings.OIDC_SERVER_URL else "",
            oidc_url=reverse("openid_connect_login", args=[PROVIDER]) + query,
        )


class SignOutView(LogoutView):
    """End this session. By POST alone, so that no picture on another site signs anybody out."""


class SecondStepView(AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """The second step: a code or a passkey."""

    form_class = SecondStepForm
    webauthn_form_class = PasskeyStepForm
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer what the user has."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        factors = queries.factors(self.stage.login.user)
        return {
            **context,
            "has_passkeys": bool(factors.passkeys),
            "has_totp": factors.totp is not None,
            "passkey_options": context["js_data"]["request_options"],
        }


@method_decorator(never_cache, name="dispatch")
class PasskeySignInView(RedirectURLMixin, View):
    """Sign in with a passkey alone: GET gives its question as JSON, POST takes the answer."""

    next_page = settings.LOGIN_REDIRECT_URL

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return the question for the passkey."""
        return JsonResponse({"request_options": webauthn.begin_authentication(user=None)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign in whose passkey answered."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_success_url())
        form = PasskeySignInForm(data=request.POST)
        if not form.is_valid():
            for sentence in form.errors.get("credential", [_("Khoá truy cập chưa được nhận. Hãy thử lại.")]):
                messages.error(request, sentence)
            return HttpResponseRedirect(reverse("account_login"))
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=self.get_redirect_url() or None)
        response: HttpResponse = perform_passwordless_login(request, authenticator, login)
        return response


@require_safe
@never_cache
def oidc_start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider. A link and not a form: the page's policy lets no form lead to another site."""
    goal = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(
        goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    try:
        provider = get_social_adapter().get_provider(request, provider_id)
        response: HttpResponse = provider.redirect(request, process="login", next_url=goal if safe else None)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except RequestException:
        messages.error(
            request, _("Không kết nối được với nơi đăng nhập kia. Hãy thử lại, hoặc dùng mật khẩu.")
        )
        return HttpResponseRedirect(reverse("account_login"))
    return response


@require_safe
@never_cache
def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer; allauth checks it."""
    try:
        response: HttpResponse = oidc_callback_view(request, provider_id)
    except RequestException:
        messages.error(
            request, _("Không kết nối được với nơi đăng nhập kia. Hãy thử lại, hoặc dùng mật khẩu.")
        )
        return HttpResponseRedirect(reverse("account_login"))
    return response


def absent(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Stand where allauth has a page that we do not want."""
    raise Http404
