"""Which page shows which published figure, and what became of it when its data changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from congdoan.figures.models.published import PublishedFigure


class PageFigure(models.Model):
    """A figure in the text of a published page (số liệu trên trang). ``key``: what was asked for (``engine.specs.Asked.key``)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="figures_shown")
    key = models.CharField(_("khoá"), max_length=64)
    figure = models.ForeignKey(PublishedFigure, on_delete=models.PROTECT, related_name="pages")
    is_shown = models.BooleanField(_("đang hiện"), default=True)

    class Meta:
        verbose_name = _("số liệu trên trang")
        verbose_name_plural = _("số liệu trên trang")
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="page_figure_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.figure_id}"


class Erratum(models.Model):
    """A published figure was replaced by another, with the reason (đính chính). Never changed; it goes only with its page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="errata")
    key = models.CharField(_("khoá"), max_length=64)
    old = models.ForeignKey(PublishedFigure, on_delete=models.PROTECT, related_name="replaced_by")
    new = models.ForeignKey(PublishedFigure, on_delete=models.PROTECT, related_name="replaces")
    reason = models.TextField(_("lý do"))
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    by_text = models.CharField(_("người đính chính"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("đính chính")
        verbose_name_plural = _("đính chính")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="erratum_has_a_reason"),
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="erratum_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.old_id} → {self.new_id}"


class Discrepancy(models.Model):
    """The data behind a published figure changed (sai khác). Somebody decides: the figure stays, or an erratum is published."""

    class State(models.TextChoices):
        OPEN = "open", _("chờ quyết định")
        KEPT = "kept", _("giữ số đã công bố")
        CORRECTED = "corrected", _("đã đính chính")
        GONE = "gone", _("không còn sai khác")

    shown = models.ForeignKey(PageFigure, on_delete=models.CASCADE, related_name="discrepancies")
    now = models.JSONField(_("số hiện nay"))
    noticed_at = models.DateTimeField(_("nhận ra lúc"), default=timezone.now)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField(_("lý do"), blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by_text = models.CharField(_("người quyết định"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sai khác")
        verbose_name_plural = _("sai khác")
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shown"], condition=models.Q(state="open"), name="discrepancy_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown_id}: {self.state}"
