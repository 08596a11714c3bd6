"""What the portal adds to Wagtail's admin."""

from congdoan.portal.wagtail_hooks import importing, parts, serving, shell

__all__ = ["importing", "parts", "serving", "shell"]
