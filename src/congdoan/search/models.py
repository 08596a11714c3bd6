"""What waits to be indexed."""

from __future__ import annotations

from django.db import models


class Pending(models.Model):
    """A thing that changed and must be indexed anew, noted in the transaction of the change (outbox).

    ``kind`` is the name of a registered source ("article"), ``key`` the primary key within it.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "pending index entry"
        indexes = [models.Index(fields=["kind", "key"], name="search_pending_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
