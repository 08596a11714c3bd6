"""Models that every public page shares."""

from congdoan.pages.models.cache import Purge
from congdoan.pages.models.mixins import BilingualPageMixin, IntroMixin
from congdoan.pages.models.parts import Fact, WebLink
from congdoan.pages.models.site import MenuEntry, SiteSettings
from congdoan.pages.models.visits import OnlineVisitors, VisitDay

__all__ = [
    "BilingualPageMixin",
    "Fact",
    "IntroMixin",
    "MenuEntry",
    "OnlineVisitors",
    "Purge",
    "SiteSettings",
    "VisitDay",
    "WebLink",
]
