"""Calls and what they collect."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from congdoan.participation.kinds import KINDS, SITE_POLL, Kind

MIN_OPTIONS = 2
MAX_OPTIONS = 12
"""More than this do not fit on one screen of a phone."""


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, with where they stand by the clock of the database."""

    def with_state(self) -> CallQuerySet:
        """Add ``state``, a value of ``Call.State``. The one rule of when a Call is open; no process's clock matters."""
        state = models.Case(
            models.When(status=Call.Status.DRAFT, then=models.Value(Call.State.DRAFT)),
            models.When(status=Call.Status.CANCELLED, then=models.Value(Call.State.CANCELLED)),
            models.When(opens_at__gt=Now(), then=models.Value(Call.State.ANNOUNCED)),
            models.When(closes_at__lte=Now(), then=models.Value(Call.State.CLOSED)),
            default=models.Value(Call.State.OPEN),
            output_field=models.CharField(),
        )
        annotated: CallQuerySet = self.annotate(state=state)
        return annotated


class Call(ClusterableModel):  # type: ignore[misc]  # modelcluster is untyped
    """One opened act of participation (bình chọn, for now). Its kind says what it collects (``kinds.KINDS``).

    ``status`` is what people decided; whether an announced Call is open follows from the clock (``with_state``).
    ``title`` is the question of a poll. English falls back to Vietnamese.
    """

    class Status(models.TextChoices):
        """What people decided."""

        DRAFT = "draft", _("Bản nháp")
        ANNOUNCED = "announced", _("Công bố")
        CANCELLED = "cancelled", _("Đã huỷ")

    class State(models.TextChoices):
        """Where the Call stands now."""

        DRAFT = "draft", _("Bản nháp")
        ANNOUNCED = "announced", _("Sắp mở")
        OPEN = "open", _("Đang mở")
        CLOSED = "closed", _("Đã đóng")
        CANCELLED = "cancelled", _("Đã huỷ")

    kind = models.CharField(
        _("loại"),
        max_length=20,
        default=SITE_POLL.code,
        editable=False,
        choices=[(k.code, k.name) for k in KINDS.values()],
    )
    title = models.CharField(_("câu hỏi"), max_length=200)
    title_en = models.CharField(_("câu hỏi tiếng Anh"), max_length=200, blank=True)
    slug = models.SlugField(
        _("địa chỉ"),
        max_length=80,
        unique=True,
        help_text=_("Phần cuối của địa chỉ trang. Để trống thì lấy theo câu hỏi."),
    )
    note = models.CharField(
        _("lời giải thích"), max_length=500, blank=True, help_text=_("Hiện dưới câu hỏi.")
    )
    note_en = models.CharField(_("lời giải thích tiếng Anh"), max_length=500, blank=True)
    status = models.CharField(_("trạng thái"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    cancel_reason = models.CharField(
        _("lý do huỷ"), max_length=300, blank=True, help_text=_("Người đọc thấy lý do này. Chỉ cần khi huỷ.")
    )
    opens_at = models.DateTimeField(_("mở lúc"), default=timezone.now)
    closes_at = models.DateTimeField(
        _("đóng lúc"), null=True, blank=True, help_text=_("Để trống thì mở đến khi bạn đóng.")
    )
    on_front = models.BooleanField(
        _("hiện trên các trang"),
        default=True,
        help_text=_("Bình chọn đang mở và mới nhất hiện trên trang chủ và bên cạnh bài viết."),
    )
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)

    state: str
    """A value of ``State``, where ``with_state`` was asked for."""
    votes: int
    """Counted ballots, where a query says so."""

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("bình chọn")
        verbose_name_plural = _("bình chọn")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="call_kind_registered"),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "announced", "cancelled"]), name="call_status_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="call_has_title"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="call_has_slug"),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="cancelled") | ~models.Q(cancel_reason=""),
                name="call_cancelled_needs_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Kind:
        """What its kind collects and says."""
        return KINDS[self.kind]

    @property
    def text_language(self) -> str:
        """Language of the text that readers get now: "vi" or "en"."""
        return "en" if get_language() == "en" and self.title_en else "vi"

    @property
    def shown_title(self) -> str:
        """The question in the reader's language."""
        return self.title_en if self.text_language == "en" else self.title

    @property
    def shown_note(self) -> str:
        """The explanation in the reader's language."""
        return (self.note_en if self.text_language == "en" else "") or self.note


class Option(models.Model):
    """One choice of a poll (phương án). The questionnaire of a Call, as far as polls need one.

    Its words are frozen once a ballot of the Call exists; the database refuses a change (see the migrations).
    """

    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="options", verbose_name=_("bình chọn"))
    text = models.CharField(_("phương án"), max_length=200)
    text_en = models.CharField(_("phương án tiếng Anh"), max_length=200, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("thứ tự"), default=0, editable=False)

    sort_order_field = "sort_order"
    """Lets editors move options up and down (Wagtail's name)."""

    class Meta:
        verbose_name = _("phương án")
        verbose_name_plural = _("phương án")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "text"], name="option_once_per_call"),
            models.CheckConstraint(condition=~models.Q(text=""), name="option_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown_text(self) -> str:
        """The choice in the reader's language."""
        return self.text_en if get_language() == "en" and self.text_en else self.text


class Ballot(models.Model):
    """One secret vote (phiếu). It knows what was chosen and nothing else: no time, no person, no address, no claim.

    The key is random, and on SQLite the table has no row numbers, so no order is stored. The database refuses to
    change a ballot. What remains: whoever reads the disk below the database (its log of writes, PostgreSQL's physical
    order of rows) may learn the order in which ballots came. Operators of the server stay trusted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="ballots", db_index=False)
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="ballots")

    class Meta:
        verbose_name = _("phiếu")
        verbose_name_plural = _("phiếu")
        # Counting a Call reads this index alone.
        indexes = [models.Index(fields=["call", "option"], name="ballot_call_option")]

    def __str__(self) -> str:
        return str(self.id)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: raises ``TypeError``. What was admitted is never deleted."""
        raise TypeError("a ballot is never deleted")


class Claim(models.Model):
    """One use of the right to take part in a Call (lượt tham gia): the one device against double voting.

    Written in the transaction of the ballot, whose author it must not betray: it holds a keyed hash and no time, and
    its own key is random, without a stored order, as a ballot's. A site poll claims for the voter's cookie and for the
    form that was sent, so the same form sent twice counts once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="claims", db_index=False)
    key_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("lượt tham gia")
        verbose_name_plural = _("lượt tham gia")
        constraints = [
            models.UniqueConstraint(fields=["call", "key_hash"], name="claim_once_per_call"),
            models.CheckConstraint(condition=~models.Q(key_hash=""), name="claim_has_key"),
        ]

    def __str__(self) -> str:
        return str(self.id)
