"""Telling the owner of a page that a figure on it no longer says what the data say."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congdoan.accounts.models import User
from congdoan.figures.models import Discrepancy
from congdoan.notices.actions import notices
from congdoan.notices.kinds import Kind


def key_of(discrepancy: Discrepancy) -> str:
    """Name what is told about a figure of a page."""
    return f"figures:{discrepancy.shown_id}"


def tell_owners(discrepancies: Iterable[Discrepancy]) -> int:
    """Tell the owner of each page, and whoever published it last; return how many notices were given."""
    told = 0
    rows = Discrepancy.objects.filter(
        shown__in=[one.shown_id for one in discrepancies], state=Discrepancy.State.OPEN
    ).select_related("shown__page__owner", "shown__page__live_revision__user")
    for one in rows:
        page = one.shown.page
        revision = page.live_revision
        people: dict[int, User] = {
            user.pk: user for user in (page.owner, revision.user if revision else None) if user is not None
        }
        told += notices.tell(
            people.values(),
            Kind.TO_ANSWER,
            key_of(one),
            format_lazy(_("Số liệu đã công bố nay khác số báo cáo: {page}"), page=page.title),
            _("Giữ nguyên số đã công bố hoặc đính chính công khai."),
            reverse("figures:discrepancy", args=[one.pk]),
            renew=True,
        )
    return told


def take_back(discrepancy: Discrepancy) -> None:
    """Take back what was told once somebody has decided."""
    notices.withdraw(key_of(discrepancy))
