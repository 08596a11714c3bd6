"""When the data behind a published figure change: noticing it, and keeping the figure or publishing an erratum."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from congdoan.audit import actions as audit
from congdoan.figures.actions.freezing import freeze
from congdoan.figures.errors import NoDiscrepancyError
from congdoan.figures.models import Discrepancy, Erratum, PageFigure, PublishedFigure
from congdoan.figures.queries import replaying
from congdoan.figures.queries.openness import may_publish
from congdoan.pages.cache import purge

PARTS = ("value", "numerator", "denominator")
"""A figure differs when one of these does; that more reports came in without changing it is no difference."""


def notice() -> list[Discrepancy]:
    """Compare every figure on a published page with what the data say now; return the differences that are new.

    A difference that somebody decided to leave is not told again until the data change once more; one that is gone closes. Of
    what may no longer be published nothing new is told: nobody could correct it.
    """
    rows = list(
        PageFigure.objects.filter(is_shown=True, page__live=True)
        .exclude(figure__origin=PublishedFigure.Origin.PAPER)
        .select_related("figure__indicator", "figure__unit__kind", "figure__version")
    )
    answers = replaying.now([row.figure for row in rows])
    last = _last({row.pk for row in rows})
    new: list[Discrepancy] = []
    with transaction.atomic():
        for row in rows:
            answer = answers[row.figure_id]
            found = replaying.values_of(answer.figure) if answer else dict.fromkeys(replaying.COMPARED)
            if answer is not None and answer.figure.low is not None:
                found["value"] = None
            known = last.get(row.pk)
            is_open = known is not None and known.state == Discrepancy.State.OPEN
            figure = row.figure
            is_closed = not may_publish(figure.indicator, figure.unit.kind.level, figure.cell)
            if is_closed or all(found[part] == getattr(figure, part) for part in PARTS):
                if known is not None and is_open:
                    _close(known, Discrepancy.State.GONE)
                continue
            if known is not None and all(known.now.get(part) == found[part] for part in PARTS):
                continue  # told already, or decided
            if known is not None and is_open:
                Discrepancy.objects.filter(pk=known.pk, state=Discrepancy.State.OPEN).update(now=found)
                continue
            new.append(Discrepancy(shown=row, now=found))
        Discrepancy.objects.bulk_create(new, ignore_conflicts=True)
    return new


def _last(rows: set[int]) -> dict[int, Discrepancy]:
    found: dict[int, Discrepancy] = {}
    for one in Discrepancy.objects.filter(shown__in=rows).order_by("pk"):
        found[one.shown_id] = one
    return found


def _close(one: Discrepancy, state: str, *, by: str = "", reason: str = "") -> None:
    one.state, one.decided_at, one.decided_by_text, one.reason = state, timezone.now(), by, reason
    one.save(update_fields=["state", "decided_at", "decided_by_text", "reason"])


def _open(pk: int) -> Discrepancy:
    found = (
        Discrepancy.objects.select_for_update(of=("self",))
        .select_related("shown__figure__indicator", "shown__figure__unit", "shown__page")
        .filter(pk=pk, state=Discrepancy.State.OPEN)
        .first()
    )
    if found is None:
        raise NoDiscrepancyError(str(pk))
    return found


@transaction.atomic
def keep(
    pk: int, *, reason: str, actor: AbstractBaseUser | None, capacity: tuple[str, str] = ("", "")
) -> Discrepancy:
    """Leave the figure as it was published. Raises ``NoDiscrepancyError`` when somebody was faster."""
    found = _open(pk)
    _close(found, Discrepancy.State.KEPT, by=str(actor or ""), reason=reason)
    audit.record("discrepancy.kept", found, actor=actor, capacity=capacity, reason=reason)
    return found


@transaction.atomic
def correct(
    pk: int, *, reason: str, actor: AbstractBaseUser | None, capacity: tuple[str, str] = ("", "")
) -> Erratum:
    """Publish an erratum: the page shows the new figure, and says what it said before and why.

    Raises ``NoDiscrepancyError`` when somebody was faster, or when the data have no figure any more.
    """
    found = _open(pk)
    shown = PageFigure.objects.select_for_update().get(pk=found.shown_id)
    old = PublishedFigure.objects.select_related("indicator", "unit").get(pk=shown.figure_id)
    answer = replaying.now([old])[old.pk]
    if answer is None or not answer.has_value:
        raise NoDiscrepancyError(str(pk))
    (new,) = freeze([answer], by=str(actor or "")).values()
    if new.pk == old.pk:
        _close(found, Discrepancy.State.GONE)
        raise NoDiscrepancyError(str(pk))
    shown.figure = new
    shown.save(update_fields=["figure"])
    erratum = Erratum.objects.create(
        page_id=shown.page_id, key=shown.key, old=old, new=new, reason=reason, by_text=str(actor or "")
    )
    _close(found, Discrepancy.State.CORRECTED, by=str(actor or ""), reason=reason)
    audit.record(
        "erratum.published",
        erratum,
        actor=actor,
        capacity=capacity,
        before=_plain(old),
        after=_plain(new),
        reason=reason,
    )
    purge(f"page:{shown.page_id}", f"figure:{old.pk}", f"figure:{new.pk}", "figures")
    return erratum


def _plain(figure: PublishedFigure) -> dict[str, Any]:
    return {"figure": figure.pk, **replaying.kept_values(figure)}
