"""From the written content of the demonstration to rows, once."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection, Page, Site

from congdoan.accounts.models import User
from congdoan.ops import markup
from congdoan.ops.actions import site
from congdoan.ops.demo import featured, library, members, organisation, report_page, reporting, users
from congdoan.ops.demo.articles import Articles, load_categories, read
from congdoan.ops.demo.pictures import Album
from congdoan.ops.demo.rendering import Drawing
from congdoan.pages.cache import rendering
from congdoan.pages.models import Fact, MenuEntry, SiteSettings, WebLink
from congdoan.participation.actions import create_site_poll

INDEXING = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


def load() -> bool:
    """Make people, categories, articles and everything else of the demonstration.

    Returns ``False`` and changes nothing where that was done before. All of it stands or falls together.
    """
    if site.model("portal.CategoryPage").objects.exists():
        return False
    album = Album()
    articles = Articles(album)
    wanted = [*articles.drawings(), *library.album_drawings()]
    report_drawing = report_page.drawing(album)
    album.draw([*wanted, report_drawing])
    stored: list[str] = []
    try:
        with transaction.atomic():
            _load(articles, album, stored, report_drawing)
    except BaseException:
        for name in [*album.file_names(), *stored]:
            default_storage.delete(name)
        raise
    _index_at_once()
    return True


def open_the_front_page() -> None:
    """Look at the front page once, so that its pictures have their sizes before the first reader comes."""
    base = rendering.base()
    if base is not None:
        rendering.render(get_wsgi_application(), "/", base)


def _load(articles: Articles, album: Album, stored: list[str], report_drawing: Drawing) -> None:
    home = Page.objects.get(depth=2)
    children = {page.slug: page for page in home.get_children()}
    collections = {collection.name: collection for collection in Collection.objects.all()}
    categories = load_categories(children["tin-tuc"])
    people = users.load()
    organisation.load(people)
    members.load(people)
    members.hand_out_cards(people)
    reporting.load()
    featured.load()
    users.equip(people)
    author, approver = people["bien-tap"], people["duyet-bai"]
    _load_settings(home, children)
    _load_standing_pages(children, author=author, approver=approver)
    pages = articles.load(categories, collections["Ảnh bài viết"], author=author, approver=approver)
    library.load_albums(children["album"], album, collections["Album ảnh"], author=author, approver=approver)
    stored += library.load_bulletins(
        children["ban-tin"], album, collections["Bản tin"], author=author, approver=approver
    )
    stored += library.load_documents(collections["Văn bản"], author=author)
    report_page.load(
        categories["ban-tuyen-giao-nc"],
        author=author,
        approver=approver,
        album=album,
        drawn=report_drawing,
        collection=collections["Ảnh bài viết"],
    )
    _load_poll(author)

    front = site.model("portal.HomePage").objects.get()
    lead_story = articles.lead_story()
    if lead_story:
        front.lead_story = pages[lead_story]
    front.save_revision(user=author).publish(user=approver)


def _load_settings(home: Page, children: dict[str, Page]) -> None:
    content = read("site.toml")
    entry = content["site"]
    settings = SiteSettings.for_site(Site.objects.get(root_page=home))
    for field in ("name", "name_en", "slogan", "slogan_en", "address", "address_en", "phone"):
        setattr(settings, field, entry[field])
    settings.email = entry["mail"]
    settings.visits_start = content["visits"]["start"]
    settings.save()
    MenuEntry.objects.filter(settings=settings).delete()
    for order, item in enumerate(content["menu"]):
        page = children.get(item["path"].strip("/"))
        MenuEntry.objects.create(
            settings=settings,
            sort_order=order,
            title=item["title"],
            title_en=item["title_en"],
            page=page,
            path="" if page else item["path"],
            show_children=item["path"] == "/tin-tuc/",
        )
    for order, fact in enumerate(content["fact"]):
        Fact.objects.create(
            label=fact["label"],
            label_en=fact["label_en"],
            value=fact["value"],
            measure_unit=fact["unit"],
            measure_unit_en=fact["unit_en"],
            as_of=fact["as_of"],
            source=fact["source"],
            sort_order=order,
        )
    for order, link in enumerate(read("links.toml")["link"]):
        WebLink.objects.create(sort_order=order, **link)


def _load_standing_pages(children: dict[str, Page], *, author: User, approver: User) -> None:
    for entry in read("pages.toml")["page"]:
        page: Any = children[entry["slug"]].specific
        page.title, page.title_en = entry["title"], entry["title_en"]
        page.body = markup.as_stream(markup.parse(entry["body"]))
        page.body_en = markup.as_stream(markup.parse(entry["body_en"]))
        page.save_revision(user=author).publish(user=approver)


def _load_poll(author: User) -> None:
    poll = read("site.toml")["poll"]
    opens, closes = library.open_days(poll["days_open_ago"], poll["days_open_for"])
    create_site_poll(
        question=poll["question"],
        question_en=poll["question_en"],
        options=[option["title"] for option in poll["option"]],
        options_en=[option["title_en"] for option in poll["option"]],
        slug=poll["slug"],
        opens_at=opens,
        closes_at=closes,
        by=author,
    )


def _index_at_once() -> None:
    """Bring the indexes of the editors' admin up to date in one go instead of one task for each of many rows."""
    DBTaskResult.objects.ready().filter(task_path__in=INDEXING).delete()
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
