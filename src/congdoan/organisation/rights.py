"""Who may do what: the one table from which rights are computed, by role of the position held.

A right is never stored on a person. It comes from a mandate (position in a unit), the subtree of that unit and the day:
``queries.capacities`` finds the mandate, ``queries.scope`` turns a right into a condition of the query. The page
``docs/rights.md`` shows this table; a test keeps both equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a position lets its holder do. Many positions share a role."""

    ADMIN = "admin", _("quản trị hệ thống")
    ORGANISER = "organiser", _("cán bộ tổ chức")
    STATISTICS = "statistics", _("cán bộ thống kê")
    LEADER = "leader", _("lãnh đạo")
    EDITOR = "editor", _("biên tập viên")
    APPROVER = "approver", _("người duyệt bài")
    RECORDS = "records", _("cán bộ bảo vệ dữ liệu")
    MIDDLE = "middle", _("cán bộ cấp trên cơ sở")
    CHAIR = "chair", _("chủ tịch công đoàn cơ sở")
    DEPUTY = "deputy", _("phó chủ tịch công đoàn cơ sở")
    SECTION_HEAD = "section_head", _("tổ trưởng, trưởng bộ phận")
    INSPECTOR = "inspector", _("uỷ viên kiểm tra")
    MEMBER = "member", _("đoàn viên")


class Scope(StrEnum):
    """How far a right reaches from the unit of the mandate."""

    UNIT = "unit"
    """The unit itself and what stands inside it."""
    SUBTREE = "subtree"
    """The unit and everything below it."""
    BELOW = "below"
    """Everything below, never the unit itself: nobody reviews their own."""


class Right(StrEnum):
    """Something that one may do to the rows of a unit."""

    SEE_UNITS = "see_units"
    EDIT_UNITS = "edit_units"
    REORGANISE = "reorganise"
    CARRY_OUT = "carry_out"
    SEE_OFFICERS = "see_officers"
    GIVE_MANDATES = "give_mandates"
    GIVE_DEPUTIES = "give_deputies"
    SEE_MEMBERS = "see_members"
    EDIT_MEMBERS = "edit_members"
    ADMIT_MEMBERS = "admit_members"
    IMPORT_MEMBERS = "import_members"
    EXPORT_MEMBERS = "export_members"
    COUNT_MEMBERS = "count_members"
    KEEP_RECORDS = "keep_records"
    ENTER_REPORTS = "enter_reports"
    REVIEW_REPORTS = "review_reports"
    SIGN_REPORTS = "sign_reports"
    CONFIGURE_REPORTS = "configure_reports"
    EDIT_NEWS = "edit_news"
    PUBLISH_NEWS = "publish_news"
    READ_TRAIL = "read_trail"


_U, _S, _B = Scope.UNIT, Scope.SUBTREE, Scope.BELOW
_R = Right

MATRIX: Mapping[Role, Mapping[Right, Scope]] = MappingProxyType(
    {
        Role.ADMIN: {
            _R.SEE_UNITS: _S, _R.EDIT_UNITS: _S, _R.REORGANISE: _S, _R.CARRY_OUT: _S, _R.SEE_OFFICERS: _S,
            _R.GIVE_MANDATES: _S, _R.EDIT_NEWS: _S, _R.PUBLISH_NEWS: _S, _R.READ_TRAIL: _S, _R.CONFIGURE_REPORTS: _S,
        },
        Role.ORGANISER: {
            _R.SEE_UNITS: _S, _R.EDIT_UNITS: _S, _R.REORGANISE: _S, _R.CARRY_OUT: _S, _R.SEE_OFFICERS: _S,
            _R.GIVE_MANDATES: _S, _R.SEE_MEMBERS: _S, _R.EDIT_MEMBERS: _S, _R.ADMIT_MEMBERS: _S, _R.IMPORT_MEMBERS: _S,
            _R.EXPORT_MEMBERS: _S, _R.COUNT_MEMBERS: _S,
        },
        Role.STATISTICS: {
            _R.SEE_UNITS: _S, _R.SEE_OFFICERS: _S, _R.COUNT_MEMBERS: _S, _R.ENTER_REPORTS: _U, _R.REVIEW_REPORTS: _B,
            _R.CONFIGURE_REPORTS: _S,
        },
        Role.LEADER: {
            _R.SEE_UNITS: _S, _R.SEE_OFFICERS: _S, _R.CARRY_OUT: _S, _R.COUNT_MEMBERS: _S, _R.REVIEW_REPORTS: _B,
            _R.SIGN_REPORTS: _U,
        },
        Role.EDITOR: {_R.SEE_UNITS: _S, _R.EDIT_NEWS: _S},
        Role.APPROVER: {_R.SEE_UNITS: _S, _R.EDIT_NEWS: _S, _R.PUBLISH_NEWS: _S},
        Role.RECORDS: {
            _R.SEE_UNITS: _S, _R.SEE_OFFICERS: _S, _R.KEEP_RECORDS: _S, _R.COUNT_MEMBERS: _S, _R.READ_TRAIL: _S,
        },
        Role.MIDDLE: {
            _R.SEE_UNITS: _S, _R.EDIT_UNITS: _B, _R.REORGANISE: _S, _R.SEE_OFFICERS: _S, _R.GIVE_MANDATES: _B,
            _R.SEE_MEMBERS: _S, _R.EDIT_MEMBERS: _S, _R.ADMIT_MEMBERS: _B, _R.IMPORT_MEMBERS: _S, _R.EXPORT_MEMBERS: _S,
            _R.COUNT_MEMBERS: _S, _R.ENTER_REPORTS: _U, _R.REVIEW_REPORTS: _B,
        },
        Role.CHAIR: {
            _R.SEE_UNITS: _S, _R.EDIT_UNITS: _U, _R.SEE_OFFICERS: _S, _R.GIVE_DEPUTIES: _U, _R.SEE_MEMBERS: _S,
            _R.EDIT_MEMBERS: _S, _R.ADMIT_MEMBERS: _U, _R.IMPORT_MEMBERS: _U, _R.EXPORT_MEMBERS: _U, _R.COUNT_MEMBERS: _S,
            _R.ENTER_REPORTS: _S, _R.SIGN_REPORTS: _U,
        },
        Role.DEPUTY: {
            _R.SEE_UNITS: _S, _R.SEE_OFFICERS: _S, _R.SEE_MEMBERS: _S, _R.EDIT_MEMBERS: _S, _R.COUNT_MEMBERS: _S,
            _R.ENTER_REPORTS: _S,
        },
        Role.SECTION_HEAD: {_R.SEE_UNITS: _S, _R.SEE_MEMBERS: _S, _R.COUNT_MEMBERS: _S, _R.ENTER_REPORTS: _U},
        Role.INSPECTOR: {_R.SEE_UNITS: _S, _R.SEE_OFFICERS: _S, _R.COUNT_MEMBERS: _S},
        Role.MEMBER: {_R.SEE_UNITS: _U},
    }
)  # fmt: skip
"""Role → right → how far. What is not in the table is not allowed. Seeing, correcting and exporting one's own record of
membership needs no right of this table: it belongs to the person, not to a post."""

STRONG = frozenset(
    {
        _R.REORGANISE, _R.CARRY_OUT, _R.GIVE_MANDATES, _R.GIVE_DEPUTIES, _R.SEE_MEMBERS, _R.KEEP_RECORDS, _R.REVIEW_REPORTS,
        _R.SIGN_REPORTS, _R.PUBLISH_NEWS, _R.READ_TRAIL,
    }
)  # fmt: skip
"""Rights that ask for a second factor: reviewing, signing, giving rights, seeing personal data."""


def reach(role: str, right: Right) -> Scope | None:
    """Return how far ``role`` has ``right``; ``None`` where it has not."""
    return MATRIX.get(Role(role), {}).get(right)


def needs_second_factor(role: str) -> bool:
    """Say whether some right of ``role`` asks for a second factor."""
    return not STRONG.isdisjoint(MATRIX.get(Role(role), {}))
