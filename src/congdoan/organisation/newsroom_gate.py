"""Before each request to the editors' admin: a mandate that has ended ends it there too."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from congdoan.organisation.actions import editorial

ADMIN = "/quan-tri/"


class NewsroomGate:
    """Bring the groups of whoever opens the editors' admin to what their mandates give now. One query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a session nobody is signed in.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if request.path.startswith(ADMIN) and has_session and request.user.is_authenticated:
            editorial.sync(request.user)
        return self.get_response(request)
