"""The figures of one page, as its readers see them: frozen on a published page, live in a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from congdoan.figures.engine.specs import Asked, Scope, Spec, SpecError
from congdoan.figures.models import Erratum, PageFigure, PublishedFigure
from congdoan.figures.queries.computing import Answer, compute
from congdoan.figures.queries.papers import papers
from congdoan.figures.queries.texts import asked_in, scope_of, specs_of
from congdoan.reporting.models import Indicator, IndicatorVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as a text shows it, frozen or live. ``url`` is "" for one that was never published."""

    indicator: Indicator
    meaning: IndicatorVersion | None
    value: int | Decimal | None
    low: int | None
    high: int | None
    reported: int
    expected: int
    target: Decimal | int | None
    url: str = ""
    figure: PublishedFigure | None = None

    @classmethod
    def frozen(cls, figure: PublishedFigure) -> Shown:
        """Show what was published."""
        places = figure.decimals
        target = None if figure.target is None else Decimal(figure.target).scaleb(-places)
        return cls(
            figure.indicator,
            figure.version,
            figure.shown_value,
            figure.low,
            figure.high,
            figure.reported,
            figure.expected,
            target,
            figure.get_absolute_url(),
            figure,
        )

    @classmethod
    def live(cls, answer: Answer) -> Shown:
        """Show what the data say now."""
        figure, indicator = answer.figure, answer.figure.indicator
        target = None
        if answer.target is not None:
            target = Decimal(answer.target.value).scaleb(-indicator.places)
        return cls(
            indicator,
            answer.meaning,
            figure.value,
            figure.low,
            figure.high,
            figure.reported,
            figure.expected,
            target,
        )


@dataclass(slots=True)
class PageFigures:
    """Everything that the text of one page needs."""

    scope: Scope
    shown: Mapping[str, Shown] = field(default_factory=dict)
    errata: list[Erratum] = field(default_factory=list)

    def get(self, asked: Asked) -> Shown | None:
        """Return one figure; ``None`` when there are no data."""
        return self.shown.get(asked.key)

    def of(self, spec: Spec) -> list[Shown | None]:
        """Return the figure of a spec and, where its words compare, the one it is compared with."""
        try:
            return [self.get(one) for one in spec.all_asked(self.scope)]
        except SpecError:
            return [None]


def figures_of(page: Any, *, live: bool = False) -> PageFigures:
    """Return the figures of a page: ``live`` for a draft. On a published page what was never frozen is shown live.

    Two queries for a published page without figures to compute.
    """
    specs = specs_of(page)
    scope = scope_of(page)
    if not specs:
        return PageFigures(scope)
    asked = asked_in(specs, scope)
    shown: dict[str, Shown] = {}
    errata: list[Erratum] = []
    if not live:
        rows = PageFigure.objects.filter(page=page.pk, key__in=[one.key for one in asked]).select_related(
            "figure__indicator", "figure__version", "figure__unit"
        )
        shown = {row.key: Shown.frozen(row.figure) for row in rows}
        errata = list(
            Erratum.objects.filter(page=page.pk).select_related(
                "old__indicator", "old__version", "new__indicator", "new__version"
            )
        )
    missing = [one for one in asked if one.key not in shown]
    shown |= {one.key: Shown.live(answer) for one, answer in compute(missing).items() if answer.has_value}
    shown |= {
        one.key: Shown.frozen(figure)
        for one, figure in papers([one for one in missing if one.key not in shown]).items()
    }
    return PageFigures(scope, shown, errata)
