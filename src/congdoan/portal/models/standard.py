"""Plain pages: about, contact, accessibility, privacy, links."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page

from congdoan.pages.models import BilingualPageMixin
from congdoan.portal.blocks import BodyBlock
from congdoan.portal.models.editing import TextForm


class StandardPage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """A page of text (trang thông tin): about, contact, accessibility, privacy."""

    body = StreamField(BodyBlock(required=False), verbose_name=_("nội dung"), blank=True)
    body_en = StreamField(BodyBlock(required=False), verbose_name=_("nội dung tiếng Anh"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Nội dung")),
            ObjectList([FieldPanel("title_en"), FieldPanel("body_en")], heading=_("Tiếng Anh")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Quảng bá")),
        ]
    )
    base_form_class = TextForm
    parent_page_types = ["portal.HomePage", "portal.StandardPage"]
    subpage_types = ["portal.StandardPage"]
    template = "portal/standard.html"

    class Meta:
        verbose_name = _("trang thông tin")
        verbose_name_plural = _("trang thông tin")


class LinksPage(BilingualPageMixin, Page):  # type: ignore[misc]  # Wagtail is untyped
    """All links, in their groups (liên kết)."""

    content_panels = [*Page.content_panels, FieldPanel("title_en")]
    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    template = "portal/links.html"

    class Meta:
        verbose_name = _("trang liên kết")
