"""What people hand in on paper: requests for the keeper of records, consents for their own unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.members.access import capacity_of, person_or_404, requires
from congdoan.members.actions import consents, requests
from congdoan.members.errors import MembersError
from congdoan.members.forms.paper import PaperConsentForm, PaperRequestForm
from congdoan.members.models import Consent, ConsentText, Person
from congdoan.members.views.changes import tell_problem
from congdoan.members.views.register import crumbs
from congdoan.members.views.requests import crumbs as request_crumbs
from congdoan.organisation.rights import Right


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_RECORDS)
def request_new(request: HttpRequest) -> HttpResponse:
    """Write down a request that did not come through self-service."""
    capacity = capacity_of(request)
    form = PaperRequestForm(capacity, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = requests.record_paper(
                capacity,
                data["member_no"].pk,
                data["kind"],
                data["channel"],
                data["received_on"],
                data["details"],
            )
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã ghi yêu cầu. Hạn đã được tính từ ngày nhận."))
            return redirect("members:data_request", made.pk)
    return render(
        request,
        "members/form.html",
        {
            "crumbs": request_crumbs(),
            "title": _("Ghi yêu cầu nhận bằng giấy"),
            "form": form,
            "label": _("Ghi yêu cầu"),
            "cancel_url": reverse("members:requests"),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_MEMBERS)
def person_consents(request: HttpRequest, person_id: int) -> HttpResponse:
    """What a member agreed to; write down what they signed or took back on paper."""
    capacity = capacity_of(request)
    person = person_or_404(
        capacity,
        person_id,
        right=Right.EDIT_MEMBERS,
        fields=["last_name", "first_name", "consents"],
        reason=_("xem sự đồng ý"),
    )
    purpose = request.POST.get("rut", "")
    form = PaperConsentForm(request.POST if request.method == "POST" and not purpose else None)
    try:
        if purpose:
            consents.withdraw_on_paper(capacity, person.pk, purpose)
            messages.success(request, _("Đã ghi việc rút lại."))
            return redirect("members:person_consents", person.pk)
        if form.is_valid():
            consents.record_paper(
                capacity, person.pk, form.cleaned_data["text"], form.cleaned_data["paper_ref"]
            )
            messages.success(request, _("Đã ghi sự đồng ý."))
            return redirect("members:person_consents", person.pk)
    except (Person.DoesNotExist, ConsentText.DoesNotExist) as error:
        raise Http404 from error
    except MembersError as error:
        tell_problem(form, error)
    given = Consent.objects.filter(person=person).select_related("text").order_by("purpose", "-given_at")
    return render(
        request,
        "members/consents.html",
        {"crumbs": crumbs(person), "person": person, "form": form, "given": given},
    )
