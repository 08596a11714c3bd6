"""The trail."""

from __future__ import annotations

from typing import Any, Never

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that somebody did (một dòng nhật ký). Written by ``actions.record`` and never changed.

    Holds no foreign key: what it tells of may disappear, the entry may not. ``before`` and ``after`` hold
    the fields that changed, as JSON. The database itself refuses an update or delete (see the migrations).
    """

    at = models.DateTimeField(_("lúc"), db_index=True, editable=False)
    actor_id = models.CharField(_("mã người làm"), max_length=40, blank=True, editable=False)
    actor_text = models.CharField(_("người làm"), max_length=200, editable=False)
    capacity_id = models.CharField(_("mã tư cách"), max_length=40, blank=True, editable=False)
    capacity_text = models.CharField(_("tư cách"), max_length=200, blank=True, editable=False)
    verb = models.CharField(_("việc"), max_length=80, db_index=True, editable=False)
    object_type = models.CharField(_("loại đối tượng"), max_length=80, editable=False)
    object_id = models.CharField(_("mã đối tượng"), max_length=64, editable=False)
    object_text = models.CharField(_("đối tượng"), max_length=300, editable=False)
    before = models.JSONField(_("trước"), null=True, editable=False, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("sau"), null=True, editable=False, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("lý do"), blank=True, editable=False)
    request_id = models.CharField(_("mã yêu cầu"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_entry_object"),
            models.Index(fields=["actor_id", "-id"], name="audit_entry_actor"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_entry_has_verb"),
            models.CheckConstraint(condition=~models.Q(actor_text=""), name="audit_entry_has_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_text}: {self.verb} {self.object_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert. Raises ``TypeError`` for an entry that is already written."""
        if self.pk is not None:
            raise TypeError("an audit entry is never changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: raises ``TypeError``."""
        raise TypeError("an audit entry is never deleted")
