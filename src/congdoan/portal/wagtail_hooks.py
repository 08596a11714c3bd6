"""What the portal adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any, cast

from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from congdoan.accounts.models import User
from congdoan.pages.cache import depend_on
from congdoan.pages.models import Fact, WebLink
from congdoan.portal.slug_widget import VietnameseSlugInput
from congdoan.portal.views import imports

register_form_field_override(models.SlugField, override={"widget": VietnameseSlugInput})


class FactViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Facts of the province, shown at the foot of every page."""

    model = Fact
    icon = "info-circle"
    menu_label = _("Thông tin về tỉnh")
    list_display = ["label", "value", "measure_unit", "as_of", "source"]
    ordering = ["sort_order", "pk"]
    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("label_en")]),
        FieldRowPanel([FieldPanel("value"), FieldPanel("measure_unit"), FieldPanel("measure_unit_en")]),
        FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")]),
        FieldPanel("sort_order"),
    ]


class WebLinkViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Links to other bodies."""

    model = WebLink
    icon = "link-external"
    menu_label = _("Liên kết")
    list_display = ["title", "group", "url"]
    list_filter = ["group"]
    ordering = ["sort_order", "pk"]
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("group"), FieldPanel("group_en")]),
        FieldPanel("sort_order"),
    ]


class PartsViewSetGroup(SnippetViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    """Small parts of every page, under one menu entry."""

    menu_label = _("Thành phần trang")
    menu_icon = "grip"
    menu_order = 300
    items = (FactViewSet, WebLinkViewSet)


register_snippet(PartsViewSetGroup)


@hooks.register("before_serve_page")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def record_what_is_shown(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """A page depends on itself."""
    depend_on(f"page:{page.pk}")


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def import_urls() -> list[URLPattern]:
    """The screen for taking over pages of an old portal."""
    return [path("nhap-trang/", imports.import_page, name="congdoan_import_page")]


class ImportMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who may make articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the reader of the menu may import."""
        return imports.may_import(cast("User", request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def import_menu_item() -> MenuItem:
    """One entry of the menu."""
    return ImportMenuItem(
        _("Nhập trang cũ"),
        reverse_lazy("congdoan_import_page"),
        name="import-page",
        icon_name="download",
        order=320,
    )
