"""Polls for visitors: the list, one poll with its results, and voting."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.participation import actions, exports, origin, queries, voter_cookie
from congdoan.participation.engine import AddressLimit
from congdoan.participation.errors import (
    AlreadyVotedError,
    BadTokenError,
    CrossSiteError,
    NoOptionError,
    NoSuchCallError,
    NotOpenError,
    ParticipationError,
    TooManyVotesError,
    UnknownOptionError,
)
from congdoan.participation.forms import BallotForm
from congdoan.participation.models import Call

PAST_PER_PAGE = 20

address_limit = AddressLimit(limit=300, window=60.0)
"""Of this process; the addresses never leave it."""

_STATUS: dict[type[ParticipationError], int] = {
    NoOptionError: 400,
    UnknownOptionError: 400,
    BadTokenError: 400,
    CrossSiteError: 403,
    NoSuchCallError: 404,
    AlreadyVotedError: 409,
    NotOpenError: 409,
    TooManyVotesError: 429,
}


@require_safe
@never_cache  # a poll opens and closes by the clock
def calls(request: HttpRequest) -> HttpResponse:
    """All Calls: open, announced, and past ones page by page."""
    found = queries.calls_by_state()
    past = Paginator(found["past"], PAST_PER_PAGE).get_page(request.GET.get("trang", "1"))
    context = {
        "open_calls": found["open"],
        "announced_calls": found["announced"],
        "past": past,
        "is_empty": not any(found.values()),
        "home": _home(),
        "crumbs": [_home()],
    }
    return render(request, "participation/list.html", context)


@require_safe
@never_cache  # it holds the token of one form, and what this visitor has done
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One poll: the form, or the results after voting, after closing and with ``?ket-qua=1``."""
    return _page(request, slug, voter_cookie.read(request))


# No CSRF cookie: the form also stands on cached pages, which are the same for everyone. ``origin.is_own`` refuses forms
# of other sites instead, and a vote uses no session.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a vote. Forms are sent on to the results (303); ``Accept: application/json`` gets ``{"poll", "message"}``."""
    if request.method != "POST":
        return redirect("participation:call", slug=slug)
    request.user = AnonymousUser()  # the log names who is signed in, and must not say who voted when
    voter = voter_cookie.read(request)
    form = BallotForm(request.POST)
    try:
        accepted = _vote(request, slug, voter, form)
    except ParticipationError as error:
        return _refused(request, slug, voter, form, error)

    response: HttpResponse
    if _wants_json(request):
        message = _("Phiếu của bạn đã được ghi nhận. Cảm ơn bạn!")
        poll = queries.public_poll(slug)
        response = JsonResponse({"poll": exports.poll_shape(poll), "message": message})
    else:
        response = redirect(f"{reverse('participation:call', args=[slug])}?ket-qua=1")
        response.status_code = 303  # the browser fetches the results, and a reload does not vote again
    token = voter.token_for(form.cleaned_data["token"])
    return voter_cookie.write(response, voter, token=token, call_id=accepted.call.pk)


def _vote(request: HttpRequest, slug: str, voter: voter_cookie.Voter, form: BallotForm) -> actions.Cast:
    if not origin.is_own(request):
        raise CrossSiteError
    if seconds := address_limit.take(request.META.get("REMOTE_ADDR", "")):
        raise TooManyVotesError(seconds)
    if voter.has_voted_in(queries.public_call(slug).pk):
        raise AlreadyVotedError
    form.full_clean()
    if form.error is not None:
        raise form.error
    form_token = form.cleaned_data["token"]
    return actions.cast_ballot(
        slug, form.cleaned_data["option"], voter_token=voter.token_for(form_token), form_token=form_token
    )


def _refused(
    request: HttpRequest, slug: str, voter: voter_cookie.Voter, form: BallotForm, error: ParticipationError
) -> HttpResponse:
    status = _STATUS[type(error)]
    response: HttpResponse
    if _wants_json(request):
        answer: dict[str, Any] = {"error": error.code, "message": error.user_message, "poll": None}
        if not isinstance(error, (NoSuchCallError, CrossSiteError, TooManyVotesError)):
            answer["poll"] = exports.poll_shape(queries.public_poll(slug))
        response = JsonResponse(answer, status=status)
    else:
        response = _page(request, slug, voter, form=form, error=error)
        response.status_code = status
    if isinstance(error, TooManyVotesError):
        response["Retry-After"] = str(error.seconds)
    return response


def _page(
    request: HttpRequest,
    slug: str,
    voter: voter_cookie.Voter,
    *,
    form: BallotForm | None = None,
    error: ParticipationError | None = None,
) -> HttpResponse:
    try:
        poll = queries.public_poll(slug)
    except NoSuchCallError as missing:
        raise Http404 from missing
    has_voted = voter.has_voted_in(poll.call.pk) or isinstance(error, AlreadyVotedError)
    is_open = poll.call.state == Call.State.OPEN
    shows_results = not is_open or has_voted or (error is None and "ket-qua" in request.GET)
    context = {
        "call": poll.call,
        "poll": exports.poll_context(poll),
        "show": "results" if shows_results else "form",
        "has_voted": has_voted,
        "may_vote": is_open and not has_voted,
        # Beside the choices when the reader can mend it there, else above the whole.
        "field_error": error.user_message if error and not shows_results else "",
        "page_error": error.user_message if error and shows_results else "",
        "chosen": form.chosen if form else None,
        "token": (form.sent_token if form else "") or secrets.token_urlsafe(24),
        "crumbs": [_home(), {"title": _("Tham gia"), "url": reverse("participation:list")}],
    }
    return render(request, "participation/call.html", context)


def _home() -> dict[str, str]:
    return {"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
