"""Live figures in the editors' rich text: the feature "figure", its dialog, and what editors are told about figures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature, ListFeature, PluginFeature

from congdoan.figures import check_hooks, report_hooks, rest_hooks  # noqa: F401  # register their hooks
from congdoan.figures.conversion import ATTRIBUTES, ENTITY, RULE
from congdoan.figures.queries.checking import without_data
from congdoan.figures.queries.texts import scope_of, specs_of
from congdoan.figures.rendering import FigureHandler
from congdoan.figures.views import editing

FEATURE = "figure"
NAMED = 5
"""So many figures without data are named one by one."""


class FigureFeature(EntityFeature):  # type: ignore[misc]  # Wagtail is untyped
    """The button, what a figure looks like in the text, and the sign "#" that opens the same dialog."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Add the entity and the plug-in that listens for "#"."""
        super().construct_options(options)
        plugins: ListFeature = PluginFeature({"type": ENTITY})
        plugins.construct_options(options)


@hooks.register("register_rich_text_features")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def live_figures(features: Any) -> None:
    """Know how a stored figure is shown, and how it is edited."""
    features.register_embed_type(FigureHandler)
    features.register_converter_rule("contentstate", FEATURE, RULE)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        FigureFeature(
            {
                "type": ENTITY,
                "label": "#",
                "description": gettext_lazy("Chèn số liệu (hoặc gõ # ở đầu từ)"),
                # What a paste may bring along: only what was a figure, with what names it.
                "attributes": list(ATTRIBUTES),
                "allowlist": {"indicator": "^[^\\s<>]+$"},
            },
            js=["figures/editing.js", "figures/dialog.js"],
            css={"all": ["figures/editing.css"]},
        ),
    )


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def settings_of_scripts() -> SafeString:
    """What the scripts need to know: addresses, and their few words in the editor's language."""
    return json_script(
        {
            "urls": {
                "dialog": reverse("congdoan_figure_dialog"),
                "indicators": reverse("congdoan_figure_indicators"),
                "units": reverse("congdoan_figure_units"),
                "described": reverse("congdoan_figure_described"),
            },
            "words": {
                "empty": _("chưa có số liệu"),
                "edit": _("Bấm để sửa."),
                "failed": _("Không hỏi được máy chủ. Hãy thử lại."),
            },
        },
        "congdoan-figures",
    )


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def figure_urls() -> list[URLPattern]:
    """What the dialog asks for (``/quan-tri/so-lieu/…``)."""
    return [
        path("so-lieu/hop-thoai/", editing.dialog, name="congdoan_figure_dialog"),
        path("so-lieu/chi-tieu/", editing.indicators, name="congdoan_figure_indicators"),
        path("so-lieu/don-vi/", editing.units, name="congdoan_figure_units"),
        path("so-lieu/dien-giai/", editing.described, name="congdoan_figure_described"),
    ]


@hooks.register("after_create_page")  # type: ignore[untyped-decorator]  # Wagtail is untyped
@hooks.register("after_edit_page")  # type: ignore[untyped-decorator]
def warn_of_missing_data(request: HttpRequest, page: Any) -> None:
    """Tell who publishes a page, or sends it for approval, which of its figures print "…"."""
    if not {"action-publish", "action-submit"} & request.POST.keys():
        return
    specs = specs_of(page)
    missing = without_data(specs, scope_of(page)) if specs else []
    if not missing:
        return
    shown = "; ".join(missing[:NAMED]) + ("…" if len(missing) > NAMED else "")
    messages.warning(
        request,
        ngettext(
            "%(count)s số liệu của bài chưa có dữ liệu và in thành “…”: %(figures)s.",
            "%(count)s số liệu của bài chưa có dữ liệu và in thành “…”: %(figures)s.",
            len(missing),
        )
        % {"count": len(missing), "figures": shown},
    )
