"""Everything kept about one person, for that person: as JSON for machines and as XLSX for people."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.models import (
    Consent,
    CorrectionRequest,
    DataRequest,
    MemberCard,
    MembershipEvent,
    Person,
    Transfer,
)
from congdoan.members.queries import merging, own, people
from congdoan.spreadsheets import write_table


def everything(person: Person, today: date) -> dict[str, Any]:
    """Return all that is kept about ``person``, by parts. Only the secret of the card stays out."""
    return {
        "person": {name: getattr(person, name) for name in own.FIELDS}
        | {"birth_precision": person.birth_precision, "restricted_at": person.restricted_at},
        "memberships": [
            {
                "unit": one.unit_name,  # type: ignore[attr-defined]  # annotated
                "unit_code": one.unit.code,
                "admitted_on": one.admitted_on,
                "ended_before": one.ended_on,
                "entry": one.entry_kind,
                "entry_decision": one.entry_symbol,
                "leaving_reason": one.leaving_reason,
                "leaving_decision": one.leaving_symbol,
            }
            for one in people.history(person, today)
        ],
        "positions": [
            {
                "position": str(one.position),
                "unit": one.unit_name,  # type: ignore[attr-defined]  # annotated
                "valid_from": one.valid_from,
                "ended_before": one.valid_to,
                "decision": one.decision_symbol,
            }
            for one in people.positions(person, today)
        ],
        "events": list(
            MembershipEvent.objects.filter(person__in=merging.with_merged(person.pk))
            .order_by("pk")
            .values("kind", "happened_on", "unit__code", "decision_symbol", "reason")
        ),
        "transfers": list(
            Transfer.objects.filter(person=person)
            .order_by("pk")
            .values("from_unit__code", "to_unit__code", "effective_on", "status", "note", "refused_reason")
        ),
        "cards": list(
            MemberCard.objects.filter(person=person)
            .order_by("pk")
            .values("number", "version", "issued_on", "revoked_on", "revoked_reason")
        ),
        "consents": list(
            Consent.objects.filter(person=person)
            .order_by("pk")
            .values("purpose", "text__version", "text__text", "given_at", "method", "withdrawn_at")
        ),
        "corrections": [
            {
                "field": one.field,
                "old": one.old,
                "new": one.new,
                "note": one.note,
                "status": one.status,
                "requested_at": one.requested_at,
                "due_on": one.due_on,
                "reason": one.reason,
            }
            for one in CorrectionRequest.objects.filter(person=person).order_by("pk")
        ],
        "requests": [
            {
                "kind": one.kind,
                "details": one.details,
                "status": one.status,
                "received_on": one.received_on,
                "due_on": one.due_on,
                "closed_on": one.closed_on,
                "answer": one.answer,
            }
            for one in DataRequest.objects.filter(person=person).order_by("pk")
        ],
        "merged": [
            {"at": one.at, "reason": one.reason, **one.content["records"].get(str(one.other_id), {})}
            for one in merging.merges(person)
            if one.cipher
        ],
        "readings": list(
            own.readings(person).values("at", "reader_text", "mandate_text", "kind", "fields", "reason")
        ),
    }


def as_json(data: dict[str, Any]) -> bytes:
    """Return the data as JSON; days and moments in ISO 8601."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=str).encode()


def as_xlsx(data: dict[str, Any]) -> bytes:
    """Return the same as one table: part, number in the part, what, value."""
    stream = io.BytesIO()
    write_table(
        stream,
        [_("Phần"), _("Số"), _("Thông tin"), _("Giá trị")],
        _rows(data),
        title=_("Dữ liệu của tôi"),
        widths=[18, 8, 26, 60],
    )
    return stream.getvalue()


def _rows(data: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    titles = _titles()
    for part, content in data.items():
        for number, entry in enumerate(content if isinstance(content, list) else [content], 1):
            for name, value in entry.items():
                yield titles[part], number, own.label_of(name), _cell(value)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(own.label_of(str(name)) for name in value)
    if isinstance(value, datetime):
        return timezone.localtime(value)
    return value if value not in ("", None) else None


def _titles() -> dict[str, str]:
    return {
        "person": _("Hồ sơ"),
        "memberships": _("Quá trình"),
        "positions": _("Chức vụ"),
        "events": _("Biến động"),
        "transfers": _("Chuyển sinh hoạt"),
        "cards": _("Thẻ"),
        "consents": _("Sự đồng ý"),
        "corrections": _("Đề nghị sửa"),
        "requests": _("Yêu cầu"),
        "merged": _("Hồ sơ đã gộp vào"),
        "readings": _("Ai đã đọc"),
    }
