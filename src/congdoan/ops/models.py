"""What the background worker remembers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledJob(models.Model):
    """When a job of ``settings.SCHEDULE`` ran and is next due (việc định kỳ).

    ``claimed_until`` is in the future while a worker runs the job; it renews the claim as long as it lives, so the
    job of a worker that died is free again within half a minute. Only ``actions.jobs`` writes here.
    """

    name = models.CharField(_("việc"), max_length=60, unique=True)
    next_run = models.DateTimeField(_("lần tới"))
    last_run = models.DateTimeField(_("lần gần nhất"), null=True)
    last_error = models.TextField(_("lỗi gần nhất"), blank=True)
    failures = models.PositiveIntegerField(_("số lần lỗi liên tiếp"), default=0)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("việc định kỳ")
        verbose_name_plural = _("việc định kỳ")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failures=0) | ~models.Q(last_error=""),
                name="scheduled_job_failure_has_error",
            )
        ]

    def __str__(self) -> str:
        return self.name
