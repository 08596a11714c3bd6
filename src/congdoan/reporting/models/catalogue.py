"""What is counted: indicators with versions, breakdowns, and series (an indicator in one cell of its breakdowns)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models import Unit


class Indicator(models.Model):
    """An indicator (chỉ tiêu): what is counted, under one code for ever. What it means on a day is its version.

    A gap is not counted at all: it is its ``rate`` less the target of the unit, in percentage points.
    """

    class Kind(models.TextChoices):
        FLOW = "flow", _("phát sinh trong kỳ")
        STOCK = "stock", _("số có tại thời điểm")
        RATE = "rate", _("tỷ lệ")
        DISTINCT = "distinct", _("số người không trùng")
        TREE = "tree", _("đếm từ sơ đồ tổ chức")
        OUTSIDE = "outside", _("số liệu ngoài hệ thống")
        GAP = "gap", _("chênh lệch so với mục tiêu")

    code = models.CharField(_("mã"), max_length=80, unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    decimals = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=0)
    is_money = models.BooleanField(_("là tiền (đồng)"), default=False)
    is_sensitive = models.BooleanField(
        _("nhạy cảm"),
        default=False,
        help_text=_("Không công khai; chỉ người có quyền duyệt ở cấp trên xem được."),
    )
    is_public = models.BooleanField(_("công khai"), default=True)
    totals_public = models.BooleanField(
        _("tổng toàn tỉnh được công bố"),
        default=False,
        help_text=_(
            "Chỉ cho chỉ tiêu không công khai: số chung của một tỉnh hoặc cấp trên được đưa vào bài, còn số của đơn vị dưới và từng phân tổ vẫn không công khai."
        ),
    )
    sort_order = models.PositiveIntegerField(_("thứ tự"), default=0)
    topic = models.CharField(_("lĩnh vực"), max_length=80, blank=True)
    topic_en = models.CharField(_("lĩnh vực (tiếng Anh)"), max_length=80, blank=True)
    owner = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("đơn vị đặt ra"),
        help_text=_("Bỏ trống: dùng chung. Chỉ tiêu riêng chỉ dùng trong đơn vị này và cấp dưới."),
    )
    rate = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gaps",
        verbose_name=_("tỷ lệ được so"),
        help_text=_("Chỉ cho chênh lệch so với mục tiêu."),
    )

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["sort_order", "code"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(code=""), name="indicator_has_code"),
            models.CheckConstraint(condition=models.Q(decimals__lte=4), name="indicator_decimals"),
            models.CheckConstraint(
                condition=models.Q(is_money=False) | models.Q(decimals=0), name="indicator_money_is_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="gap", rate__isnull=False, decimals=2)
                | (~models.Q(kind="gap") & models.Q(rate=None)),
                name="indicator_gap_has_rate",
            ),
            models.CheckConstraint(
                condition=models.Q(totals_public=False)
                | models.Q(is_public=False)
                | models.Q(is_sensitive=True),
                name="indicator_totals_public_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether everybody may see the indicator and its figures, down to districts."""
        return self.is_public and not self.is_sensitive

    @property
    def places(self) -> int:
        """With how many decimals a figure is kept: percentages and percentage points have two."""
        return 2 if self.kind in (self.Kind.RATE, self.Kind.GAP) else self.decimals


class IndicatorVersion(models.Model):
    """What an indicator means from a day on: its name, definition and measure unit; for a rate its two parts; for a stock
    how long a value holds."""

    class Denominator(models.TextChoices):
        MATCHED = "matched", _("chỉ của đơn vị có báo cáo tử số")
        TOTAL = "total", _("của mọi đơn vị")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"), default=1)
    valid_from = models.DateField(_("từ ngày"))
    name = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    definition = models.TextField(_("định nghĩa"), blank=True)
    definition_en = models.TextField(_("định nghĩa tiếng Anh"), blank=True)
    measure_unit = models.CharField(_("đơn vị tính"), max_length=40, blank=True)
    measure_unit_en = models.CharField(_("đơn vị tính tiếng Anh"), max_length=40, blank=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    numerator = models.ForeignKey(
        "Series", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tử số")
    )
    denominator = models.ForeignKey(
        "Series", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mẫu số")
    )
    denominator_kind = models.CharField(
        _("mẫu số"), max_length=8, choices=Denominator.choices, default=Denominator.MATCHED
    )
    stale_days = models.PositiveSmallIntegerField(_("giá trị còn hiệu lực (ngày)"), default=370)

    class Meta:
        verbose_name = _("phiên bản chỉ tiêu")
        verbose_name_plural = _("phiên bản chỉ tiêu")
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="indicator_version_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(numerator=None, denominator=None)
                | models.Q(numerator__isnull=False, denominator__isnull=False),
                name="rate_has_both_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def unit_words(self) -> str:
        """The measure unit in the reader's language."""
        return self.measure_unit_en if get_language() == "en" and self.measure_unit_en else self.measure_unit

    @property
    def definition_words(self) -> str:
        """The definition in the reader's language."""
        return self.definition_en if get_language() == "en" and self.definition_en else self.definition


class Breakdown(models.Model):
    """A way to cut an indicator (phân tổ): sex, sector, recipient, prize …"""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    is_complete = models.BooleanField(
        _("các phần cộng lại bằng tổng"),
        default=True,
        help_text=_("Bỏ chọn nếu một đối tượng có thể thuộc nhiều phần."),
    )

    class Meta:
        verbose_name = _("phân tổ")
        verbose_name_plural = _("phân tổ")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Category(models.Model):
    """One part of a breakdown: female, production_business …"""

    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(_("mã"), max_length=60)
    name = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("phần của phân tổ")
        verbose_name_plural = _("phần của phân tổ")
        ordering = ["breakdown", "sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["breakdown", "code"], name="category_once")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Series(models.Model):
    """One indicator in one cell (dãy số): ``cell`` is "" for the whole or "sex=female" (several joined by "&", sorted).

    ``part`` tells the two sums that a matched rate needs apart from values that people type.
    """

    class Part(models.TextChoices):
        VALUE = "value", _("giá trị")
        NUMERATOR = "num", _("tử số")
        DENOMINATOR = "den", _("mẫu số")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    cell = models.CharField(_("ô"), max_length=200, blank=True)
    part = models.CharField(_("phần"), max_length=5, choices=Part.choices, default=Part.VALUE)
    key = models.CharField(_("khoá"), max_length=300, unique=True, editable=False)
    categories: models.ManyToManyField[Category, models.Model] = models.ManyToManyField(
        Category, related_name="series", blank=True
    )

    class Meta:
        verbose_name = _("dãy số")
        verbose_name_plural = _("dãy số")
        ordering = ["indicator", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "cell", "part"], name="series_once")]

    def __str__(self) -> str:
        return self.key

    @staticmethod
    def key_of(code: str, cell: str = "", part: str = "value") -> str:
        """Return "code", "code|sex=female" or "code#num"."""
        key = f"{code}|{cell}" if cell else code
        return key if part == "value" else f"{key}#{part}"
