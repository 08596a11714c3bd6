"""Cards: handed out and taken back by the unit, printed, and checked by anybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congdoan import vntext
from congdoan.members import crypto
from congdoan.members.access import capacity_of, person_or_404, requires
from congdoan.members.actions import cards
from congdoan.members.errors import MembersError
from congdoan.members.exports import card as printing
from congdoan.members.forms import ReasonForm
from congdoan.members.models import MemberCard, Person
from congdoan.members.queries import cards as queries
from congdoan.members.queries import own
from congdoan.members.views.register import crumbs
from congdoan.members.views.self_service import own_record
from congdoan.organisation.rights import Right

ISSUE, REVOKE = "cap", "thu-hoi"
"""What the buttons of the page of a card say."""


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def card(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show the card of a member; hand out a new one, take it back."""
    capacity = capacity_of(request)
    person = person_or_404(
        capacity,
        person_id,
        right=Right.ADMIT_MEMBERS,
        fields=["last_name", "first_name"],
        reason=_("xem thẻ"),
    )
    wish = request.POST.get("viec", "")
    form = ReasonForm(request.POST if wish == REVOKE else None)
    if wish == ISSUE or form.is_valid():
        try:
            if wish == ISSUE:
                cards.issue(capacity, person.pk)
            else:
                cards.revoke(capacity, person.pk, form.cleaned_data["reason"])
        except MemberCard.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(request, _("Đã cấp thẻ.") if wish == ISSUE else _("Đã thu hồi thẻ."))
        return redirect("members:card", person.pk)
    return render(
        request,
        "members/cards/card.html",
        {"crumbs": crumbs(person), "person": person, "card": own.card(person), "form": form},
    )


@require_safe
@requires(Right.ADMIT_MEMBERS)
def card_file(request: HttpRequest, person_id: int) -> HttpResponse:
    """Print the card of a member of my unit."""
    person = person_or_404(
        capacity_of(request), person_id, right=Right.ADMIT_MEMBERS, fields=["last_name"], reason=_("in thẻ")
    )
    return _pdf(request, person)


@require_safe
@own_record
def own_card(request: HttpRequest, person: Person) -> HttpResponse:
    """Print my own card."""
    return _pdf(request, person)


def _pdf(request: HttpRequest, person: Person) -> HttpResponse:
    card = own.card(person)
    today = timezone.localdate()
    membership = queries.membership_of(card, today) if card else None
    if card is None or membership is None:
        raise Http404
    cards.log_print(capacity_of(request), card)
    address = request.build_absolute_uri(
        reverse("members:card_check", args=[crypto.decrypt(card.token_cipher)])
    )
    unit = membership.unit_name  # type: ignore[attr-defined]  # annotated
    data = {
        "title": _("Thẻ đoàn viên %(number)s") % {"number": card.number},
        "heading": _("THẺ ĐOÀN VIÊN CÔNG ĐOÀN"),
        "issuer": unit,
        "name": str(person),
        "unit": unit,
        "lines": [
            _("Số thẻ: %(number)s, lần cấp %(version)s") % {"number": card.number, "version": card.version},
            _("Ngày cấp: %(day)s") % {"day": vntext.format_date(card.issued_on)},
        ],
        "code_alt": _("Mã QR để kiểm tra thẻ"),
    }
    response = HttpResponse(printing.as_pdf(data, address), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="the-doan-vien.pdf"'
    return response


@require_safe
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Tell anybody whether a card is valid; no search engine keeps the page, and no other site learns its address."""
    found = queries.check(token, timezone.localdate())
    if found is None:
        raise Http404
    response = render(request, "members/cards/check.html", {"check": found})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
