"""What editors do in the admin stands in the audit trail, in the same transaction: no entry, no change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page

from congdoan.accounts.models import User
from congdoan.audit.models import Entry
from congdoan.media.models import File, Picture
from congdoan.pages.models import Fact, SiteSettings
from congdoan.portal.models import ArticlePage
from tests.factories import FileFactory, PictureFactory, UserFactory, make_article, picture_file
from tests.portal.newsroom import Newsroom, article_data

pytestmark = pytest.mark.django_db

FACT = {
    "label": "Diện tích",
    "label_en": "",
    "value": "6.383,9",
    "measure_unit": "km²",
    "measure_unit_en": "",
    "as_of": "2019",
    "source": "",
    "sort_order": "0",
}


def page_address(name: str, *args: int) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def create_page(client: Client, room: Newsroom) -> str:
    client.post(
        reverse("wagtailadmin_pages:add", args=["portal", "articlepage", room.ours.pk]), article_data()
    )
    return "wagtail.create"


def edit_page(client: Client, room: Newsroom) -> str:
    page = room.our_article
    client.post(page_address("edit", page.pk), article_data(title="Đã sửa", slug=page.slug))
    return "wagtail.edit"


def publish_page(client: Client, room: Newsroom) -> str:
    page = room.our_article
    client.post(
        page_address("edit", page.pk),
        article_data(title="Đã sửa", slug=page.slug, **{"action-publish": "1"}),
    )
    return "wagtail.publish"


def unpublish_page(client: Client, room: Newsroom) -> str:
    client.post(page_address("unpublish", room.our_article.pk))
    return "wagtail.unpublish"


def move_page(client: Client, room: Newsroom) -> str:
    client.post(page_address("move_confirm", room.our_article.pk, room.theirs.pk))
    return "wagtail.move"


def delete_page(client: Client, room: Newsroom) -> str:
    client.post(page_address("delete", room.our_article.pk))
    return "wagtail.delete"


def lock_page(client: Client, room: Newsroom) -> str:
    client.post(page_address("lock", room.our_article.pk))
    return "wagtail.lock"


def upload_picture(client: Client, room: Newsroom) -> str:
    data = {
        "title": "Ảnh mới",
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile("moi.jpg", picture_file().read()),
    }
    client.post(reverse("wagtailimages:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})
    return "picture.created"


def move_pictures(client: Client, room: Newsroom) -> str:
    target = Collection.objects.get(name="Album ảnh")
    address = reverse("wagtail_bulk_action", args=["media", "picture", "add_to_collection"])
    client.post(f"{address}?id={Picture.objects.get().pk}", {"collection": target.pk, "next": "/quan-tri/"})
    return "picture.changed"


def delete_picture(client: Client, room: Newsroom) -> str:
    client.post(reverse("wagtailimages:delete", args=[Picture.objects.get().pk]))
    return "picture.deleted"


def delete_pictures(client: Client, room: Newsroom) -> str:
    address = reverse("wagtail_bulk_action", args=["media", "picture", "delete"])
    client.post(f"{address}?id={Picture.objects.get().pk}", {"next": "/quan-tri/"})
    return "picture.deleted"


def upload_file(client: Client, room: Newsroom) -> str:
    data = {
        "title": "Tệp mới",
        "collection": Collection.get_first_root_node().pk,
        "files[]": SimpleUploadedFile("moi.pdf", b"%PDF-1.4\n%%EOF\n"),
    }
    client.post(reverse("wagtaildocs:add_multiple"), data, headers={"X-Requested-With": "XMLHttpRequest"})
    return "file.created"


def edit_file(client: Client, room: Newsroom) -> str:
    file = File.objects.get()
    data = {"title": "Tên khác", "collection": file.collection_id, "tags": ""}
    client.post(reverse("wagtaildocs:edit", args=[file.pk]), data)
    return "file.changed"


def delete_file(client: Client, room: Newsroom) -> str:
    client.post(reverse("wagtaildocs:delete", args=[File.objects.get().pk]))
    return "file.deleted"


def create_fact(client: Client, room: Newsroom) -> str:
    client.post("/quan-tri/snippets/pages/fact/add/", FACT)
    return "fact.created"


def delete_fact(client: Client, room: Newsroom) -> str:
    client.post(f"/quan-tri/snippets/pages/fact/delete/{Fact.objects.get().pk}/")
    return "fact.deleted"


def change_settings(client: Client, room: Newsroom) -> str:
    site = room.home.get_site()
    stored = SiteSettings.for_site(site)
    data: dict[str, Any] = {
        field.name: "" if (value := getattr(stored, field.attname)) is None else value
        for field in SiteSettings._meta.concrete_fields
        if field.name not in ("id", "site")
    }
    entries = list(stored.menu_entries.all())
    data |= {
        "slogan": "Vì đoàn viên",
        "menu_entries-TOTAL_FORMS": len(entries),
        "menu_entries-INITIAL_FORMS": len(entries),
        "menu_entries-MIN_NUM_FORMS": 0,
        "menu_entries-MAX_NUM_FORMS": 7,
    }
    for number, entry in enumerate(entries):
        row = {
            "id": entry.pk,
            "title": entry.title,
            "title_en": entry.title_en,
            "page": entry.page_id or "",
            "path": entry.path,
            "show_children": "on" if entry.show_children else "",
            "ORDER": number + 1,
            "DELETE": "",
        }
        data |= {f"menu_entries-{number}-{name}": value for name, value in row.items()}
    client.post(reverse("wagtailsettings:edit", args=["pages", "sitesettings", site.pk]), data)
    return "site_settings.changed"


def user_data(**fields: Any) -> dict[str, Any]:
    return {
        "username": "moi",
        "email": "sen@example.org",
        "first_name": "Sen",
        "last_name": "Lục Thị",
        "is_active": "on",
        **fields,
    }


def create_user(client: Client, room: Newsroom) -> str:
    password = "mot-mat-khau-du-dai"
    client.post(reverse("wagtailusers_users:add"), user_data(password1=password, password2=password))
    return "user.created"


def change_user(client: Client, room: Newsroom) -> str:
    user = room.editor
    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        user_data(username=user.username, groups=[group.pk for group in user.groups.all()]),
    )
    return "user.changed"


def give_group(client: Client, room: Newsroom) -> str:
    user = room.editor
    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        user_data(username=user.username, groups=[group.pk for group in Group.objects.all()]),
    )
    return "user.groups_added"


def close_account(client: Client, room: Newsroom) -> str:
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    client.post(f"{address}?id={room.editor.pk}", {"mark_as_active": "False", "next": "/quan-tri/"})
    return "user.changed"


def delete_user(client: Client, room: Newsroom) -> str:
    client.post(reverse("wagtailusers_users:delete", args=[User.objects.get(username="thua").pk]))
    return "user.deleted"


def create_group(client: Client, room: Newsroom) -> str:
    data: dict[str, Any] = {"name": "Ban Nữ công"}
    for prefix in (
        "page_permissions",
        "collection_permissions",
        "document_permissions",
        "image_permissions",
        "permissions",
    ):
        data |= {
            f"{prefix}-TOTAL_FORMS": 0,
            f"{prefix}-INITIAL_FORMS": 0,
            f"{prefix}-MIN_NUM_FORMS": 0,
            f"{prefix}-MAX_NUM_FORMS": 1000,
        }
    data |= {
        "page_permissions-TOTAL_FORMS": 1,
        "page_permissions-0-page": room.theirs.pk,
        "page_permissions-0-permissions": ["add_page"],
    }
    client.post(reverse("wagtailusers_groups:add"), data)
    return "group.rights_changed"


DEEDS: list[Callable[[Client, Newsroom], str]] = [
    create_page,
    edit_page,
    publish_page,
    unpublish_page,
    move_page,
    delete_page,
    lock_page,
    upload_picture,
    move_pictures,
    delete_picture,
    delete_pictures,
    upload_file,
    edit_file,
    delete_file,
    create_fact,
    delete_fact,
    change_settings,
    create_user,
    change_user,
    give_group,
    close_account,
    delete_user,
    create_group,
]


def state() -> dict[str, Any]:
    """Everything that the deeds change."""
    return {
        "pages": list(
            Page.objects.order_by("pk").values_list(
                "pk", "title", "path", "live", "locked", "latest_revision", "draft_title"
            )
        ),
        "articles": list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "lead")),
        "pictures": list(Picture.objects.order_by("pk").values_list("pk", "title", "collection")),
        "files": list(File.objects.order_by("pk").values_list("pk", "title")),
        "facts": list(Fact.objects.order_by("pk").values_list("pk", "label")),
        "settings": list(SiteSettings.objects.values_list("pk", "slogan")),
        "users": list(User.objects.order_by("pk").values_list("pk", "last_name", "is_active", "groups")),
        "groups": list(Group.objects.order_by("pk").values_list("pk", "name", "page_permissions")),
    }


@pytest.fixture
def room(newsroom: Newsroom, request: pytest.FixtureRequest) -> Newsroom:
    PictureFactory(title="Ảnh cũ")
    FileFactory(title="Tệp cũ")
    UserFactory(username="thua")
    if "create_fact" not in request.node.name:
        Fact.objects.create(label="Dân số", value="733.300", as_of="2019")
    SiteSettings.for_site(newsroom.home.get_site())
    make_article(newsroom.theirs, title="Bài khác")
    return newsroom


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_each_deed_leaves_an_entry_that_names_its_doer(room: Newsroom, deed: Any) -> None:
    before, old = state(), set(Entry.objects.values_list("pk", flat=True))
    verb = deed(room.signed_in(room.admin), room)
    assert state() != before, "the deed did nothing"
    entries = [entry for entry in Entry.objects.exclude(pk__in=old) if entry.verb == verb]
    assert entries, sorted(Entry.objects.exclude(pk__in=old).values_list("verb", flat=True))
    assert {entry.actor_id for entry in entries} == {str(room.admin.pk)}
    assert all(entry.object_text for entry in entries)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_without_its_entry_nothing_is_done(
    room: Newsroom, deed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state()

    def refuse(self: Entry, *args: Any, **kwargs: Any) -> None:
        raise OSError("the trail cannot be written")

    client = room.signed_in(room.admin)
    monkeypatch.setattr(Entry, "save", refuse)
    deed(client, room)
    assert state() == before


def test_an_entry_says_what_was_there_before_and_never_a_password(room: Newsroom) -> None:
    change_settings(room.signed_in(room.admin), room)
    entry = Entry.objects.get(verb="site_settings.changed")
    assert (entry.before, entry.after) == ({"slogan": ""}, {"slogan": "Vì đoàn viên"})
    create_user(room.signed_in(room.admin), room)
    created = Entry.objects.get(verb="user.created")
    assert created.after is not None
    assert created.after["password"] == "…"


def test_saving_without_a_change_leaves_no_entry(room: Newsroom) -> None:
    client = room.signed_in(room.admin)
    change_settings(client, room)
    count = Entry.objects.count()
    change_settings(client, room)
    assert Entry.objects.count() == count
