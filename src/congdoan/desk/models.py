"""What the desk remembers of its readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TourSeen(models.Model):
    """A person has seen the first-visit tour, or skipped it (đã xem giới thiệu). Without a row it is shown."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("tài khoản")
    )
    seen_at = models.DateTimeField(_("lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("đã xem giới thiệu")
        verbose_name_plural = _("đã xem giới thiệu")

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at:%d/%m/%Y}"
