"""Pages of the portal."""

from congdoan.portal.models.albums import AlbumIndexPage, AlbumPage, AlbumPhoto
from congdoan.portal.models.articles import ArticlePage, ArticleTag, RelatedArticle, Tag
from congdoan.portal.models.bulletins import BulletinIndexPage, BulletinPage
from congdoan.portal.models.categories import CategoryPage, NewsIndexPage
from congdoan.portal.models.home import HomePage
from congdoan.portal.models.standard import LinksPage, StandardPage
from congdoan.portal.models.weather import Forecast

__all__ = [
    "AlbumIndexPage",
    "AlbumPage",
    "AlbumPhoto",
    "ArticlePage",
    "ArticleTag",
    "BulletinIndexPage",
    "BulletinPage",
    "CategoryPage",
    "Forecast",
    "HomePage",
    "LinksPage",
    "NewsIndexPage",
    "RelatedArticle",
    "StandardPage",
    "Tag",
]
