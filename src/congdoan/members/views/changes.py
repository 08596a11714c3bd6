"""Members come, leave, come back; records are put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.members.access import capacity_of, person_or_404, requires
from congdoan.members.actions import editing, memberships, reading, transfers
from congdoan.members.actions.memberships import Details
from congdoan.members.errors import DateRuleError, KnownPersonError, MembersError
from congdoan.members.forms import (
    AdmitForm,
    EditForm,
    EndPositionForm,
    LeaveForm,
    PositionForm,
    ReadmitForm,
)
from congdoan.members.models import MemberPosition, Person, ReadEntry
from congdoan.members.queries import duplicates
from congdoan.members.queries.scope import people
from congdoan.members.views.register import crumbs
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

ADMIT, IS_ANOTHER, CLAIM = "ket-nap", "nguoi-khac", "de-nghi-chuyen"
"""What the buttons of the form of admission say."""


def tell_problem(form: forms.Form, error: MembersError) -> None:
    """Put the sentence of an error beside the field that it is about, or above the form."""
    field = error.field if isinstance(error, DateRuleError) and error.field in form.fields else None
    form.add_error(field, error.user_message)


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def admit(request: HttpRequest) -> HttpResponse:
    """Take somebody in. Whoever may be known already is shown if in reach, and only hinted at if not."""
    capacity = capacity_of(request)
    form = AdmitForm(capacity, request.POST or None)
    known: dict[str, Any] = {}
    if form.is_valid():
        details, deed, unit = form.details(), form.deed(), form.cleaned_data["unit"]
        wish = request.POST.get("viec", ADMIT)
        try:
            if wish == CLAIM:
                return _claim(request, capacity, form, details)
            membership = memberships.admit(capacity, unit, details, deed, is_another=wish == IS_ANOTHER)
        except KnownPersonError as error:
            form.add_error(None, error.user_message)
            known = _known(capacity, details)
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(
                request,
                _("Đã kết nạp %(person)s vào %(unit)s.")
                % {"person": membership.person, "unit": unit.shown_name},
            )
            return redirect("members:person", membership.person_id)
    return render(request, "members/admit.html", {"crumbs": crumbs(), "form": form, "known": known})


def _candidate(details: Details) -> Person:
    candidate = Person()
    details.apply(candidate)
    candidate.derive()
    return candidate


def _known(capacity: Capacity, details: Details) -> dict[str, Any]:
    """Return who of the register the candidate may be: those in reach by name, of the others only that there are some.

    Whoever is met this way finds it in the log of their own record.
    """
    from django.db import transaction

    found = duplicates.similar(_candidate(details))
    ids = [likeness.person_id for likeness in found]
    here = {person.pk: person for person in people(capacity, Right.SEE_MEMBERS).filter(pk__in=ids)}
    with transaction.atomic():
        ReadEntry.objects.bulk_create(
            reading.entry_of(
                capacity,
                ReadEntry.Kind.SEARCH,
                subject_id=pk,
                fields=["last_name", "first_name", "birth_date"],
            )
            for pk in ids
        )
    return {
        "here": [
            {"person": here[likeness.person_id], "is_certain": likeness.is_certain}
            for likeness in found
            if likeness.person_id in here
        ],
        "is_elsewhere": any(pk not in here for pk in ids),
        "may_be_another": not any(likeness.is_certain for likeness in found),
    }


def _claim(request: HttpRequest, capacity: Capacity, form: AdmitForm, details: Details) -> HttpResponse:
    """Ask the unit that keeps the likeliest foreign record to let it go. Who that is, only the search knows."""
    found = duplicates.similar(_candidate(details))
    here = set(
        people(capacity, Right.SEE_MEMBERS)
        .filter(pk__in=[likeness.person_id for likeness in found])
        .values_list("pk", flat=True)
    )
    foreign = [likeness for likeness in found if likeness.person_id not in here]
    if not foreign:
        raise Http404
    transfer = transfers.claim(
        capacity, foreign[0].person_id, form.cleaned_data["unit"], form.cleaned_data["on"]
    )
    messages.success(request, _("Đã gửi đề nghị chuyển. Đơn vị đang giữ hồ sơ sẽ trả lời."))
    return redirect("members:transfer", transfer.pk)


def form_page(request: HttpRequest, person: Person, form: forms.Form, **said: Any) -> HttpResponse:
    """Show a form about one person; ``said`` has its title and the label of its button, perhaps a lead and a kind."""
    way = {"crumbs": crumbs(person), "cancel_url": reverse("members:person", args=[person.pk])}
    return render(request, "members/form.html", {"form": form, **way, **said})


def _in_reach(request: HttpRequest, person_id: int, right: Right) -> Person:
    return person_or_404(capacity_of(request), person_id, right=right)


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_MEMBERS)
def edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Put a record right."""
    person = _in_reach(request, person_id, Right.EDIT_MEMBERS)
    form = EditForm(person, request.POST or None)
    if form.is_valid():
        try:
            editing.edit(
                capacity_of(request), person.pk, form.details(), seen=form.cleaned_data["row_version"]
            )
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã lưu hồ sơ."))
            return redirect("members:person", person.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Sửa hồ sơ"),
        label=_("Lưu hồ sơ"),
    )


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def leave(request: HttpRequest, person_id: int) -> HttpResponse:
    """End a membership, with the reason."""
    person = _in_reach(request, person_id, Right.ADMIT_MEMBERS)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        try:
            memberships.leave(capacity_of(request), person.pk, form.cleaned_data["reason"], form.deed())
        except (MembersError, Person.DoesNotExist) as error:
            if not isinstance(error, MembersError):
                raise Http404 from error
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã ghi %(person)s không còn là đoàn viên.") % {"person": person})
            return redirect("members:person", person.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Thôi là đoàn viên"),
        lead=_("Quá trình và số liệu cũ vẫn giữ nguyên. Đề nghị chuyển sinh hoạt đang chờ sẽ được rút lại."),
        label=_("Ghi thôi là đoàn viên"),
        kind="danger",
    )


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def readmit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Take somebody in again."""
    person = _in_reach(request, person_id, Right.SEE_MEMBERS)
    capacity = capacity_of(request)
    form = ReadmitForm(capacity, request.POST or None)
    if form.is_valid():
        try:
            memberships.readmit(capacity, person.pk, form.cleaned_data["unit"], form.deed())
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã kết nạp lại %(person)s.") % {"person": person})
            return redirect("members:person", person.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Kết nạp lại"),
        label=_("Kết nạp lại"),
    )


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_MEMBERS)
def give_position(request: HttpRequest, person_id: int) -> HttpResponse:
    """Write down a post that a member holds."""
    person = _in_reach(request, person_id, Right.EDIT_MEMBERS)
    capacity = capacity_of(request)
    form = PositionForm(capacity, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        last_day = data["last_day"]
        try:
            editing.give_position(
                capacity,
                person.pk,
                data["unit"],
                data["position"],
                data["valid_from"],
                last_day + timedelta(days=1) if last_day else None,
                symbol=data["symbol"],
                signed_on=data["signed_on"],
            )
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã ghi chức vụ."))
            return redirect("members:person", person.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Ghi chức vụ"),
        lead=_("Chức vụ ở đây chỉ để ghi lại, không cho quyền gì trong hệ thống."),
        label=_("Ghi chức vụ"),
    )


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_MEMBERS)
def end_position(request: HttpRequest, person_id: int, held_id: int) -> HttpResponse:
    """Write down the last day of a post."""
    person = _in_reach(request, person_id, Right.EDIT_MEMBERS)
    held = get_object_or_404(MemberPosition, pk=held_id, person=person, valid_to=None)
    form = EndPositionForm(request.POST or None)
    if form.is_valid():
        try:
            editing.end_position(
                capacity_of(request), person.pk, held.pk, form.cleaned_data["last_day"] + timedelta(days=1)
            )
        except MemberPosition.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã ghi ngày thôi chức vụ."))
            return redirect("members:person", person.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Thôi chức vụ %(position)s") % {"position": held.position},
        label=_("Ghi thôi chức vụ"),
    )
