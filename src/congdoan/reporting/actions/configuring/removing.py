"""Taking back what was set up by mistake: an indicator or a sheet that nobody has ever used."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from congdoan.audit import actions as audit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting import resting
from congdoan.reporting.actions.configuring.indicators import lock_indicator
from congdoan.reporting.actions.opening import lock_sheets
from congdoan.reporting.errors import ConfigurationError
from congdoan.reporting.models import (
    Entry,
    Fact,
    Indicator,
    IndicatorVersion,
    Line,
    Obligation,
    OutsideFigure,
    Report,
    Rule,
    Target,
    Total,
)
from congdoan.reporting.queries import configuring as queries


@transaction.atomic
def remove_indicator(indicator_id: int, *, by: Capacity) -> None:
    """Delete an indicator that was made by mistake, with its versions and series.

    Raises ``Indicator.DoesNotExist`` out of reach, ``ConfigurationError`` with the reason for one that is used, or defined by others.
    """
    indicator = lock_indicator(indicator_id, by)
    if reason := _use_of_indicator(indicator):
        raise ConfigurationError(reason)
    code = indicator.code
    audit.record(
        "indicator.removed",
        indicator,
        actor=by.actor,
        capacity=by.audit,
        before={"code": code, "kind": indicator.kind},
    )
    try:
        # In a block of its own: what protects it must leave the transaction whole.
        with transaction.atomic():
            indicator.versions.all().delete()
            indicator.series.all().delete()
            indicator.delete()
    except ProtectedError as error:
        raise ConfigurationError(_("Chỉ tiêu này đang được dùng ở nơi khác nên không xoá được.")) from error


def _use_of_indicator(indicator: Indicator) -> str:
    """Return how an indicator is used, as a sentence; "" for one that is not."""
    own = {"series__indicator": indicator}
    line = Line.objects.filter(**own).select_related("section__version__sheet").first()
    if line is not None:
        return _("Chỉ tiêu này có trong biểu mẫu “%s” nên không xoá được. Hãy bỏ khỏi bản nháp trước.") % (
            line.section.version.sheet
        )
    if any(model.objects.filter(**own).exists() for model in (Fact, Total, Entry)):
        return _("Đã có số liệu của chỉ tiêu này nên không xoá được.")
    if Target.objects.filter(**own).exists():
        return _("Đã giao mục tiêu cho chỉ tiêu này nên không xoá được.")
    if OutsideFigure.objects.filter(indicator=indicator).exists():
        return _("Đã ghi số liệu ngoài hệ thống cho chỉ tiêu này nên không xoá được.")
    if names := resting.on(indicator):
        return _("Không xoá được chỉ tiêu này: số liệu đã công bố của nó đứng ở %s.") % ", ".join(names)
    user = (
        IndicatorVersion.objects.filter(
            Q(numerator__indicator=indicator)
            | Q(denominator__indicator=indicator)
            | Q(indicator__rate=indicator)
        )
        .exclude(indicator=indicator)
        .first()
    )
    return _("Chỉ tiêu “%s” được tính từ chỉ tiêu này nên không xoá được.") % user if user else ""


@transaction.atomic
def remove_sheet(sheet_id: int, *, by: Capacity) -> None:
    """Delete a sheet of which no version was ever published, with its draft and the series that would count its reports.

    Raises ``Sheet.DoesNotExist`` out of reach, ``ConfigurationError`` with the reason for one that is used.
    """
    lock_sheets()
    sheet = queries.sheets(by).select_related("coverage__indicator").get(pk=sheet_id)
    if sheet.versions.filter(published_at__isnull=False).exists():
        raise ConfigurationError(
            _("Biểu mẫu đã ban hành nên không xoá được. Muốn thôi dùng, hãy kết thúc nghĩa vụ báo cáo.")
        )
    if Obligation.objects.filter(sheet=sheet).exists() or Report.objects.filter(sheet=sheet).exists():
        raise ConfigurationError(_("Đã giao biểu mẫu này cho đơn vị nên không xoá được."))
    audit.record(
        "sheet.removed",
        sheet,
        actor=by.actor,
        capacity=by.audit,
        before={"code": sheet.code, "name": sheet.name},
    )
    counting = sheet.coverage.indicator if sheet.coverage else None
    try:
        with transaction.atomic():
            Rule.objects.filter(version__sheet=sheet).delete()
            Line.objects.filter(section__version__sheet=sheet).delete()
            for version in sheet.versions.all():
                version.sections.all().delete()
                version.delete()
            sheet.delete()
            if counting is not None:
                counting.versions.all().delete()
                counting.series.all().delete()
                counting.delete()
    except ProtectedError as error:
        raise ConfigurationError(_("Biểu mẫu này đang được dùng ở nơi khác nên không xoá được.")) from error
