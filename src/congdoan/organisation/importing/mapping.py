"""A mapping table (bảng ánh xạ): one row says what becomes of one unit, and rows together make operations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from congdoan.organisation.engine.operations import (
    WHOLE,
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Part,
    Rename,
    Split,
)
from congdoan.spreadsheets import Column, Row, read
from congdoan.vntext.errors import gettext_noop

MOST_ROWS = 5_000
ACTIONS = {
    "founding": gettext_noop("Thành lập"),
    "merger": gettext_noop("Sáp nhập"),
    "split": gettext_noop("Chia tách"),
    "renaming": gettext_noop("Đổi tên"),
    "move": gettext_noop("Chuyển"),
    "dissolution": gettext_noop("Giải thể"),
}
_SEPARATORS = re.compile(r"[\s,;]+")
_NEEDED = {
    "founding": ("name", "kind", "parent"),
    "merger": ("into",),
    "split": ("into", "share"),
    "renaming": ("name",),
    "move": ("parent",),
    "dissolution": (),
}


def columns(kinds: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of the table; ``kinds`` are the kinds of unit as code → name."""
    return (
        Column(
            "action", "Thao tác", kind="choice", required=True, choices=ACTIONS, example="Sáp nhập",
            help="Việc xảy ra với đơn vị ở cột Mã đơn vị.",
        ),
        Column(
            "code", "Mã đơn vị", kind="code", required=True, max_length=40, example="LC-SP-001",
            help="Đơn vị thay đổi. Khi thành lập: mã của đơn vị mới.",
        ),
        Column(
            "into", "Mã đơn vị nhận", kind="code", max_length=40, example="LC-SP-002",
            help="Sáp nhập, chia tách: đơn vị nhận, cũ hay mới. Giải thể: đơn vị kế thừa, nếu có.",
            aliases=("Mã đơn vị mới",),
        ),
        Column(
            "name", "Tên mới", max_length=300, example="Công đoàn phường Sa Pa",
            help="Thành lập, đổi tên: tên mới. Sáp nhập, chia tách: tên của đơn vị nhận nếu là đơn vị mới.",
        ),
        Column("short_name", "Tên ngắn", max_length=120, example="CĐ phường Sa Pa"),
        Column("kind", "Loại", kind="choice", choices=kinds, help="Loại của đơn vị mới.", aliases=("Loại đơn vị",)),
        Column(
            "parent", "Cấp trên", kind="code", max_length=40, example="LC",
            help="Mã đơn vị cấp trên: của đơn vị mới, hoặc nơi chuyển đến. Giải thể: nơi nhận các đơn vị trực thuộc.",
            aliases=("Mã cấp trên", "Mã đơn vị cấp trên"),
        ),
        Column("share", "Tỷ lệ %", example="62,5", help="Chia tách: phần mỗi đơn vị nhận; cộng lại đúng 100."),
        Column(
            "children", "Đơn vị trực thuộc đi theo", example="LC-SP-003; LC-SP-004",
            help="Chia tách: mã các đơn vị trực thuộc chuyển sang đơn vị nhận, cách nhau bằng dấu chấm phẩy.",
        ),
        Column("on", "Ngày", kind="date", help="Để trống nếu là ngày có hiệu lực của cả đợt.", example="01/07/2025"),
        Column("symbol", "Số quyết định", max_length=60, help="Để trống nếu là quyết định của cả đợt."),
        Column("signed_on", "Ngày quyết định", kind="date"),
        Column("reason", "Lý do", max_length=1000),
    )  # fmt: skip


@dataclass(slots=True)
class Mapped:
    """What a table says: its operations in order, the rows that cannot be used, how many rows were read."""

    operations: list[Operation] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    total: int = 0


def read_mapping(path: Path, kinds: Mapping[str, str]) -> Mapped:
    """Read a mapping table. Raises ``SpreadsheetError`` when the file as a whole cannot be used."""
    result = Mapped()
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in read(path, columns(kinds), limit=MOST_ROWS):
        result.total += 1
        _judge(row)
        groups.setdefault(_group(row), []).append(row)
    for rows in groups.values():
        operation = None if any(row.problems for row in rows) else _made(rows)
        if operation is None or any(row.problems for row in rows):
            for row in rows:
                if not row.problems:
                    row.refuse("action", gettext_noop("Một dòng khác của cùng thao tác có lỗi."))
            result.refused.extend(rows)
        else:
            result.operations.append(operation)
    result.refused.sort(key=lambda row: row.number)
    return result


def _judge(row: Row) -> None:
    """Refuse a row that lacks what its action needs."""
    values = row.values
    action = values["action"]
    for key in _NEEDED.get(action or "", ()):
        if values[key] is None and key in row.places and key not in row.given:
            row.refuse(
                key,
                gettext_noop("“%(action)s” cần cột “%(title)s” (ô %(cell)s)."),
                action=ACTIONS[action],
                title=row.places[key][0],
            )
        elif values[key] is None and key not in row.places:
            row.refuse(
                "action",
                gettext_noop("“%(action)s” cần một cột mà bảng này không có."),
                action=ACTIONS[action],
            )
    if values["share"] is not None and share_of(values["share"]) is None:
        row.refuse(
            "share",
            gettext_noop("“%(text)s” không phải là tỷ lệ từ 0 đến 100 (ô %(cell)s)."),
            text=values["share"],
        )
    if action in ("merger", "split") and values["name"] and not (values["kind"] and values["parent"]):
        row.refuse("name", gettext_noop("Đơn vị nhận mới cần cả “Loại” và “Cấp trên” (xem ô %(cell)s)."))


def _group(row: Row) -> tuple[Any, ...]:
    """Return what rows of one operation share: mergers by who receives, splits by who is split, others stand alone."""
    values = row.values
    match values["action"]:
        case "merger":
            return ("merger", values["into"], values["on"])
        case "split":
            return ("split", values["code"], values["on"])
    return (row.number,)


def share_of(text: str) -> int | None:
    """Return a share in millionths from "62,5" or "62.5 %"; ``None`` for what is none."""
    plain = text.replace("%", "").replace(",", ".").strip()
    try:
        share = Decimal(plain) * (WHOLE // 100)
    except InvalidOperation:
        return None
    return int(share) if share.is_finite() and 0 < share <= WHOLE and share == int(share) else None


def _made(rows: Sequence[Row]) -> Operation:
    values = rows[0].values
    shared: dict[str, Any] = {
        "on": _first(rows, "on"),
        "decision": Decision(_first(rows, "symbol") or "", _first(rows, "signed_on")),
        "reason": _first(rows, "reason") or "",
    }
    match values["action"]:
        case "founding":
            return Found(unit=_new(values["code"], rows), **shared)
        case "merger":
            sources = tuple(dict.fromkeys(row.values["code"] for row in rows))
            if _first(rows, "name"):
                return Merge(sources=sources, new_unit=_new(values["into"], rows), **shared)
            return Merge(sources=sources, into=values["into"], **shared)
        case "split":
            return Split(source=values["code"], parts=tuple(_part(row) for row in rows), **shared)
        case "renaming":
            return Rename(
                unit=values["code"], name=values["name"], short_name=values["short_name"] or "", **shared
            )
        case "move":
            return Move(unit=values["code"], parent=values["parent"], **shared)
    return Dissolve(
        unit=values["code"], heir=values["into"] or "", children_to=values["parent"] or "", **shared
    )


def _first(rows: Iterable[Row], key: str) -> Any:
    return next((row.values[key] for row in rows if row.values[key] is not None), None)


def _new(code: str, rows: Sequence[Row]) -> NewUnit:
    return NewUnit(
        code=code,
        kind=_first(rows, "kind"),
        name=_first(rows, "name"),
        parent=_first(rows, "parent") or "",
        short_name=_first(rows, "short_name") or "",
    )


def _part(row: Row) -> Part:
    values = row.values
    children = tuple(code for code in _SEPARATORS.split(values["children"] or "") if code)
    share = share_of(values["share"]) or 0
    if values["name"]:
        return Part(share, new_unit=_new(values["into"], [row]), children=children)
    return Part(share, into=values["into"], children=children)
