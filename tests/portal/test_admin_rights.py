"""Who may do what in the editors' admin, with the groups that set-up makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Collection, TaskState, Workflow
from wagtail.permissions import policy_registry

from congdoan.accounts.models import User
from congdoan.documents.models import Document
from congdoan.media.models import Picture
from congdoan.pages.models import SiteSettings
from congdoan.participation.models import Call
from congdoan.portal.models import ArticlePage
from tests.factories import DocumentFactory, PictureFactory
from tests.portal.newsroom import Newsroom, article_data, told

pytestmark = pytest.mark.django_db

WORDS = "tinh+gian+bien+che"
"""What somebody types who looks for the other department's draft."""


def add_address(category: Any) -> str:
    return reverse("wagtailadmin_pages:add", args=["portal", "articlepage", category.pk])


def edit_address(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# --- Those who write everywhere ------------------------------------------------------------------


def test_an_editor_writes_in_every_category_and_submits_but_does_not_publish(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.editor)
    for category in (newsroom.ours, newsroom.theirs):
        assert client.get(add_address(category)).status_code == 200
    answer = client.post(add_address(newsroom.ours), article_data(**{"action-publish": "1"}))
    article = ArticlePage.objects.get(slug="hoi-nghi-nguoi-lao-dong")
    assert answer.status_code == 302
    assert not article.live

    client.post(edit_address(article), article_data(**{"action-submit": "1"}))
    article.refresh_from_db()
    assert article.current_workflow_state is not None
    assert article.current_workflow_state.workflow == Workflow.objects.get(name="Duyệt bài")
    assert not article.live


def test_an_editor_keeps_albums_and_bulletins_but_not_the_front_page(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.editor)
    assert client.get(edit_address(newsroom.album)).status_code == 200
    bulletins = newsroom.home.get_children().get(slug="ban-tin")
    assert (
        client.get(
            reverse("wagtailadmin_pages:add", args=["portal", "bulletinpage", bulletins.pk])
        ).status_code
        == 200
    )
    assert client.get(edit_address(newsroom.home)).status_code == 302


def test_an_approver_publishes_what_was_submitted(newsroom: Newsroom) -> None:
    newsroom.signed_in(newsroom.editor).post(
        add_address(newsroom.ours), article_data(**{"action-submit": "1"})
    )
    article = ArticlePage.objects.get(slug="hoi-nghi-nguoi-lao-dong")
    task = TaskState.objects.get()
    client = newsroom.signed_in(newsroom.approver)
    action = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    client.post(action, {"comment": "Đăng được."})
    article.refresh_from_db()
    assert article.live


def test_an_approver_locks_and_unpublishes(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.approver)
    article = newsroom.our_article
    client.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    article.refresh_from_db()
    assert article.locked
    client.post(reverse("wagtailadmin_pages:unlock", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    article.refresh_from_db()
    assert (article.locked, article.live) == (False, False)


def test_an_editor_neither_locks_nor_unpublishes(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.editor)
    article = newsroom.our_article
    client.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    article.refresh_from_db()
    assert (article.locked, article.live) == (False, True)


# --- A department --------------------------------------------------------------------------------


def test_a_department_writes_and_publishes_in_its_own_category(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    answer = client.post(add_address(newsroom.ours), article_data(**{"action-publish": "1"}))
    assert answer.status_code == 302
    assert ArticlePage.objects.get(slug="hoi-nghi-nguoi-lao-dong").live


def test_a_department_cannot_write_in_another_category(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    assert client.get(add_address(newsroom.theirs)).status_code == 302
    client.post(add_address(newsroom.theirs), article_data(**{"action-publish": "1"}))
    assert not ArticlePage.objects.filter(slug="hoi-nghi-nguoi-lao-dong").exists()


def test_a_department_cannot_change_publish_or_delete_what_another_wrote(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    for article in (newsroom.their_article, newsroom.their_draft):
        before = (article.title, article.live, article.locked)
        data = article_data(**{"title": "Bị sửa", "slug": article.slug, "action-publish": "1"})
        assert client.get(edit_address(article)).status_code == 302
        for name in ("edit", "delete", "unpublish", "lock", "copy"):
            client.post(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]), data)
        article = ArticlePage.objects.get(pk=article.pk)
        assert (article.title, article.live, article.locked) == before
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={newsroom.their_draft.pk}", {"next": "/quan-tri/"})
    assert ArticlePage.objects.filter(pk=newsroom.their_draft.pk).exists()


def test_a_department_moves_nothing_into_or_out_of_another_category(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    for page, destination in (
        (newsroom.our_article, newsroom.theirs),
        (newsroom.their_article, newsroom.ours),
        (newsroom.their_draft, newsroom.ours),
    ):
        before = page.path
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
        assert client.get(address).status_code == 302
        client.post(address)
        page.refresh_from_db()
        assert page.path == before
    assert (
        newsroom.signed_in(newsroom.editor)
        .get(reverse("wagtailadmin_pages:move_confirm", args=[newsroom.their_draft.pk, newsroom.ours.pk]))
        .status_code
        == 200
    )


def _addresses(newsroom: Newsroom) -> Iterator[str]:
    """Every address of the admin, filled in with the other department's draft and category."""
    draft = newsroom.their_draft
    numbers = {
        "parent_page_id": newsroom.theirs.pk,
        "destination_id": newsroom.ours.pk,
        "revision_id": draft.latest_revision_id,
    }

    def walk(resolver: Any, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, route)
            else:
                yield route

    for route in walk(get_resolver(), "/"):
        if not route.startswith("/quan-tri/") or "logout" in route or "failwhale" in route or "(?P" in route:
            continue
        path = route.replace("^", "").replace(
            "<str:app_label>/<str:model_name>/<str:action>", "wagtailcore/page/delete"
        )
        path = re.sub(
            r"<\w+:content_type_app_name>/<\w+:content_type_model_name>", "portal/articlepage", path
        )
        path = re.sub(r"<\w+:app_label>/<\w+:model_name>", "portal/articlepage", path)
        path = re.sub(r"<int:(\w+)>", lambda found: str(numbers.get(found[1], draft.pk)), path)
        path = re.sub(r"<\w+:\w+>", str(draft.pk), path)
        yield f"{path}?id={draft.pk}&q={WORDS}"
    yield reverse("wagtailadmin_pages:revisions_compare", args=[draft.pk, "earliest", "latest"])
    yield f"/quan-tri/choose-page/{newsroom.theirs.pk}/?page_type=portal.articlepage"
    yield f"/quan-tri/choose-page/search/?q={WORDS}&page_type=portal.articlepage"
    yield f"/quan-tri/pages/search/?q={WORDS}"
    yield f"/quan-tri/bulk/wagtailcore/page/delete/?id=all&childOf={newsroom.theirs.pk}"
    yield f"/quan-tri/bulk/wagtailcore/page/delete/?id=all&q={WORDS}"
    yield f"/quan-tri/api/main/pages/?child_of={newsroom.theirs.pk}"
    yield f"/quan-tri/api/main/pages/?search={WORDS}"


def _tells(client: Client, address: str) -> bool:
    answer = client.get(address)
    return not answer.streaming and told(answer.content.decode(errors="replace"))


def test_no_screen_tells_a_department_of_anothers_draft(newsroom: Newsroom) -> None:
    call_command("update_index", verbosity=0)
    addresses = list(_addresses(newsroom))
    could = (
        "/pages/search/?",
        "choose-page/search/?",
        "/move/",
        "page-types-usage/?",
        "chosen-multiple/?",
        "bulk/",
        "api/main/pages/?",
        "compare",
    )
    admin = newsroom.signed_in(newsroom.admin)
    for part in could:
        # What could tell it does tell it to those who may know.
        assert any(_tells(admin, address) for address in addresses if part in address), part
    department = newsroom.signed_in(newsroom.department)
    assert [address for address in addresses if _tells(department, address)] == []
    own = f"/quan-tri/bulk/wagtailcore/page/delete/?id=all&childOf={newsroom.ours.pk}"
    assert told(department.get(own).content.decode(), newsroom.our_article.title)


def test_a_department_may_link_to_what_another_published(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    body = client.get(f"/quan-tri/choose-page/{newsroom.theirs.pk}/").content.decode()
    assert told(body, newsroom.their_article.title)
    assert not told(body)


@pytest.mark.parametrize("who", ["department", "editor"])
def test_only_the_right_groups_change_settings_and_accounts(newsroom: Newsroom, who: str) -> None:
    user = getattr(newsroom, who)
    client = newsroom.signed_in(user)
    site = newsroom.home.get_site()
    SiteSettings.for_site(site)
    assert (
        client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings", site.pk])).status_code
        == 302
    )
    assert client.get(reverse("wagtailusers_users:edit", args=[newsroom.admin.pk])).status_code == 302
    assert client.get(reverse("wagtailusers_groups:index")).status_code == 302
    client.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        {
            "username": user.username,
            "first_name": "A",
            "last_name": "B",
            "email": "",
            "is_superuser": "on",
            "is_active": "on",
        },
    )
    user.refresh_from_db()
    assert not user.is_superuser


def test_a_department_changes_neither_polls_nor_the_library(newsroom: Newsroom) -> None:
    document = DocumentFactory(title="Kế hoạch mật", live=False)
    call = Call.objects.create(title="Câu hỏi chưa mở", slug="cau-hoi")
    client = newsroom.signed_in(newsroom.department)
    for model, item in ((Document, document), (Call, call)):
        address = reverse(model.snippet_viewset.get_url_name("edit"), args=[item.pk])
        assert client.get(address).status_code == 302
        assert newsroom.signed_in(newsroom.editor).get(address).status_code == 200


def test_pictures_of_others_are_not_shown_to_a_department(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(newsroom.department)
    own = Collection.objects.get(name="Ban Tuyên giáo NC")
    shared = Collection.objects.get(name="Ảnh bài viết")
    PictureFactory(title="Ảnh của chúng tôi", collection=own, uploaded_by_user=newsroom.department)
    hidden = PictureFactory(title="Ảnh chưa công bố", collection=shared)
    for address in (reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose")):
        body = client.get(address).content.decode()
        assert told(body, "Ảnh của chúng tôi")
        assert not told(body, "Ảnh chưa công bố")
        assert told(newsroom.signed_in(newsroom.admin).get(address).content.decode(), "Ảnh chưa công bố")
    assert client.get(reverse("wagtailimages:edit", args=[hidden.pk])).status_code == 302
    chosen = client.get(reverse("wagtailimages_chooser:chosen", args=[hidden.pk]))
    assert not told(chosen.content.decode(), "Ảnh chưa công bố")


def test_a_department_adds_pictures_to_its_own_collection_only(newsroom: Newsroom) -> None:
    policy = policy_registry.get_by_type(Picture)
    names = {
        collection.name
        for collection in policy.collections_user_has_permission_for(newsroom.department, "add")
    }
    assert names == {"Ban Tuyên giáo NC"}


def test_a_member_without_a_group_does_not_get_in(newsroom: Newsroom) -> None:
    client = newsroom.signed_in(User.objects.create(username="doan-vien"))
    assert client.get("/quan-tri/").status_code in (302, 403)
