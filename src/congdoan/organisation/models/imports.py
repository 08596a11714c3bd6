"""Files that wait between a dry run and carrying out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models.reorganisations import Reorganisation


class UnitImport(models.Model):
    """A list of units that somebody uploaded (danh sách tải lên). Theirs alone, and gone after a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    content = models.BinaryField()
    applies_on = models.DateField(_("ngày áp dụng"))
    created_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True, db_index=True)
    carried_out_at = models.DateTimeField(_("thực hiện lúc"), null=True, blank=True)
    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )

    class Meta:
        verbose_name = _("danh sách đơn vị tải lên")
        verbose_name_plural = _("danh sách đơn vị tải lên")

    def __str__(self) -> str:
        return self.name
