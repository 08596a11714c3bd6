"""Settings of the site that editors change: name, slogan, menu, contacts, start of the visit counter."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

MENU_LIMIT = 7
"""More entries than this, and people stop reading a menu (design-language)."""


@register_setting(icon="site", order=10)
class SiteSettings(ClusterableModel, BaseSiteSetting):  # type: ignore[misc]  # Wagtail is untyped
    """What stands on every page of one site (thiết lập trang)."""

    name = models.CharField(_("tên cơ quan"), max_length=160, default="Liên đoàn Lao động")
    name_en = models.CharField(_("tên tiếng Anh"), max_length=160, blank=True)
    slogan = models.CharField(_("khẩu hiệu"), max_length=300, blank=True)
    slogan_en = models.CharField(_("khẩu hiệu tiếng Anh"), max_length=300, blank=True)
    logo = models.ForeignKey(
        "media.Picture",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("biểu trưng"),
    )
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    address_en = models.CharField(_("địa chỉ tiếng Anh"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    responsible = models.CharField(_("chịu trách nhiệm nội dung"), max_length=200, blank=True)
    visits_start = models.PositiveBigIntegerField(
        _("số lượt truy cập ban đầu"),
        default=0,
        help_text=_("Số lượt đã có ở trang cũ; các lượt mới được cộng thêm vào."),
    )
    weather_place = models.CharField(_("nơi xem thời tiết"), max_length=80, blank=True, default="Lào Cai")
    weather_latitude = models.DecimalField(_("vĩ độ"), max_digits=7, decimal_places=4, default="22.4856")
    weather_longitude = models.DecimalField(_("kinh độ"), max_digits=7, decimal_places=4, default="103.9707")

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("slogan"), FieldPanel("logo")], heading=_("Đầu trang")
        ),
        InlinePanel("menu_entries", heading=_("Trình đơn"), label=_("mục"), max_num=MENU_LIMIT),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("responsible")],
            heading=_("Liên hệ"),
        ),
        MultiFieldPanel(
            [FieldPanel("weather_place"), FieldPanel("weather_latitude"), FieldPanel("weather_longitude")],
            heading=_("Thời tiết"),
        ),
        FieldPanel("visits_start"),
        MultiFieldPanel(
            [FieldPanel("name_en"), FieldPanel("slogan_en"), FieldPanel("address_en")], heading=_("Tiếng Anh")
        ),
    ]

    class Meta:
        verbose_name = _("thiết lập trang")
        verbose_name_plural = _("thiết lập trang")

    def __str__(self) -> str:
        return self.name

    def _shown(self, field: str) -> str:
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return str(english or getattr(self, field))

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self._shown("name")

    @property
    def shown_slogan(self) -> str:
        """The slogan in the reader's language."""
        return self._shown("slogan")

    @property
    def shown_address(self) -> str:
        """The address in the reader's language."""
        return self._shown("address")


class MenuEntry(models.Model):
    """One entry of the menu (mục trình đơn): a page of ours or an address on this site."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_entries")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    title = models.CharField(_("tên"), max_length=40)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=40, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("trang"),
    )
    path = models.CharField(
        _("hoặc địa chỉ"), max_length=200, blank=True, help_text=_("Địa chỉ trên trang này, ví dụ /van-ban/")
    )
    show_children = models.BooleanField(_("mở ra các trang con"), default=False)

    panels = [
        FieldPanel("title"),
        FieldPanel("title_en"),
        FieldPanel("page"),
        FieldPanel("path"),
        FieldPanel("show_children"),
    ]

    class Meta:
        verbose_name = _("mục trình đơn")
        verbose_name_plural = _("trình đơn")
        ordering = ["sort_order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) | models.Q(path__startswith="/"),
                name="menu_entry_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an entry without a target."""
        super().clean()
        if self.page_id is None and not self.path.startswith("/"):
            raise ValidationError({"page": _("Hãy chọn một trang, hoặc nhập địa chỉ bắt đầu bằng dấu “/”.")})

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" and self.title_en else self.title
