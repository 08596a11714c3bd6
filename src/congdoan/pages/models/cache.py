"""How processes tell one another which cached pages are out of date."""

from __future__ import annotations

from django.db import models


class Purge(models.Model):
    """A note that pages depending on ``tags`` must be rendered anew, written in the transaction of the change.

    Every web process reads new notes several times a second; old ones are pruned.
    """

    tags = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "purge"
        constraints = [models.CheckConstraint(condition=~models.Q(tags=[]), name="purge_has_tags")]

    def __str__(self) -> str:
        return ", ".join(self.tags)
