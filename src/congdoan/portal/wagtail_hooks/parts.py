"""Small parts of pages that editors keep: facts of the province, links, the figures of the front page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from congdoan.figures.forms.featured import FeaturedFigureForm
from congdoan.figures.models import FeaturedFigure
from congdoan.pages.models import Fact, WebLink
from congdoan.portal.slug_widget import VietnameseSlugInput

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


class FeaturedFigureViewSet(SnippetViewSet):  # type: ignore[misc]  # Wagtail is untyped
    """Figures of the federation, shown on the front page."""

    model = FeaturedFigure
    icon = "order"
    menu_label = _("Số liệu nổi bật")
    list_display = ["__str__", "unit", "note", "sort_order"]
    ordering = ["sort_order", "pk"]
    edit_handler = ObjectList(
        [
            FieldPanel("indicator"),
            FieldPanel("unit"),
            FieldRowPanel([FieldPanel("note"), FieldPanel("note_en")]),
            FieldPanel("sort_order"),
        ],
        base_form_class=FeaturedFigureForm,
    )


class PartsViewSetGroup(SnippetViewSetGroup):  # type: ignore[misc]  # Wagtail is untyped
    """Small parts of every page, under one menu entry."""

    menu_label = _("Phần chung")
    menu_icon = "grip"
    menu_order = 300
    items = (FactViewSet, WebLinkViewSet, FeaturedFigureViewSet)


register_snippet(PartsViewSetGroup)
