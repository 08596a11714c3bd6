"""What the desk itself adds to the start page: the newsroom, whose own app stands beside the desk, and the unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import get_page_models

from congdoan.desk import words
from congdoan.desk.queries import newsroom, unit
from congdoan.notices import glance, recent, waiting


def register() -> None:
    """Fill the registries."""
    waiting.register("newsroom", newsroom.waiting, title=_("bài viết"))
    glance.register("unit", unit.facts, order=0)
    recent.say(words.NEWSROOM)
    for model in get_page_models():
        recent.link(model._meta.label_lower, newsroom.page_links)  # noqa: SLF001  # Django documents _meta as public
