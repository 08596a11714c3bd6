"""Lines of the register in the trail: who did what to which record, never what stood in it.

The trail outlives the erasure of a person, so it holds their number, the names of changed fields, and values that name
nobody (units, dates, states).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from congdoan.audit import actions as audit
from congdoan.organisation.queries.capacities import Capacity


def record(
    verb: str,
    person_id: int | None,
    capacity: Capacity | None,
    *,
    fields: Iterable[str] = (),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write that something happened to a record. ``fields`` are the names of fields whose values are personal.

    ``capacity`` is ``None`` when the system itself acts. Needs the transaction of the change.
    """
    names = sorted(fields)
    audit.record_entry(
        verb,
        object_type="members.person",
        object_id=str(person_id or ""),
        object_text=f"Hồ sơ đoàn viên số {person_id}" if person_id else "Sổ đoàn viên",
        actor=capacity.actor if capacity else None,
        capacity=capacity.audit if capacity else ("", ""),
        before=before,
        after={**(after or {}), "fields": names} if names else after,
        reason=reason,
    )
