"""Choosing in whose name to act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from congdoan.organisation.access import requires
from congdoan.organisation.middleware import SESSION_KEY, mandates_of


@require_POST
@requires()
def choose(request: HttpRequest) -> HttpResponse:
    """Act in the name of another of one's own mandates from now on, in this session."""
    wanted = request.POST.get("capacity", "")
    mandate = next((one for one in mandates_of(request) if str(one.pk) == wanted), None)
    if mandate is None:
        messages.error(request, _("Chức vụ này không còn hiệu lực. Hãy chọn chức vụ khác."))
    else:
        request.session[SESSION_KEY] = mandate.pk
        messages.success(
            request,
            _("Bạn đang làm việc với tư cách: %(position)s, %(unit)s.")
            % {"position": mandate.position, "unit": mandate.unit_name},  # type: ignore[attr-defined]  # annotated
        )
    goal = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        goal, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(goal if safe else resolve_url("desk:start"))
