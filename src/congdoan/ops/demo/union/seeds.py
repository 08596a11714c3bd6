"""What the demonstration's organisation is made of: plain values, dated, that name each other by code.

Dates are half-open: ``valid_to`` is the first day without. Shares are millionths.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

TerritoryKind = Literal["province", "district", "commune", "ward", "town"]
EventKind = Literal["founding", "renaming", "move", "merger", "split", "dissolution"]
Budget = Literal["whole", "part", ""]

WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class TerritorySeed:
    """A place (địa bàn). ``name`` is bare: "Sa Pa", of kind district and of kind town."""

    code: str
    name: str
    kind: TerritoryKind
    parent_code: str | None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class UnitSeed:
    """A unit as it was founded: with its first name and its first parent. What came later is in ``EventSeed``.

    ``workforce_weight`` is roughly how many people work there, to share out the workers of a sector by. ``state_budget``
    says whether the employer lives on the State's budget as a whole, in part or not at all: in 2025 that decided who remained.
    """

    code: str
    kind: str
    parent_code: str | None
    name: str
    short_name: str
    name_en: str
    founded_on: date
    decision_symbol: str = ""
    decision_date: date | None = None
    sector: str = ""
    ownership_type: str = ""
    territory_codes: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    email: str = ""
    workforce_weight: int = 0
    state_budget: Budget = ""


@dataclass(frozen=True, slots=True)
class HeirSeed:
    """A unit that ended, who inherits from it, and how much in millionths."""

    predecessor_code: str
    successor_code: str
    share: int = WHOLE


@dataclass(frozen=True, slots=True)
class EventSeed:
    """One change of the tree, to be applied in the order of the list.

    - founding: ``founds`` begin
    - renaming: the one of ``unit_codes`` is called ``name`` from then on
    - move: the one of ``unit_codes`` stands below ``parent_code`` from then on, with all below it
    - merger, split: ``unit_codes`` end, ``founds`` begin, ``heirs`` say who inherits; an heir may have lived before
    - dissolution: ``unit_codes`` end

    A unit ends only after every unit below it has ended or moved away.
    """

    kind: EventKind
    on: date
    decision_symbol: str
    decision_date: date
    decision_issuer: str
    reason: str
    unit_codes: tuple[str, ...] = ()
    founds: tuple[UnitSeed, ...] = ()
    heirs: tuple[HeirSeed, ...] = ()
    parent_code: str = ""
    name: str = ""
    short_name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ReorganisationSeed:
    """A batch of changes under one decision, prepared and not carried out."""

    title: str
    title_en: str
    scope_code: str
    effective_on: date
    decision_symbol: str
    decision_date: date
    decision_issuer: str
    note: str
    operations: tuple[EventSeed, ...]


@dataclass(frozen=True, slots=True)
class DepartmentSeed:
    """A department (ban, văn phòng) of a unit, from a day to a day."""

    unit_code: str
    code: str
    name: str
    name_en: str
    phone: str
    email: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class BodySeed:
    """An elected body of a unit: executive, standing or inspection committee."""

    unit_code: str
    kind: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class TermSeed:
    """A term of a body, opened by the congress held on ``congress_on``."""

    unit_code: str
    body_kind: str
    number: int
    valid_from: date
    valid_to: date | None
    congress_on: date


@dataclass(frozen=True, slots=True)
class OfficerSeed:
    """An invented person who acts for units. ``username`` is an account of demo_users.toml, or empty."""

    key: str
    last_name: str
    first_name: str
    phone: str
    email: str
    staff_code: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class MandateSeed:
    """An officer's post in a unit; with ``body_kind`` and ``term_number`` a seat in one of its bodies."""

    officer_key: str
    unit_code: str
    position_code: str
    valid_from: date
    valid_to: date | None = None
    department_code: str = ""
    body_kind: str = ""
    term_number: int = 0
    decision_symbol: str = ""
    decision_date: date | None = None


@dataclass(frozen=True, slots=True)
class MemberSeed:
    """An invented union member. The identity number has twelve digits and a province that does not exist (999).

    ``inside_code`` is the group or section of a large union, ``officer_key`` the officer who is the same person.
    """

    key: str
    unit_code: str
    inside_code: str
    last_name: str
    first_name: str
    sex: Literal["female", "male"]
    born_on: date
    employment_category: str
    admitted_on: date
    identity_no: str
    phone: str
    email: str
    officer_key: str = ""
    username: str = ""
