"""Why something is told or waits: the same few words on the start page, in the list of notices and in the mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a line asks of its reader."""

    RETURNED = "returned", _("Bị trả lại")
    DUE = "due", _("Đến hạn")
    TO_ANSWER = "to_answer", _("Chờ trả lời")
    TO_REVIEW = "to_review", _("Chờ bạn duyệt")
    DRAFT = "draft", _("Bản nháp")
    NEWS = "news", _("Để biết")
