"""Keeping the index in step with the data: note what changed, bring it in, build anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from congdoan.search import sources
from congdoan.search.engine import IndexMissingError, Key, RebuildRunningError, SearchError
from congdoan.search.models import Pending
from congdoan.search.queries import engine

log = structlog.get_logger(__name__)

MOST_TRIES = 100
"""After so many calls that failed to read a thing, it waits for the next change of it; the log tells of it."""
_BATCH = 100
_FEW = 20
"""So many changes are indexed at once by the process that made them; more are left to the background worker."""


def note_changed(kind: str, key: object) -> None:
    """Note, in the caller's transaction, that a thing was written, hidden or deleted.

    It can be found as it now is as soon as the transaction has been committed, or a moment later.
    """
    Pending.objects.create(kind=kind, key=str(key))
    transaction.on_commit(_drain_a_few, robust=True)


def note_many(kind: str, keys: Iterable[object]) -> None:
    """Note many things of a kind at once, as ``note_changed`` does for one."""
    Pending.objects.bulk_create([Pending(kind=kind, key=str(key)) for key in keys], batch_size=1000)
    transaction.on_commit(_drain_a_few, robust=True)


def drain() -> int:
    """Bring everything noted into the index, build it first if it is missing; return how many changes were done.

    May run in many processes at once: whoever comes last writes the newest state.
    """
    if not engine().is_ready():
        try:
            rebuild()
        except RebuildRunningError:
            return 0
    done = 0
    after = 0
    while rows := _waiting(_BATCH, after=after):
        try:
            done += _bring_in(rows)
        except IndexMissingError:
            break  # damaged since we looked; the next call builds it
        after = rows[-1].pk  # what failed is tried again by the next call, not in this one
    return done


def rebuild() -> int:
    """Build the index anew while searches go on; return how many texts it holds. Raises ``RebuildRunningError``."""
    # Addresses are kept as Vietnamese pages have them, whoever's request is being answered.
    with translation.override(settings.LANGUAGE_CODE):
        count = engine().rebuild(sources.load_everything(), sources.load)
    log.info("search_index_rebuilt", texts=count)
    return count


def _drain_a_few() -> None:
    rows = _waiting(_FEW + 1)
    if not rows or len(rows) > _FEW or not engine().is_ready():
        return
    try:
        _bring_in(rows)
    except SearchError as error:
        log.info("search_index_later", reason=str(error))  # the background worker does it


def _waiting(count: int, *, after: int = 0) -> list[Pending]:
    return list(Pending.objects.filter(pk__gt=after, tries__lt=MOST_TRIES).order_by("pk")[:count])


def _bring_in(rows: Sequence[Pending]) -> int:
    """Index the things that ``rows`` name, then drop the rows. Raises ``SearchError``: then the rows stay."""
    keys = list(dict.fromkeys((row.kind, row.key) for row in rows))
    failed = _refresh(keys)
    pks = [row.pk for row in rows if (row.kind, row.key) not in failed]
    Pending.objects.filter(pk__in=pks).delete()
    if failed:
        Pending.objects.filter(pk__in=[row.pk for row in rows if (row.kind, row.key) in failed]).update(
            tries=F("tries") + 1
        )
    return len(pks)


def _refresh(keys: Sequence[Key]) -> set[Key]:
    """Refresh all ``keys`` at once; if one cannot be read, each by itself. Return those that cannot."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            engine().refresh(keys, sources.load)
    except SearchError:
        raise
    except Exception as error:  # whatever one source raises must not stop the others
        if len(keys) == 1:
            log.exception("search_source_failed", kind=keys[0][0], key=keys[0][1], error=str(error))
            return set(keys)
        return set().union(*(_refresh([key]) for key in keys))
    return set()
