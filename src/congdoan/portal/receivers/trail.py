"""What editors change goes into the audit trail, in the transaction of the change.

Wagtail keeps a log of its own, which is copied. It has gaps: a picture that comes by the upload of many, a deletion of
many at once, rights, settings without their old values. So for what stands in ``WATCHED`` the trail is written from
the saving itself, with what was there before, and Wagtail's entry is left out.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import get_active_log_context
from wagtail.models import (
    Collection,
    ModelLogEntry,
    PageLogEntry,
    Site,
)

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.media.models import File, Picture
from congdoan.pages.models import Fact, MenuEntry, SiteSettings, WebLink

WATCHED: dict[type[Model], str] = {
    Picture: "picture",
    File: "file",
    Collection: "collection",
    SiteSettings: "site_settings",
    MenuEntry: "menu_entry",
    Fact: "fact",
    WebLink: "web_link",
    User: "user",
    Group: "group",
    Site: "site",
    Redirect: "redirect",
}
"""Models and the noun of their entries."""

SILENT = {
    "id",
    "last_login",
    "file_size",
    "file_hash",
    "width",
    "height",
    "created_at",
    "updated_at",
    "numchild",
    "automatically_created",
}
"""Fields that follow from others, or that nobody changes by hand."""

SECRET = {"password"}
"""Fields of which only the fact of a change is written."""

_BEFORE = "_congdoan_before_change"

RIGHTS = {User.groups.through: "groups", Group.permissions.through: "permissions"}
"""Memberships and rights: which set of rows, and its name in the entry."""


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def copy_to_the_trail(sender: Any, instance: Any, created: bool, **kwargs: Any) -> None:
    """Copy what Wagtail logs. Wagtail deletes its own log together with some objects; the trail stays."""
    model = instance.content_type.model_class() if instance.content_type else None
    if not created or (model in WATCHED and _editor() is not None):
        return
    audit.record_entry(
        instance.action,
        object_type=f"{instance.content_type.app_label}.{instance.content_type.model}"
        if instance.content_type
        else "",
        object_id=str(instance.object_id),
        object_text=instance.label,
        actor=instance.user,
        after=instance.data or None,
    )


@receiver(pre_save)
def remember(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Keep what the row says now; ``write_down`` compares."""
    if sender not in WATCHED or _editor() is None:
        return
    before = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None  # noqa: SLF001  # public in Django
    setattr(instance, _BEFORE, _facts(before) if before else None)


@receiver(post_save)
def write_down(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Write an entry for a new row, or for what changed in an old one."""
    editor = _editor()
    if sender not in WATCHED or editor is None or raw:
        return
    after = _facts(instance)
    if created:
        audit.record(f"{WATCHED[sender]}.created", instance, actor=editor, after=_shown(after))
        return
    before = getattr(instance, _BEFORE, None) or {}
    changed = {name for name in after if before.get(name) != after[name]}
    if changed:
        audit.record(
            f"{WATCHED[sender]}.changed",
            instance,
            actor=editor,
            before=_shown({name: before.get(name) for name in sorted(changed)}),
            after=_shown({name: after[name] for name in sorted(changed)}),
        )


@receiver(post_delete)
def write_down_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Write what the row said."""
    editor = _editor()
    if sender in WATCHED and editor is not None:
        audit.record(f"{WATCHED[sender]}.deleted", instance, actor=editor, before=_shown(_facts(instance)))


@receiver(m2m_changed)
def write_down_rights(
    sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: set[Any] | None, **kwargs: Any
) -> None:
    """Write who joined or left a group, and which rights a group was given or lost."""
    editor = _editor()
    if sender not in RIGHTS or editor is None or action not in ("post_add", "post_remove", "pre_clear"):
        return
    what = RIGHTS[sender]
    if action == "pre_clear":
        others = list(getattr(instance, "user_set" if reverse else what).all())
    else:
        others = list(model._base_manager.filter(pk__in=pk_set or ()))  # noqa: SLF001  # public in Django
    # The entry is about the one whose rights change: the person, or the group.
    pairs = [(other, instance) for other in others] if reverse else [(instance, other) for other in others]
    for subject, other in pairs:
        verb = f"{WATCHED[type(subject)]}.{what}_{'added' if action == 'post_add' else 'removed'}"
        audit.record(verb, subject, actor=editor, after={what: str(other)})


def _editor() -> Any:
    """Whoever works in the admin right now; ``None`` elsewhere: actions of ours write their own entries."""
    return get_active_log_context().user


def _facts(instance: Model) -> dict[str, Any]:
    facts = {}
    for field in instance._meta.concrete_fields:  # noqa: SLF001  # Django documents _meta as public
        if field.name not in SILENT:
            value = getattr(instance, field.attname)
            # A form leaves text where the row holds a number; both must compare equal.
            facts[field.name] = value.name if isinstance(value, FieldFile) else field.to_python(value)
    return facts


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: "…" if name in SECRET else value for name, value in facts.items()}
