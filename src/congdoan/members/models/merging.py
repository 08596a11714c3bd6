"""Two records of one person made one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from congdoan.members import crypto
from congdoan.members.models.people import Person


class Merge(models.Model):
    """One record became a pointer to another (lần gộp hồ sơ). ``other`` is empty since; what stood in both is kept encrypted.

    Written once by ``actions.merging``; the erasure of the person empties ``cipher``.
    """

    kept = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="merges", verbose_name=_("hồ sơ được giữ")
    )
    other = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="merged_by", verbose_name=_("hồ sơ được gộp")
    )
    at = models.DateTimeField(_("gộp lúc"))
    by_text = models.CharField(_("người gộp"), max_length=300)
    mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True)
    reason = models.CharField(_("lý do"), max_length=300)
    cipher = models.TextField(_("nội dung trước khi gộp (mã hoá)"), blank=True, editable=False)

    class Meta:
        verbose_name = _("lần gộp hồ sơ")
        verbose_name_plural = _("các lần gộp hồ sơ")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(kept=models.F("other")), name="merge_of_two"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="merge_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} → {self.kept_id}"

    @property
    def content(self) -> Any:
        """What stood in both records, and which periods no longer count, as JSON can hold it."""
        return crypto.decrypt_json(self.cipher)

    @content.setter
    def content(self, value: Any) -> None:
        self.cipher = crypto.encrypt_json(value)
