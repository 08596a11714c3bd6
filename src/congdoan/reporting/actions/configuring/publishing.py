"""Putting a version of a sheet in force: from a period on of which nothing was sent. Reports that nobody sent yet switch to
it and keep what was typed; a published version never changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.actions.configuring.sheets import lock_draft
from congdoan.reporting.errors import ConfigurationError, NotReadyError
from congdoan.reporting.models import Line, Obligation, Period, Report, Sheet, SheetVersion
from congdoan.reporting.queries.counted_twice import Twice, twice


def faults(version: SheetVersion, start: date | None = None) -> list[str]:
    """Return what keeps a version from being published, as sentences: empty parts, doubles, rules without their lines,
    lines that another sheet asks for too."""
    lines = list(
        Line.objects.filter(section__version=version)
        .select_related("series__indicator", "section")
        .order_by("section__order", "order")
    )
    if not lines:
        return [_("Biểu mẫu chưa có dòng nào. Hãy thêm ít nhất một chỉ tiêu.")]
    found = [
        _("Phần “%s” chưa có dòng nào. Hãy thêm dòng hoặc bỏ phần này.") % section
        for section in version.sections.annotate(count=Count("lines")).filter(count=0)
    ]
    seen: dict[int, Line] = {}
    for line in lines:
        if line.series_id in seen:
            found.append(
                _("“%(line)s” có hai lần: ở phần “%(first)s” và phần “%(second)s”. Hãy bỏ một dòng.")
                % {"line": line, "first": seen[line.series_id].section, "second": line.section}
            )
        seen[line.series_id] = line
    keys = {line.series.key for line in lines}
    for rule in version.rules.all():
        gone = [key for key in [*rule.left, *rule.right] if key not in keys]
        if gone:
            found.append(
                _(
                    "Quy tắc “%(rule)s” nói đến dòng không còn trong biểu mẫu (%(gone)s). Hãy bỏ quy tắc hoặc thêm lại dòng."
                )
                % {"rule": rule.code, "gone": ", ".join(gone)}
            )
    owed = list(Obligation.objects.filter(sheet=version.sheet_id))
    return found + [doubled(one) for one in twice(version.sheet, lines, owed, start)]


def doubled(one: Twice) -> str:
    """Say that a line would be counted twice."""
    return _(
        "“%(line)s” cũng có trong biểu mẫu “%(sheet)s” mà cùng đơn vị phải nộp cùng thời gian, nên sẽ bị tính hai lần. Hãy bỏ ở một trong hai biểu mẫu."
    ) % {
        "line": one.label,
        "sheet": one.sheet,
    }


def _check_start(sheet: Sheet, start: date) -> Period:
    """Return the period that begins on a day, and of which nothing was sent. Raises ``ConfigurationError``."""
    periods = Period.objects.filter(calendar=sheet.calendar_id, type=sheet.period_type)
    period = periods.filter(start=start).first()
    if period is None:
        around = periods.filter(start__lt=start, end__gt=start).first()
        if around is not None:
            raise ConfigurationError(
                _(
                    "Ngày %(day)s nằm giữa %(period)s. Phiên bản phải dùng từ ngày đầu của một kỳ: %(first)s hoặc %(next)s."
                )
                % {
                    "day": vntext.format_date(start),
                    "period": around,
                    "first": vntext.format_date(around.start),
                    "next": vntext.format_date(around.end),
                }
            )
        raise ConfigurationError(_("Chưa có kỳ báo cáo nào bắt đầu từ ngày %s.") % vntext.format_date(start))
    newest = sheet.versions.filter(published_at__isnull=False).order_by("-valid_from").first()
    if newest is not None and start < newest.valid_from:
        raise ConfigurationError(
            _("Phiên bản %(number)s đã dùng từ %(day)s. Hãy chọn kỳ bắt đầu từ ngày đó trở đi.")
            % {"number": newest.number, "day": vntext.format_date(newest.valid_from)}
        )
    return period


@transaction.atomic
def publish(version_id: int, *, start: date, by: Capacity, seen: int) -> SheetVersion:
    """Put a draft in force for periods that begin on ``start`` or later.

    Raises ``NotReadyError`` with everything to mend, ``ConfigurationError`` for a day within a period or a period of which
    something was sent.
    """
    draft = lock_draft(version_id, by, seen)
    sheet = Sheet.objects.select_for_update().get(pk=draft.sheet_id)
    _check_start(sheet, start)
    if wrong := faults(draft, start):
        raise NotReadyError(wrong)
    reports = list(
        Report.objects.select_for_update(of=("self",))
        .filter(sheet=sheet, period__start__gte=start)
        .select_related("period")
        .order_by("period__start", "pk")
    )
    sent = [
        one for one in reports if one.current_id or one.first_submitted_at or one.status != Report.Status.OPEN
    ]
    if sent:
        raise ConfigurationError(
            _(
                "Đã có %(count)s báo cáo của %(period)s hoặc sau đó được gửi theo phiên bản cũ. Hãy chọn kỳ sau %(last)s."
            )
            % {
                "count": vntext.format_int(len(sent)),
                "period": sent[0].period,
                "last": sent[-1].period,
            }
        )
    before = sheet.versions.filter(published_at__isnull=False).order_by("-number").first()
    draft.valid_from, draft.published_at = start, timezone.now()
    draft.save(update_fields=["valid_from", "published_at"])
    # What was "nothing to report" on the old sheet may be something on the new one: the unit says so anew.
    Report.objects.filter(pk__in=[one.pk for one in reports]).update(sheet_version=draft, is_nil=False)
    audit.record(
        "sheet.published",
        sheet,
        actor=by.actor,
        capacity=by.audit,
        before={"number": before.number} if before else None,
        after={"number": draft.number, "valid_from": start, "reports": len(reports), "note": draft.note},
    )
    return draft
