"""What the public page of a unit and its page on the desk both show: facts, leaders, story, heirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.organisation.models import Mandate, Succession, Unit, UnitName
from congdoan.organisation.models.units import during
from congdoan.organisation.queries import chart
from congdoan.organisation.queries.history import MOVED_WITH, Happened, Mention, history, names_in_time
from congdoan.organisation.queries.units import heirs
from congdoan.ui.templatetags.ui import vi_date
from congdoan.vntext import format_decimal

Address = Callable[[str], str]


def last_day(end: date | None) -> date | None:
    """Return the last day of a span whose stored end is the first day without."""
    return end - timedelta(days=1) if end else None


def share_in_words(share: int) -> str:
    """ "62,5 %": a share in millionths as people write it."""
    return f"{format_decimal(Decimal(share) / 10_000)} %"


def _decision(symbol: str, signed_on: date | None, issuer: str = "") -> str:
    if not symbol and not signed_on:
        return ""
    words = _("Quyết định %s") % symbol if symbol else _("Quyết định")
    if signed_on:
        words = _("%(decision)s ngày %(day)s") % {"decision": words, "day": vi_date(signed_on)}
    return _("%(decision)s của %(issuer)s") % {"decision": words, "issuer": issuer} if issuer else words


def facts(unit: Unit, day: date) -> list[dict[str, Any]]:
    """Return what is known of a unit: kind, founding and end with their decisions, sector, ownership, territory."""
    rows: list[dict[str, Any]] = [
        {"label": _("Mã đơn vị"), "value": unit.code},
        {"label": _("Loại đơn vị"), "value": str(unit.kind)},
        {
            "label": _("Thành lập"),
            "value": unit.founded_on,
            "note": _decision(unit.founding_symbol, unit.founding_signed_on),
        },
    ]
    if unit.ended_on:
        rows.append(
            {
                "label": _("Hoạt động đến hết"),
                "value": last_day(unit.ended_on),
                "note": _decision(unit.ending_symbol, unit.ending_signed_on),
            }
        )
    if unit.sector:
        rows.append({"label": _("Khối"), "value": unit.get_sector_display()})
    if unit.ownership_type:
        rows.append({"label": _("Thành phần kinh tế"), "value": unit.get_ownership_type_display()})
    places = [
        str(link.territory)
        for link in unit.territory_links.filter(during(day))
        .select_related("territory")
        .order_by("territory__name")
    ]
    if places:
        rows.append({"label": _("Địa bàn"), "value": ", ".join(places)})
    return rows


def contacts(unit: Unit) -> list[dict[str, Any]]:
    """Return how a unit is reached; the unit's own contacts, never those of a person. Empty while it says none."""
    rows = [
        {"label": _("Địa chỉ"), "value": unit.address},
        {"label": _("Điện thoại"), "value": unit.phone, "url": f"tel:{''.join(unit.phone.split())}"},
        {"label": _("Thư điện tử"), "value": unit.email, "url": f"mailto:{unit.email}"},
        {"label": _("Trang tin"), "value": unit.website, "url": unit.website},
    ]
    return [row for row in rows if row["value"]]


def departments(unit: Unit, day: date) -> list[dict[str, Any]]:
    """Return the departments of a unit with the contacts they publish."""
    return [
        {
            "name": str(department),
            "phone": department.phone,
            "tel": "".join(department.phone.split()),
            "email": department.email,
        }
        for department in chart.departments(unit, day)
    ]


def leaders(unit: Unit, day: date) -> list[dict[str, Any]]:
    """Return who leads a unit: name, post, term."""
    return [
        {
            "name": str(mandate.officer),
            "post": f"{mandate.position}, {mandate.department}"
            if mandate.department
            else str(mandate.position),
            "term": _term(mandate),
        }
        for mandate in chart.leaders(unit, day)
    ]


def _term(mandate: Mandate) -> str:
    if mandate.term:
        return _("nhiệm kỳ %s") % mandate.term
    begin, end = vi_date(mandate.valid_from), last_day(mandate.valid_to)
    if end is None:
        return _("từ %s") % begin
    return _("từ %(begin)s đến hết %(end)s") % {"begin": begin, "end": vi_date(end)}


def former_names(unit: Unit, shown: str) -> list[dict[str, Any]]:
    """Return the names of other days; empty where the unit has had one name only."""
    names = names_in_time(unit)
    return [
        {"name": str(name), "when": _span(name)} for name in names if len(names) > 1 and str(name) != shown
    ]


def _span(name: UnitName) -> str:
    begin, end = vi_date(name.valid_from), last_day(name.valid_to)
    if end is None:
        return _("từ %s") % begin
    return _("từ %(begin)s đến hết %(end)s") % {"begin": begin, "end": vi_date(end)}


def ending(unit: Unit, day: date, address: Address) -> dict[str, Any] | None:
    """Return what a reader of an ended unit's page must know first; ``None`` while it lives on ``day``."""
    if unit.ended_on is None or unit.ended_on > day:
        return None
    return {
        "text": _("Đơn vị này đã kết thúc hoạt động, ngày cuối cùng là %s.")
        % vi_date(last_day(unit.ended_on)),
        "heirs": [
            {
                "name": standing.unit.shown_name,  # type: ignore[attr-defined]  # named
                "url": address(standing.unit.code),
                "share": share_in_words(standing.share) if standing.share < Succession.WHOLE else "",
            }
            for standing in heirs(unit, max(day, timezone.localdate()))
        ],
    }


def timeline(unit: Unit, address: Address) -> list[dict[str, Any]]:
    """Return the story of a unit for ``timeline.html``."""
    today = timezone.localdate()
    return [_entry(one, today, address) for one in history(unit)]


def _entry(one: Happened, today: date, address: Address) -> dict[str, Any]:
    title, other, kind = _title(one)
    sentences = [_others(one), _decision(one.decision_symbol, one.decision_on, one.decision_issuer)]
    if one.reason:
        sentences.append(_("Lý do: %s") % one.reason)
    return {
        "date": one.on,
        "title": title,
        "text": " ".join(f"{sentence.rstrip('.')}." for sentence in sentences if sentence),
        "url": address(other.code) if other else "",
        "kind": "planned" if one.on > today else kind,
    }


def _title(one: Happened) -> tuple[str, Mention | None, str]:
    """Return what happened in words, the unit it leads to, and the kind of the entry."""
    only = one.others[0] if len(one.others) == 1 else None
    if one.role == "predecessor":
        if one.kind == "split":
            return _("Chia tách thành %d đơn vị") % (len(one.others) + one.rest), None, "end"
        words = _("Sáp nhập vào %s") if one.kind == "merger" else _("Giải thể, %s kế thừa")
        return words % (only.name if only else ""), only, "end"
    if one.role == "successor":
        if one.kind == "split":
            return _("Nhận một phần của %s") % (only.name if only else ""), only, "change"
        if only:
            return _("Nhận sáp nhập %s") % only.name, only, "change"
        return _("Nhận sáp nhập %d đơn vị") % (len(one.others) + one.rest), None, "change"
    if one.kind in ("move", MOVED_WITH):
        return _moved(one)
    if one.kind == "renaming":
        return _("Đổi tên thành %s") % one.name_after, None, "change"
    if one.kind == "dissolution":
        return _("Giải thể"), None, "end"
    if one.kind == "founding":
        if one.parent_after:
            return _("Thành lập, trực thuộc %s") % one.parent_after.name, one.parent_after, "start"
        return _("Thành lập"), None, "start"
    return str(one.kind), None, "change"


def _moved(one: Happened) -> tuple[str, Mention | None, str]:
    after = one.parent_after
    return _("Chuyển về trực thuộc %s") % (after.name if after else ""), after, "change"


def _others(one: Happened) -> str:
    """Say who stands on the other side, and what was before."""
    if one.kind == "renaming":
        return _("Trước đó là %s") % one.name_before
    if one.kind in ("move", MOVED_WITH):
        return _("Trước đó trực thuộc %s") % one.parent_before.name if one.parent_before else ""
    if one.kind == "split" and one.others:
        parts = "; ".join(f"{other.name} ({share_in_words(other.share)})" for other in one.others)
        return f"{parts}{_more(one)}"
    if len(one.others) > 1:
        return f"{'; '.join(other.name for other in one.others)}{_more(one)}"
    return ""


def _more(one: Happened) -> str:
    return _(" và %d đơn vị khác") % one.rest if one.rest else ""
