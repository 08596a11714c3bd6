"""The scene of the admin's tests: a site as set-up makes it, two departments, and people with their rights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from congdoan.accounts.models import User
from congdoan.ops.actions import site
from congdoan.portal.models import AlbumIndexPage, AlbumPage, ArticlePage, CategoryPage, HomePage
from tests.factories import UserFactory, make_article, make_category

SECRET = "Phương án tinh giản biên chế chưa công bố"
"""Title of the other department's draft: what must not leak."""


@dataclass
class Newsroom:
    """Who and what there is."""

    home: HomePage
    ours: CategoryPage
    theirs: CategoryPage
    our_article: ArticlePage
    their_article: ArticlePage
    their_draft: ArticlePage
    album: AlbumPage
    editor: User
    approver: User
    department: User
    admin: User

    def signed_in(self, user: User) -> Client:
        """A client in which ``user`` works; errors become answers, as in life."""
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client


def make_newsroom() -> Newsroom:
    """Set up as ``congdoan setup`` does."""
    with transaction.atomic():
        site.load_base()
        ours = make_category("Ban Tuyên giáo NC")
        theirs = make_category("Ban Tổ chức")
        our_article = make_article(ours, title="Hội thi kể chuyện về Bác")
        their_article = make_article(theirs, title="Quyết định điều động cán bộ")
        their_draft = make_article(theirs, title=SECRET, publish=False)
        their_draft.save_revision()
        index: Any = AlbumIndexPage.objects.get()
        album = index.add_child(instance=AlbumPage(title="Tháng Công nhân", live=False))
        album.save_revision().publish()
        people = {
            name: UserFactory(username=name) for name in ("bien-tap", "duyet-bai", "tuyen-giao", "quan-tri")
        }
        people["bien-tap"].groups.add(Group.objects.get(name="Biên tập viên"))
        people["duyet-bai"].groups.add(Group.objects.get(name="Người duyệt"))
        people["tuyen-giao"].groups.add(site.make_department(ours))
        User.objects.filter(username="quan-tri").update(is_superuser=True, is_staff=True)
        people["quan-tri"].refresh_from_db()
    return Newsroom(
        home=HomePage.objects.get(),
        ours=ours,
        theirs=theirs,
        our_article=our_article,
        their_article=their_article,
        their_draft=their_draft,
        album=AlbumPage.objects.get(pk=album.pk),
        editor=people["bien-tap"],
        approver=people["duyet-bai"],
        department=people["tuyen-giao"],
        admin=people["quan-tri"],
    )


def told(body: str, words: str = SECRET) -> bool:
    """Whether an answer tells ``words``, as text or inside JSON."""
    return words in body or json.dumps(words)[1:-1] in body


def article_data(**fields: Any) -> dict[str, Any]:
    """What the article's form sends; ``fields`` change it."""
    data: dict[str, Any] = {
        "title": "Hội nghị người lao động",
        "slug": "hoi-nghi-nguoi-lao-dong",
        "lead": "",
        "picture": "",
        "picture_alt": "",
        "picture_caption": "",
        "author": "",
        "organisation": "",
        "sources": "",
        "tags": "",
        "title_en": "",
        "lead_en": "",
        "description_en": "",
        "seo_title": "",
        "search_description": "",
        "dated": "",
        "date_precision": "exact",
        "report_basis": "as-was",
        "report_compare": "",
        "go_live_at": "",
        "expire_at": "",
        "body-count": "0",
        "body_en-count": "0",
        "comment_notifications": "",
    }
    for formset in ("related_articles", "comments"):
        data |= {
            f"{formset}-TOTAL_FORMS": "0",
            f"{formset}-INITIAL_FORMS": "0",
            f"{formset}-MIN_NUM_FORMS": "0",
            f"{formset}-MAX_NUM_FORMS": "1000",
        }
    return {**data, **fields}
