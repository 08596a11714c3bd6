"""The live parts of a page: visits, poll, weather, in one small request after the page."""

from congdoan.pages.live.registry import register

__all__ = ["register"]
