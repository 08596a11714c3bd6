"""Inviting an officer, and the page that the link opens."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from congdoan.accounts import second_factor
from congdoan.accounts.errors import AccountRefusedError
from congdoan.accounts.models import User
from congdoan.organisation.access import View, capacity_of, requires
from congdoan.organisation.actions import invitations as actions
from congdoan.organisation.errors import InvitationError, InvitationNeedsOwnerError, OrganisationError
from congdoan.organisation.forms.people import AcceptForm
from congdoan.organisation.models import Invitation, Mandate, Officer
from congdoan.organisation.queries import invitations as queries
from congdoan.organisation.queries.capacities import named_mandates
from congdoan.organisation.queries.giving import open_mandates
from congdoan.organisation.rights import Right

_GIVERS = (Right.GIVE_MANDATES, Right.GIVE_DEPUTIES)


@require_POST
@requires(*_GIVERS)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link, send it where mail is set up, and show it to the inviter this once."""
    try:
        invitation, raw = actions.invite(pk, by=capacity_of(request))
    except Officer.DoesNotExist:
        raise Http404 from None
    except OrganisationError as error:
        messages.error(request, error.user_message)
        return redirect("organisation:officer", pk)
    return render(
        request,
        "organisation/people/invited.html",
        {
            "officer": invitation.officer,
            "invitation": invitation,
            "url": actions.address_of(raw),
            "is_mailed": actions.mail(invitation, raw),
            "days": actions.VALID.days,
            "crumbs": [
                {"title": _("Cán bộ"), "url": reverse("organisation:officers")},
                {"title": str(invitation.officer), "url": reverse("organisation:officer", args=[pk])},
            ],
        },
    )


@require_POST
@requires(*_GIVERS)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link stop working."""
    try:
        invitation = actions.revoke(pk, by=capacity_of(request))
    except Invitation.DoesNotExist:
        raise Http404 from None
    except OrganisationError as error:
        messages.error(request, error.user_message)
        return redirect("organisation:officers")
    messages.success(request, _("Đã thu hồi lời mời. Liên kết cũ không mở được nữa."))
    return redirect("organisation:officer", invitation.officer_id)


def _private(view: View) -> View:
    """Keep the address, which is the secret, from other sites, from caches and from search engines.

    Not "no-referrer": browsers then send the form with the origin "null", which the check against forged forms refuses.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor.not_needed
@_private
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: set a password, or bind the post to the account that one has. Open to everybody.

    A link that opens nothing says so, and not whose it was.
    """
    found = queries.by_link(token)
    state = queries.state_of(found) if found is not None else "unknown"
    if found is None or state != queries.OPEN or found.officer.user_id is not None:
        return _closed(request, InvitationError("used" if state == queries.OPEN else state))
    if request.user.is_authenticated:
        return _as_oneself(request, found, token)
    if queries.account_of(found.officer) is not None:
        return _page(request, found, token, needs_sign_in=True)
    form = AcceptForm(request.POST or None, officer=found.officer)
    if form.is_valid():
        try:
            user = actions.accept(token, password=form.cleaned_data["new_password"])
        except InvitationError as error:
            return _closed(request, error)
        except InvitationNeedsOwnerError:
            return _page(request, found, token, needs_sign_in=True)
        except AccountRefusedError as error:
            form.add_error("new_password", error.reasons)
        else:
            messages.success(request, _("Đã lập tài khoản. Tên đăng nhập của bạn: %s.") % _names(user))
            login = Login(user=user, redirect_url=reverse("desk:start"))
            response: HttpResponse = perform_password_login(request, {"username": user.username}, login)
            return response
    return _page(request, found, token, form=form)


def _as_oneself(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    user = cast("User", request.user)
    owner = queries.account_of(found.officer)
    is_wrong = (owner is not None and owner.pk != user.pk) or Officer.objects.filter(user=user).exists()
    if request.method == "POST" and not is_wrong:
        try:
            actions.accept_as(token, user=user)
        except InvitationError as error:
            return _closed(request, error)
        except InvitationNeedsOwnerError:
            is_wrong = True
        else:
            messages.success(request, _("Đã nhận chức vụ. Bạn làm việc được ngay."))
            return redirect("desk:start")
    return _page(request, found, token, is_wrong=is_wrong, user_now=user)


def _page(request: HttpRequest, found: Invitation, token: str, **more: Any) -> HttpResponse:
    posts = Mandate.objects.filter(open_mandates(), officer=found.officer)
    here = reverse("organisation:invitation", args=[token])
    return render(
        request,
        "organisation/people/invitation.html",
        {
            "officer": found.officer,
            "posts": named_mandates(posts, timezone.localdate()).order_by("position__sort_order", "pk"),
            "expires_at": found.expires_at,
            "sign_in_url": f"{reverse('accounts:sign_in')}?{urlencode({'next': here})}",
            "here": here,
            **more,
        },
    )


def _closed(request: HttpRequest, error: InvitationError) -> HttpResponse:
    status = 404 if error.state == "unknown" else 410
    return render(
        request, "organisation/people/invitation_closed.html", {"sentence": error.user_message}, status=status
    )


def _names(user: User) -> str:
    return ", ".join(filter(None, [user.username, user.email, user.phone]))
