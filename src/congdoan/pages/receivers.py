"""When something that pages show has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from congdoan.media.models import File, Picture
from congdoan.pages.cache import purge
from congdoan.pages.models import Fact, MenuEntry, SiteSettings, WebLink

MOST_PAGES = 100
"""A picture on more pages than this makes everything go out of date: cheaper than naming them."""


def tags_of(page: Page) -> list[str]:
    """Return what goes out of date with ``page``: its own ``cache_tags()``, or itself when it has none."""
    specific = page.specific
    tags = getattr(specific, "cache_tags", None)
    return list(tags()) if tags is not None else [f"page:{page.pk}"]


@receiver(page_published)
@receiver(page_unpublished)
def page_changed(instance: Page, **kwargs: Any) -> None:
    """A page appeared, changed or disappeared."""
    purge(*tags_of(instance))


@receiver(pre_delete, sender=Page)
def page_deleted(instance: Page, **kwargs: Any) -> None:
    """A page is deleted; before, because afterwards nobody knows where it stood.

    Whatever its type, the row of ``Page`` below it is deleted too, so one sender is enough.
    """
    if instance.live:
        purge(*tags_of(instance))


@receiver(page_slug_changed)
@receiver(post_page_move)
def address_changed(**kwargs: Any) -> None:
    """A page has another address or another place in the order: any page may link to it or to one below it."""
    purge("site")


@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([post_save, post_delete], sender=MenuEntry)
@receiver([post_save, post_delete], sender=Fact)
@receiver([post_save, post_delete], sender=WebLink)
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def site_changed(**kwargs: Any) -> None:
    """Something that stands around every page changed, or who may read some pages."""
    purge("site")


@receiver(post_save, sender=Picture)
@receiver(post_save, sender=File)
@receiver(pre_delete, sender=Picture)
@receiver(pre_delete, sender=File)
def media_changed(instance: Model, created: bool = False, **kwargs: Any) -> None:
    """A picture or a file got another title, description or focus, or goes away: pages that use it show that."""
    if not created:
        purge(*_tags_of_pages_with(instance))


def _tags_of_pages_with(instance: Model) -> Iterable[str]:
    pages: set[int] = set()
    for reference in ReferenceIndex.get_references_to(instance).select_related("base_content_type")[
        : MOST_PAGES + 1
    ]:
        if not issubclass(reference.base_content_type.model_class() or Model, Page):
            return ["site"]
        pages.add(int(reference.object_id))
    if len(pages) > MOST_PAGES:
        return ["site"]
    return sorted({tag for page in Page.objects.live().filter(pk__in=pages) for tag in tags_of(page)})
