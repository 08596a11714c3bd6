"""The look of the editors' admin, its menu, and the ways out of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

ORDER = {"explorer": 100, "images": 200, "documents": 210, "reports": 900, "settings": 910, "help": 990}
"""What everybody uses every day stands first: pages, pictures, files. Ours come between, by their own order."""

LABELS = {"images": _("Hình ảnh"), "documents": _("Tệp")}
"""Wagtail calls files documents; here a document is what the library holds."""

ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")
"""Entries of the help menu that lead to other hosts, in English."""


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def admin_css() -> SafeString:
    """Our colours, type, and the strip of the demonstration."""
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def order_menu(request: HttpRequest, items: list[Any]) -> None:
    """Put Wagtail's own entries where editors look for them, in our words."""
    for item in items:
        item.order = ORDER.get(item.name, item.order)
        item.label = LABELS.get(item.name, item.label)


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def keep_help_at_home(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what leads to other hosts."""
    items[:] = [item for item in items if not item.name.startswith(ELSEWHERE)]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def desk_menu_item() -> MenuItem:
    """Back to what waits for me."""
    return MenuItem(_("Bàn làm việc"), reverse_lazy("desk:start"), name="desk", icon_name="tasks", order=970)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def portal_menu_item() -> MenuItem:
    """To what readers see. The menu marks every entry that the current address begins with; none begins with "/#"."""
    return MenuItem(_("Xem cổng thông tin"), "/#", name="portal", icon_name="view", order=980)
