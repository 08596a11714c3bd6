"""What the portal adds to Wagtail's admin."""

from congdoan.portal.wagtail_hooks import albums, importing, parts, rights, shell, trail

__all__ = ["albums", "importing", "parts", "rights", "shell", "trail"]
