"""Computing published figures again: as they stood (they must come out the same), and as the data are now (they may differ)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from congdoan.figures.engine.specs import Asked
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.computing import Answer, compute, scaled
from congdoan.organisation.models import Ancestry
from congdoan.organisation.models.units import during
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.models import Clock
from congdoan.reporting.queries import history, maps
from congdoan.reporting.queries.figures import GRASSROOTS, Figure
from congdoan.reporting.queries.history import Moment, PastReader

COMPARED = ("value", "numerator", "denominator", "reported", "expected", "inapplicable")
"""What must come out the same."""


class Fault(StrEnum):
    """What is wrong with a published figure."""

    DIGEST = "digest"
    """Its row says something else than what was hashed."""
    REPLAY = "replay"
    """Computed again as it stood, it comes out different."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay found: ``fault`` (``None``: all is well), and what came out."""

    figure: PublishedFigure
    fault: Fault | None
    again: dict[str, int | None]


def asked_of(figure: PublishedFigure) -> Asked:
    """Return what a published figure answers."""
    window = Window(figure.start, figure.end)
    return Asked(figure.indicator.code, figure.cell, figure.unit.code, window, figure.basis)


def kept_values(figure: PublishedFigure) -> dict[str, int | None]:
    """Return the numbers that were published."""
    return {name: getattr(figure, name) for name in COMPARED}


def values_of(figure: Figure) -> dict[str, int | None]:
    """Return the same numbers of a figure as it is computed."""
    value, _places = scaled(figure.value, figure.indicator)
    return {
        "value": value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "reported": figure.reported,
        "expected": figure.expected,
        "inapplicable": figure.inapplicable,
    }


def now(figures: Collection[PublishedFigure]) -> dict[int, Answer | None]:
    """Return what the data say today, by figure; ``None`` for what no data stand behind (paper) or can no longer be asked: then
    it may be that its indicator was closed since."""
    return _now(figures, for_everybody=True)


def _now(figures: Collection[PublishedFigure], *, for_everybody: bool) -> dict[int, Answer | None]:
    wanted = {one.pk: asked_of(one) for one in figures if one.origin != PublishedFigure.Origin.PAPER}
    answers = compute(wanted.values(), for_everybody=for_everybody)
    return {one.pk: answers.get(wanted[one.pk]) if one.pk in wanted else None for one in figures}


def replay(figures: Iterable[PublishedFigure], digest_of: Any) -> Iterable[Outcome]:
    """Compute figures again as they stood when they were published, and yield what came out.

    Figures of one unit and window are read together. Of what was not touched since, today's totals are what stood then.
    """
    groups: dict[tuple[int, str, Window, Moment], list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        if digest_of(figure) != figure.digest:
            yield Outcome(figure, Fault.DIGEST, {})
        elif figure.origin in (PublishedFigure.Origin.OUTSIDE, PublishedFigure.Origin.PAPER):
            yield Outcome(figure, None, kept_values(figure))
        elif figure.origin == PublishedFigure.Origin.TREE:
            yield _tree(figure)
        else:
            moment = Moment(figure.epoch, figure.tree_version, figure.as_is_day)
            groups[figure.unit_id, figure.basis, Window(figure.start, figure.end), moment].append(figure)
    yield from _grouped(groups)


def _grouped(groups: dict[tuple[int, str, Window, Moment], list[PublishedFigure]]) -> Iterable[Outcome]:
    untouched: dict[tuple[int, str, Moment], bool] = {}
    as_now: list[PublishedFigure] = []
    for (unit, basis, window, moment), some in groups.items():
        known = (unit, basis, moment)
        if known not in untouched:
            untouched[known] = not history.touched(some[0].unit, basis, moment)
        if untouched[known]:
            as_now += some
        else:
            yield from _past(some, basis, window, moment)
    # Whether a figure still comes out the same does not depend on who may see it today.
    answers = _now(as_now, for_everybody=False)
    for figure in as_now:
        answer = answers[figure.pk]
        yield _compared(figure, answer.figure if answer else None)


def _past(figures: list[PublishedFigure], basis: str, window: Window, moment: Moment) -> Iterable[Outcome]:
    reader = PastReader(figures[0].unit, basis, timezone.localdate(figures[0].frozen_at), moment=moment)
    wanted = [(one.indicator, one.cell) for one in figures]
    try:
        found = reader.read(wanted, window.start, window.end)
    except WindowCutsPeriodError:
        found = {}
    for figure in figures:
        yield _compared(figure, found.get((figure.indicator.code, figure.cell)))


def _tree(figure: PublishedFigure) -> Outcome:
    """Count the grassroots unions below the unit, as the version of the tree knew them."""
    count = (
        Ancestry.objects.filter(
            during(figure.end),
            maps.known_by(figure.tree_version),
            ancestor=figure.unit_id,
            depth__gt=0,
            unit__kind__code=GRASSROOTS,
        )
        .values("unit")
        .distinct()
        .count()
    )
    again = kept_values(figure) | {"value": count}
    return Outcome(figure, None if count == figure.value else Fault.REPLAY, again)


def _compared(figure: PublishedFigure, found: Figure | None) -> Outcome:
    again = values_of(found) if found is not None else dict.fromkeys(COMPARED)
    same = again == kept_values(figure)
    return Outcome(figure, None if same else Fault.REPLAY, again)


def stands_at() -> int:
    """Return the epoch that totals stand at."""
    clock = Clock.objects.filter(pk=1).first()
    return clock.epoch if clock else 0
