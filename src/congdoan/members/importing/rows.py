"""What one row of a list says, in the terms of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from congdoan.members import crypto
from congdoan.members.engine import days
from congdoan.members.engine.identity import digits, is_identity_number
from congdoan.members.models import IDENTITY, Person
from congdoan.spreadsheets import Row
from congdoan.vntext import fold

_SEXES = {
    "nu": Person.Sex.FEMALE, "f": Person.Sex.FEMALE, "female": Person.Sex.FEMALE, "ba": Person.Sex.FEMALE,
    "nam": Person.Sex.MALE, "m": Person.Sex.MALE, "male": Person.Sex.MALE, "ong": Person.Sex.MALE,
}  # fmt: skip
_MARKS = frozenset({"x", "✓", "✔", "1", "co", "v", "true", "+", "nu", "nam"})
_NO_MARKS = frozenset({"0", "khong", "false", "-"})
_CATEGORIES = {
    "can bo": Person.Employment.CADRE,
    "cong chuc": Person.Employment.CIVIL_SERVANT,
    "can bo, cong chuc": Person.Employment.CIVIL_SERVANT,
    "vien chuc": Person.Employment.PUBLIC_EMPLOYEE,
    "cong nhan": Person.Employment.WORKER,
    "nguoi lao dong": Person.Employment.WORKER,
    "cong nhan, nguoi lao dong": Person.Employment.WORKER,
    "cong nhan lao dong": Person.Employment.WORKER,
    "lao dong hop dong": Person.Employment.WORKER,
    "cnlđ": Person.Employment.WORKER,
    "lao dong tu do": Person.Employment.SELF_EMPLOYED,
    "nghiep doan": Person.Employment.SELF_EMPLOYED,
}
_LONGEST_LAST, _LONGEST_FIRST = 120, 60
_SHORT_IDENTITY, _LONG_IDENTITY = 9, 12


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that a row may name, and the days of its life."""

    id: int
    founded_on: date
    ended_on: date | None

    def lives_on(self, day: date) -> bool:
        """Whether the unit exists on ``day``."""
        return self.founded_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Places:
    """The units that this import reaches, by code and by folded name. A name that two share names none of them."""

    by_code: Mapping[str, Place]
    by_name: Mapping[str, Place | None]
    default: Place

    def find(self, text: str) -> Place | None:
        """The unit that ``text`` names; ``None`` for one that does not exist, is out of reach, or is not clear."""
        return self.by_code.get(text.strip().upper()) or self.by_name.get(fold(text).strip())


@dataclass(slots=True)
class Candidate:
    """Somebody whom a row describes. ``identity`` is plain; it is encrypted only when it is written."""

    row: Row
    person: Person
    identity: str = ""
    place: Place | None = None
    admitted_on: date | None = None

    @property
    def unit_id(self) -> int:
        """The unit of a sound row. Rows without one have been refused before anybody asks."""
        if self.place is None:
            raise ValueError("this row names no unit")
        return self.place.id


def candidate(row: Row, places: Places, today: date, default_day: date | None) -> Candidate:
    """Make a candidate of ``row``; what cannot be becomes a problem of the row."""
    values = row.values
    made = Candidate(row, Person())
    _name(made, values)
    _birth(made.person, values["birth"])
    _sex(made, values)
    _identity(made, values["identity"])
    _category(made, values["category"])
    person = made.person
    person.member_no = (values["member_no"] or "").strip()
    person.phone = values["phone"] or ""
    person.email = values["email"] or ""
    person.address = values["address"] or ""
    person.derive()
    _place(made, values["unit"], places)
    _admitted(made, values["admitted"], today, default_day)
    if not row.problems and not (person.birth_date or made.identity or person.member_no or person.phone):
        row.refuse(
            "full_name",
            _(
                "Cần ít nhất một trong các thông tin: ngày sinh, số CCCD/CMND, mã số đoàn viên, điện thoại (dòng %(row)s)."
            ),
            row=row.number,
        )
    return made


def _name(made: Candidate, values: Mapping[str, Any]) -> None:
    row, person = made.row, made.person
    last, first = values["last_name"] or "", values["first_name"] or ""
    whole = " ".join((values["full_name"] or "").split())
    if whole and not (last or first):
        last, _gap, first = whole.rpartition(" ")
    elif not (first and last):
        # Some lists call the whole name "Tên"; in others the last column is empty.
        last, _gap, first = " ".join((first or last).split()).rpartition(" ")
    if not first:
        if not any(problem.column_title for problem in row.problems):
            row.refuse("full_name", _("Thiếu họ và tên (dòng %(row)s)."), row=row.number)
        return
    if (
        any(char.isdigit() for char in first + last)
        or len(last) > _LONGEST_LAST
        or len(first) > _LONGEST_FIRST
    ):
        row.refuse("full_name", _("Họ và tên không hợp lệ (dòng %(row)s)."), row=row.number)
        return
    person.last_name, person.first_name = last, first


def _birth(person: Person, birth: date | int | None) -> None:
    if isinstance(birth, int):
        person.birth_date, person.birth_precision = date(birth, 1, 1), Person.BirthPrecision.YEAR
    elif birth is not None:
        person.birth_date, person.birth_precision = birth, Person.BirthPrecision.DAY


def _sex(made: Candidate, values: Mapping[str, Any]) -> None:
    found = set()
    if values["sex"]:
        word = fold(values["sex"]).strip()
        if word not in _SEXES:
            made.row.refuse("sex", _("Giới tính ghi “Nam” hoặc “Nữ” (ô %(cell)s)."))
        else:
            found.add(_SEXES[word])
    for key, sex in (("is_female", Person.Sex.FEMALE), ("is_male", Person.Sex.MALE)):
        mark = fold(values[key] or "").strip()
        if mark in _MARKS:
            found.add(sex)
        elif mark and mark not in _NO_MARKS:
            made.row.refuse(key, _("Hãy đánh dấu x hoặc để trống (ô %(cell)s)."))
    if len(found) > 1:
        made.row.refuse("sex", _("Giới tính ghi không thống nhất (dòng %(row)s)."), row=made.row.number)
    elif found:
        made.person.sex = found.pop()


def _identity(made: Candidate, number: str | None) -> None:
    if not number:
        return
    plain = digits(number)
    if isinstance(made.row.given.get("identity"), Decimal):
        # A cell of numbers loses the zeros that the code of the province begins with.
        if len(plain) in (_LONG_IDENTITY - 2, _LONG_IDENTITY - 1):
            plain = plain.zfill(_LONG_IDENTITY)
        elif len(plain) == _SHORT_IDENTITY - 1:
            plain = plain.zfill(_SHORT_IDENTITY)
    if not is_identity_number(plain):
        made.row.refuse("identity", _("Số CCCD phải có 12 số, CMND cũ phải có 9 số (ô %(cell)s)."))
        return
    made.identity = plain
    made.person.identity_hash = crypto.keyed_hash(plain, IDENTITY)


def _category(made: Candidate, words: str | None) -> None:
    if not words:
        return
    known = _CATEGORIES.get(" ".join(fold(words).split()))
    if known is None:
        made.row.refuse(
            "category",
            _(
                "Chưa rõ đối tượng ở ô %(cell)s. Hãy ghi: cán bộ, công chức, viên chức, công nhân hoặc lao động tự do."
            ),
        )
        return
    made.person.employment_category = known


def _place(made: Candidate, text: str | None, places: Places) -> None:
    made.place = places.find(text) if text else places.default
    if made.place is None:
        # The same words for a unit of somebody else and for none at all.
        made.row.refuse(
            "unit", _("Không có đơn vị này trong phạm vi của đợt nhập (ô %(cell)s). Hãy ghi mã đơn vị.")
        )


def _admitted(made: Candidate, given: date | int | None, today: date, default_day: date | None) -> None:
    row = made.row
    if any(problem.column_title == row.places.get("admitted", ("",))[0] for problem in row.problems):
        return
    day = date(given, 1, 1) if isinstance(given, int) else given or default_day
    if day is None:
        row.refuse("admitted", _("Thiếu ngày vào công đoàn (dòng %(row)s)."), row=row.number)
    elif days.is_too_far_ahead(day, today):
        row.refuse("admitted", _("Ngày vào công đoàn còn quá xa (dòng %(row)s)."), row=row.number)
    elif made.person.birth_date and days.is_too_young(made.person.birth_date, day):
        row.refuse(
            "birth",
            _("Theo ngày sinh, người này chưa đủ tuổi vào ngày gia nhập (dòng %(row)s)."),
            row=row.number,
        )
    elif made.place is not None:
        # People joined the union long before a unit got its present shape: there they are members from its first day.
        day = max(day, made.place.founded_on)
        if not made.place.lives_on(day):
            row.refuse("unit", _("Đơn vị không hoạt động vào ngày này (dòng %(row)s)."), row=row.number)
    made.admitted_on = day
