"""What readers find follows what editors publish."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from congdoan.documents.signals import document_changed
from congdoan.pages.cache import purge
from congdoan.portal.models import ArticlePage, CategoryPage
from congdoan.portal.search_sources import KINDS
from congdoan.search import actions as search


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
@receiver(post_delete)
def index_anew(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Note that readers may find something else now."""
    kind = KINDS.get(type(instance))
    if kind:
        search.note_changed(kind, instance.pk)
    if isinstance(instance, CategoryPage):
        # Its articles appear and disappear with it.
        for pk in ArticlePage.objects.descendant_of(instance).values_list("pk", flat=True):
            search.note_changed("article", pk)


@receiver(document_changed)
def render_anew(sender: Any, pk: int | None, **kwargs: Any) -> None:
    """A document stands on the front page and in the site map."""
    purge("documents")
