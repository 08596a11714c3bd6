"""What a reorganisation may do, as data. Units are named by their codes, days are ISO text in the stored form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, ClassVar

from congdoan.organisation.engine.faults import TreeRuleError, gettext_noop

WHOLE = 1_000_000
"""A whole unit's share, in millionths."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that an operation founds, and the unit below which it is placed (none at the head of the tree)."""

    code: str
    kind: str
    name: str
    parent: str = ""
    short_name: str = ""
    name_en: str = ""
    sector: str = ""
    ownership_type: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    territories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision behind an operation; empty where the decision of the whole reorganisation stands for it."""

    symbol: str = ""
    on: date | None = None
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change. ``on`` is its day; ``None`` is the day of the reorganisation."""

    kind: ClassVar[str] = ""
    on: date | None = None
    decision: Decision = field(default_factory=Decision)
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the stored form: what ``parse`` reads, with days as ISO text and without what is empty."""
        return {"kind": self.kind, **_plain(asdict(self))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Operation):
    """A new unit comes into being."""

    kind: ClassVar[str] = "founding"
    unit: NewUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Operation):
    """``sources`` end and are inherited by ``into``: an existing unit, or a new one. Units below the sources follow."""

    kind: ClassVar[str] = "merger"
    sources: tuple[str, ...]
    into: str = ""
    new_unit: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One successor of a split, existing or new, with its share in millionths and the units below the source that follow it."""

    share: int
    into: str = ""
    new_unit: NewUnit | None = None
    children: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of the successor."""
        return self.new_unit.code if self.new_unit else self.into


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Operation):
    """``source`` ends and is inherited in shares that add up to ``WHOLE``."""

    kind: ClassVar[str] = "split"
    source: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Operation):
    """The same unit under another name."""

    kind: ClassVar[str] = "renaming"
    unit: str
    name: str
    short_name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Operation):
    """The same unit below another parent."""

    kind: ClassVar[str] = "move"
    unit: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissolve(Operation):
    """``unit`` ends. ``heir`` takes over what is left (else the nearest living ancestor stands for it); units below it
    go to ``children_to``."""

    kind: ClassVar[str] = "dissolution"
    unit: str
    heir: str = ""
    children_to: str = ""


KINDS: dict[str, type[Operation]] = {
    operation.kind: operation for operation in (Found, Merge, Split, Rename, Move, Dissolve)
}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        plain = {key: _plain(inner) for key, inner in value.items()}
        return {key: inner for key, inner in plain.items() if inner not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def parse(data: Mapping[str, Any]) -> Operation:
    """Read the stored form of an operation. Raises ``TreeRuleError`` when it is not one."""
    try:
        fields = dict(data)
        maker = KINDS[fields.pop("kind")]
        if "on" in fields:
            fields["on"] = date.fromisoformat(fields["on"])
        if "decision" in fields:
            decision = dict(fields["decision"])
            if "on" in decision:
                decision["on"] = date.fromisoformat(decision["on"])
            fields["decision"] = Decision(**decision)
        if maker is Found:
            fields["unit"] = _new_unit(fields["unit"])
        if "new_unit" in fields:
            fields["new_unit"] = _new_unit(fields["new_unit"])
        if "sources" in fields:
            fields["sources"] = tuple(fields["sources"])
        if "parts" in fields:
            fields["parts"] = tuple(_part(part) for part in fields["parts"])
        return maker(**fields)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TreeRuleError(
            "unreadable", gettext_noop("Thao tác không đọc được: %(detail)s."), detail=error
        ) from error


def _new_unit(data: Mapping[str, Any]) -> NewUnit:
    fields = dict(data)
    fields["territories"] = tuple(fields.get("territories", ()))
    return NewUnit(**fields)


def _part(data: Mapping[str, Any]) -> Part:
    fields = dict(data)
    if "new_unit" in fields:
        fields["new_unit"] = _new_unit(fields["new_unit"])
    fields["children"] = tuple(fields.get("children", ()))
    return Part(**fields)


def named_units(operation: Operation) -> set[str]:
    """Return the codes of the existing units that an operation names."""
    match operation:
        case Found(unit=unit):
            return {unit.parent} if unit.parent else set()
        case Merge(sources=sources, into=into, new_unit=new):
            return {*sources, *([new.parent] if new else [into])}
        case Split(source=source, parts=parts):
            below = {child for part in parts for child in part.children}
            return {source, *below, *(part.new_unit.parent if part.new_unit else part.into for part in parts)}
        case Rename(unit=code):
            return {code}
        case Move(unit=code, parent=parent):
            return {code, parent}
        case Dissolve(unit=code, heir=heir, children_to=children_to):
            return {code, *filter(None, (heir, children_to))}
    return set()  # pragma: no cover  # KINDS holds every kind


def moved_units(operation: Operation) -> set[str]:
    """Return the codes of the existing units whose own place or life an operation changes."""
    match operation:
        case Merge(sources=sources):
            return set(sources)
        case Split(source=source, parts=parts):
            return {source, *(child for part in parts for child in part.children)}
        case Rename(unit=code) | Move(unit=code) | Dissolve(unit=code):
            return {code}
    return set()


def founded_units(operation: Operation) -> list[NewUnit]:
    """Return the units that an operation founds."""
    match operation:
        case Found(unit=unit):
            return [unit]
        case Merge(new_unit=NewUnit() as new):
            return [new]
        case Split(parts=parts):
            return [part.new_unit for part in parts if part.new_unit]
    return []
