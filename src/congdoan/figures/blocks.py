"""The block of several live figures in the body of a page (bảng, biểu đồ số liệu)."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from congdoan.figures import tabulating
from congdoan.figures.engine.specs import Scope, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries.finding import find_indicators
from congdoan.figures.queries.showing import PageFigures
from congdoan.organisation.models import Unit

EVERY_INDICATOR = 100_000


def series_choices() -> list[tuple[str, str]]:
    """Return every public indicator and its cells as (key, words): ("staff|sex=female", "Số lao động: Nữ (người)")."""
    found = [("", _("— chọn chỉ tiêu —"))]
    for one in find_indicators("", timezone.localdate(), EVERY_INDICATOR):
        measure = f" ({one.measure})" if one.measure else ""
        found.append((one.code, f"{one.name}{measure}"))
        found += [(f"{one.code}|{cell}", f"{one.name}: {name}{measure}") for cell, name in one.cells]
    return found


class SeriesBlock(blocks.FieldBlock):  # type: ignore[misc]  # Wagtail is untyped
    """One public indicator, as a whole or in one cell, stored as the key of its series."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        # The choices are asked for when a form is made: indicators come and go.
        self.field = forms.ChoiceField(choices=series_choices, required=required, help_text=help_text)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """To migrations this is a line of text: nothing of the list is in the database."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs


class FigureRowBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """One indicator of the table, with an own name where the official one is too long."""

    series = SeriesBlock(label=gettext_lazy("Chỉ tiêu"))
    label = blocks.CharBlock(label=gettext_lazy("Tên trong bảng"), required=False, max_length=160)

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("Chỉ tiêu")


class FiguresBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail is untyped
    """A table, and if wanted a chart, of live figures. Unit and time are the page's unless given; what the page compares with is
    compared here too. Frozen with the page: see ``figure_specs``."""

    caption = blocks.CharBlock(
        label=gettext_lazy("Tiêu đề"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Để trống: tên đơn vị và thời gian."),
    )
    kind = blocks.ChoiceBlock(
        label=gettext_lazy("Các dòng của bảng"),
        choices=[
            (tabulating.LIST, gettext_lazy("các chỉ tiêu")),
            (tabulating.UNITS, gettext_lazy("các đơn vị cấp dưới trực tiếp")),
            (tabulating.QUARTERS, gettext_lazy("từng quý")),
            (tabulating.YEARS, gettext_lazy("từng năm")),
        ],
        default=tabulating.LIST,
    )
    rows = blocks.ListBlock(FigureRowBlock(), label=gettext_lazy("Chỉ tiêu"), min_num=1)
    unit = blocks.CharBlock(
        label=gettext_lazy("Mã đơn vị"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Để trống: đơn vị của trang báo cáo."),
    )
    start = blocks.DateBlock(label=gettext_lazy("Từ ngày"), required=False)
    end = blocks.DateBlock(
        label=gettext_lazy("Đến ngày"),
        required=False,
        help_text=gettext_lazy("Để trống cả hai: thời gian của trang báo cáo."),
    )
    compares = blocks.BooleanBlock(
        label=gettext_lazy("So sánh như trang báo cáo"),
        required=False,
        default=True,
        help_text=gettext_lazy("Thêm cột kỳ trước, chỉ tiêu và chênh lệch khi các dòng là chỉ tiêu."),
    )
    chart = blocks.ChoiceBlock(
        label=gettext_lazy("Biểu đồ"),
        required=False,
        choices=[("bars", gettext_lazy("cột")), ("lines", gettext_lazy("đường"))],
    )

    class Meta:
        icon = "table"
        label = gettext_lazy("Bảng, biểu đồ số liệu")
        template = "figures/blocks/figures.html"

    def clean(self, value: Any) -> Any:
        """Refuse a unit that does not exist, and half a time."""
        value = super().clean(value)
        errors: dict[str, ValidationError] = {}
        if value["unit"] and not Unit.objects.filter(code=value["unit"]).exists():
            errors["unit"] = ValidationError(_("Không có đơn vị mang mã này."))
        start, end = value["start"], value["end"]
        if bool(start) != bool(end):
            errors["end" if start else "start"] = ValidationError(_("Hãy điền cả ngày đầu và ngày cuối."))
        elif start and end < start:
            errors["end"] = ValidationError(_("Ngày cuối phải từ ngày đầu trở đi."))
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value

    def asking(self, value: Any) -> tabulating.Asking:
        """Return what a value asks for; a row without an indicator is left out, half a time is none."""
        start, end = value.get("start"), value.get("end")
        rows = [row for row in value.get("rows") or () if row.get("series")]
        return tabulating.Asking(
            tuple(tabulating.Row.read(row["series"], row.get("label") or "") for row in rows),
            value.get("kind") or tabulating.LIST,
            value.get("unit") or "",
            Window(start, end) if start and end and start <= end else None,
            bool(value.get("compares")),
            value.get("chart") or "",
        )

    def figure_specs(self, value: Any, scope: Scope | None = None) -> list[Spec]:
        """Return the figures that a value shows on a page with this scope."""
        return tabulating.specs_of(self.asking(value), scope or Scope())

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the table with the page's figures (``page_figures``)."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        figures = context.get("page_figures")
        asking = self.asking(value)
        # A page may hold several: names inside the picture must differ.
        context["chart_id"] = f"so-lieu-{hashlib.sha256(repr(asking).encode()).hexdigest()[:10]}"
        context["table"] = (
            tabulating.table_of(
                asking,
                figures if isinstance(figures, PageFigures) else PageFigures(Scope()),
                value["caption"],
            )
            if asking.rows
            else None
        )
        return context
