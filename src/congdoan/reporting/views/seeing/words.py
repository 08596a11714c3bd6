"""Figures in words: values with their unit, coverage, the moment they stand for, and how they compare with a target."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.reporting.models import Batch, Indicator, IndicatorVersion, Target
from congdoan.reporting.queries.figures import Figure
from congdoan.ui.templatetags.ui import vi_date, vi_number
from congdoan.vntext import NARROW_SPACE, format_time

Number = int | Decimal


def number(value: Number, indicator: Indicator) -> str:
    """Write a value the way its indicator is written: 12.076; 1,5; 66,11 %."""
    if indicator.kind == Indicator.Kind.RATE:
        return percent(Decimal(value))
    exact = Decimal(value).quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
    return vi_number(exact) if indicator.decimals else vi_number(int(exact))


def percent(value: Decimal) -> str:
    """Write a percentage with two decimals: 66,11 %."""
    return f"{vi_number(value.quantize(Decimal('0.01'), ROUND_HALF_UP))}{NARROW_SPACE}%"


def value_of(figure: Figure | None) -> str | None:
    """Write a figure; ``None`` where nobody reported it. A figure with bounds only says them."""
    if figure is None:
        return None
    if figure.value is not None:
        return number(figure.value, figure.indicator)
    return None if figure.low is None else bounds(figure.low, figure.high)


def bounds(low: int, high: int | None) -> str:
    """Write what is only known within bounds: "từ 100 đến 999"."""
    if high is None:
        return _("từ %(low)s trở lên") % {"low": vi_number(low)}
    return _("từ %(low)s đến %(high)s") % {"low": vi_number(low), "high": vi_number(high)}


def unit_words(indicator: Indicator, meaning: IndicatorVersion | None) -> str:
    """Return the measure unit; of a rate none, for its value carries the percent sign; of money đồng."""
    if indicator.kind == Indicator.Kind.RATE:
        return ""
    if meaning and meaning.unit_words:
        return meaning.unit_words
    if indicator.kind == Indicator.Kind.GAP:
        return _("điểm phần trăm")
    return _("đồng") if indicator.is_money else ""


def coverage(figure: Figure | None) -> str:
    """Say how many reports gave the figure, of how many."""
    if figure is None or not figure.expected:
        return ""
    said = figure.reported + figure.inapplicable
    words = _("%(count)s/%(all)s báo cáo") % {
        "count": vi_number(said),
        "all": vi_number(figure.expected),
    }
    if figure.inapplicable:
        words += ", " + _("%(count)s không áp dụng") % {"count": vi_number(figure.inapplicable)}
    return words


def as_of(batch: Batch | None) -> str:
    """Say at which moment the totals stand: "tính đến 08:32 ngày 17/10/2019"."""
    if batch is None:
        return _("Chưa có số liệu nào được tính.")
    at = timezone.localtime(batch.at)
    return _("Số liệu tính đến %(time)s ngày %(day)s (lần cập nhật %(epoch)s).") % {
        "time": format_time(at),
        "day": vi_date(at),
        "epoch": vi_number(batch.pk),
    }


def goal(target: Target, indicator: Indicator) -> str:
    """Write what is aimed at: "ít nhất 60 %"."""
    places = 2 if indicator.kind == Indicator.Kind.RATE else indicator.decimals
    value = Decimal(target.value).scaleb(-places) if places else Decimal(target.value)
    if indicator.kind == Indicator.Kind.RATE:
        return f"{target.get_comparator_display()} {axis(float(value), indicator)}"
    return f"{target.get_comparator_display()} {number(value, indicator)}"


def against(target: Target, figure: Figure) -> dict[str, Any] | None:
    """Compare a figure with its target: percent indicators in percentage points, counts in percent."""
    indicator = figure.indicator
    if figure.value is None:
        return None
    if indicator.kind == Indicator.Kind.RATE:
        difference = Decimal(figure.value) - Decimal(target.value).scaleb(-2)
        amount = _("%(points)s điểm phần trăm") % {
            "points": vi_number(abs(difference).quantize(Decimal("0.01"), ROUND_HALF_UP))
        }
    else:
        aim = Decimal(target.value).scaleb(-indicator.decimals)
        difference = Decimal(figure.value) - aim
        if not aim:
            return None
        share = (abs(difference) * 100 / abs(aim)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        amount = percent(share)
    if not difference:
        return {"is_met": True, "words": _("bằng mức đề ra")}
    higher = difference > 0
    met = higher == (target.comparator == Target.Comparator.AT_LEAST)
    words = _("cao hơn mức đề ra %(amount)s") if higher else _("thấp hơn mức đề ra %(amount)s")
    return {"is_met": met, "words": words % {"amount": amount}}


def vintage(figure: Figure) -> str:
    """Name the vintage."""
    return {
        "estimate": _("ước"),
        "preliminary": _("sơ bộ"),
        "final": _("chính thức"),
    }.get(figure.vintage, "")


def axis(level: float, indicator: Indicator) -> str:
    """Write a level of a chart's axis, as short as it goes."""
    exact = Decimal(str(round(level, 4))).normalize()
    text = vi_number(int(exact)) if exact == exact.to_integral_value() else vi_number(exact)
    return f"{text}{NARROW_SPACE}%" if indicator.kind == Indicator.Kind.RATE else text
