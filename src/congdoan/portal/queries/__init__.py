"""Reads of the portal: what its pages show. Every list is one query, whatever it holds."""

from congdoan.portal.queries.albums import album_cards, album_list, album_photos, published_albums
from congdoan.portal.queries.articles import around_article, article_list, articles_tagged
from congdoan.portal.queries.bulletins import (
    bulletin_archive,
    bulletin_cover,
    bulletin_neighbours,
    published_bulletins,
)
from congdoan.portal.queries.editors import (
    THUMBNAIL,
    categories_to_write_in,
    choosable_pages,
    collections_to_upload_to,
    own_uploads,
    rights_of_group,
)
from congdoan.portal.queries.front import CategoryColumn, front_page
from congdoan.portal.queries.places import breadcrumb, links_by_group, news_of, paginated, parent_of
from congdoan.portal.queries.stories import (
    Story,
    newest_articles,
    published_articles,
    stories,
    story_of,
    with_categories,
    with_renditions,
)

__all__ = [
    "THUMBNAIL",
    "CategoryColumn",
    "Story",
    "album_cards",
    "album_list",
    "album_photos",
    "around_article",
    "article_list",
    "articles_tagged",
    "breadcrumb",
    "bulletin_archive",
    "bulletin_cover",
    "bulletin_neighbours",
    "categories_to_write_in",
    "choosable_pages",
    "collections_to_upload_to",
    "front_page",
    "links_by_group",
    "newest_articles",
    "news_of",
    "own_uploads",
    "paginated",
    "parent_of",
    "published_albums",
    "published_articles",
    "published_bulletins",
    "rights_of_group",
    "stories",
    "story_of",
    "with_categories",
    "with_renditions",
]
