"""What follows when an editor changes something in Wagtail's admin."""

from congdoan.portal.receivers import following, trail

__all__ = ["following", "trail"]
