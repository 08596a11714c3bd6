"""Wagtail's objects can be found by editors as soon as they are saved.

Wagtail itself notes each save as a task for the background worker, in the same transaction: nothing is lost if this
process dies first. Doing it at once as well lets an editor find the picture that they uploaded a moment ago.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models, insert_or_update_object


def connect() -> None:
    """Listen to every model that Wagtail searches. Called when all apps are loaded."""
    for model in get_indexed_models():
        post_save.connect(_index_after_commit, sender=model, dispatch_uid=f"search {model._meta.label}")  # noqa: SLF001  # Django documents _meta as public


def _index_after_commit(instance: models.Model, raw: bool, **_kwargs: Any) -> None:  # Django passes it
    if not raw:
        # After the commit, because tags and other related words are saved after the object.
        transaction.on_commit(partial(insert_or_update_object, instance), robust=True)
