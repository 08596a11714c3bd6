"""What a person did last, read from the audit trail and said in words.

An app registers a sentence for each verb it writes; a verb without one is left out rather than shown as a code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from congdoan.accounts.models import User
from congdoan.audit.models import Entry

WITHIN = dt.timedelta(days=90)
"""How far back the trail is read: what lies further back is no longer "last", and the trail is long."""

_READ = 60
"""Entries read to find a few lines: saving one text ten times is ten entries and one line."""


@dataclass(frozen=True, slots=True)
class Recent:
    """One thing that the reader did."""

    sentence: str
    title: str
    at: dt.datetime
    capacity: str = ""
    url: str = ""


Linker = Callable[[HttpRequest, Iterable[str]], Mapping[str, str]]

_sentences: dict[str, str | Promise] = {}
_linkers: dict[str, Linker] = {}


def say(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by verb: ``{"unit.contacts_changed": _("Bạn sửa địa chỉ liên hệ")}``; the object's name follows."""
    _sentences.update(sentences)


def link(object_type: str, linker: Linker) -> None:
    """Add how objects of a type ("documents.document") are found: given the request and ids, addresses by id.

    A linker asks at most one query for all ids and leaves out what the reader may not open. Types that share their ids
    (pages) may share a linker: it is asked once for all of them.
    """
    _linkers[object_type] = linker


def done_last(request: HttpRequest, user: User, *, limit: int = 8) -> list[Recent]:
    """Return what ``user`` did last, the newest first; the same thing done again and again is one line."""
    entries = Entry.objects.filter(
        actor_id=str(user.pk), verb__in=list(_sentences), at__gte=timezone.now() - WITHIN
    ).order_by("-pk")[:_READ]
    chosen: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        chosen.setdefault((entry.verb, entry.object_type, entry.object_id), entry)
        if len(chosen) == limit:
            break
    addresses = _addresses(request, chosen.values())
    return [
        Recent(
            sentence=str(_sentences[entry.verb]),
            title=entry.object_text,
            at=entry.at,
            capacity=entry.capacity_text,
            url=addresses.get((entry.object_type, entry.object_id), ""),
        )
        for entry in chosen.values()
    ]


def _addresses(request: HttpRequest, entries: Iterable[Entry]) -> dict[tuple[str, str], str]:
    found: dict[Linker, list[Entry]] = {}
    for entry in entries:
        if entry.object_type in _linkers:
            found.setdefault(_linkers[entry.object_type], []).append(entry)
    addresses: dict[tuple[str, str], str] = {}
    for linker, its in found.items():
        urls = linker(request, {entry.object_id for entry in its})
        for entry in its:
            if entry.object_id in urls:
                addresses[entry.object_type, entry.object_id] = urls[entry.object_id]
    return addresses
