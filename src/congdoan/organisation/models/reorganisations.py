"""A reorganisation: many changes prepared, checked, signed and carried out as one."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.models.tree import TreeVersion
from congdoan.organisation.models.units import Unit


class Reorganisation(models.Model):
    """A signed batch of changes to the tree (đợt sắp xếp tổ chức). Only ``actions`` change its status.

    ``scope`` is the unit in whose subtree it acts; ``based_on`` the version it was last checked against.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        CARRIED_OUT = "carried_out", _("đã thực hiện")
        WITHDRAWN = "withdrawn", _("đã huỷ")

    title = models.CharField(_("tên đợt"), max_length=300)
    scope = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reorganisations", verbose_name=_("phạm vi")
    )
    effective_on = models.DateField(_("ngày có hiệu lực"))
    decision_symbol = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision_issuer = models.CharField(_("cơ quan quyết định"), max_length=200, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    status = models.CharField(_("trạng thái"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    based_on = models.PositiveIntegerField(_("kiểm tra trên phiên bản"), null=True, blank=True)
    version = models.OneToOneField(
        TreeVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="reorganisation"
    )
    content_hash = models.CharField(_("mã băm nội dung"), max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("người soạn"),
    )
    created_at = models.DateTimeField(_("soạn lúc"), auto_now_add=True)
    signed_by = models.CharField(_("người ký"), max_length=300, blank=True)
    signed_mandate_id = models.CharField(_("tư cách ký"), max_length=40, blank=True)
    carried_out_at = models.DateTimeField(_("thực hiện lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đợt sắp xếp tổ chức")
        verbose_name_plural = _("đợt sắp xếp tổ chức")
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="reorganisation_has_title"),
            models.CheckConstraint(
                condition=~models.Q(status="carried_out")
                | (
                    models.Q(version__isnull=False)
                    & ~models.Q(content_hash="")
                    & models.Q(carried_out_at__isnull=False)
                ),
                name="reorganisation_carried_out_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its address on the desk."""
        return reverse("organisation:reorganisation", args=[self.pk])


class Operation(models.Model):
    """One change of a reorganisation (thao tác), as data: what ``engine.operations.parse`` reads."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="operations")
    sequence = models.PositiveIntegerField(_("thứ tự"))
    data = models.JSONField(_("nội dung"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("thao tác")
        verbose_name_plural = _("thao tác")
        ordering = ["reorganisation", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "sequence"], name="operation_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.data.get('kind', '')}"
