"""Figures as they were published: frozen, with everything needed to compute them again."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.documents.models import Document
from congdoan.organisation.models import Unit
from congdoan.reporting.engine.values import unscaled
from congdoan.reporting.models import Indicator, IndicatorVersion, OutsideFigure


class PublishedFigure(models.Model):
    """One figure as it was when it was published (số liệu công bố). Written once; the database refuses changes.

    ``value`` is scaled by ``decimals`` (66.11 % is 6611); a figure known only within bounds has ``low`` and ``high`` instead. ``end``
    is inside. ``epoch``, ``tree_version`` and ``as_is_day`` say at which state of the data it was computed, so that it can be
    computed again; ``digest`` covers everything but who froze it when.
    """

    class Origin(models.TextChoices):
        REPORTS = "reports", _("báo cáo của các đơn vị")
        TREE = "tree", _("sơ đồ tổ chức")
        OUTSIDE = "outside", _("nguồn ngoài hệ thống")
        PAPER = "paper", _("văn bản giấy")

    class Vintage(models.TextChoices):
        ESTIMATE = "estimate", _("ước")
        PRELIMINARY = "preliminary", _("sơ bộ")
        FINAL = "final", _("chính thức")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="published_figures")
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="published_figures"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="published_figures")
    cell = models.CharField(_("ô"), max_length=200, blank=True)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến ngày"))
    basis = models.CharField(
        _("theo tổ chức"),
        max_length=6,
        choices=[("as-was", _("của từng kỳ")), ("as-is", _("hiện nay"))],
        default="as-was",
    )
    value = models.BigIntegerField(_("giá trị"), null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(_("số chữ số thập phân"), default=0)
    numerator = models.BigIntegerField(_("tử số"), null=True, blank=True)
    denominator = models.BigIntegerField(_("mẫu số"), null=True, blank=True)
    low = models.BigIntegerField(_("cận dưới"), null=True, blank=True)
    high = models.BigIntegerField(_("cận trên"), null=True, blank=True)
    target = models.BigIntegerField(_("mục tiêu"), null=True, blank=True)
    target_source = models.CharField(_("văn bản giao mục tiêu"), max_length=200, blank=True)
    reported = models.PositiveIntegerField(_("số báo cáo đã tính"), default=0)
    expected = models.PositiveIntegerField(_("số báo cáo phải có"), default=0)
    inapplicable = models.PositiveIntegerField(_("số báo cáo ghi không áp dụng"), default=0)
    vintage = models.CharField(_("mức"), max_length=12, choices=Vintage.choices)
    epoch = models.PositiveBigIntegerField(_("lần cập nhật số liệu"), default=0)
    as_of = models.DateTimeField(_("tính đến"), null=True, blank=True)
    tree_version = models.PositiveIntegerField(_("phiên bản cây"), default=0)
    as_is_day = models.DateField(_("tổ chức của ngày"), null=True, blank=True)
    origin = models.CharField(_("lấy từ"), max_length=8, choices=Origin.choices)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    source_on = models.DateField(_("ghi nhận ngày"), null=True, blank=True)
    source_document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("văn bản nguồn"),
    )
    outside = models.ForeignKey(
        OutsideFigure, on_delete=models.PROTECT, null=True, blank=True, related_name="published_figures"
    )
    digest = models.CharField(_("mã băm"), max_length=64, unique=True)
    frozen_at = models.DateTimeField(_("công bố lúc"), default=timezone.now)
    frozen_by_text = models.CharField(_("người công bố"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("số liệu công bố")
        verbose_name_plural = _("số liệu công bố")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["indicator", "unit", "end"], name="published_by_indicator")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, low=None, high=None)
                | models.Q(value=None, low__isnull=False),
                name="published_value_or_bounds",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="published_window_lasts"
            ),
            models.CheckConstraint(
                condition=~models.Q(origin__in=["outside", "paper"]) | ~models.Q(source=""),
                name="published_elsewhere_has_source",
            ),
            models.CheckConstraint(
                condition=models.Q(basis="as-was", as_is_day=None) | models.Q(basis="as-is"),
                name="published_basis_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.unit_id} {self.start}..{self.end}"

    def get_absolute_url(self) -> str:
        """Return the public address: where the figure comes from."""
        return reverse("figures:figure", args=[self.pk])

    @property
    def shown_value(self) -> int | Decimal | None:
        """The value as people mean it."""
        return None if self.value is None else unscaled(self.value, self.decimals)
