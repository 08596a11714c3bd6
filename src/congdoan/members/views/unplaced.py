"""Members whose unit was split: chosen from a list and placed in one of the units that go on."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import reading, succession
from congdoan.members.errors import MembersError
from congdoan.members.forms.placing import PlaceForm
from congdoan.members.queries import unplaced as queries
from congdoan.members.views.changes import tell_problem
from congdoan.members.views.register import list_columns, list_row
from congdoan.organisation.rights import Right

PER_PAGE = 100
CHOSEN = "nguoi"


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def listed(request: HttpRequest) -> HttpResponse:
    """List who waits, and place those chosen."""
    capacity = capacity_of(request)
    chosen = {int(value) for value in request.POST.getlist(CHOSEN) if value.isascii() and value.isdigit()}
    form = PlaceForm(capacity, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Hãy chọn ít nhất một người trong danh sách."))
        else:
            try:
                placed = succession.place(capacity, chosen, form.cleaned_data["unit"])
            except MembersError as error:
                tell_problem(form, error)
            else:
                messages.success(
                    request,
                    ngettext(
                        "Đã phân %(count)d người về %(unit)s.", "Đã phân %(count)d người về %(unit)s.", placed
                    )
                    % {"count": placed, "unit": form.cleaned_data["unit"].shown_name},
                )
                return redirect("members:unplaced")
    with transaction.atomic():
        found = queries.shown(queries.unplaced(capacity), capacity)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
        people = list(page)
        reading.log_list(capacity, len(people))
    return render(
        request,
        "members/unplaced.html",
        {
            "crumbs": [{"title": _("Chuyển sinh hoạt"), "url": reverse("members:transfers")}],
            "page": page,
            "form": form,
            "columns": list_columns(),
            "rows": [
                {**list_row(row), "id": row.person_id, "is_chosen": row.person_id in chosen} for row in people
            ],
            "choose": CHOSEN,
        },
    )
