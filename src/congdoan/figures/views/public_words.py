"""A published figure in sentences: what it says, how it came about, and how to cite it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.figures import wording
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import Erratum, PublishedFigure
from congdoan.figures.queries.showing import Shown
from congdoan.reporting.models import Indicator
from congdoan.reporting.queries.figures import Figure
from congdoan.ui.templatetags.ui import vi_date, vi_number

_MOMENTS = (Indicator.Kind.STOCK, Indicator.Kind.TREE, Indicator.Kind.OUTSIDE)
SHORT = 12
"""Characters of a digest that people compare."""


def name(figure: PublishedFigure, cell: str) -> str:
    """Name what is counted, with the cell in words: "Số lao động, nữ"."""
    meaning = str(figure.version or figure.indicator.code)
    return f"{meaning}, {cell[:1].lower()}{cell[1:]}" if cell else meaning


def spelled(figure: PublishedFigure) -> str:
    """Return the value read aloud with its measure unit; "" for bounds, and for what nobody reads aloud."""
    value = figure.shown_value
    if value is None:
        return ""
    try:
        words = vntext.spell(Decimal(value).normalize() if value else value, get_language() or "vi")
    except ValueError:
        return ""
    shown = Shown.frozen(figure)
    measure = _("phần trăm") if wording.is_percent(shown) else wording.measure(shown)
    return f"{words} {measure}".strip()


def window(start: date, end: date, kind: str) -> str:
    """Say which days a figure is about; of a count on a day, which day."""
    if kind in _MOMENTS or start == end:
        return _("ngày %(day)s") % {"day": vi_date(end)}
    return _("từ %(first)s đến hết %(last)s") % {"first": vi_date(start), "last": vi_date(end)}


def short_window(one: Window, kind: str) -> str:
    """Name a window below a bar of a chart: "2018", "quý 3/2019", "9/2019", "10/2013–9/2014"."""
    if kind in _MOMENTS:
        return vi_date(one.end)
    start, end = one.start, one.end
    months = one.months
    if start.day != 1 or not months:
        return f"{vi_date(start)}–{vi_date(end)}"
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 3 and start.month % 3 == 1:
        return _("quý %(number)s/%(year)s") % {"number": start.month // 3 + 1, "year": start.year}
    if months == 1:
        return f"{start.month}/{start.year}"
    return f"{start.month}/{start.year}–{end.month}/{end.year}"


def coverage(figure: PublishedFigure | Figure) -> str:
    """Say how many reports gave a number, and how many said that there is none to give."""
    if not figure.expected:
        return ""
    words = _("%(reported)s trong %(expected)s báo cáo có số này") % {
        "reported": vi_number(figure.reported),
        "expected": vi_number(figure.expected),
    }
    if figure.inapplicable:
        words += "; " + _("%(count)s báo cáo ghi không áp dụng") % {"count": vi_number(figure.inapplicable)}
    missing = figure.expected - figure.reported - figure.inapplicable
    if missing > 0:
        words += "; " + _("%(count)s báo cáo chưa có") % {"count": vi_number(missing)}
    return words


def as_of(at: datetime | None, epoch: int) -> str:
    """Say at which moment the data stood: "tính đến 08:32 ngày 17/10/2019 (lần cập nhật 812)"."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return _("tính đến %(time)s ngày %(day)s (lần cập nhật %(epoch)s)") % {
        "time": vntext.format_time(local),
        "day": vi_date(local),
        "epoch": vi_number(epoch),
    }


def basis(figure: PublishedFigure) -> str:
    """Say in a sentence by which organisation it was summed."""
    if figure.basis == "as-is":
        return _(
            "Theo tổ chức của ngày %(day)s: mọi báo cáo, kể cả của thời gian trước, được tính cho đơn vị mà nơi báo cáo trực thuộc vào ngày đó."
        ) % {"day": vi_date(figure.as_is_day or figure.end)}
    return _(
        "Theo tổ chức của từng kỳ: mỗi báo cáo được tính cho các đơn vị cấp trên mà nơi báo cáo trực thuộc vào lúc đó, dù sau này đã sắp xếp lại."
    )


def origin(figure: PublishedFigure) -> str:
    """Say where the figure comes from."""
    origins = PublishedFigure.Origin
    said: dict[str, Any] = {"source": figure.source, "day": vi_date(figure.source_on or figure.end)}
    if figure.origin == origins.TREE:
        return _("Đếm từ sơ đồ tổ chức, không qua báo cáo.")
    if figure.origin == origins.OUTSIDE:
        return (
            _(
                "Lấy từ nguồn ngoài hệ thống: %(source)s, ghi nhận ngày %(day)s. Không cộng với số liệu nào khác."
            )
            % said
        )
    if figure.origin == origins.PAPER:
        return (
            _("Ghi theo văn bản giấy: %(source)s. Không có báo cáo trong hệ thống đứng sau con số này.")
            % said
        )
    return _("Cộng từ báo cáo đã duyệt của các đơn vị.")


def level(value: float, indicator: Indicator) -> str:
    """Write a level of a chart's axis."""
    exact = Decimal(str(round(value, 4))).normalize()
    text = vi_number(int(exact)) if exact == exact.to_integral_value() else vi_number(exact)
    return f"{text}%" if indicator.kind == Indicator.Kind.RATE else text


def amount(value: int | Decimal | None, indicator: Indicator) -> str:
    """Write one value of a table; "" where there is none."""
    if value is None:
        return ""
    shown = Shown(indicator, None, value, None, None, 0, 0, None)
    return wording.number(shown)


def address(figure: PublishedFigure) -> str:
    """Return the whole address of a figure."""
    return settings.BASE_URL + figure.get_absolute_url()


def citation(figure: PublishedFigure, title: str, unit: str, publisher: str) -> str:
    """Return a line to cite the figure by."""
    return _(
        "%(publisher)s, %(title)s của %(unit)s %(window)s: %(value)s. Số liệu số %(number)s, công bố ngày %(day)s, %(address)s"
    ) % {
        "publisher": publisher,
        "title": title,
        "unit": unit,
        "window": window(figure.start, figure.end, figure.indicator.kind),
        "value": wording.with_unit(Shown.frozen(figure)),
        "number": figure.pk,
        "day": vi_date(timezone.localtime(figure.frozen_at)),
        "address": address(figure),
    }


def whole(shown: Shown) -> str:
    """Write a value with its measure unit and all its digits, money too, so that two of them can be compared."""
    return f"{wording.number(shown)} {wording.measure(shown)}".strip()


def erratum(one: Erratum, *, with_page: bool = True) -> dict[str, Any]:
    """Return a correction in words: old, new, difference, reason, day, and both addresses."""
    old, new = Shown.frozen(one.old), Shown.frozen(one.new)
    difference = ""
    if old.value is not None and new.value is not None:
        change = Decimal(new.value) - Decimal(old.value)
        written = wording.number(
            Shown(old.indicator, None, abs(change), None, None, 0, 0, None)
        ).removesuffix("%")
        measure = _("điểm phần trăm") if wording.is_percent(old) else wording.measure(new)
        sign = "+" if change > 0 else "−" if change < 0 else ""
        difference = f"{sign}{written} {measure}".strip()
    return {
        "name": str(one.new.version or one.new.indicator.code),
        "old": whole(old),
        "old_url": old.url,
        "new": whole(new),
        "new_url": new.url,
        "difference": difference,
        "reason": one.reason,
        "at": one.at,
        "page": one.page if with_page and one.page.live else None,
    }


def today_says(figure: PublishedFigure, now: Figure | None) -> dict[str, Any] | None:
    """Say whether today's data agree with what was published; ``None`` where no data stand behind it."""
    if now is None:
        return None
    said = {"as_of": as_of(now.as_of, now.epoch) or _("hiện nay")}
    if now.value is None and now.low is None:
        return {
            "agrees": False,
            "words": _("Dữ liệu %(as_of)s không còn tính được con số này.") % said,
        }
    shown = Shown.frozen(figure)
    same = (now.value, now.low, now.high) == (shown.value, shown.low, shown.high)
    if same:
        return {"agrees": True, "words": _("Dữ liệu %(as_of)s cho cùng con số này.") % said}
    other = Shown(now.indicator, figure.version, now.value, now.low, now.high, 0, 0, None)
    said["value"] = wording.with_unit(other)
    return {
        "agrees": False,
        "words": _(
            "Dữ liệu %(as_of)s cho %(value)s. Số đã công bố ở trên được giữ nguyên; nếu cần thay, trang sẽ có đính chính."
        )
        % said,
    }
