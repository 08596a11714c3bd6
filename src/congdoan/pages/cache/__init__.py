"""The page cache: finished, compressed bytes, invalidated by what they depend on."""

from congdoan.pages.cache.dependencies import depend_on, recording

__all__ = ["depend_on", "recording"]
