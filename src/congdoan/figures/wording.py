"""Figures in words, in the reader's language: the forms that a sentence may give them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from congdoan.figures.engine.specs import Compare, Form, Shift
from congdoan.figures.queries.showing import Shown
from congdoan.reporting.models import Indicator
from congdoan.reporting.views.seeing import words
from congdoan.ui.templatetags.ui import vi_number
from congdoan.vntext.numbers import format_money

HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.1")


def _short(value: Decimal, step: Decimal = HUNDREDTH) -> str:
    """Write a number rounded to a step, without zeros that say nothing: 66,11; 90."""
    rounded = value.quantize(step, ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    return vi_number(int(rounded)) if whole else vi_number(rounded.normalize())


def is_percent(shown: Shown) -> bool:
    """Whether the value is a percentage."""
    return shown.indicator.kind == Indicator.Kind.RATE


def number(shown: Shown) -> str:
    """Write the value: "12.076", "66,11%"; bounds as words."""
    if shown.value is None:
        return "" if shown.low is None else words.bounds(shown.low, shown.high)
    if is_percent(shown):
        return f"{_short(Decimal(shown.value))}%"
    if isinstance(shown.value, Decimal):
        return vi_number(shown.value.quantize(Decimal(1).scaleb(-shown.indicator.places), ROUND_HALF_UP))
    return vi_number(shown.value)


def measure(shown: Shown) -> str:
    """Return the measure unit; "" for a percentage."""
    return words.unit_words(shown.indicator, shown.meaning)


def with_unit(shown: Shown) -> str:
    """Write value and measure unit: "12.076 buổi"; money as people say it, without losing a đồng: "55,294 tỷ đồng"."""
    if shown.indicator.is_money and shown.value is not None and get_language() != "en":
        return format_money(int(shown.value))
    return f"{number(shown)} {measure(shown)}".strip()


def target(shown: Shown) -> str:
    """Write value and how it compares with its target: "66,11%, vượt 6,11 điểm phần trăm so với chỉ tiêu"."""
    compared = _compared(shown)
    if compared is None:
        return with_unit(shown)
    sign, amount = compared
    if not sign:
        return _("%(value)s, bằng chỉ tiêu") % {"value": with_unit(shown)}
    sentence = (
        _("%(value)s, vượt %(amount)s so với chỉ tiêu")
        if sign > 0
        else _("%(value)s, thấp hơn %(amount)s so với chỉ tiêu")
    )
    return sentence % {"value": with_unit(shown), "amount": amount}


def against_target(shown: Shown) -> str:
    """Write the comparison with the target alone, for a column that says so: "vượt 6,11 điểm phần trăm"; "" without one."""
    compared = _compared(shown)
    if compared is None:
        return ""
    sign, amount = compared
    if not sign:
        return _("bằng chỉ tiêu")
    return (_("vượt %(amount)s") if sign > 0 else _("thấp hơn %(amount)s")) % {"amount": amount}


def _compared(shown: Shown) -> tuple[int, str] | None:
    """Return whether the value is above (1), on (0) or below (-1) its target, and by how much in words; ``None``: nothing says
    that, of a target of zero neither. A gap is such a comparison already: the target that it knows is its rate's."""
    if shown.target is None or shown.value is None or shown.indicator.kind == Indicator.Kind.GAP:
        return None
    difference = Decimal(shown.value) - Decimal(shown.target)
    if not difference:
        return 0, ""
    sign = 1 if difference > 0 else -1
    if is_percent(shown):
        return sign, _("%(points)s điểm phần trăm") % {"points": _short(abs(difference))}
    if not Decimal(shown.target):
        return None
    return sign, f"{_short(abs(difference) * 100 / abs(Decimal(shown.target)))}%"


def change_word(shown: Shown, before: Shown | None) -> str:
    """Return "tăng", "giảm" or "không đổi"; "" where one of the two is missing."""
    if before is None or shown.value is None or before.value is None:
        return ""
    if shown.value == before.value:
        return pgettext("change", "không đổi")
    return pgettext("change", "tăng") if shown.value > before.value else pgettext("change", "giảm")


def change(shown: Shown, before: Shown | None, shift: Shift) -> str:
    """Write how a figure changed: "tăng 5,2% so với kỳ trước"; percentages in points; "" where one of the two is missing."""
    words = change_alone(shown, before)
    if not words:
        return ""
    than = _("so với cùng kỳ năm trước") if shift is Shift.YEAR_BEFORE else _("so với kỳ trước")
    return f"{words} {than}"


def change_alone(shown: Shown, before: Shown | None) -> str:
    """Write a change without what it is compared with, for a column that says so: "tăng 5,2%", "không đổi"."""
    word = change_word(shown, before)
    if not word or before is None or shown.value is None or before.value is None:
        return ""
    difference = abs(Decimal(shown.value) - Decimal(before.value))
    if not difference:
        return word
    if is_percent(shown):
        amount = _("%(points)s điểm phần trăm") % {"points": _short(difference)}
    elif before.value:
        amount = f"{_short(difference * 100 / abs(Decimal(before.value)), TENTH)}%"
    else:  # from nothing: no percentage says that
        amount = f"{_short(difference)} {measure(shown)}".strip()
    return f"{word} {amount}"


def coverage(shown: Shown) -> str:
    """Write how many reports gave the figure: "1.280 trong 1.289 báo cáo"."""
    return _("%(reported)s trong %(expected)s báo cáo") % {
        "reported": vi_number(shown.reported),
        "expected": vi_number(shown.expected),
    }


def worded(found: Sequence[Shown | None], form: Form, compare: Compare = Compare.NONE) -> str:
    """Write a figure in a form; the second of ``found`` is what it is compared with. "" where there are no data."""
    shown = found[0]
    if shown is None:
        return ""
    before = found[1] if len(found) > 1 else None
    match form:
        case Form.NUMBER:
            return number(shown)
        case Form.UNIT:
            return with_unit(shown)
        case Form.TARGET:
            return target(shown)
        case Form.CHANGE:
            return change(shown, before, compare.shift or Shift.PREVIOUS)
        case Form.CHANGE_WORD:
            return change_word(shown, before)
        case Form.COVERAGE:
            return coverage(shown)
