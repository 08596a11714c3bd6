"""A page that is a report: of which unit, of which time, and what stands around its text on paper."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.documents.models import Document, DocumentKind
from congdoan.figures.engine.specs import Compare, Scope
from congdoan.figures.engine.windows import Window
from congdoan.organisation.models import Unit

BASIS_CHOICES = [("as-was", _("tổ chức của từng kỳ")), ("as-is", _("tổ chức hiện nay"))]


class ReportMixin(models.Model):
    """The scope of a report page (báo cáo) and what it needs on paper. A page without a unit is no report.

    Live figures of the text that name no unit or window of their own take those of the scope.
    """

    COMPARE_CHOICES = [
        (Compare.NONE.value, _("không so sánh")),
        (Compare.PREVIOUS.value, _("với kỳ trước")),
        (Compare.YEAR_BEFORE.value, _("với cùng kỳ năm trước")),
        (Compare.TARGET.value, _("với chỉ tiêu")),
        (Compare.PREVIOUS_AND_TARGET.value, _("với kỳ trước và chỉ tiêu")),
        (Compare.YEAR_BEFORE_AND_TARGET.value, _("với cùng kỳ năm trước và chỉ tiêu")),
    ]

    report_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị")
    )
    report_from = models.DateField(_("từ ngày"), null=True, blank=True)
    report_to = models.DateField(_("đến ngày"), null=True, blank=True)
    report_basis = models.CharField(_("theo tổ chức"), max_length=6, choices=BASIS_CHOICES, default="as-was")
    report_compare = models.CharField(
        _("so sánh"), max_length=24, choices=COMPARE_CHOICES, default="", blank=True
    )
    report_programme = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chương trình, nghị quyết được báo cáo"),
    )
    report_kind = models.ForeignKey(
        DocumentKind,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("loại văn bản khi in"),
    )
    report_symbol = models.CharField(
        _("số, ký hiệu"),
        max_length=60,
        blank=True,
        help_text=_("Ví dụ: 05/BC-LĐLĐ. Để trống khi chưa có số."),
    )
    report_place = models.CharField(_("địa danh"), max_length=80, blank=True)
    report_signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    report_capacity = models.CharField(
        _("thẩm quyền ký"), max_length=120, blank=True, help_text=_("Ví dụ: TM. BAN THƯỜNG VỤ")
    )
    report_signer_title = models.CharField(
        _("chức vụ người ký"), max_length=120, blank=True, help_text=_("Ví dụ: CHỦ TỊCH")
    )
    report_signer = models.CharField(_("người ký"), max_length=120, blank=True)
    report_recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi nơi một dòng."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A report has a whole window that does not end before it starts."""
        super().clean()
        if self.report_unit_id and not (self.report_from and self.report_to):
            raise ValidationError({"report_from": _("Báo cáo của một đơn vị cần có ngày đầu và ngày cuối.")})
        if self.report_from and self.report_to and self.report_to < self.report_from:
            raise ValidationError({"report_to": _("Ngày cuối phải từ ngày đầu trở đi.")})

    @property
    def is_report(self) -> bool:
        """Whether the page is the report of a unit."""
        return self.report_unit_id is not None

    @property
    def figure_scope(self) -> Scope:
        """What live figures without a unit or window of their own are about."""
        start, end = self.report_from, self.report_to
        return Scope(
            unit=self.report_unit.code if self.report_unit else "",
            window=Window(start, end) if start and end and start <= end else None,
            basis=self.report_basis,
            compare=Compare(self.report_compare),
        )
