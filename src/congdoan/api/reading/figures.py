"""Figures computed for one request: one, or along periods, units or a breakdown; and the reports behind one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.api.asked_reporting import FiguresChosen, FiguresCut, SourcesAsked
from congdoan.api.errors import FieldError, NotAllowedError, SignInError
from congdoan.api.reading import covered
from congdoan.api.reading.covered import Family
from congdoan.api.reading.indicators import is_open, sees_all
from congdoan.figures.engine.suppressing import Cover
from congdoan.figures.queries.covering import is_told
from congdoan.figures.queries.openness import PUBLIC_LEVEL
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units as units_queries
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import within
from congdoan.organisation.rights import Right
from congdoan.reporting.engine.periods import PeriodType, WindowError, spans_of, tile
from congdoan.reporting.engine.values import percent, unscaled
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.models import Calendar, Category, Indicator, Line, Series
from congdoan.reporting.queries import sources
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.gaps import subject_of
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.scope import units_seen

Row = dict[str, Any]
Window = tuple[date, date]

MOST_YEARS = 60
_DAY = timedelta(days=1)
HIDDEN = {Cover.SMALL: "under_5", Cover.HIDDEN: "protected"}
_LENGTHS = ("month", "quarter", "half", "year")
_SEEING = (Right.ENTER_REPORTS, Right.REVIEW_REPORTS, Right.SIGN_REPORTS)


def every(asked: FiguresCut, capacity: Capacity) -> list[Row]:
    """Return all figures that are meant; without a right over the unit, small counts are suppressed. Raises ``Http404`` for an
    indicator or a unit that is not there for the capacity."""
    indicator, unit = _indicator(asked.indicator, capacity), _unit(asked.unit)
    _check_window(asked)
    seen = _check_reach(unit, indicator, capacity)
    day = asked.end if asked.basis == "as-was" else timezone.localdate()
    units, cells, windows = [unit], [asked.cell], [(asked.start, asked.end)]
    family = Family(None, [unit])
    if asked.by == "unit" and not seen:
        family = _visible_children(unit, day)
        units = family.members
    elif asked.by == "unit":
        units = list(units_queries.children(unit, day))
    elif asked.by in _LENGTHS:
        windows = _windows(indicator, asked)
    elif asked.by:
        cells = _cells(indicator, asked)
    if asked.cell:
        _check_cell(indicator, asked.cell)
    places = [(one, at, cell) for one in units for at in range(len(windows)) for cell in cells]
    if seen:
        grid = Grid(units, [(indicator, cell) for cell in cells], windows, asked.basis).figures()
        return [row_of(grid[one.pk, at][indicator.code, cell]) for one, at, cell in places]
    if asked.by != "unit" and not all(is_told(indicator, unit.kind.level, cell) for cell in cells):
        family = Family.of(unit, day)
    found = covered.read(
        covered.Asked(indicator, units, cells, windows, asked.basis, family, asked.by in _LENGTHS)
    )
    return [row_of(*found[one.pk, at, cell]) for one, at, cell in places]


def reports_behind(asked: SourcesAsked, capacity: Capacity) -> Row:
    """Return a figure with the reports that it is the sum of: for those who may see these reports."""
    if capacity.is_visitor:
        raise SignInError
    if not any(capacity.may(right) for right in _SEEING):
        raise NotAllowedError
    indicator, unit = _indicator(asked.indicator, capacity), _unit(asked.unit)
    if not units_seen(capacity).filter(pk=unit.pk).exists():
        raise Http404
    _check_window(asked)
    _check_reach(unit, indicator, capacity)
    if asked.cell:
        _check_cell(indicator, asked.cell)
    window = (asked.start, asked.end)
    figure = Grid([unit], [(indicator, asked.cell)], [window], asked.basis).figures()[unit.pk, 0]
    series = sources.series_of(indicator, asked.cell, asked.end)
    behind = sources.sources(unit, indicator, series, *window, asked.basis)
    seen = mine(capacity)
    parts = sorted(
        (part for part in behind.parts if part.unit in seen), key=lambda part: (seen[part.unit], part.report)
    )
    return {
        "figure": row_of(figure[indicator.code, asked.cell]),
        "count": len(parts),
        "items": source_rows(parts[asked.offset : asked.offset + asked.limit], indicator, asked.end),
    }


def mine(capacity: Capacity) -> dict[int, str]:
    """Return the units whose reports the capacity may see: id → code."""
    reach = Q(pk__in=())
    for right in _SEEING:
        reach |= within(capacity, right, "pk")
    return dict(Unit.objects.filter(reach).values_list("pk", "code"))


def source_rows(parts: Sequence[sources.Part], indicator: Indicator, day: date) -> list[Row]:
    """Return what reports give to a figure, as the API gives it; names of units as of ``day``."""
    units = sources.names({pk for part in parts for pk in (part.unit, part.child)}, day)
    reports = sources.reports_of(parts)
    steps = sources.acceptances(parts)
    rate = indicator.kind in (Indicator.Kind.RATE, Indicator.Kind.GAP)
    found = []
    for part in parts:
        report, step, values = reports[part.report], steps.get(part.report), part.values
        value = (
            percent(values[0], values[1])
            if rate
            else None
            if values[0] is None
            else unscaled(values[0], indicator.decimals)
        )
        found.append(
            {
                "report": part.report,
                "unit": units[part.unit].code,
                "unit_name": units[part.unit].shown_name,  # type: ignore[attr-defined]  # named
                "child": units[part.child].code,
                "period": report.period.code,
                "sheet": report.sheet.code,
                "value": number(value),
                "numerator": values[0] if rate else None,
                "denominator": values[1] if rate else None,
                "digest": step.digest or None if step else None,
                "accepted_at": step.at if step else None,
            }
        )
    return found


def row_of(figure: Figure, cover: Cover = Cover.SHOWN) -> Row:
    """Return a computed figure as the API gives it; without its numbers where it is covered."""
    row = {
        "id": None,
        "indicator": figure.indicator.code,
        "unit": figure.unit.code,
        "start": figure.start,
        "end": figure.end,
        "basis": figure.basis,
        "cell": figure.cell,
        "value": number(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "reported": figure.reported,
        "expected": figure.expected,
        "inapplicable": figure.inapplicable,
        "vintage": figure.vintage,
        "epoch": figure.epoch,
        "as_of": figure.as_of,
        "low": figure.low,
        "high": figure.high,
        "source": figure.source or None,
        "suppressed": cover is not Cover.SHOWN,
        "hidden": HIDDEN.get(cover),
    }
    if cover is not Cover.SHOWN:
        row |= dict.fromkeys(("value", "numerator", "denominator", "low", "high"))
    return row


def number(value: Any) -> int | float | None:
    """Return a number as JSON has it: an integer stays one, 66.11 stays 66.11."""
    return value if value is None or isinstance(value, int) else float(value)


def _indicator(code: str, capacity: Capacity) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Http404
    if found.is_sensitive and not capacity.may(Right.REVIEW_REPORTS):
        raise Http404
    if not is_open(found) and not sees_all(capacity) and not capacity.may(Right.ENTER_REPORTS):
        raise Http404
    return found


def _unit(code: str) -> Unit:
    found = Unit.objects.select_related("kind").filter(units_queries.coded(code)).first()
    if found is None:
        raise Http404
    return found


def _check_reach(unit: Unit, indicator: Indicator, capacity: Capacity) -> bool:
    """Let public figures of upper units pass; all else needs a right over the unit. Return whether there is one."""
    if not capacity.is_visitor and units_seen(capacity).filter(pk=unit.pk).exists():
        return True
    if is_open(indicator) and unit.kind.level <= PUBLIC_LEVEL:
        return False
    if capacity.is_visitor and is_open(indicator):
        raise SignInError
    raise Http404


def _check_window(asked: FiguresChosen) -> None:
    if asked.start > asked.end:
        raise FieldError("to", _("Ngày cuối phải từ ngày đầu trở đi."))
    if asked.end.year - asked.start.year > MOST_YEARS:
        raise FieldError("to", _("Khoảng ngày dài nhất là %(years)d năm.") % {"years": MOST_YEARS})


def _check_cell(indicator: Indicator, cell: str) -> None:
    if not Series.objects.filter(indicator=indicator, cell=cell, part=Series.Part.VALUE).exists():
        raise FieldError("cell", _("Chỉ tiêu này không có ô “%(cell)s”.") % {"cell": cell})


def _visible_children(unit: Unit, day: date) -> Family:
    if unit.kind.level >= PUBLIC_LEVEL:
        raise FieldError("by", _("Số liệu của từng công đoàn cơ sở chỉ người có quyền mới xem được."))
    return Family.below(unit, day)


def _windows(indicator: Indicator, asked: FiguresCut) -> list[Window]:
    """Cut the window into whole periods of a length, by a calendar of the sheets that ask for the indicator."""
    kind = PeriodType(asked.by)
    sheets = Line.objects.filter(series__in=_typed(indicator)).values("section__version__sheet__calendar")
    calendars = list(
        Calendar.objects.filter(pk__in=sheets).order_by("pk").values_list("start_day", flat=True)
    )
    for start_day in calendars or [1]:
        years = range(asked.start.year, asked.end.year + 2)
        spans = [span for year in years for span in spans_of(kind, year, start_day)]
        try:
            found = tile(asked.start, asked.end + _DAY, spans)
        except WindowError:
            continue
        return [(span.start, span.last_day) for span in found]
    raise WindowCutsPeriodError(asked.start, asked.end)


def _typed(indicator: Indicator) -> list[int]:
    indicator = subject_of(indicator)
    own = list(Series.objects.filter(indicator=indicator).values_list("pk", flat=True))
    parts = indicator.versions.exclude(numerator=None).values_list("numerator", flat=True)
    return [*own, *(pk for pk in parts if pk is not None)]


def _cells(indicator: Indicator, asked: FiguresCut) -> list[str]:
    """Return the cells of one breakdown, in the order of its parts."""
    if asked.cell:
        raise FieldError("by", _("Hãy chọn hoặc một ô (cell), hoặc cách chia (by)."))
    known = set(
        Series.objects.filter(
            indicator=indicator, part=Series.Part.VALUE, cell__startswith=f"{asked.by}="
        ).values_list("cell", flat=True)
    )
    order = Category.objects.filter(breakdown__code=asked.by).order_by("sort_order", "pk")
    in_order = [f"{asked.by}={code}" for code in order.values_list("code", flat=True)]
    found = [cell for cell in in_order if cell in known]
    found += sorted(cell for cell in known if "&" not in cell and cell not in found)
    if not found:
        raise FieldError(
            "by",
            _("Chỉ tiêu này không chia theo “%(by)s”. Nhận: %(lengths)s, unit hoặc một phân tổ của chỉ tiêu.")
            % {"by": asked.by, "lengths": ", ".join(_LENGTHS)},
        )
    return found
