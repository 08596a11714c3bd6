"""What the portal adds to Wagtail's admin."""

from congdoan.portal.wagtail_hooks import importing, parts, shell

__all__ = ["albums", "importing", "parts", "shell", "trail"]
