"""A report page once more, for another unit or period: the same text with that unit's figures, as a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from congdoan.audit import actions as audit
from congdoan.figures.engine.titles import reworded
from congdoan.figures.engine.windows import Window
from congdoan.figures.errors import MayNotCopyError
from congdoan.figures.queries.printing import Printable, printable, rescoped
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units
from congdoan.vntext import slugify

LONGEST_TITLE = 255
LONGEST_SLUG = 90
MOST = 60
"""Units at once: a district has a few dozen; whoever chooses the grassroots unions of a province does not mean it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One copy before it is made: its words, what has no data there, and what the text keeps from elsewhere."""

    unit: Unit
    unit_name: str
    window: Window
    title: str
    lead: str
    printable: Printable


def source_of(page: Page) -> Any:
    """Return the text to copy: as readers see it, or of a page that they do not see its newest draft."""
    specific = page.specific
    return specific if specific.live else specific.get_latest_revision_as_object()


def plan(page: Any, targets: Iterable[Unit], window: Window) -> list[Planned]:
    """Return what copies of a report page for some units and one window would be. Nothing is stored."""
    before = Window(page.report_from, page.report_to)
    old = units.named(Unit.objects.filter(pk=page.report_unit_id), before.end).get()
    wanted = [one.pk for one in targets]
    named = units.in_order(units.named(Unit.objects.filter(pk__in=wanted), window.end))
    planned = []
    for unit in named:
        names = _names(old, unit)
        planned.append(
            Planned(
                unit,
                unit.shown_name,
                window,
                reworded(page.title, names, before, window)[:LONGEST_TITLE],
                reworded(page.lead, names, before, window),
                printable(rescoped(page, unit, window), live=True),
            )
        )
    return planned


def _names(old: Any, new: Any) -> dict[str, str]:
    return {old.shown_short_name: new.shown_short_name or new.shown_name, old.shown_name: new.shown_name}


def places_for(page: Any, user: Any) -> list[Page]:
    """Return the categories in which ``user`` may make a page of this kind, in the order of the tree."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
    kinds = type(page).allowed_parent_page_models()
    return list(Page.objects.filter(pk__in=allowed.values("pk")).type(*kinds).order_by("path"))


@transaction.atomic
def copy_report(
    page: Any, planned: Iterable[Planned], parent: Page, *, titles: dict[int, str], by: AbstractBaseUser
) -> list[Any]:
    """Make the planned copies as drafts below ``parent``; ``titles`` are the words chosen for a unit's (by its id).

    All are made or none. What belongs to the paper of the first (symbol, day of signing; for another unit also place and
    signatory) and the English title are left empty. Raises ``MayNotCopyError`` when ``by`` may not write there.
    """
    made = []
    for one in planned:
        title = " ".join(titles.get(one.unit.pk, "").split())[:LONGEST_TITLE] or one.title
        parent.refresh_from_db()
        changed = {
            name: getattr(one.printable.page, name)
            for name in (
                *("report_unit", "report_from", "report_to", "report_symbol", "report_place"),
                *("report_capacity", "report_signer_title", "report_signer", "report_signed_on"),
            )
        }
        try:
            copied = CopyPageAction(
                page,
                to=parent,
                user=by,
                copy_revisions=False,
                keep_live=False,
                update_attrs={
                    **changed,
                    "title": title,
                    "draft_title": title,
                    "lead": one.lead,
                    "title_en": "",
                    "slug": _free_slug(parent, title),
                    "dated": None,
                    "locked": False,
                    "go_live_at": None,
                    "expire_at": None,
                    "expired": False,
                },
            ).execute()
        except CopyPagePermissionError as error:
            raise MayNotCopyError(str(parent)) from error
        audit.record_entry(
            "report.copied",
            object_type="wagtailcore.page",
            object_id=str(copied.pk),
            object_text=str(copied),
            actor=by,
            after={
                "from": page.pk,
                "unit": one.unit.code,
                "window": str(one.window),
                "without_data": [entry.asked.indicator for entry in one.printable.without_data],
            },
        )
        made.append(copied)
    return made


def _free_slug(parent: Page, title: str) -> str:
    wanted = slugify(title, LONGEST_SLUG) or "bao-cao"
    taken = set(Page.objects.child_of(parent).filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
