"""Several figures as a table: indicators with what they are compared with, units below one, or a time in parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from congdoan.figures import wording
from congdoan.figures.engine.specs import Form, Scope, Shift, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries.finding import cell_names, unit_names
from congdoan.figures.queries.openness import is_named
from congdoan.figures.queries.showing import PageFigures, Shown
from congdoan.figures.rendering import NO_DATA, figure_markup
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import children
from congdoan.reporting.models import Clock, Indicator, IndicatorVersion
from congdoan.reporting.queries.overview import meanings
from congdoan.ui.charts import trend
from congdoan.ui.templatetags.ui import vi_date, vi_number

LIST, UNITS, QUARTERS, YEARS = "list", "units", "quarters", "years"
MONTHS = {QUARTERS: 3, YEARS: 12}
MOST_PARTS = 40
"""A time is cut into at most so many parts: ten years of quarters."""
MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a block: its code, cell and the editor's own name for it."""

    indicator: str
    cell: str = ""
    label: str = ""

    @classmethod
    def read(cls, key: str, label: str = "") -> Row:
        """Read the key of a series: "staff|sex=female"."""
        code, _bar, cell = key.partition("|")
        return cls(code, cell, label)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a block asks for. Empty ``unit`` and ``window``: those of the page."""

    rows: tuple[Row, ...]
    kind: str = LIST
    unit: str = ""
    window: Window | None = None
    compares: bool = True
    chart: str = ""

    def own(self, scope: Scope) -> Scope:
        """Return the scope that the figures of the block have on a page with this scope."""
        return Scope(self.unit or scope.unit, self.window or scope.window, scope.basis, scope.compare)


@dataclass(slots=True)
class Table:
    """The block as it is shown. ``head`` are the columns after the first; rows are (name, cells)."""

    caption: str
    first: str
    head: list[str]
    rows: list[tuple[str, list[SafeString]]]
    source: str
    chart: trend.Chart | None = None
    chart_title: str = ""
    notes: list[str] = field(default_factory=list)


def specs_of(asking: Asking, scope: Scope) -> list[Spec]:
    """Return every figure that the block shows on a page with this scope, in order."""
    if asking.kind == UNITS:
        return [
            Spec(row.indicator, row.cell, unit.code, asking.window, form=Form.NUMBER)
            for unit in _units(asking, scope)
            for row in asking.rows
        ]
    if asking.kind in MONTHS:
        return [
            Spec(row.indicator, row.cell, asking.unit, window, form=Form.NUMBER)
            for window in parts(asking, scope)
            for row in asking.rows
        ]
    found = [Spec(row.indicator, row.cell, asking.unit, asking.window) for row in asking.rows]
    shift = _shift(asking, scope)
    if shift is Shift.NONE:
        return found
    return found + [
        Spec(row.indicator, row.cell, asking.unit, asking.window, shift=shift) for row in asking.rows
    ]


def _shift(asking: Asking, scope: Scope) -> Shift:
    return scope.compare.shift if asking.compares and asking.kind == LIST else Shift.NONE


def parts(asking: Asking, scope: Scope) -> list[Window]:
    """Return the quarters or years of the block's time, from its first day on; the whole where it cannot be cut so."""
    window, step = asking.own(scope).window, MONTHS[asking.kind]
    if window is None:
        return []
    if not window.months or window.months % step or window.months // step > MOST_PARTS:
        return [window]
    first = Window(window.start, window.shifted(step - window.months).end)
    return [first.shifted(step * number) for number in range(window.months // step)]


def _units(asking: Asking, scope: Scope) -> list[Unit]:
    """Return the units right below the block's, on the last day of its time: a later reorganisation changes no published table."""
    own = asking.own(scope)
    top = Unit.objects.filter(code=own.unit).first()
    if top is None or own.window is None:
        return []
    return list(children(top, min(own.window.end, timezone.localdate()))[:MOST_UNITS])


def table_of(asking: Asking, figures: PageFigures, title: str = "") -> Table:
    """Return the block with a page's figures."""
    names = _Names(asking.rows, asking.own(figures.scope).window)
    draw = {LIST: _list, UNITS: _by_unit}.get(asking.kind, _over_time)
    table = draw(asking, figures, names)
    table.caption = title or table.caption
    table.source = _source(asking, figures)
    return table


class _Names:
    """Names and measure units of the rows. Four queries, however many rows."""

    def __init__(self, rows: Sequence[Row], window: Window | None) -> None:
        self._found = {
            one.code: one for one in Indicator.objects.filter(code__in={row.indicator for row in rows})
        }
        self._cells = cell_names({(row.indicator, row.cell) for row in rows})
        day = window.end if window else timezone.localdate()
        self._meanings: Mapping[int, IndicatorVersion] = meanings(
            [one.pk for one in self._found.values()], day
        )

    def indicator(self, row: Row) -> Indicator | None:
        return self._found.get(row.indicator)

    def of(self, row: Row) -> str:
        if row.label:
            return row.label
        one = self._found.get(row.indicator)
        if one is None or not is_named(one):
            return row.indicator
        name = str(self._meanings.get(one.pk) or one.code)
        return f"{name}: {self._cells.get((row.indicator, row.cell), row.cell)}" if row.cell else name

    def measured(self, row: Row) -> str:
        measure = self.measure(row)
        return f"{self.of(row)} ({measure})" if measure else self.of(row)

    def measure(self, row: Row) -> str:
        one = self._found.get(row.indicator)
        if one is None or not is_named(one):
            return ""
        if one.kind == Indicator.Kind.RATE:
            return "%"
        meaning = self._meanings.get(one.pk)
        return meaning.unit_words if meaning else ""


def _list(asking: Asking, figures: PageFigures, names: _Names) -> Table:
    scope = figures.scope
    shift, with_target = _shift(asking, scope), asking.compares and scope.compare.with_target
    head = [_("Kỳ này") if shift else _("Giá trị")]
    if shift:
        head += [
            _("Cùng kỳ năm trước") if shift is Shift.YEAR_BEFORE else _("Kỳ trước"),
            _("Tăng, giảm"),
        ]
    if with_target:
        head += [_("Mức đề ra"), _("So với mức đề ra")]
    rows, values = [], []
    for row in asking.rows:
        spec = Spec(row.indicator, row.cell, asking.unit, asking.window)
        shown = figures.of(spec)[0]
        cells = [figure_markup(spec, figures)]
        if shift:
            before = Spec(row.indicator, row.cell, asking.unit, asking.window, shift=shift)
            cells += [figure_markup(before, figures), _text(_change(shown, figures.of(before)[0]))]
        if with_target:
            cells += [_text(_aim(shown)), _text(_against(shown))]
        rows.append((names.measured(row), cells))
        values.append(_float(shown))
    table = Table(_where(asking, scope), _("Chỉ tiêu"), head, rows, "")
    same = len({names.measure(row) for row in asking.rows}) == 1
    if asking.chart and same and sum(value is not None for value in values) > 1:
        table.chart = trend.ranked([names.of(row) for row in asking.rows], values, written=_axis)
        table.chart_title = table.caption
    return table


def _by_unit(asking: Asking, figures: PageFigures, names: _Names) -> Table:
    units = _units(asking, figures.scope)
    rows, values = [], []
    for unit in units:
        specs = [Spec(row.indicator, row.cell, unit.code, asking.window) for row in asking.rows]
        rows.append((str(unit.shown_name), [figure_markup(spec, figures) for spec in specs]))  # type: ignore[attr-defined]  # named
        values.append(_float(figures.of(specs[0])[0]) if specs else None)
    table = Table(
        _where(asking, figures.scope), _("Đơn vị"), [names.measured(row) for row in asking.rows], rows, ""
    )
    if asking.chart and sum(value is not None for value in values) > 1:
        table.chart = trend.ranked([name for name, _cells in rows], values, written=_axis)
        table.chart_title = names.measured(asking.rows[0])
    return table


def _over_time(asking: Asking, figures: PageFigures, names: _Names) -> Table:
    windows = parts(asking, figures.scope)
    rows, values = [], []
    for window in windows:
        specs = [Spec(row.indicator, row.cell, asking.unit, window) for row in asking.rows]
        rows.append((window_words(window), [figure_markup(spec, figures) for spec in specs]))
        values.append([_float(figures.of(spec)[0]) for spec in specs])
    table = Table(
        _where(asking, figures.scope), _("Kỳ"), [names.measured(row) for row in asking.rows], rows, ""
    )
    drawn = [
        trend.Series(names.of(row) if same > 1 else "", [line[at] for line in values])
        for at, row, same in _of_one_measure(asking.rows, names)
    ]
    known = sum(value is not None for one in drawn for value in one.values)
    if asking.chart and len(windows) > 1 and known > 1:
        table.chart = trend.layout(
            drawn, [name for name, _cells in rows], written=_axis, bars=asking.chart == "bars"
        )
        table.chart_title = (
            names.measured(asking.rows[0])
            if len(drawn) == 1
            else f"{table.caption} ({names.measure(asking.rows[0])})"
        )
    return table


def _of_one_measure(rows: Sequence[Row], names: _Names) -> list[tuple[int, Row, int]]:
    """Return the rows that share the scale of the first, with their places and how many they are; six at most."""
    same = [(at, row) for at, row in enumerate(rows) if names.measure(row) == names.measure(rows[0])][:6]
    return [(at, row, len(same)) for at, row in same]


def window_words(window: Window) -> str:
    """Write a window: "Quý IV/2013", "Năm 2014", else its first and last day."""
    months = window.months
    if window.start.day == 1 and months == 12 and window.start.month == 1:
        return _("Năm %(year)s") % {"year": window.start.year}
    if window.start.day == 1 and months == 3 and window.start.month % 3 == 1:
        number = ("I", "II", "III", "IV")[window.start.month // 3]
        return _("Quý %(number)s/%(year)s") % {"number": number, "year": window.start.year}
    return f"{vi_date(window.start)}–{vi_date(window.end)}"


def _where(asking: Asking, scope: Scope) -> str:
    """Return the caption that comes by itself: unit and time."""
    own = asking.own(scope)
    day: date = own.window.end if own.window else timezone.localdate()
    unit = unit_names({own.unit}, day).get(own.unit, "") if own.unit else ""
    return ", ".join(part for part in (unit, window_words(own.window) if own.window else "") if part)


def _source(asking: Asking, figures: PageFigures) -> str:
    """Say where the numbers come from, and as of which state of the data."""
    shown = [one for spec in specs_of(asking, figures.scope) for one in figures.of(spec)[:1] if one]
    frozen = [one.figure for one in shown if one.figure]
    origins: dict[str, Any] = {one.get_origin_display(): None for one in frozen}
    if not shown:
        return _("Chưa có số liệu.")
    if len(frozen) < len(shown):
        epoch = Clock.objects.filter(pk=1).values_list("epoch", flat=True).first() or 0
        return _("Nguồn: báo cáo của các đơn vị; số liệu hiện thời, lần cập nhật %(epoch)s.") % {
            "epoch": vi_number(epoch)
        }
    latest = max(frozen, key=lambda one: one.epoch)
    return _("Nguồn: %(origins)s; số liệu công bố ngày %(day)s, lần cập nhật %(epoch)s.") % {
        "origins": ", ".join(origins),
        "day": vi_date(latest.frozen_at),
        "epoch": vi_number(latest.epoch),
    }


def _text(words: str) -> SafeString:
    return format_html("{}", words or NO_DATA)


def _change(shown: Shown | None, before: Shown | None) -> str:
    """Write a change without "so với": its column says what it is compared with."""
    if shown is None:
        return ""
    return wording.change_alone(shown, before)


def _aim(shown: Shown | None) -> str:
    if shown is None or shown.target is None:
        return ""
    return f"{vi_number(shown.target)}{'%' if wording.is_percent(shown) else ''}"


def _against(shown: Shown | None) -> str:
    if shown is None or shown.target is None:
        return ""
    return wording.against_target(shown)


def _float(shown: Shown | None) -> float | None:
    return None if shown is None or shown.value is None else float(shown.value)


def _axis(level: float) -> str:
    return vi_number(int(level)) if level == int(level) else vi_number(round(level, 2))
