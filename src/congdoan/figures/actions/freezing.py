"""Freezing figures: what was published stays what it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from congdoan.audit import actions as audit
from congdoan.figures.engine.specs import Asked
from congdoan.figures.errors import NothingToFreezeError
from congdoan.figures.models import PageFigure, PublishedFigure
from congdoan.figures.queries.computing import Answer, compute, scaled
from congdoan.figures.queries.papers import papers
from congdoan.figures.queries.texts import asked_in, scope_of, specs_of
from congdoan.reporting.models import Indicator

HASHED = (
    *(
        "indicator_id",
        "version_id",
        "unit_id",
        "cell",
        "start",
        "end",
        "basis",
        "value",
        "decimals",
        "numerator",
    ),
    *(
        "denominator",
        "low",
        "high",
        "target",
        "target_source",
        "reported",
        "expected",
        "inapplicable",
        "vintage",
    ),
    *(
        "epoch",
        "as_of",
        "tree_version",
        "as_is_day",
        "origin",
        "source",
        "source_on",
        "source_document_id",
        "outside_id",
    ),
)
"""Fields that the hash covers."""


def digest_of(figure: PublishedFigure) -> str:
    """Return the SHA-256 over everything that a published figure says, as canonical JSON."""
    whole = {name: _plain(getattr(figure, name)) for name in HASHED}
    whole["indicator"], whole["unit"] = figure.indicator.code, figure.unit.code
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp() * 1_000_000)
    return value.isoformat() if isinstance(value, date) else value


def unsaved(answer: Answer) -> PublishedFigure:
    """Return a figure as it would be published. Raises ``NothingToFreezeError`` when it has no value."""
    if not answer.has_value:
        raise NothingToFreezeError(answer.asked.indicator)
    figure, indicator = answer.figure, answer.figure.indicator
    value, decimals = scaled(figure.value, indicator)
    origin = {
        Indicator.Kind.TREE: PublishedFigure.Origin.TREE,
        Indicator.Kind.OUTSIDE: PublishedFigure.Origin.OUTSIDE,
    }.get(Indicator.Kind(indicator.kind), PublishedFigure.Origin.REPORTS)
    made = PublishedFigure(
        indicator=indicator,
        version=answer.meaning,
        unit=figure.unit,
        cell=figure.cell,
        start=figure.start,
        end=figure.end,
        basis=figure.basis,
        value=value,
        decimals=decimals,
        numerator=figure.numerator,
        denominator=figure.denominator,
        low=figure.low,
        high=figure.high,
        target=answer.target.value if answer.target else None,
        target_source=answer.target.source if answer.target else "",
        reported=figure.reported,
        expected=figure.expected,
        inapplicable=figure.inapplicable,
        vintage=figure.vintage,
        epoch=answer.moment.epoch,
        as_of=figure.as_of,
        tree_version=answer.moment.tree_version,
        as_is_day=answer.moment.as_is_day,
        origin=origin,
        source=figure.source,
        source_on=answer.outside.captured_on if answer.outside else None,
        outside=answer.outside,
    )
    made.digest = digest_of(made)
    return made


@transaction.atomic
def freeze(answers: Iterable[Answer], *, by: str = "") -> dict[Asked, PublishedFigure]:
    """Store figures; what says exactly the same as one that is stored already is that one. Answers without a value are left out."""
    made: dict[Asked, PublishedFigure] = {}
    for answer in answers:
        if answer.has_value:
            made[answer.asked] = unsaved(answer)
            made[answer.asked].frozen_by_text = by
    known = {
        one.digest: one
        for one in PublishedFigure.objects.filter(digest__in=[one.digest for one in made.values()])
    }
    new = {one.digest: one for one in made.values() if one.digest not in known}
    # Two pages may be published at the same moment.
    PublishedFigure.objects.bulk_create(new.values(), ignore_conflicts=True)
    stored = PublishedFigure.objects.filter(digest__in=list(new)).select_related(
        "indicator", "version", "unit"
    )
    known |= {one.digest: one for one in stored}
    return {asked: known[one.digest] for asked, one in made.items()}


@transaction.atomic
def freeze_page(page: Any, *, actor: AbstractBaseUser | None = None) -> list[PublishedFigure]:
    """Freeze the figures that a page shows; return the new ones. A figure that it showed before stays as it was: only an
    erratum changes it. Called in the transaction that publishes the page."""
    specs = specs_of(page)
    rows = {row.key: row for row in PageFigure.objects.select_for_update().filter(page=page.pk)}
    if not specs and not rows:
        return []
    asked = {one.key: one for one in asked_in(specs, scope_of(page))}
    PageFigure.objects.filter(page=page.pk, is_shown=True).exclude(key__in=list(asked)).update(is_shown=False)
    PageFigure.objects.filter(page=page.pk, is_shown=False, key__in=list(asked)).update(is_shown=True)
    new = [one for key, one in asked.items() if key not in rows]
    frozen = freeze(compute(new).values(), by=str(actor or ""))
    frozen |= papers([one for one in new if one not in frozen])
    PageFigure.objects.bulk_create(
        [PageFigure(page_id=page.pk, key=one.key, figure=figure) for one, figure in frozen.items()],
        ignore_conflicts=True,
    )
    if frozen:
        audit.record_entry(
            "figures.published",
            object_type="wagtailcore.page",
            object_id=str(page.pk),
            object_text=str(page),
            actor=actor,
            after={"figures": sorted(figure.pk for figure in frozen.values())},
        )
    return list(frozen.values())
