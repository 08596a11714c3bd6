"""What a report page needs on paper: its scope, the bodies and their names on the day of signing, its figures in order."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.figures.engine.specs import Asked, Spec, SpecError
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries import openness
from congdoan.figures.queries.showing import PageFigures, Shown, figures_of
from congdoan.figures.queries.texts import specs_of
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units
from congdoan.reporting.models import Category, Indicator, IndicatorVersion


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a text, numbered as the text names it. ``shown`` is ``None`` when there are no data."""

    number: int
    asked: Asked
    shown: Shown | None
    name: str
    """Of the indicator, with the cell of its breakdown; the code of one that is not known."""
    unit_name: str
    keeps_unit: bool
    """Whether the text names the unit itself, whatever the page is about."""
    keeps_window: bool
    is_closed: bool = False
    """Whether the figure is not for everybody: a copy shows "…" in its place."""
    is_too_fine: bool = False
    """Whether it is closed only because it is no total of a province."""

    @property
    def why_missing(self) -> str:
        """Say why there is "…" in the place of the figure."""
        if self.is_too_fine:
            return _("chỉ công bố ở mức toàn tỉnh")
        return _("không công khai") if self.is_closed else _("chưa có số liệu")


@dataclass(frozen=True, slots=True)
class Printable:
    """A page with everything that stands around its text on paper."""

    page: Any
    figures: PageFigures
    entries: list[Entry]
    superior: str
    """The unit that stood above the page's own on ``day``; "" for the head of the tree."""
    issuer: str
    day: date

    def number_of(self, spec: Spec) -> int | None:
        """Return the number of a figure of the text."""
        try:
            key = spec.resolved(self.figures.scope).key
        except SpecError:
            return None
        return next((one.number for one in self.entries if one.asked.key == key), None)

    @property
    def without_data(self) -> list[Entry]:
        """Figures of the text that have no data."""
        return [one for one in self.entries if one.shown is None]

    @property
    def kept(self) -> list[Entry]:
        """Figures that stay what they are when the text is copied for another unit or period."""
        return [one for one in self.entries if one.keeps_unit or one.keeps_window]


def rescoped(page: Any, unit: Unit | None = None, window: Window | None = None) -> Any:
    """Return the page about another unit or window, in memory alone: it must not be saved."""
    again = copy.copy(page)
    if unit is not None and unit.pk != page.report_unit_id:
        again.report_unit = unit
        # What was written for the paper of one unit is not true of another.
        again.report_symbol = again.report_place = again.report_capacity = ""
        again.report_signer_title = again.report_signer = ""
        again.report_signed_on = None
    if window is not None and (window.start, window.end) != (page.report_from, page.report_to):
        again.report_from, again.report_to = window.start, window.end
        again.report_symbol, again.report_signed_on = "", None
    return again


def printable(page: Any, *, live: bool = False) -> Printable:
    """Gather what a report page needs on paper; ``live``: it is a draft, nothing of it is frozen.

    The bodies have the names, and stand where they stood, on the day of signing; without one, on the day the page was published
    first, and of what was never published, today.
    """
    figures = figures_of(page, live=live)
    day = page.report_signed_on or _published_on(page, live=live)
    unit = units.named(Unit.objects.filter(pk=page.report_unit_id), day).get()
    above = units.parent_of(unit, day)
    return Printable(
        page,
        figures,
        _entries(page, figures, day),
        str(above.shown_name) if above else "",  # type: ignore[attr-defined]  # named
        str(unit.shown_name),  # type: ignore[attr-defined]  # named
        day,
    )


def _published_on(page: Any, *, live: bool) -> date:
    first = None if live or not page.live else page.first_published_at
    return timezone.localdate(first) if first else timezone.localdate()


def _entries(page: Any, figures: PageFigures, day: date) -> list[Entry]:
    scope = figures.scope
    found: dict[str, tuple[Asked, Spec]] = {}
    for spec in specs_of(page):
        try:
            asked = spec.resolved(scope)
        except SpecError:
            continue
        found.setdefault(asked.key, (asked, spec))
    known = _names({asked.indicator for asked, _spec in found.values()})
    indicators = {one.code: one for one in Indicator.objects.filter(code__in=known)}
    cells = _cells({asked.cell for asked, _spec in found.values() if asked.cell})
    codes = {asked.unit for asked, _spec in found.values()}
    known_units: dict[str, Any] = {
        unit.code: unit
        for unit in units.named(Unit.objects.filter(code__in=codes).select_related("kind"), day)
    }
    entries = []
    for number, (asked, spec) in enumerate(found.values(), 1):
        name, indicator = known.get(asked.indicator, asked.indicator), indicators.get(asked.indicator)
        unit = known_units.get(asked.unit)
        is_closed = indicator is None or not openness.may_publish(
            indicator, unit.kind.level if unit else 0, asked.cell
        )
        cell = cells.get(asked.cell, asked.cell)
        entries.append(
            Entry(
                number,
                asked,
                figures.get(asked),
                f"{name} ({cell})" if cell else name,
                unit.shown_name if unit else asked.unit,
                bool(spec.unit),
                spec.window is not None,
                is_closed,
                is_closed and indicator is not None and openness.is_named(indicator),
            )
        )
    return entries


def _names(codes: set[str]) -> dict[str, str]:
    """Return the names of indicators by code; the newest version names."""
    rows = IndicatorVersion.objects.filter(indicator__code__in=codes).order_by("number")
    return dict(rows.values_list("indicator__code", "name"))


def _cells(cells: set[str]) -> dict[str, str]:
    """Return the words of cells: "sex=female" is "nữ"."""
    if not cells:
        return {}
    parts = {part for cell in cells for part in cell.split("&")}
    rows = Category.objects.filter(code__in=[part.partition("=")[2] for part in parts])
    words = {f"{key}={code}": name for key, code, name in rows.values_list("breakdown__code", "code", "name")}
    return {cell: ", ".join(words.get(part, part) for part in cell.split("&")) for cell in cells}
