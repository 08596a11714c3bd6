"""What every request of somebody who is signed in must pass: a living session, and a second factor where one is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from congdoan.accounts import actions, queries, second_factor
from congdoan.accounts.models import SignIn, User

Answer = Callable[[HttpRequest], HttpResponse]

OPEN_PATHS = (
    "/static/",
    "/media/",
    "/tep/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/dang-nhap/",
    "/dang-xuat/",
    "/tai-khoan/",
)
"""Beginnings of addresses that ask for no second factor: files, health, signing in and out, the account itself."""

OPEN_NAMESPACES = {"documents", "search", "portal", "participation", "ui", "pages"}
"""Apps whose screens are the public portal. Their screens for editors stand under /quan-tri/, which is not open."""

OPEN_NAMES = {"wagtail_serve"}
API = "/api/"


class SignInMiddleware:
    """Let ``request.user`` be somebody only while their session stands in the list of sessions.

    Looks when the user is asked for, not before: a public page never touches the session.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request.user
        request.user = cast("User", SimpleLazyObject(lambda: _checked(request, found)))
        return self.get_response(request)


def _checked(request: HttpRequest, user: Any) -> User | AnonymousUser:
    if not user.is_authenticated:
        return AnonymousUser()
    key = str(request.session.session_key or "")
    sign_in = SignIn.objects.filter(key_hash=SignIn.hash_of(key), user_id=user.pk).first()
    if sign_in is None:
        request.session.flush()
        return AnonymousUser()
    actions.note_seen(sign_in)
    known: User = user
    return known


class SecondFactorMiddleware:
    """Send whoever must prove a second factor to do so, everywhere but on a short list of open pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer instead of ``view`` when the second factor is due and missing."""
        # Without a session nobody is signed in, and looking would mark a page for everybody as one's own.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _is_open(request, view):
            return None
        if not request.user.is_authenticated or not second_factor.is_required(request):
            return None
        if second_factor.session_is_strong(request):
            return None
        return _demand(request)


def _is_open(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    if getattr(view, "second_factor_not_needed", False):
        return True
    path = without_language(request.path)
    if path.startswith("/quan-tri/"):
        return False
    match = request.resolver_match
    if match is not None and (match.url_name in OPEN_NAMES or OPEN_NAMESPACES.intersection(match.namespaces)):
        return True
    return path.startswith(OPEN_PATHS)


def without_language(path: str) -> str:
    """Return ``path`` without the prefix of another language."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}")
    return path


def _demand(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        detail = _("Việc này cần xác thực hai bước. Hãy đăng nhập trên trang web và thiết lập bước thứ hai.")
        problem = {
            "type": "about:blank",
            "title": _("Cần xác thực hai bước"),
            "status": 403,
            "detail": detail,
        }
        return JsonResponse(problem, status=403, content_type="application/problem+json")
    url = where_to_prove(request)
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(url)
    response = HttpResponseRedirect(url)
    response.headers["Cache-Control"] = "no-store"
    return response


def where_to_prove(request: HttpRequest) -> str:
    """Return the page on which the user proves, or first sets up, a second factor; it leads back."""
    factors = queries.factors(cast("User", request.user))
    if factors.totp is not None:
        page = "mfa_reauthenticate"
    elif factors.passkeys:
        page = "mfa_reauthenticate_webauthn"
    else:
        page = "accounts:set_up"
    back = (
        request.get_full_path() if request.method in ("GET", "HEAD") else reverse(settings.LOGIN_REDIRECT_URL)
    )
    return f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: back})}"
