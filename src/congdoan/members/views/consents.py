"""What I agree to, one purpose at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from congdoan.members.access import capacity_of
from congdoan.members.actions import consents
from congdoan.members.errors import MembersError
from congdoan.members.models import ConsentText, Person, Purpose
from congdoan.members.queries import own
from congdoan.members.views.self_service import crumbs, own_record


@require_safe
@own_record
def listed(request: HttpRequest, person: Person) -> HttpResponse:
    """Show each purpose with its words. Nothing is chosen for anybody."""
    return render(request, "members/own/consents.html", {"crumbs": crumbs(), "choices": own.choices(person)})


@require_POST
@own_record
def give(request: HttpRequest, person: Person, text_id: int) -> HttpResponse:
    """Agree to the words above the button."""
    try:
        consents.give(capacity_of(request), text_id)
    except ConsentText.DoesNotExist as error:
        raise Http404 from error
    except MembersError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, _("Đã ghi sự đồng ý của bạn."))
    return redirect("members:consents")


@require_POST
@own_record
def withdraw(request: HttpRequest, person: Person, purpose: str) -> HttpResponse:
    """No longer agree."""
    if purpose not in Purpose.values:
        raise Http404
    consents.withdraw(capacity_of(request), purpose)
    messages.success(request, _("Đã rút lại. Từ bây giờ dữ liệu không dùng vào việc này nữa."))
    return redirect("members:consents")
