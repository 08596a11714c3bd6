"""What happens by itself: publishing a page freezes its figures; the front page follows the figures chosen for it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from congdoan.figures.actions.freezing import freeze_page
from congdoan.figures.models import FeaturedFigure
from congdoan.pages.cache import purge
from congdoan.reporting.queries.public import TAG


def freeze_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Freeze what the published page shows, in the transaction in which it is published."""
    revision = kwargs.get("revision")
    freeze_page(instance, actor=getattr(revision, "user", None))


def refresh_the_front_page(sender: Any, **kwargs: Any) -> None:
    """Show another choice of figures on the front page."""
    purge(TAG)


def connect() -> None:
    """Listen, once."""
    for signal in (post_save, post_delete):
        signal.connect(
            refresh_the_front_page, sender=FeaturedFigure, dispatch_uid=f"figures.featured.{id(signal)}"
        )
    page_published.connect(freeze_published, dispatch_uid="figures.freeze_published")
