"""A level signs its own summary of a period: the totals as they stand, written once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from congdoan.audit import actions as audit
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.reporting.errors import NotInYourNameError, TotalsMovedError
from congdoan.reporting.models import Clock, Period, Sheet, Summary
from congdoan.reporting.queries.summaries import content_now


def digest_of(content: Mapping[str, Any], unit: Unit, period: Period, sheet: Sheet) -> str:
    """Return the SHA-256 of a summary over its canonical JSON."""
    whole = {"content": content, "period": period.code, "sheet": sheet.code, "unit": unit.code}
    canonical = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def sign(unit: Unit, period: Period, sheet: Sheet, *, seen: str, by: Capacity, today: date) -> Summary:
    """Sign the summary of a unit's period. ``seen``: the hash of what the leader had before their eyes.

    Raises ``NotInYourNameError`` for whoever does not sign for the unit, ``TotalsMovedError`` when the totals have moved
    since. Signing the same totals again returns the summary that was signed. The clock's lock keeps the totals still.
    """
    if not reaches(by, Right.SIGN_REPORTS, unit.pk):
        raise NotInYourNameError
    clock = Clock.objects.select_for_update().get_or_create(pk=1)[0]
    content = content_now(unit, period, sheet, today)
    digest = digest_of(content, unit, period, sheet)
    if digest != seen:
        raise TotalsMovedError
    last = Summary.objects.filter(unit=unit, period=period, sheet=sheet).order_by("-pk").first()
    if last is not None and last.digest == digest:
        return last
    signed = Summary.objects.create(
        unit=unit,
        period=period,
        sheet=sheet,
        content=content,
        digest=digest,
        epoch=clock.epoch,
        signed_at=timezone.now(),
        signed_by_text=str(by.actor or "")[:200],
        mandate_id_text=by.audit[0],
        mandate_text=by.audit[1],
    )
    audit.record(
        "summary.signed",
        signed,
        actor=by.actor,
        capacity=by.audit,
        after={"period": period.code, "sheet": sheet.code, "digest": digest[:16], "epoch": clock.epoch},
    )
    return signed
