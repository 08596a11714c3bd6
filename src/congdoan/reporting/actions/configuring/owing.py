"""Who owes a sheet, by which calendar, and what is aimed at: obligations, calendars, targets, outside figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.models import Ancestry, Unit, UnitKind
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring.publishing import doubled
from congdoan.reporting.actions.opening import lay_calendars, lock_sheets, open_reports
from congdoan.reporting.engine.values import LARGEST
from congdoan.reporting.errors import ConfigurationError, NotInYourNameError
from congdoan.reporting.models import (
    Calendar,
    Indicator,
    Line,
    Obligation,
    OutsideFigure,
    Period,
    Report,
    Series,
    Sheet,
    Target,
)
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.queries.counted_twice import twice
from congdoan.reporting.queries.sheets import version_for

MOST_PERIODS_BACK = 36
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """What an obligation opens today: how many units owe it, and how many reports that makes."""

    units: int
    reports: int
    has_version: bool


def _draft(
    sheet: Sheet, top: Unit, kind: UnitKind, valid_from: date, valid_to: date | None, due_days: int
) -> Obligation:
    return Obligation(
        sheet=sheet, top=top, kind=kind, valid_from=valid_from, valid_to=valid_to, due_days=due_days
    )


def preview(obligation: Obligation, today: date) -> Opening:
    """Count what an obligation would open if it were added today."""
    sheet = obligation.sheet
    day = max(today, obligation.valid_from)
    owing = Ancestry.objects.filter(
        end_version=None, ancestor=obligation.top_id, unit__kind=obligation.kind_id
    )
    periods = Period.objects.filter(
        calendar=sheet.calendar_id,
        type=sheet.period_type,
        start__gte=obligation.valid_from,
        start__lte=today,
    )
    if obligation.valid_to:
        periods = periods.filter(start__lt=obligation.valid_to)
    count, has_version = 0, version_for(sheet, max(today, obligation.valid_from)) is not None
    known = set(Report.objects.filter(sheet=sheet).values_list("unit", "period"))
    begun = {period for _unit, period in known}
    for period in periods:
        if version_for(sheet, period.start) is None or (period.pk in begun and period.end <= today - DAY):
            continue
        last = min(period.end - DAY, today)
        units = owing.filter(during(last)).values_list("unit", flat=True)
        count += sum(1 for unit in units if (unit, period.pk) not in known)
    return Opening(owing.filter(during(day)).values("unit").distinct().count(), count, has_version)


def check_obligation(obligation: Obligation) -> None:
    """Refuse an obligation that overlaps another of its sheet, or by which something is counted twice."""
    same = Obligation.objects.filter(
        sheet=obligation.sheet, top=obligation.top, kind=obligation.kind
    ).exclude(valid_to__lte=obligation.valid_from)
    if obligation.valid_to:
        same = same.filter(valid_from__lt=obligation.valid_to)
    if same.exists():
        raise ConfigurationError(
            _(
                "Các đơn vị này đã có nghĩa vụ nộp biểu mẫu này trong thời gian đó. Hãy kết thúc nghĩa vụ cũ trước."
            )
        )
    newest = obligation.sheet.versions.filter(published_at__isnull=False).order_by("-number").first()
    if newest is None:
        raise ConfigurationError(
            _("Biểu mẫu chưa có phiên bản nào được ban hành. Hãy ban hành trước khi giao.")
        )
    lines = Line.objects.filter(section__version=newest).select_related("series__indicator")
    if found := twice(obligation.sheet, lines, [obligation]):
        raise ConfigurationError(doubled(found[0]))


def proposed_obligation(
    sheet_id: int,
    *,
    top: Unit,
    kind: UnitKind,
    valid_from: date,
    valid_to: date | None,
    due_days: int,
    by: Capacity,
) -> Obligation:
    """Return an obligation as it would be, checked, not saved. Raises ``Sheet.DoesNotExist`` out of reach."""
    sheet = queries.sheets(by).select_related("calendar").get(pk=sheet_id)
    if not reaches(by, Right.CONFIGURE_REPORTS, top.pk):
        raise NotInYourNameError
    made = _draft(sheet, top, kind, valid_from, valid_to, due_days)
    check_obligation(made)
    return made


@transaction.atomic
def add_obligation(
    sheet_id: int,
    *,
    top: Unit,
    kind: UnitKind,
    valid_from: date,
    valid_to: date | None,
    due_days: int,
    by: Capacity,
) -> tuple[Obligation, int]:
    """Let the units of a kind below ``top`` owe a sheet; open what is due by now. Returns it, and how many reports opened."""
    lock_sheets()
    made = proposed_obligation(
        sheet_id, top=top, kind=kind, valid_from=valid_from, valid_to=valid_to, due_days=due_days, by=by
    )
    made.save()
    opened = open_reports(timezone.localdate())
    audit.record(
        "sheet.owed",
        made.sheet,
        actor=by.actor,
        capacity=by.audit,
        after={
            "top": top.code,
            "kind": kind.code,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "due_days": due_days,
            "reports": opened,
        },
    )
    return made, opened


@transaction.atomic
def end_obligation(obligation_id: int, *, valid_to: date, by: Capacity) -> Obligation:
    """End an obligation: periods that begin on ``valid_to`` or later are not owed. Reports that are open stay."""
    obligation = queries.obligations(by).select_for_update(of=("self",)).get(pk=obligation_id)
    if obligation.valid_to is not None and obligation.valid_to <= valid_to:
        raise ConfigurationError(
            _("Nghĩa vụ này đã kết thúc trước ngày %s.") % vntext.format_date(obligation.valid_to)
        )
    if valid_to <= obligation.valid_from:
        raise ConfigurationError(
            _("Ngày kết thúc phải sau ngày bắt đầu (%s).") % vntext.format_date(obligation.valid_from)
        )
    before, obligation.valid_to = obligation.valid_to, valid_to
    obligation.save(update_fields=["valid_to"])
    audit.record(
        "sheet.no_longer_owed",
        obligation.sheet,
        actor=by.actor,
        capacity=by.audit,
        before={"valid_to": before},
        after={"top": obligation.top.code, "kind": obligation.kind.code, "valid_to": valid_to},
    )
    return obligation


@transaction.atomic
def add_calendar(*, name: str, name_en: str, start_day: int, by: Capacity) -> Calendar:
    """Add a calendar and lay out its periods from five years ago to next year."""
    if not by.may(Right.CONFIGURE_REPORTS):
        raise NotInYourNameError
    name = vntext.nfc(name).strip()
    taken = set(Calendar.objects.values_list("code", flat=True))
    base = vntext.slugify(name, 34) or "lich"
    code = (
        base
        if base not in taken
        else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
    )
    calendar = Calendar.objects.create(
        code=code, name=name, name_en=name_en.strip() or name, start_day=start_day
    )
    year = timezone.localdate().year
    lay_calendars(range(year - 5, year + 2))
    audit.record(
        "calendar.created",
        calendar,
        actor=by.actor,
        capacity=by.audit,
        after={"name": name, "start_day": start_day},
    )
    return calendar


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as it is set. ``value`` is scaled as the indicator; of a rate in hundredths of a percent. ``end`` is half-open."""

    start: date
    end: date
    comparator: str
    value: int
    source: str = ""


def _check_aim(unit: Unit, series: Series, aim: Aim, by: Capacity, but: int | None = None) -> None:
    if not reaches(by, Right.CONFIGURE_REPORTS, unit.pk):
        raise NotInYourNameError
    if aim.end <= aim.start:
        raise ConfigurationError(_("Ngày cuối phải sau ngày đầu."))
    if not 0 <= aim.value <= LARGEST:
        raise ConfigurationError(_("Mức đề ra phải từ 0 trở lên và không quá lớn."))
    if series.indicator.kind == Indicator.Kind.RATE and aim.value > 10_000:
        raise ConfigurationError(_("Tỷ lệ không thể quá 100 %."))
    same = Target.objects.filter(unit=unit, series=series, start=aim.start, end=aim.end)
    if any(one.pk != but for one in same):
        raise ConfigurationError(_("Đơn vị đã có mục tiêu này cho cùng thời gian. Hãy sửa mục tiêu cũ."))


@transaction.atomic
def add_target(unit: Unit, series: Series, aim: Aim, *, by: Capacity) -> Target:
    """Set a target of a unit in reach."""
    _check_aim(unit, series, aim, by)
    made = Target.objects.create(
        unit=unit,
        series=series,
        start=aim.start,
        end=aim.end,
        comparator=aim.comparator,
        value=aim.value,
        source=vntext.nfc(aim.source).strip(),
    )
    audit.record("target.set", made, actor=by.actor, capacity=by.audit, after=_aim_words(made))
    return made


def _aim_words(target: Target) -> dict[str, object]:
    return {
        "unit": target.unit_id,
        "series": target.series_id,
        "start": target.start,
        "end": target.end,
        "comparator": target.comparator,
        "value": target.value,
        "source": target.source,
    }


@transaction.atomic
def edit_target(target_id: int, aim: Aim, *, by: Capacity) -> Target:
    """Set a target anew: its level, its window (an earlier end ends it), its document."""
    target = queries.targets(by).select_for_update(of=("self",)).get(pk=target_id)
    before = _aim_words(target)
    _check_aim(target.unit, target.series, aim, by, but=target.pk)
    target.start, target.end, target.comparator = aim.start, aim.end, aim.comparator
    target.value, target.source = aim.value, vntext.nfc(aim.source).strip()
    target.save()
    audit.record(
        "target.changed", target, actor=by.actor, capacity=by.audit, before=before, after=_aim_words(target)
    )
    return target


@dataclass(frozen=True, slots=True)
class Seen:
    """An outside figure: a value, or bounds with the words that were read. ``end`` is half-open."""

    end: date
    captured_on: date
    source: str
    start: date | None = None
    value: int | None = None
    low: int | None = None
    high: int | None = None
    words: str = ""


@transaction.atomic
def add_outside_figure(unit: Unit, indicator: Indicator, seen: Seen, *, by: Capacity) -> OutsideFigure:
    """Write down a figure that no report carries, with its source."""
    if not reaches(by, Right.CONFIGURE_REPORTS, unit.pk):
        raise NotInYourNameError
    if (seen.value is None) == (seen.low is None):
        raise ConfigurationError(
            _("Hãy ghi một giá trị, hoặc cận dưới khi nguồn chỉ nói ước lượng; không ghi cả hai.")
        )
    if seen.low is not None and seen.high is not None and seen.high < seen.low:
        raise ConfigurationError(_("Cận trên đang nhỏ hơn cận dưới."))
    made = OutsideFigure.objects.create(
        unit=unit,
        indicator=indicator,
        start=seen.start,
        end=seen.end,
        value=seen.value,
        low=seen.low,
        high=seen.high if seen.value is None else None,
        words=vntext.nfc(seen.words).strip(),
        source=vntext.nfc(seen.source).strip(),
        captured_on=seen.captured_on,
    )
    audit.record(
        "outside_figure.added",
        made,
        actor=by.actor,
        capacity=by.audit,
        after={"unit": unit.code, "indicator": indicator.code, "value": seen.value, "source": made.source},
    )
    return made
