"""Keys of the API for the mandate in whose name one acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.actions import tokens as actions
from congdoan.organisation.errors import OrganisationError
from congdoan.organisation.forms.people import TokenForm
from congdoan.organisation.models import ApiToken
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.tokens import tokens_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires()
def tokens(request: HttpRequest) -> HttpResponse:
    """List the keys; make one. It is shown in the answer to the form and never again."""
    capacity = _acting(request)
    form = TokenForm(request.POST or None)
    made = ""
    if form.is_valid():
        try:
            _token, made = actions.make(
                name=form.cleaned_data["name"], days=form.cleaned_data["days"], by=capacity
            )
        except OrganisationError as error:
            form.add_error(None, error.user_message)
        else:
            form = TokenForm()
    return render(
        request,
        "organisation/people/tokens.html",
        {
            "form": form,
            "made": made,
            "capacity": capacity,
            "tokens": [_shown(token) for token in tokens_of(capacity)],
        },
    )


@require_POST
@requires()
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key stop working."""
    try:
        token = actions.revoke(pk, by=_acting(request))
    except ApiToken.DoesNotExist:
        raise Http404 from None
    messages.success(
        request, _("Đã thu hồi mã “%s”. Chương trình dùng mã này không vào được nữa.") % token.name
    )
    return redirect("organisation:tokens")


def _acting(request: HttpRequest) -> Capacity:
    capacity = capacity_of(request)
    if capacity.mandate is None:
        raise PermissionDenied
    return capacity


def _shown(token: ApiToken) -> dict[str, Any]:
    now = timezone.now()
    if token.revoked_at is not None:
        state, status = _("Đã thu hồi"), "withdrawn"
    elif token.expires_at is not None and token.expires_at <= now:
        state, status = _("Hết hạn"), "neutral"
    else:
        state, status = _("Đang dùng"), "accepted"
    return {"token": token, "state": state, "status": status, "is_open": status == "accepted"}
