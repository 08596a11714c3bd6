"""What an editor may choose from."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import page_permission_policy, policy_registry

from congdoan.accounts.models import User
from congdoan.media.models import Picture
from congdoan.portal.models import (
    CategoryPage,
)


def collections_to_upload_to(user: User) -> QuerySet[Collection]:
    """Return the collections into which ``user`` may put pictures."""
    policy = policy_registry.get_by_type(Picture)
    collections: QuerySet[Collection] = policy.collections_user_has_permission_for(user, "add")
    return collections.order_by("path")


THUMBNAIL = "max-165x165"
"""The size in which Wagtail's own lists show pictures."""


def own_uploads(user: User, numbers: Iterable[int]) -> dict[int, Picture]:
    """Return those pictures among ``numbers`` that ``user`` uploaded, with their thumbnails."""
    own = Picture.objects.filter(uploaded_by_user=user).prefetch_renditions(THUMBNAIL)
    pictures: dict[int, Picture] = own.in_bulk(list(numbers))
    return pictures


def choosable_pages(pages: QuerySet[Page], user: User) -> QuerySet[Page]:
    """Return those of ``pages`` that ``user`` may link to: what readers see, and what stands in the user's own tree."""
    own = page_permission_policy.explorable_instances(user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))


def categories_to_write_in(user: User) -> list[CategoryPage]:
    """Return the categories in which ``user`` may make articles, in the order of the tree."""
    allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
    return list(CategoryPage.objects.filter(pk__in=allowed.values("pk")).order_by("path"))


def rights_of_group(group: Group) -> list[str]:
    """Return the rights of ``group`` on pages and collections, as "add_page: Tin tức (page 4)"."""
    if group.pk is None:
        return []
    pages = GroupPagePermission.objects.filter(group=group).select_related("permission", "page")
    collections = GroupCollectionPermission.objects.filter(group=group).select_related(
        "permission", "collection"
    )
    return sorted(
        [f"{right.permission.codename}: {right.page.title} (page {right.page_id})" for right in pages]
        + [
            f"{right.permission.codename}: {right.collection.name} (collection {right.collection_id})"
            for right in collections
        ]
    )
