"""Making two records of one person one: side by side, each difference chosen."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import merging, reading
from congdoan.members.errors import MembersError
from congdoan.members.forms.merging import MergeForm
from congdoan.members.models import DuplicateProposal, Person, ReadEntry
from congdoan.members.queries import imports as pairs
from congdoan.members.queries import merging as queries
from congdoan.members.queries import people
from congdoan.members.timeline import entries_of
from congdoan.members.views.proposals import COMPARED, compared, reason_words
from congdoan.members.views.register import crumbs
from congdoan.organisation.rights import Right


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT_MEMBERS)
def merge(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show the pair, ask at each difference, and make the two records one."""
    capacity = capacity_of(request)
    with transaction.atomic():
        pair = pairs.proposals(capacity).filter(pk=proposal_id).first()
        if pair is None:
            raise Http404
        first, second = pair.first, pair.second
        for one in (first, second):
            reading.log(capacity, ReadEntry.Kind.READ, subject_id=one.pk, fields=(*COMPARED, "memberships"))
        rows = compared(first, second, capacity.on)
        both = [(one, entries_of(people.history(one, capacity.on), capacity.on)) for one in (first, second)]
        is_double = bool(queries.set_aside(queries.periods(first), queries.periods(second)))
        form = MergeForm(first, second, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            done = merging.merge(capacity, pair.pk, form.choice())
        except (DuplicateProposal.DoesNotExist, Person.DoesNotExist) as error:
            raise Http404 from error
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(
                request, _("Đã gộp hồ sơ số %(number)s vào hồ sơ này.") % {"number": done.other_id}
            )
            return redirect("members:person", done.kept_id)
    context = {
        "pair": pair,
        "why": reason_words(pair.reasons),
        "rows": rows,
        "both": both,
        "is_double": is_double,
        "form": form,
        "crumbs": [
            *crumbs(),
            {"title": _("Nghi trùng"), "url": reverse("members:proposals")},
            {"title": _("So hai hồ sơ"), "url": reverse("members:proposal", args=[pair.pk])},
        ],
    }
    return render(request, "members/imports/merge.html", context, status=422 if form.errors else 200)
