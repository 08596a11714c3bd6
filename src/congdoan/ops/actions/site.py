"""The rows that every installation starts with: the tree of pages, menu, groups, workflow, collections."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import get_snippet_models

from congdoan.ops import markup
from congdoan.pages.models import MenuEntry, SiteSettings

CONTENT = Path(__file__).resolve().parent.parent / "content" / "site.toml"

EDITED = ("tin-tuc", "album", "ban-tin")
"""Slugs of the pages below which editors write."""


def model(label: str) -> Any:
    """Return a model of an app that stands beside this one ("portal.HomePage").

    Neighbours are reached through Django's registry and never imported; see the layers in docs/architecture.md.
    """
    return apps.get_model(label)


@transaction.atomic
def load_base() -> bool:
    """Make the tree of pages, menu, groups, workflow and collections of a new site.

    Returns ``False`` and changes nothing where there is a front page already: from then on they are the editors'.
    """
    if model("portal.HomePage").objects.exists():
        return False
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    home = _load_pages(content)
    _load_menu(content, home)
    _load_collections(content)
    editors, approvers = _load_groups(content, home)
    _load_workflow(content, home, approvers)
    give_rights_on_pages(
        editors, [page for page in home.get_children() if page.slug in EDITED], publish=False
    )
    give_rights_on_pages(approvers, [home], publish=True)
    return True


def point_site_at_address() -> None:
    """Tell the site under which host and port it answers (``BASE_URL``), so that full addresses are right."""
    parts = urlsplit(settings.BASE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    changed = Site.objects.filter(is_default_site=True).exclude(hostname=parts.hostname, port=port)
    if changed.update(hostname=parts.hostname, port=port):
        Site.clear_site_root_paths_cache()


def publish(page: Page, parent: Page) -> Page:
    """Add ``page`` below ``parent`` and publish it the way Wagtail does, so that it has a revision."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _load_pages(content: dict[str, Any]) -> Page:
    root = Page.objects.get(depth=1)
    # Wagtail's own greeting stands where the front page belongs. It has no children and no text.
    for greeting in Page.objects.filter(depth=2):
        Site.objects.filter(root_page=greeting).delete()
        greeting.delete()
    root = Page.objects.get(depth=1)
    home = publish(model("portal.HomePage")(**content["home"]), root)
    for entry in content["page"]:
        fields = dict(entry)
        kind = model(fields.pop("model"))
        for field in ("body", "body_en"):
            if field in fields:
                fields[field] = markup.as_stream(markup.parse(fields[field]))
        publish(kind(**fields), home)
    Site.objects.create(
        hostname="localhost",
        port=80,
        root_page=home,
        is_default_site=True,
        site_name=settings.WAGTAIL_SITE_NAME,
    )
    point_site_at_address()
    home.refresh_from_db()
    return home


def _load_menu(content: dict[str, Any], home: Page) -> None:
    site_settings = SiteSettings.for_site(Site.objects.get(root_page=home))
    pages = {page.slug: page for page in home.get_children()}
    for order, entry in enumerate(content["menu"]):
        fields = dict(entry)
        slug = fields.pop("page", None)
        MenuEntry.objects.create(
            settings=site_settings, sort_order=order, page=pages[slug] if slug else None, **fields
        )


def _load_collections(content: dict[str, Any]) -> None:
    root = Collection.get_first_root_node()
    for name in content["collections"]["names"]:
        root.add_child(name=name)


def _load_groups(content: dict[str, Any], home: Page) -> tuple[Group, Group]:
    # The groups and the workflow that Wagtail brings have English names and rights on everything.
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    editors, approvers = (
        Group.objects.create(name=content["groups"][key]) for key in ("editors", "approvers")
    )
    for group in (editors, approvers):
        give_rights_in_admin(group)
    snippets = [snippet._meta for snippet in get_snippet_models()]  # noqa: SLF001  # Django documents _meta as public
    for meta in snippets:
        rights = Permission.objects.filter(
            content_type__app_label=meta.app_label, content_type__model=meta.model_name
        )
        approvers.permissions.add(*rights)
        if meta.app_label in ("documents", "participation"):
            editors.permissions.add(*rights.exclude(codename__startswith="delete_"))
    approvers.permissions.add(*Permission.objects.filter(codename="change_sitesettings"))
    return editors, approvers


def make_department(category: Page) -> Group:
    """Make the group that writes and publishes below ``category`` and nowhere else, or return it as it is.

    It has a collection of its own for pictures and files: what others keep for articles not yet published is not shown
    to it.
    """
    group, created = Group.objects.get_or_create(name=category.title)
    if created:
        collection = Collection.get_first_root_node().add_child(name=category.title)
        give_rights_in_admin(group, collection)
        give_rights_on_pages(group, [Page.objects.get(pk=category.pk)], publish=True)
    return group


def give_rights_in_admin(group: Group, collection: Collection | None = None) -> None:
    """Let members of ``group`` into the editors' admin and let them add pictures and files: anywhere, or in one collection."""
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    collection = collection or Collection.get_first_root_node()
    for app_label, codenames in (
        ("wagtailimages", ("add_image", "choose_image")),
        ("wagtaildocs", ("add_document", "choose_document")),
    ):
        for permission in Permission.objects.filter(
            content_type__app_label=app_label, codename__in=codenames
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def give_rights_on_pages(group: Group, pages: list[Page], *, publish: bool) -> None:
    """Let members of ``group`` write below ``pages``, and with ``publish`` put what was written before readers."""
    codenames = ["add_page", "change_page"]
    if publish:
        codenames += ["publish_page", "lock_page", "unlock_page"]
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    for page in pages:
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _load_workflow(content: dict[str, Any], home: Page, approvers: Group) -> None:
    task = GroupApprovalTask.objects.create(name=content["workflow"]["task"])
    task.groups.add(approvers)
    workflow = Workflow.objects.create(name=content["workflow"]["name"])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page_id=home.pk, defaults={"workflow": workflow})
