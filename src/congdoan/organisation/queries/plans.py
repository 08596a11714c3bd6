"""What a reorganisation changes: its differences, and the tree before and after, cut down to what is concerned."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congdoan import vntext
from congdoan.organisation.engine.forest import Forest, Happening
from congdoan.organisation.engine.operations import KINDS as KINDS
from congdoan.organisation.engine.operations import (
    Dissolve,
    Merge,
    Move,
    NewUnit,
    Operation,
    Rename,
    Split,
    founded_units,
    named_units,
    parse,
)
from congdoan.organisation.models import Operation as StoredOperation
from congdoan.organisation.models import Reorganisation, Unit
from congdoan.organisation.queries.units import name_on, named, placed

FOLLOWED = "followed"
"""A unit that changes its parent because its parent ends, without an operation of its own."""
PER_BRANCH = 12
"""So many units of one branch are drawn; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Other:
    """A unit on the other side of a change."""

    code: str
    name: str
    share: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``kind``: added, removed, moved, renamed, merged, split, followed."""

    kind: str
    code: str
    name: str
    on: date
    name_after: str = ""
    before: str = ""
    after: str = ""
    others: tuple[Other, ...] = ()


@dataclass(slots=True)
class Branch:
    """A unit as ``compare_branch.html`` draws it."""

    name: str
    code: str = ""
    change: str = ""
    label: str = ""
    note: str = ""
    children: list[Branch] = field(default_factory=list)
    unchanged: int = 0


def day_of(after: Forest, on: date) -> date:
    """Return the day on which before and after are compared: the last that the batch changes anything on."""
    return max([on, *(happening.on for happening in after.happenings)])


def changes(before: Forest, after: Forest, on: date) -> list[Change]:
    """Return every difference that a batch makes, in the order of its operations; units that follow their parent last."""
    found: list[Change] = []
    for happening in after.happenings:
        found.extend(_changes_of(happening, before, after))
    day = day_of(after, on)
    moved = {change.code for change in found if change.kind == "moved"}
    for code in sorted(after.touched - moved - set(after.founded)):
        old, new = before.parent(code, day), after.parent(code, day)
        if old and new and old != new:
            found.append(
                Change(
                    FOLLOWED,
                    code,
                    after.name(code, day),
                    day,
                    before=_name(before, old, day),
                    after=_name(after, new, day),
                )
            )
    return found


def _name(forest: Forest, code: str, day: date) -> str:
    return forest.name(code, day) if code else ""


def _changes_of(happening: Happening, before: Forest, after: Forest) -> Iterator[Change]:
    on, eve, operation = happening.on, happening.on - timedelta(days=1), happening.operation
    for new in founded_units(operation):
        yield Change("added", new.code, new.name, on, after=_name(after, new.parent, on))
    match operation:
        case Merge() | Dissolve():
            kind = "merged" if isinstance(operation, Merge) else "removed"
            heirs = {one.predecessor: one.successor for one in happening.inheritances}
            for code in heirs or [happening.unit]:
                heir = heirs.get(code, "")
                others = (Other(heir, after.name(heir, on)),) if heir else ()
                yield Change(
                    kind,
                    code,
                    after.name(code, eve),
                    on,
                    before=_name(before, before.parent(code, eve) or "", eve),
                    others=others,
                )
        case Split(source=source):
            parts = tuple(
                Other(one.successor, after.name(one.successor, on), one.share)
                for one in happening.inheritances
            )
            yield Change("split", source, after.name(source, eve), on, others=parts)
        case Rename(unit=unit, name=name):
            yield Change("renamed", unit, happening.before.get("name", ""), on, name_after=name)
        case Move(unit=unit):
            old, new_parent = happening.before.get("parent", ""), happening.after.get("parent", "")
            yield Change(
                "moved",
                unit,
                after.name(unit, on),
                on,
                before=_name(before, old, eve),
                after=_name(after, new_parent, on),
            )


def tallies(found: Iterable[Change]) -> dict[str, int]:
    """Return how many units are founded, ended, merged, split, moved, renamed, and how many only follow."""
    counts = Counter(change.kind for change in found)
    return {
        "added": counts["added"],
        "ended": counts["removed"] + counts["merged"] + counts["split"],
        "merged": counts["merged"],
        "moved": counts["moved"],
        "followed": counts[FOLLOWED],
        "renamed": counts["renamed"],
    }


def trees(
    before: Forest, after: Forest, found: Sequence[Change], on: date
) -> tuple[list[Branch], list[Branch]]:
    """Return the tree before and after on the day of comparison: what changes, and what stands above it."""
    day = day_of(after, on)
    marks = {change.code: change for change in reversed(found)}
    shown: set[str] = set()
    for code in {*marks, *(other.code for change in found for other in change.others)}:
        for forest in (before, after):
            at: str | None = code if forest.lives_on(code, day) else None
            while at is not None and at not in shown:
                shown.add(at)
                at = forest.parent(at, day)
            while at is not None:  # what stands above in this forest may differ from the other
                shown.add(at)
                at = forest.parent(at, day)
    counts = dict(
        placed(day, parent__code__in=shown).order_by().values_list("parent__code").annotate(count=Count("pk"))
    )
    below = Counter(before.parent(code, day) for code in shown if before.lives_on(code, day))
    rest = {code: max(counts.get(code, 0) - below[code], 0) for code in shown}
    return _grown(before, shown, marks, rest, day, is_after=False), _grown(
        after, shown, marks, rest, day, is_after=True
    )


def _grown(
    forest: Forest,
    shown: set[str],
    marks: dict[str, Change],
    rest: dict[str, int],
    day: date,
    *,
    is_after: bool,
) -> list[Branch]:
    children: dict[str | None, list[str]] = {}
    for code in shown:
        if forest.lives_on(code, day):
            children.setdefault(forest.parent(code, day), []).append(code)

    def branches(parent: str | None) -> list[Branch]:
        codes = sorted(
            children.get(parent, ()),
            key=lambda code: (code in marks, vntext.sort_key(forest.name(code, day)), code),
        )
        # What has something below it is drawn whatever else is cut off.
        kept = [code for code in codes if code in children] + [
            code for code in codes if code not in children
        ][:PER_BRANCH]
        made = [branch(code) for code in codes if code in set(kept)]
        if len(kept) < len(codes):
            cut = len(codes) - len(kept)
            words = ngettext("và %d đơn vị khác cũng thay đổi", "và %d đơn vị khác cũng thay đổi", cut) % cut
            made.append(Branch(words))
        return made

    def branch(code: str) -> Branch:
        change = marks.get(code)
        kind, note = _mark(change, is_after=is_after)
        return Branch(
            forest.name(code, day),
            code,
            kind,
            note=note,
            children=branches(code),
            unchanged=rest.get(code, 0),
        )

    return branches(None)


def _mark(change: Change | None, *, is_after: bool) -> tuple[str, str]:
    """Return how a unit is marked on one side, and the words below its name."""
    if change is None:
        return "", ""
    if change.kind in ("moved", FOLLOWED):
        words = _("từ %s") % change.before if is_after else _("về %s") % change.after
        return "moved", words
    if change.kind == "renamed":
        return "renamed", _("trước là %s") % change.name if is_after else ""
    if change.kind == "added":
        return ("added", "") if is_after else ("", "")
    heirs = ", ".join(other.name for other in change.others[:3])
    return ("", "") if is_after else (change.kind, _("vào %s") % heirs if heirs else "")


# --- operations in words ---------------------------------------------------------------------------


def names_of(operations: Iterable[Operation], day: date) -> dict[str, str]:
    """Return the names of all units that operations name, existing or founded by them, by code."""
    operations = list(operations)
    codes = {code for operation in operations for code in named_units(operation)}
    found = {new.code: new.name for operation in operations for new in founded_units(operation)}
    units = named(Unit.objects.filter(code__in=codes), day)
    return found | {unit.code: unit.shown_name for unit in units}  # type: ignore[attr-defined]  # named


def founded_in(operations: Iterable[Operation]) -> dict[str, NewUnit]:
    """Return the units that a batch founds, by code: its other operations may name them."""
    return {new.code: new for operation in operations for new in founded_units(operation)}


def known_codes(codes: Iterable[str]) -> dict[str, str]:
    """Return the codes of existing units as they are written, by the code in lower case."""
    wanted = {code.lower() for code in codes}
    if not wanted:
        return {}
    rows = Unit.objects.filter(code__in={*codes, *(code.upper() for code in codes)}).values_list(
        "code", flat=True
    )
    return {code.lower(): code for code in rows if code.lower() in wanted}


# --- what is stored --------------------------------------------------------------------------------


def fingerprint(reorganisation: Reorganisation) -> str:
    """Return what tells one state of a draft's operations from another."""
    rows = list(reorganisation.operations.order_by("sequence").values_list("data", flat=True))
    return hashlib.sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def stored_operations(reorganisation: Reorganisation) -> QuerySet[StoredOperation]:
    """Return the operations of a batch in order."""
    return reorganisation.operations.order_by("sequence")


def parsed(rows: Iterable[StoredOperation]) -> list[tuple[int, Operation]]:
    """Return stored operations with their numbers."""
    return [(row.sequence, parse(row.data)) for row in rows]


def with_sizes(reorganisations: QuerySet[Reorganisation]) -> QuerySet[Reorganisation]:
    """Add ``size``, how many operations each batch has, and ``scope_name``; the newest first."""
    rows = StoredOperation.objects.filter(reorganisation=OuterRef("pk")).order_by().values("reorganisation")
    sizes = Subquery(rows.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return reorganisations.annotate(
        size=Coalesce(sizes, 0), scope_name=name_on(timezone.localdate(), "scope")
    ).order_by("-effective_on", "-pk")
