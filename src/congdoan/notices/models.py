"""Notices, the mails that carry them, and how each person wants to be told."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congdoan.notices.kinds import Kind


class Mailing(models.Model):
    """One mail to one person (thư đã gửi): the daily digest, or urgent notices at once. Only ``actions.mailing`` writes it.

    ``started_at`` is set while a worker sends it. A mail whose worker died in the middle is "lost": it may have gone out,
    so it is never sent again.
    """

    class Kind(models.TextChoices):
        DAILY = "daily", _("mỗi ngày một thư")
        URGENT = "urgent", _("gửi ngay")

    class State(models.TextChoices):
        OPEN = "open", _("chưa gửi")
        SENT = "sent", _("đã gửi")
        LOST = "lost", _("không rõ đã gửi chưa")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mailings")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind.choices)
    day = models.DateField(_("ngày"))
    state = models.CharField(_("tình trạng"), max_length=6, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(_("bắt đầu gửi lúc"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("gửi lại lúc"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    error = models.TextField(_("lỗi gần nhất"), blank=True)
    closed_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư thông báo")
        verbose_name_plural = _("thư thông báo")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "day"],
                condition=models.Q(kind="daily"),
                name="mailing_one_digest_a_day",
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=models.Q(kind="urgent", state="open"),
                name="mailing_one_urgent_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="mailing_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.kind} {self.day:%d/%m/%Y}"


class Notice(models.Model):
    """Something that a person is told (thông báo). ``key`` names the thing: told twice, it is still one row.

    ``told_at`` is when it was first told, or last renewed. ``mailed_at`` is set when a mail takes it, and cleared when that
    mail is known not to have gone out.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("người nhận"),
    )
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    key = models.CharField(_("khoá"), max_length=200)
    title = models.CharField(_("tiêu đề"), max_length=300)
    text = models.TextField(_("nội dung"), blank=True)
    url = models.CharField(_("địa chỉ"), max_length=500, blank=True)
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    is_urgent = models.BooleanField(_("gấp"), default=False)
    told_at = models.DateTimeField(_("lúc"), default=timezone.now)
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)
    mailing = models.ForeignKey(
        Mailing,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("thư"),
    )

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_key"),
            models.CheckConstraint(condition=~models.Q(key=""), name="notice_has_key"),
            models.CheckConstraint(condition=~models.Q(title=""), name="notice_has_title"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="notice_kind_known"),
            # A link that leads out of the product could be told to anybody; ours all begin with one stroke.
            models.CheckConstraint(
                condition=models.Q(url="")
                | (models.Q(url__startswith="/") & ~models.Q(url__startswith="//")),
                name="notice_url_is_ours",
            ),
            models.CheckConstraint(
                condition=models.Q(mailing=None) | models.Q(mailed_at__isnull=False),
                name="notice_in_a_mail_is_mailed",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-told_at"], name="notice_list"),
            models.Index(
                fields=["recipient"],
                condition=models.Q(read_at=None, withdrawn_at=None),
                name="notice_unread",
            ),
            models.Index(
                fields=["told_at"],
                condition=models.Q(read_at=None, withdrawn_at=None, mailed_at=None),
                name="notice_to_mail",
            ),
            models.Index(fields=["key"], name="notice_key"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        """Say whether its recipient has seen it."""
        return self.read_at is not None

    def days_left(self, today: dt.date) -> int | None:
        """Return the days until it is due: 0 today, negative when late; ``None`` without a due day."""
        return None if self.due_on is None else (self.due_on - today).days


class Preference(models.Model):
    """How a person wants to be told by mail (cách nhận thông báo). Without a row the defaults hold.

    ``language`` is that of their mails; empty for the one of the installation.
    """

    class Mail(models.TextChoices):
        DAILY = "daily", _("Mỗi ngày nhiều nhất một thư")
        URGENT = "urgent", _("Chỉ việc gấp, gửi ngay")
        NONE = "none", _("Không gửi thư")

    HOUR = 7
    HOURS = range(5, 22)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preference",
        verbose_name=_("tài khoản"),
    )
    mail = models.CharField(_("thư"), max_length=8, choices=Mail.choices, default=Mail.DAILY)
    hour = models.PositiveSmallIntegerField(_("giờ gửi"), default=HOUR)
    language = models.CharField(_("ngôn ngữ của thư"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("cách nhận thông báo")
        verbose_name_plural = _("cách nhận thông báo")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mail__in=["daily", "urgent", "none"]), name="notice_preference_mail"
            ),
            models.CheckConstraint(
                condition=models.Q(hour__gte=5, hour__lte=21), name="notice_preference_hour"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_mail_display())
