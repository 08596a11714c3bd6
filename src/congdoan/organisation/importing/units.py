"""A list of units: new codes become foundings, other names renamings, other parents moves, the rest edits of contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from congdoan.organisation.engine.operations import Decision, Found, Move, NewUnit, Operation, Rename
from congdoan.spreadsheets import Column, Row, Tally
from congdoan.vntext.errors import gettext_noop

MOST_ROWS = 20_000
CONTACTS = ("address", "phone", "email", "website", "sector", "ownership_type")
_FIXED = ("kind", "founded_on", "territories")
Known = Mapping[str, Any]
"""A unit as the register has it, by the keys of the columns, with ``editable`` (contacts) and ``ended``."""


def columns(
    kinds: Mapping[str, str], sectors: Mapping[str, str], ownerships: Mapping[str, str]
) -> tuple[Column, ...]:
    """Return the columns of the list, for the template, reading and export alike."""
    return (
        Column(
            "code", "Mã đơn vị", kind="code", required=True, max_length=40, example="LC-SP-001",
            help="Mã chưa có trong sổ: đơn vị mới. Mã đã có: sửa đơn vị ấy. Mã không bao giờ đổi.",
        ),
        Column("name", "Tên đơn vị", max_length=300, example="Công đoàn cơ sở Trường Mầm non Hoa Đào", help="Bắt buộc với đơn vị mới. Để trống nếu không đổi."),
        Column("short_name", "Tên ngắn", max_length=120),
        Column("name_en", "Tên tiếng Anh", max_length=300),
        Column("kind", "Loại đơn vị", kind="choice", choices=kinds, help="Bắt buộc với đơn vị mới.", aliases=("Loại",)),
        Column("parent", "Mã đơn vị cấp trên", kind="code", max_length=40, example="LC-SP", help="Bắt buộc với đơn vị mới. Có thể là đơn vị mới ở dòng khác.", aliases=("Cấp trên", "Mã cấp trên")),
        Column("founded_on", "Ngày thành lập", kind="date", example="01/10/2013", help="Của đơn vị mới; để trống thì là ngày áp dụng."),
        Column("symbol", "Số quyết định thành lập", max_length=60),
        Column("signed_on", "Ngày quyết định thành lập", kind="date"),
        Column("sector", "Khối", kind="choice", choices=sectors),
        Column("ownership_type", "Thành phần kinh tế", kind="choice", choices=ownerships),
        Column("territories", "Mã địa bàn", example="sa-pa; ta-phin", help="Mã các địa bàn, cách nhau bằng dấu chấm phẩy."),
        Column("address", "Địa chỉ", max_length=300),
        Column("phone", "Điện thoại", max_length=40, help="Số của đơn vị, không phải số riêng của cán bộ."),
        Column("email", "Thư điện tử", kind="email", max_length=254),
        Column("website", "Trang tin", max_length=200, example="https://congdoan.example.vn"),
    )  # fmt: skip


@dataclass(slots=True)
class Entry:
    """What one row asks for."""

    row: Row
    is_new: bool = False
    operations: list[Operation] = field(default_factory=list)
    contacts: dict[str, str] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong with the row."""
        return bool(self.row.problems)

    @property
    def changes_nothing(self) -> bool:
        """Whether the register says so already."""
        return not self.operations and not self.contacts


@dataclass(slots=True)
class Trial:
    """What a file would do. Entries stand in the order of the file."""

    entries: list[Entry] = field(default_factory=list)

    @property
    def good(self) -> list[Entry]:
        """The rows that can be used."""
        return [entry for entry in self.entries if not entry.is_refused]

    @property
    def refused(self) -> list[Row]:
        """The rows that cannot."""
        return [entry.row for entry in self.entries if entry.is_refused]

    @property
    def tally(self) -> Tally:
        """Created + updated + refused = rows read."""
        created = sum(entry.is_new for entry in self.good)
        return Tally(created, len(self.good) - created, len(self.refused))

    @property
    def unchanged(self) -> int:
        """How many of the updated rows say what the register says already."""
        return sum(entry.changes_nothing for entry in self.good)

    def ordered(self) -> list[Entry]:
        """Return the usable rows so that each new unit comes after its new parent, and changes come after foundings."""
        new = {entry.row.values["code"].lower(): entry for entry in self.good if entry.is_new}
        return [
            *sorted(new.values(), key=lambda entry: _depth(entry, new)),
            *(entry for entry in self.good if not entry.is_new),
        ]

    def operations(self) -> list[Operation]:
        """Return the operations of the usable rows, in an order in which they can be done."""
        return [operation for entry in self.ordered() for operation in entry.operations]


def _depth(entry: Entry, new: Mapping[str, Entry]) -> int:
    depth, seen = 0, set()
    at: Entry | None = entry
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        depth += 1
        at = new.get((at.row.values["parent"] or "").lower())
    return depth


def interpret(
    rows: Iterable[Row],
    known: Mapping[str, Known],
    *,
    taken: Set[str],
    territories: Set[str],
    on: date,
) -> Trial:
    """Compare rows with the register. ``known``: units in reach by lower-case code; ``taken``: such codes out of reach."""
    trial = Trial()
    first: dict[str, int] = {}
    for row in rows:
        entry = Entry(row)
        trial.entries.append(entry)
        code = row.values["code"]
        if code is None:
            continue
        key = code.lower()
        if key in first:
            row.refuse(
                "code",
                gettext_noop("Mã “%(code)s” đã có ở dòng %(line)s (ô %(cell)s)."),
                code=code,
                line=first[key],
            )
            continue
        first[key] = row.number
        if key in known:
            _update(entry, known[key], on)
        elif key in taken:
            row.refuse(
                "code",
                gettext_noop("Mã “%(code)s” là của đơn vị ngoài phạm vi của bạn (ô %(cell)s)."),
                code=code,
            )
        else:
            entry.is_new = True
            _create(entry, on, territories)
    new = {entry.row.values["code"].lower(): entry for entry in trial.entries if entry.is_new}
    for entry in trial.entries:
        _point_at_parents(entry, known, new)
    return trial


def _create(entry: Entry, on: date, territories: Set[str]) -> None:
    values, row = entry.row.values, entry.row
    for key, title in (("name", "Tên đơn vị"), ("kind", "Loại đơn vị"), ("parent", "Mã đơn vị cấp trên")):
        if values[key] is None and key not in row.given:
            row.refuse("code", gettext_noop("Đơn vị mới cần “%(title)s”."), title=title)
    places = places_of(values["territories"])
    for place in places:
        if place not in territories:
            row.refuse(
                "territories", gettext_noop("Không có địa bàn mã “%(place)s” (ô %(cell)s)."), place=place
            )
    _judge_website(row)
    if row.problems:
        return
    entry.operations.append(
        Found(
            unit=NewUnit(
                code=values["code"],
                kind=values["kind"],
                name=values["name"],
                parent=values["parent"],
                short_name=values["short_name"] or "",
                name_en=values["name_en"] or "",
                sector=values["sector"] or "",
                ownership_type=values["ownership_type"] or "",
                address=values["address"] or "",
                phone=values["phone"] or "",
                email=values["email"] or "",
                territories=places,
            ),
            on=values["founded_on"] or on,
            decision=Decision(values["symbol"] or "", values["signed_on"]),
        )
    )
    if values["website"]:
        entry.contacts["website"] = values["website"]


def _update(entry: Entry, known: Known, on: date) -> None:
    values, row = entry.row.values, entry.row
    values["code"] = known["code"]
    changed = {
        key
        for key, value in values.items()
        if key in known and value is not None and not _same(value, known[key], key)
    }
    if known["ended"] and changed:
        row.refuse(
            "code", gettext_noop("“%(code)s” đã kết thúc hoạt động, không sửa được."), code=known["code"]
        )
    titles = {"kind": "Loại đơn vị", "founded_on": "Ngày thành lập", "territories": "Mã địa bàn"}
    for key in _FIXED:
        if key in changed:
            row.refuse(
                key,
                gettext_noop(
                    "“%(title)s” của đơn vị đang có không đổi được bằng bảng này (ô %(cell)s). Hãy để trống."
                ),
                title=titles[key],
            )
    contacts = {key: str(values[key]) for key in CONTACTS if key in changed}
    if contacts and not known["editable"]:
        row.refuse("code", gettext_noop("Bạn không có quyền sửa liên hệ của “%(code)s”."), code=known["code"])
    _judge_website(row)
    if row.problems:
        return
    entry.contacts = contacts
    if changed & {"name", "short_name", "name_en"}:
        name = {key: values[key] or known[key] for key in ("name", "short_name", "name_en")}
        entry.operations.append(Rename(unit=known["code"], on=on, **name))
    if "parent" in changed:
        entry.operations.append(Move(unit=known["code"], parent=values["parent"], on=on))


def _same(value: Any, known: Any, key: str) -> bool:
    if key == "territories":
        return set(places_of(value)) == set(places_of(known))
    if key in ("parent", "code"):
        return str(value).lower() == str(known).lower()
    return bool(value == known)


def _judge_website(row: Row) -> None:
    website = row.values["website"]
    if website and not website.startswith(("https://", "http://")):
        row.refuse(
            "website",
            gettext_noop(
                "“%(text)s” không phải là địa chỉ trang tin: hãy bắt đầu bằng https:// (ô %(cell)s)."
            ),
            text=website,
        )


def _point_at_parents(entry: Entry, known: Mapping[str, Known], new: Mapping[str, Entry]) -> None:
    """Write parents as the register writes their codes; refuse those that nobody knows."""
    for place, operation in enumerate(entry.operations):
        if isinstance(operation, Rename):
            continue
        parent = entry.row.values["parent"]
        if parent.lower() in known:
            code = known[parent.lower()]["code"]
        elif parent.lower() in new:
            code = new[parent.lower()].row.values["code"]
        else:
            entry.row.refuse(
                "parent",
                gettext_noop("Không có đơn vị mã “%(code)s” trong phạm vi của bạn (ô %(cell)s)."),
                code=parent,
            )
            continue
        entry.row.values["parent"] = code
        if isinstance(operation, Move):
            entry.operations[place] = Move(unit=operation.unit, parent=code, on=operation.on)
        elif isinstance(operation, Found):
            unit = operation.unit
            fields = {name: getattr(unit, name) for name in unit.__dataclass_fields__} | {"parent": code}
            entry.operations[place] = Found(
                unit=NewUnit(**fields), on=operation.on, decision=operation.decision
            )


def places_of(text: str | None) -> tuple[str, ...]:
    """Return the codes of places that a cell names."""
    return tuple(code for part in (text or "").replace(",", ";").split(";") if (code := part.strip()))
