"""What an editor says about the copies of a report page: of which units, of which days, in which category."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from congdoan.figures.actions.copying import MOST
from congdoan.figures.engine.windows import Window
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units


class CopyForm(forms.Form):
    """Units and window; ``targets`` and ``window`` when it is valid."""

    start = forms.DateField(label=gettext_lazy("Từ ngày"), widget=AdminDateInput)
    end = forms.DateField(label=gettext_lazy("Đến ngày"), widget=AdminDateInput)
    below = forms.BooleanField(
        label=gettext_lazy("Mọi đơn vị ngay cấp dưới, mỗi đơn vị một bài"), required=False
    )
    codes = forms.CharField(
        label=gettext_lazy("Mã đơn vị"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy(
            "Nhiều mã thì cách nhau bằng dấu phẩy. Để trống: vẫn đơn vị này, chỉ đổi thời gian."
        ),
    )
    category = forms.ModelChoiceField(label=gettext_lazy("Chuyên mục"), queryset=Page.objects.none())

    def __init__(self, *args: Any, page: Any, places: list[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.places = page, places
        self.targets: list[Unit] = []
        self.window: Window | None = None
        field: Any = self.fields["category"]
        field.queryset = Page.objects.filter(pk__in=[place.pk for place in places]).order_by("path")
        self.initial.setdefault("start", page.report_from)
        self.initial.setdefault("end", page.report_to)
        own = page.get_parent()
        known = {place.pk for place in places}
        self.initial.setdefault("category", own.pk if own.pk in known else min(known, default=None))

    def clean(self) -> dict[str, Any]:
        """Find the units; say which code is not known."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start is None or end is None:
            return data
        if end < start:
            self.add_error("end", _("Ngày cuối phải từ ngày đầu trở đi."))
            return data
        self.window = Window(start, end)
        found = {unit.pk: unit for unit in self._named(data.get("codes", ""))}
        if data.get("below"):
            found |= {unit.pk: unit for unit in units.children(self.page.report_unit, end)[: MOST + 1]}
        if not found and not self.errors:
            found = {self.page.report_unit_id: self.page.report_unit}
        if len(found) > MOST:
            self.add_error(
                "below",
                _("Mỗi lần chép được nhiều nhất %d đơn vị. Hãy ghi mã từng đơn vị thay vì chọn tất cả.")
                % MOST,
            )
        self.targets = list(found.values())
        if self.targets == [self.page.report_unit] and self.window == Window(
            self.page.report_from, self.page.report_to
        ):
            self.add_error(
                "codes", _("Bài này đã nói về đúng đơn vị và thời gian đó. Hãy đổi một trong hai.")
            )
        return data

    def _named(self, text: str) -> list[Unit]:
        codes = [code for code in re.split(r"[\s,;]+", text.strip()) if code]
        if len(codes) > MOST:
            self.add_error("codes", _("Mỗi lần chép được nhiều nhất %d đơn vị.") % MOST)
            return []
        found: list[Unit] = []
        unknown = []
        known = {unit.code.upper(): unit for unit in Unit.objects.filter(code__in=codes)}
        for code in codes:
            unit = known.get(code.upper()) or Unit.objects.filter(units.coded(code)).first()
            if unit is None:
                unknown.append(code)
            else:
                found.append(unit)
        if unknown:
            self.add_error(
                "codes", _("Không có đơn vị mang mã %s. Hãy kiểm tra lại mã.") % ", ".join(unknown)
            )
        return found
