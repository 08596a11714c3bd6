"""What waits to be indexed, and what editors find."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models


class Pending(models.Model):
    """A thing that changed and must be indexed anew, noted in the transaction of the change (outbox).

    ``kind`` is the name of a registered source ("article"), ``key`` the primary key within it. The row goes only
    after the index has it for good, so a crash can index a thing twice, but never forget it. ``tries`` counts how
    often reading the thing failed.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "pending index entry"
        indexes = [models.Index(fields=["kind", "key"], name="search_pending_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class AdminText(models.Model):
    """The words of one object that editors search for in Wagtail (page, image, document, account, snippet).

    Words are joined by one blank and have one before and after, so that " la" is the beginning of a word and
    " lao " a whole one. Written by ``congdoan.search.wagtail_backend`` alone.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=64)
    title = models.TextField(help_text="Folded words of the fields that complete while one types.")
    title_exact = models.TextField(help_text="The same with diacritics, spelling variants made one.")
    body = models.TextField(help_text="Folded words of all fields.")

    class Meta:
        verbose_name = "words of an object"
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="search_words_once_per_object")
        ]

    def __str__(self) -> str:
        return self.title.strip()
