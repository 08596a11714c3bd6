"""The page cache: finished, compressed bytes, invalidated by what they depend on."""

from congdoan.pages.cache.dependencies import depend_on, recording, shows_page
from congdoan.pages.cache.marking import cacheable
from congdoan.pages.cache.purging import purge

__all__ = ["cacheable", "depend_on", "purge", "recording", "shows_page"]
