"""What happens by itself: publishing a page freezes its figures."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from congdoan.figures.actions.freezing import freeze_page


def freeze_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Freeze what the published page shows, in the transaction in which it is published."""
    revision = kwargs.get("revision")
    freeze_page(instance, actor=getattr(revision, "user", None))


def connect() -> None:
    """Listen, once."""
    page_published.connect(freeze_published, dispatch_uid="figures.freeze_published")
