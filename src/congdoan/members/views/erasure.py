"""Carrying out an accepted deletion, after a page that says what goes and what stays."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import erasing, reading
from congdoan.members.errors import MembersError
from congdoan.members.forms.requests import AnswerForm
from congdoan.members.models import DataRequest, ReadEntry
from congdoan.members.queries import requests as queries
from congdoan.organisation.rights import Right


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_RECORDS)
def erase(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask once more, then erase for good."""
    capacity = capacity_of(request)
    with transaction.atomic():
        waiting = queries.data_requests_open(capacity).filter(kind=DataRequest.Kind.DELETION)
        one = get_object_or_404(waiting, pk=request_id)
        reading.log(
            capacity,
            ReadEntry.Kind.READ,
            subject_id=one.person_id,
            fields=["last_name", "first_name"],
            reason=_("xem yêu cầu xoá"),
        )
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            erasing.erase(capacity, one.pk, answer=form.cleaned_data["answer"])
        except DataRequest.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã xoá hồ sơ. Dấu xoá được giữ lại."))
            return redirect("members:requests")
    return render(
        request,
        "members/requests/erase.html",
        {
            "title": _("Xoá hồ sơ của %(person)s") % {"person": one.person},
            "consequences": [
                _(
                    "xoá họ tên, ngày sinh, số định danh, mã số, liên hệ, chức vụ và các biến động; không lấy lại được"
                ),
                _("thu hồi thẻ và gỡ tài khoản khỏi hồ sơ"),
                _("giữ dấu xoá, yêu cầu này, nhật ký đọc và các số liệu đã chốt, không còn tên ai"),
            ],
            "form": form,
            "cancel_url": reverse("members:data_request", args=[one.pk]),
        },
    )
