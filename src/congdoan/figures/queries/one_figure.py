"""One published figure: who may read it, on which pages it stands, and what corrections say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from wagtail.models import Page

from congdoan.figures.models import Erratum, PageFigure, PublishedFigure
from congdoan.figures.queries.openness import is_for_everybody
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import named
from congdoan.reporting.models import Series
from congdoan.reporting.queries.overview import SENSITIVE, meanings
from congdoan.reporting.queries.scope import units_seen


@dataclass(frozen=True, slots=True)
class Told:
    """A published figure with what stands around it. ``unit`` carries its name as of the last day of the figure."""

    figure: PublishedFigure
    unit: Unit
    pages: list[Page]
    errata: list[Erratum]
    may_see_reports: bool
    """Whether the reader's mandate reaches the unit, and the indicator if it is sensitive: then the reports behind the figure are
    open too."""

    @property
    def replaced_by(self) -> PublishedFigure | None:
        """The figure that the newest correction put in its place, if any."""
        return next((one.new for one in self.errata if one.old_id == self.figure.pk), None)


def published(pk: int, capacity: Capacity) -> PublishedFigure:
    """Return a published figure. Raises ``PublishedFigure.DoesNotExist`` also for a sensitive one outside one's reach, unless it
    is a total that everybody may read."""
    found = PublishedFigure.objects.select_related(
        "indicator__rate",
        "version__numerator__indicator",
        "version__denominator__indicator",
        "unit__kind",
        "source_document",
    ).get(pk=pk)
    if not is_for_everybody(found) and not may_see_sensitive(found, capacity):
        raise PublishedFigure.DoesNotExist
    return found


def may_see_sensitive(figure: PublishedFigure, capacity: Capacity) -> bool:
    """Whether the capacity may look at sensitive indicators of the unit."""
    return any(capacity.may(right) for right in SENSITIVE) and sees_unit(figure, capacity)


def sees_unit(figure: PublishedFigure, capacity: Capacity) -> bool:
    """Whether the capacity's rights reach the unit of the figure."""
    return not capacity.is_visitor and units_seen(capacity).filter(pk=figure.unit_id).exists()


def told(figure: PublishedFigure, capacity: Capacity) -> Told:
    """Return what stands around a figure."""
    errata = Erratum.objects.filter(Q(old=figure) | Q(new=figure)).select_related(
        "old__indicator", "old__version", "new__indicator", "new__version", "page"
    )
    return Told(
        figure,
        named(Unit.objects.filter(pk=figure.unit_id), figure.end).get(),
        pages_showing(figure),
        list(errata),
        may_see_sensitive(figure, capacity) if figure.indicator.is_sensitive else sees_unit(figure, capacity),
    )


def pages_showing(figure: PublishedFigure) -> list[Page]:
    """Return the pages on which everybody can read the figure now, the newest first."""
    shown = PageFigure.objects.filter(figure=figure, is_shown=True).values("page")
    return list(Page.objects.live().public().filter(pk__in=shown).order_by("-first_published_at").specific())


def names_of_series(series: list[Series], day: date) -> dict[int, str]:
    """Return what each series counts, by the meaning of its indicator on a day."""
    known = meanings([one.indicator_id for one in series], day)
    return {one.pk: str(known[one.indicator_id]) for one in series if one.indicator_id in known}
