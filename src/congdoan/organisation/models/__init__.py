"""Units, their tree in time, and the people who act for them."""

from congdoan.organisation.models.imports import UnitImport
from congdoan.organisation.models.people import (
    ApiToken,
    Body,
    Department,
    Invitation,
    Mandate,
    Officer,
    Position,
    Term,
)
from congdoan.organisation.models.reorganisations import Operation, Reorganisation
from congdoan.organisation.models.tree import (
    Ancestry,
    Heir,
    Placement,
    Succession,
    Tree,
    TreeVersion,
    UnitEvent,
)
from congdoan.organisation.models.units import Territory, Unit, UnitKind, UnitName, UnitTerritory

__all__ = [
    "Ancestry",
    "ApiToken",
    "Body",
    "Department",
    "Heir",
    "Invitation",
    "Mandate",
    "Officer",
    "Operation",
    "Placement",
    "Position",
    "Reorganisation",
    "Succession",
    "Term",
    "Territory",
    "Tree",
    "TreeVersion",
    "Unit",
    "UnitEvent",
    "UnitImport",
    "UnitKind",
    "UnitName",
    "UnitTerritory",
]
