"""Members going from unit to unit: what waits, what was decided, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.members.access import capacity_of, person_or_404, requires
from congdoan.members.actions import reading, transfers
from congdoan.members.errors import MembersError
from congdoan.members.forms import ReasonForm, TransferForm
from congdoan.members.models import Person, ReadEntry, Transfer
from congdoan.members.queries import transfers as queries
from congdoan.members.queries.unplaced import unplaced
from congdoan.members.sections import tabs
from congdoan.members.views.changes import form_page, tell_problem
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.ui import tables

PER_PAGE = 25
STATUS = {
    Transfer.Status.OPEN: "waiting",
    Transfer.Status.DONE: "accepted",
    Transfer.Status.REFUSED: "error",
    Transfer.Status.WITHDRAWN: "withdrawn",
}
RELEASE, ACCEPT, REFUSE, WITHDRAW = "dong-y", "tiep-nhan", "tu-choi", "rut"


@require_safe
@requires(Right.ADMIT_MEMBERS)
def listed(request: HttpRequest) -> HttpResponse:
    """List the transfers of my units, those that wait first."""
    capacity = capacity_of(request)
    rows = queries.sided(queries.visible(capacity), capacity).order_by("closed_at", "-requested_at", "-pk")
    # An open one has no day of closing; both databases must put it first.
    rows = rows.order_by(_open_first(), "-requested_at", "-pk")
    with transaction.atomic():
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
        found = [queries.side_of(transfer) for transfer in page]
        reading.log_list(capacity, len(found), fields=["last_name", "first_name"])
    columns = [
        tables.Column("ten", _("Đoàn viên")),
        tables.Column("tu", _("Từ đơn vị")),
        tables.Column("den", _("Đến đơn vị")),
        tables.Column("ngay", _("Chuyển từ ngày"), kind="date"),
        tables.Column("trang-thai", _("Trạng thái")),
    ]
    return render(
        request,
        "members/transfers.html",
        {
            "tabs": tabs(request, "transfers"),
            "page": page,
            "columns": columns,
            "rows": [_row(side) for side in found],
            "unplaced": unplaced(capacity).count(),
        },
    )


def _open_first() -> Any:
    from django.db.models import Case, IntegerField, Value, When

    return Case(
        When(status=Transfer.Status.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )


def _row(side: queries.Side) -> dict[str, Any]:
    transfer: Any = side.transfer
    waits = side.may_release or side.may_accept
    label = _("Chờ bạn trả lời") if waits else transfer.get_status_display()
    return {
        "url": reverse("members:transfer", args=[transfer.pk]),
        "cells": [
            str(transfer.person),
            transfer.from_name if side.knows_old_unit else _("Đơn vị khác"),
            transfer.to_name,
            transfer.effective_on,
            tables.Cell(label, status=STATUS[transfer.status]),
        ],
    }


def _side_or_404(capacity: Capacity, transfer_id: int) -> queries.Side:
    """Return a transfer of my units, with the line in the reading log; foreign ones are not found."""
    with transaction.atomic():
        found = queries.sided(queries.visible(capacity).filter(pk=transfer_id), capacity).first()
        if found is not None:
            reading.log(
                capacity,
                ReadEntry.Kind.READ,
                subject_id=found.person_id,
                fields=["last_name", "first_name", "transfer"],
            )
            return queries.side_of(found)
    raise Http404


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """One transfer: what each side said, and what I may say."""
    capacity = capacity_of(request)
    side = _side_or_404(capacity, transfer_id)
    wish = request.POST.get("viec", "")
    form = ReasonForm(request.POST if wish == REFUSE else None)
    if request.method == "POST" and (wish != REFUSE or form.is_valid()):
        try:
            _do(capacity, transfer_id, wish, form)
        except MembersError as error:
            messages.error(request, error.user_message)
        except (Transfer.DoesNotExist, Person.DoesNotExist) as error:
            raise Http404 from error
        else:
            messages.success(request, _("Đã ghi câu trả lời của đơn vị bạn."))
        return redirect("members:transfer", transfer_id)
    return render(
        request,
        "members/transfer.html",
        {
            "crumbs": [{"title": _("Chuyển sinh hoạt"), "url": reverse("members:transfers")}],
            "side": side,
            "transfer": side.transfer,
            "status": STATUS[Transfer.Status(side.transfer.status)],
            "facts": _facts(side),
            "form": form,
        },
    )


def _do(capacity: Capacity, transfer_id: int, wish: str, form: ReasonForm) -> None:
    if wish == REFUSE:
        transfers.refuse(capacity, transfer_id, form.cleaned_data["reason"])
        return
    deeds: dict[str, Callable[[Capacity, int], Transfer]] = {
        RELEASE: transfers.release,
        ACCEPT: transfers.accept,
        WITHDRAW: transfers.withdraw,
    }
    if wish not in deeds:
        raise Http404
    deeds[wish](capacity, transfer_id)


def _facts(side: queries.Side) -> list[dict[str, Any]]:
    one: Any = side.transfer
    facts = [
        {
            "label": _("Từ đơn vị"),
            "value": one.from_name if side.knows_old_unit else _("Đơn vị khác"),
            "note": "" if side.knows_old_unit else _("Đơn vị này được nêu tên khi đồng ý cho chuyển."),
        },
        {"label": _("Đến đơn vị"), "value": one.to_name},
        {"label": _("Chuyển từ ngày"), "value": one.effective_on},
        {"label": _("Đề nghị lúc"), "value": one.requested_at},
    ]
    if one.note:
        facts.append({"label": _("Lời nhắn"), "value": one.note})
    if one.released_at:
        facts.append({"label": _("Đơn vị cũ"), "value": _("Đồng ý cho chuyển"), "note": one.released_by})
    if one.accepted_at:
        facts.append({"label": _("Đơn vị mới"), "value": _("Tiếp nhận"), "note": one.accepted_by})
    if one.refused_reason:
        facts.append({"label": _("Lý do từ chối"), "value": one.refused_reason, "note": one.refused_by})
    return facts


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def offer(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask another unit to take a member of mine."""
    capacity = capacity_of(request)
    person = person_or_404(capacity, person_id, right=Right.ADMIT_MEMBERS)
    form = TransferForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            asked = transfers.offer(capacity, person.pk, data["unit"], data["on"], note=data["note"])
        except Person.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            tell_problem(form, error)
        else:
            messages.success(request, _("Đã gửi đề nghị. Đơn vị mới sẽ trả lời."))
            return redirect("members:transfer", asked.pk)
    return form_page(
        request,
        person,
        form,
        title=_("Chuyển sinh hoạt"),
        lead=_("Đơn vị bạn đồng ý cho chuyển khi gửi; đơn vị mới tiếp nhận hoặc từ chối."),
        label=_("Gửi đề nghị chuyển"),
    )
