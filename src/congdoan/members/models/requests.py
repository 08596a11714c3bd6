"""What people ask about their own data, and what they agree to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congdoan.members import crypto
from congdoan.members.models.people import Person


class Purpose(models.TextChoices):
    """What personal data are used for beyond keeping the register; each needs a consent of its own."""

    CONTACT = "contact", _("liên hệ, gửi tin")
    BENEFITS = "benefits", _("chăm lo phúc lợi, ưu đãi cho đoàn viên")
    PUBLICATION = "publication", _("công bố tên, ảnh")
    SURVEY = "survey", _("mời tham gia khảo sát")
    NATIONAL_REGISTER = "national_register", _("chuyển sang phần mềm quản lý đoàn viên của Tổng Liên đoàn")


class CorrectionRequest(models.Model):
    """A person asks that a field of their record be put right (đề nghị đính chính). The values are kept encrypted."""

    class Status(models.TextChoices):
        OPEN = "open", _("chờ xem xét")
        ACCEPTED = "accepted", _("đã sửa")
        REFUSED = "refused", _("không chấp nhận")
        WITHDRAWN = "withdrawn", _("đã rút")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("người")
    )
    field = models.CharField(_("thông tin"), max_length=60)
    old_cipher = models.TextField(_("đang ghi (mã hoá)"), editable=False, blank=True)
    new_cipher = models.TextField(_("đề nghị sửa thành (mã hoá)"), editable=False, blank=True)
    note = models.CharField(_("giải thích"), max_length=300, blank=True)
    status = models.CharField(_("trạng thái"), max_length=9, choices=Status.choices, default=Status.OPEN)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người đề nghị"),
    )
    requested_at = models.DateTimeField(_("đề nghị lúc"))
    due_on = models.DateField(_("hạn trả lời"))
    decided_by = models.CharField(_("người quyết định"), max_length=300, blank=True)
    decided_mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đề nghị đính chính")
        verbose_name_plural = _("đề nghị đính chính")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=models.Q(status="open"),
                name="correction_one_open_per_field",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(reason=""),
                name="correction_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", decided_at=None)
                | (~models.Q(status="open") & models.Q(decided_at__isnull=False)),
                name="correction_decided_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_status_display()}"

    @property
    def old(self) -> str:
        """What stood in the record when the request was made."""
        return crypto.decrypt(self.old_cipher)

    @old.setter
    def old(self, value: str) -> None:
        self.old_cipher = crypto.encrypt(value)

    @property
    def new(self) -> str:
        """What the person says is right."""
        return crypto.decrypt(self.new_cipher)

    @new.setter
    def new(self, value: str) -> None:
        self.new_cipher = crypto.encrypt(value)


class DataRequest(models.Model):
    """A request by which a person uses a right of the law on personal data, with its clocks (sổ yêu cầu về dữ liệu cá nhân).

    Kept as proof when the person is erased; what they wrote (``details_cipher``) goes then. ``due_on`` includes an
    extension; ``extended_days`` is 0 or what was added, once.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("xem, nhận bản sao dữ liệu")
        CORRECTION = "correction", _("đính chính")
        DELETION = "deletion", _("xoá dữ liệu")
        RESTRICTION = "restriction", _("hạn chế xử lý")
        OBJECTION = "objection", _("phản đối xử lý")
        WITHDRAWAL = "withdrawal", _("rút lại sự đồng ý")

    class Channel(models.TextChoices):
        SELF_SERVICE = "self_service", _("tự gửi trên mạng")
        PAPER = "paper", _("đơn giấy qua công đoàn cơ sở")
        MAIL = "mail", _("thư, thư điện tử")

    class Status(models.TextChoices):
        OPEN = "open", _("mới nhận")
        ACKNOWLEDGED = "acknowledged", _("đã báo nhận")
        DONE = "done", _("đã thực hiện")
        REFUSED = "refused", _("đã từ chối")
        WITHDRAWN = "withdrawn", _("người yêu cầu đã rút")

    LONGEST_EXTENSION = 15

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="data_requests",
        verbose_name=_("người"),
    )
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    channel = models.CharField(_("cách gửi"), max_length=12, choices=Channel.choices)
    details_cipher = models.TextField(_("nội dung (mã hoá)"), blank=True, editable=False)
    status = models.CharField(_("trạng thái"), max_length=12, choices=Status.choices, default=Status.OPEN)
    received_on = models.DateField(_("ngày nhận"))
    recorded_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)
    recorded_by = models.CharField(_("người ghi"), max_length=300, blank=True)
    acknowledge_due_on = models.DateField(_("hạn báo nhận"))
    acknowledged_on = models.DateField(_("đã báo nhận ngày"), null=True, blank=True)
    due_on = models.DateField(_("hạn thực hiện"))
    extended_days = models.PositiveSmallIntegerField(_("gia hạn, ngày"), default=0)
    extension_reason = models.CharField(_("lý do gia hạn"), max_length=300, blank=True)
    closed_on = models.DateField(_("ngày trả lời"), null=True, blank=True)
    handled_by = models.CharField(_("người xử lý"), max_length=300, blank=True)
    handled_mandate_id = models.CharField(_("mã tư cách"), max_length=40, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)

    class Meta:
        verbose_name = _("yêu cầu về dữ liệu cá nhân")
        verbose_name_plural = _("yêu cầu về dữ liệu cá nhân")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acknowledge_due_on__gte=models.F("received_on"))
                & models.Q(due_on__gte=models.F("received_on")),
                name="data_request_due_after_receipt",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_days=0)
                | (models.Q(extended_days__lte=15) & ~models.Q(extension_reason="")),
                name="data_request_extended_once_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="refused") | ~models.Q(answer=""),
                name="data_request_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "acknowledged"], closed_on=None)
                | (~models.Q(status__in=["open", "acknowledged"]) & models.Q(closed_on__isnull=False)),
                name="data_request_closed_or_open",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="data_request_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_on:%d/%m/%Y}"

    @property
    def details(self) -> str:
        """What the person wrote."""
        return crypto.decrypt(self.details_cipher)

    @details.setter
    def details(self, text: str) -> None:
        self.details_cipher = crypto.encrypt(text)


class ConsentText(models.Model):
    """The words by which a consent for a purpose is asked (nội dung xin đồng ý). A new wording is a new version."""

    purpose = models.CharField(_("mục đích"), max_length=20, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("phiên bản"))
    text = models.TextField(_("nội dung"))
    text_en = models.TextField(_("nội dung tiếng Anh"), blank=True)
    is_sensitive = models.BooleanField(_("dùng dữ liệu nhạy cảm"))
    published_on = models.DateField(_("dùng từ ngày"))

    class Meta:
        verbose_name = _("nội dung xin đồng ý")
        verbose_name_plural = _("nội dung xin đồng ý")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="consent_text_not_empty"),
        ]

    def __str__(self) -> str:
        return (get_language() == "en" and self.text_en) or self.text


class Consent(models.Model):
    """A person agreed to one purpose (sự đồng ý): which words, when, how, recorded by whom, and when withdrawn.

    There is no row without an act: silence is not consent. What was agreed to cannot be changed afterwards (see the
    migrations); a withdrawal is added to it, a new consent is a new row.
    """

    class Method(models.TextChoices):
        SELF_SERVICE = "self_service", _("tự chọn trên mạng")
        PAPER = "paper", _("ký trên giấy")

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consents", verbose_name=_("người")
    )
    purpose = models.CharField(_("mục đích"), max_length=20, choices=Purpose.choices)
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="consents", verbose_name=_("nội dung")
    )
    given_at = models.DateTimeField(_("đồng ý lúc"))
    method = models.CharField(_("cách đồng ý"), max_length=12, choices=Method.choices)
    actor_text = models.CharField(_("người ghi"), max_length=300)
    actor_mandate_id = models.CharField(_("mã tư cách người ghi"), max_length=40, blank=True)
    paper_ref = models.CharField(_("số, ngày của giấy"), max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(_("rút lại lúc"), null=True, blank=True)
    withdrawn_method = models.CharField(_("cách rút"), max_length=12, choices=Method.choices, blank=True)
    withdrawn_by = models.CharField(_("người ghi việc rút"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sự đồng ý")
        verbose_name_plural = _("sự đồng ý")
        ordering = ["person", "purpose", "-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_method="")
                | (models.Q(withdrawn_at__gte=models.F("given_at")) & ~models.Q(withdrawn_method="")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=~models.Q(method="paper") | ~models.Q(paper_ref=""), name="consent_on_paper_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"
