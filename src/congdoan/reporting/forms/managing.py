"""What is typed about indicators and breakdowns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.actions.configuring.indicators import Meaning, Nature
from congdoan.reporting.models import Category, Indicator, IndicatorVersion
from congdoan.reporting.queries import configuring as queries

KINDS = [
    (
        Indicator.Kind.FLOW,
        _("Phát sinh trong kỳ – cộng các kỳ lại được. Ví dụ: số buổi tuyên truyền, số lượt người dự."),
    ),
    (
        Indicator.Kind.STOCK,
        _("Có tại thời điểm – lấy số mới nhất, không cộng các kỳ. Ví dụ: số đoàn viên cuối kỳ."),
    ),
    (Indicator.Kind.RATE, _("Tỷ lệ – tính từ tử số và mẫu số. Ví dụ: tỷ lệ đoàn viên dự học nghị quyết.")),
    (
        Indicator.Kind.GAP,
        _(
            "Chênh lệch so với mục tiêu – tỷ lệ trừ mức giao, tính bằng điểm phần trăm. Ví dụ: vượt 6,11 điểm."
        ),
    ),
    (
        Indicator.Kind.DISTINCT,
        _(
            "Số người không trùng – không cộng các kỳ vì một người có thể lặp lại. Ví dụ: số người được khám bệnh."
        ),
    ),
    (
        Indicator.Kind.OUTSIDE,
        _("Số liệu ngoài hệ thống – không nằm trong báo cáo. Ví dụ: lượt theo dõi trang mạng xã hội."),
    ),
]


TOTALS_PUBLIC = _(
    "Chỉ cho chỉ tiêu không công khai: số chung của một tỉnh hoặc cấp trên được đưa vào bài, còn số của đơn vị dưới và từng phân tổ vẫn không công khai."
)


class NumberInput(forms.TextInput):
    """A text field for a number: a browser's number field throws away what it cannot read."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", **(attrs or {})})


class IndicatorFilterForm(forms.Form):
    """Filters of the list of indicators. What a filter cannot mean counts as not said."""

    q = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"] = forms.ChoiceField(
            label=_("Loại"), required=False, choices=[("", _("Mọi loại")), *Indicator.Kind.choices]
        )
        self.fields["linh-vuc"] = forms.ChoiceField(
            label=_("Lĩnh vực"),
            required=False,
            choices=[("", _("Mọi lĩnh vực")), *((topic, topic) for topic in queries.topics(capacity))],
        )

    def said(self, name: str) -> str:
        """Return what a field means; "" where it means nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(bool(self.said(name)) for name in ("loai", "linh-vuc"))


class SeriesField(forms.CharField):
    """A series by its key, or by the name of its indicator with or without diacritics; several that fit are named."""

    def __init__(self, capacity: Capacity, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.capacity = capacity

    def clean(self, value: Any) -> Any:
        """Return the ``Series``; ``None`` for nothing where nothing is allowed."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return None
        exact = queries.rates_parts(self.capacity).filter(key=text).first()
        if exact is not None:
            return exact
        found = [one for one in queries.series_to_add(self.capacity, text) if not one.cell]
        if not found:
            raise forms.ValidationError(
                _(
                    "Không có chỉ tiêu nào khớp “%(text)s”. Hãy thử tên khác hoặc mã, ví dụ union.members.total."
                ),
                params={"text": text},
            )
        if len(found) > 1:
            names = "; ".join(f"{one.shown_name} ({one.key})" for one in found[:6])  # type: ignore[attr-defined]  # the query adds it
            raise forms.ValidationError(
                _("Nhiều chỉ tiêu khớp. Hãy ghi mã của một chỉ tiêu: %(names)s."), params={"names": names}
            )
        return found[0]


class MeaningForm(forms.Form):
    """What an indicator means from a day on."""

    name = forms.CharField(label=_("Tên chỉ tiêu"), max_length=200, help_text=_("Ví dụ: Số buổi toạ đàm."))
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    measure_unit = forms.CharField(
        label=_("Đơn vị tính"), max_length=40, required=False, help_text=_("Ví dụ: người, buổi, đồng, %.")
    )
    measure_unit_en = forms.CharField(label=_("Đơn vị tính bằng tiếng Anh"), max_length=40, required=False)
    definition = forms.CharField(
        label=_("Định nghĩa"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Đếm cái gì, vào lúc nào, tính cả ai và không tính ai. Người nhập đọc câu này ngay cạnh ô."
        ),
    )
    definition_en = forms.CharField(
        label=_("Định nghĩa bằng tiếng Anh"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(
        label=_("Nguồn"), max_length=200, required=False, help_text=_("Sổ sách hoặc văn bản lấy số.")
    )
    valid_from = forms.DateField(
        label=_("Áp dụng từ ngày"),
        initial=timezone.localdate,
        help_text=_("Số liệu trước ngày này vẫn hiểu theo nghĩa cũ."),
    )
    stale_days = forms.IntegerField(
        label=_("Giá trị còn hiệu lực (ngày)"),
        min_value=1,
        max_value=3_660,
        initial=370,
        required=False,
        widget=NumberInput,
        help_text=_("Chỉ cho số có tại thời điểm: quá số ngày này mà chưa báo cáo lại thì coi là thiếu."),
    )

    def __init__(self, capacity: Capacity, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind not in ("", Indicator.Kind.STOCK):
            del self.fields["stale_days"]
        if kind in ("", Indicator.Kind.RATE):
            is_needed = kind == Indicator.Kind.RATE
            self.fields["numerator"] = SeriesField(
                capacity,
                label=_("Tử số"),
                required=is_needed,
                help_text=_("Chỉ cho tỷ lệ. Tên hoặc mã một chỉ tiêu đã có."),
            )
            self.fields["denominator"] = SeriesField(
                capacity,
                label=_("Mẫu số"),
                required=is_needed,
                help_text=_("Chỉ cho tỷ lệ. Tên hoặc mã một chỉ tiêu đã có."),
            )
            self.fields["denominator_kind"] = forms.ChoiceField(
                label=_("Mẫu số tính của"),
                required=is_needed,
                choices=[
                    (IndicatorVersion.Denominator.MATCHED, _("chỉ những đơn vị có báo cáo tử số")),
                    (IndicatorVersion.Denominator.TOTAL, _("mọi đơn vị")),
                ],
            )

    @property
    def meaning(self) -> Meaning:
        """What was typed, for the action."""
        data = self.cleaned_data
        return Meaning(
            name=data["name"],
            name_en=data["name_en"],
            definition=data["definition"],
            definition_en=data["definition_en"],
            measure_unit=data["measure_unit"],
            measure_unit_en=data["measure_unit_en"],
            source=data["source"],
            numerator=data.get("numerator"),
            denominator=data.get("denominator"),
            denominator_kind=data.get("denominator_kind") or IndicatorVersion.Denominator.MATCHED,
            stale_days=data.get("stale_days") or 370,
        )


def category_choices() -> list[tuple[str, str]]:
    """Return all parts of breakdowns: "Giới tính: Nữ"."""
    return [
        (str(part.pk), f"{part.breakdown}: {part}")
        for part in Category.objects.select_related("breakdown").order_by("breakdown", "sort_order", "pk")
    ]


class CellsForm(forms.Form):
    """Into which parts an indicator is cut."""

    categories = forms.MultipleChoiceField(
        label=_("Nhập thêm theo phân tổ"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mỗi phần được chọn là một dòng có thể đưa vào biểu mẫu."),
    )

    def __init__(self, *args: Any, but: set[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["categories"]
        field.choices = [one for one in category_choices() if int(one[0]) not in (but or set())]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> list[Category]:
        """The parts that were chosen."""
        return list(
            Category.objects.filter(pk__in=self.cleaned_data["categories"]).select_related("breakdown")
        )


class RateField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django knows no type arguments at run time
    """One of the rates, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the rate's name."""
        return str(obj.shown_name)


class NewIndicatorForm(MeaningForm, CellsForm):
    """A new indicator."""

    kind_choice = forms.ChoiceField(label=_("Loại"), choices=KINDS, widget=forms.RadioSelect)
    is_money = forms.BooleanField(label=_("Là số tiền, tính bằng đồng"), required=False)
    decimals = forms.IntegerField(
        label=_("Số chữ số thập phân"),
        min_value=0,
        max_value=4,
        initial=0,
        required=False,
        widget=NumberInput,
        help_text=_("Thường là 0. Không đổi được về sau."),
    )
    topic = forms.CharField(
        label=_("Lĩnh vực"), max_length=80, required=False, help_text=_("Ví dụ: Tuyên truyền, học tập.")
    )
    is_public = forms.BooleanField(label=_("Công khai số tổng hợp"), required=False, initial=True)
    is_sensitive = forms.BooleanField(
        label=_("Nhạy cảm: không công khai, chỉ người duyệt ở cấp trên xem được"), required=False
    )
    totals_public = forms.BooleanField(
        label=_("Tổng toàn tỉnh được công bố"), required=False, help_text=TOTALS_PUBLIC
    )
    code = forms.RegexField(
        r"^[a-z0-9_]+(\.[a-z0-9_]+)*$",
        label=_("Mã"),
        max_length=80,
        required=False,
        help_text=_("Bỏ trống thì lấy theo tên, ví dụ so.buoi.toa.dam. Không đổi được về sau."),
        error_messages={
            "invalid": _("Mã chỉ gồm chữ thường không dấu, số và dấu chấm, ví dụ so.buoi.toa.dam.")
        },
    )
    field_order = (
        "name", "kind_choice", "measure_unit", "definition", "valid_from", "numerator", "denominator", "denominator_kind",
        "rate", "stale_days", "is_money", "decimals", "categories", "topic", "source", "is_public", "is_sensitive", "totals_public",
        "name_en", "measure_unit_en", "definition_en", "code",
    )  # fmt: skip

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(capacity, *args, **kwargs)
        self.fields["rate"] = RateField(
            queries.with_names(queries.rates(capacity)),
            label=_("Tỷ lệ được so"),
            required=False,
            empty_label=_("Không"),
            help_text=_("Chỉ cho chênh lệch so với mục tiêu. Mức giao lấy ở phần Mục tiêu."),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A rate needs its two parts, a gap its rate."""
        data = super().clean() or self.cleaned_data
        if (
            data.get("kind_choice") == Indicator.Kind.GAP
            and "rate" not in self.errors
            and not data.get("rate")
        ):
            self.add_error("rate", _("Chênh lệch so với mục tiêu cần một tỷ lệ đã có. Hãy chọn tỷ lệ."))
        if data.get("kind_choice") == Indicator.Kind.RATE:
            for name in ("numerator", "denominator"):
                if name not in self.errors and data.get(name) is None:
                    self.add_error(name, _("Tỷ lệ cần cả tử số và mẫu số. Hãy ghi tên hoặc mã một chỉ tiêu."))
        return data

    @property
    def nature(self) -> Nature:
        """What was typed, for the action."""
        data = self.cleaned_data
        return Nature(
            kind=data["kind_choice"],
            decimals=data["decimals"] or 0,
            is_money=data["is_money"],
            is_sensitive=data["is_sensitive"],
            is_public=data["is_public"],
            totals_public=data["totals_public"],
            topic=data["topic"],
        )


class OpennessForm(forms.Form):
    """Who may see an indicator, and its topic."""

    topic = forms.CharField(label=_("Lĩnh vực"), max_length=80, required=False)
    is_public = forms.BooleanField(label=_("Công khai số tổng hợp"), required=False)
    is_sensitive = forms.BooleanField(
        label=_("Nhạy cảm: không công khai, chỉ người duyệt ở cấp trên xem được"), required=False
    )
    totals_public = forms.BooleanField(
        label=_("Tổng toàn tỉnh được công bố"), required=False, help_text=TOTALS_PUBLIC
    )


class PartsForm(forms.Form):
    """Parts of a breakdown, one a line."""

    parts = forms.CharField(
        label=_("Các phần"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Mỗi phần một dòng. Có thể thêm tên tiếng Anh sau dấu |, ví dụ: Dưới 35 tuổi | Under 35."
        ),
    )

    def clean_parts(self) -> list[tuple[str, str]]:
        """Read the lines."""
        found = []
        for line in self.cleaned_data["parts"].splitlines():
            name, _bar, english = (text.strip() for text in line.partition("|"))
            if name:
                if len(name) > 120 or len(english) > 120:
                    raise forms.ValidationError(
                        _("Tên mỗi phần không quá 120 chữ. Hãy viết ngắn hơn: “%(name)s…”."),
                        params={"name": name[:40]},
                    )
                found.append((name, english))
        return found


class BreakdownForm(PartsForm):
    """A new breakdown."""

    name = forms.CharField(label=_("Tên phân tổ"), max_length=120, help_text=_("Ví dụ: Nhóm tuổi."))
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    is_complete = forms.BooleanField(
        label=_("Các phần cộng lại bằng tổng"),
        required=False,
        initial=True,
        help_text=_("Bỏ chọn nếu một đối tượng có thể thuộc nhiều phần."),
    )
    field_order = ("name", "name_en", "parts", "is_complete")
