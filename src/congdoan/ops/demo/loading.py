"""From the written content of the demonstration to rows, once."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.models import Collection, Page

from congdoan.ops.actions import site
from congdoan.ops.demo import users
from congdoan.ops.demo.articles import Articles, load_categories
from congdoan.ops.demo.pictures import Album

Say = Callable[[str], None]


def load(say: Say) -> bool:
    """Make people, categories, articles and everything else of the demonstration.

    Returns ``False`` and changes nothing where that was done before. All of it stands or falls together.
    """
    if site.model("portal.CategoryPage").objects.exists():
        return False
    album = Album()
    articles = Articles(album)
    album.draw(articles.drawings())
    try:
        with transaction.atomic():
            _load(articles)
    except BaseException:
        for name in album.file_names():
            default_storage.delete(name)
        raise
    return True


def _load(articles: Articles) -> None:
    home = Page.objects.get(depth=2)
    children = {page.slug: page for page in home.get_children()}
    collections = {collection.name: collection for collection in Collection.objects.all()}
    categories = load_categories(children["tin-tuc"])
    people = users.load()
    author, approver = people["bien-tap"], people["duyet-bai"]
    pages = articles.load(categories, collections["Ảnh bài viết"], author=author, approver=approver)

    front = site.model("portal.HomePage").objects.get()
    lead_story = articles.lead_story()
    if lead_story:
        front.lead_story = pages[lead_story]
    front.save_revision(user=author).publish(user=approver)
