"""What becomes of each row: somebody new, an update of somebody known, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.utils.translation import gettext_noop as _

from congdoan.members import crypto
from congdoan.members.importing.register import Known, Register, known
from congdoan.members.importing.rows import Candidate
from congdoan.members.models import Person
from congdoan.members.queries import duplicates
from congdoan.spreadsheets import Row
from congdoan.vntext import has_diacritics, name_key

MOST_PROPOSALS = 5
"""So many pairs are proposed for one new person, the surest ones."""

_TEXTS = ("sex", "phone", "email", "address", "employment_category", "member_no")
_FINENESS = {
    "": 0,
    Person.BirthPrecision.YEAR: 1,
    Person.BirthPrecision.MONTH: 2,
    Person.BirthPrecision.DAY: 3,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A new person and one they may be."""

    one: Known
    new: Person
    score: int
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What is to be written for one batch."""

    new: list[Candidate] = field(default_factory=list)
    changed: dict[int, Person] = field(default_factory=dict)
    updated: int = 0
    refused: list[Row] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


class _Refusal(Exception):  # noqa: N818  # an answer, not an error
    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key, self.sentence = key, sentence


def judge(candidates: Iterable[Candidate], register: Register) -> Plan:
    """Decide on every candidate, in the order of the rows. New people become part of ``register``."""
    plan = Plan()
    for one in candidates:
        if one.row.problems:
            plan.refused.append(one.row)
            continue
        try:
            target = _target(one, register)
            if target is None:
                _create(one, register, plan)
            else:
                _update(one, target, register, plan)
        except _Refusal as refusal:
            one.row.refuse(refusal.key, refusal.sentence, row=one.row.number)
            plan.refused.append(one.row)
    return plan


def _target(one: Candidate, register: Register) -> Known | None:
    """Return whom the row means beyond doubt, if the register has them. Raises a refusal where it may not be written."""
    person = one.person
    by_identity = register.by_identity.get(person.identity_hash) if person.identity_hash else None
    by_number = register.by_member_no.get(person.member_no) if person.member_no else None
    if by_identity and by_number and by_identity is not by_number:
        raise _Refusal(
            "member_no",
            _("Số CCCD và mã số đoàn viên thuộc hai hồ sơ khác nhau (dòng %(row)s). Hãy kiểm tra lại."),
        )
    target = by_identity or by_number
    if target is None:
        return _same_in_unit(one, register)
    _check_place(one, target)
    if _is_somebody_else(person, target):
        raise _Refusal(
            "identity" if by_identity else "member_no",
            _("Số ở ô %(cell)s thuộc một hồ sơ có họ tên hoặc số định danh khác. Hãy kiểm tra lại số."),
        )
    return target


def _is_somebody_else(person: Person, target: Known) -> bool:
    """A slip in a number must not write over the record of somebody else."""
    if person.identity_hash and target.identity_hash and person.identity_hash != target.identity_hash:
        return True
    is_named_otherwise = person.folded != target.folded
    return is_named_otherwise and person.birth_date != target.birth_date


def _same_in_unit(one: Candidate, register: Register) -> Known | None:
    same = [
        other
        for other in register.alike(one.person)
        if other.unit_id == one.unit_id and _is_same(one.person, other)
    ]
    if len(same) > 1:
        raise _Refusal(
            "full_name",
            _("Đơn vị có nhiều người cùng họ tên và ngày sinh (dòng %(row)s). Hãy ghi số CCCD hoặc mã số."),
        )
    if same:
        _check_place(one, same[0])
        return same[0]
    return None


def _is_same(person: Person, other: Known) -> bool:
    """The same name and birth date (or phone), and no number that says otherwise.

    Two names that differ only in their marks (Tú, Tư) are two people, unless one was written without marks at all.
    """
    for mine, theirs in ((person.identity_hash, other.identity_hash), (person.member_no, other.member_no)):
        if mine and theirs and mine != theirs:
            return False
    name = str(person)
    if (
        has_diacritics(name)
        and has_diacritics(other.name)
        and name_key(name.lower()) != name_key(other.name.lower())
    ):
        return False
    if person.birth_date and other.birth_date:
        return person.birth_date == other.birth_date and person.birth_precision == other.birth_precision
    return bool(person.phone) and person.phone == other.phone


def _check_place(one: Candidate, target: Known) -> None:
    if target.last_unit_id is None or not target.within_reach:
        # Nothing is said of where: that is for the unit that keeps the record.
        raise _Refusal(
            "full_name",
            _(
                "Người này đã có hồ sơ ở đơn vị khác (dòng %(row)s). Hãy đề nghị chuyển sinh hoạt thay vì nhập mới."
            ),
        )
    if target.unit_id is None:
        raise _Refusal(
            "full_name",
            _("Người này đã thôi là đoàn viên (dòng %(row)s). Hãy kết nạp lại trong sổ đoàn viên."),
        )
    if target.unit_id != one.unit_id:
        raise _Refusal(
            "unit",
            _(
                "Người này đang là đoàn viên của một đơn vị khác do bạn quản lý (dòng %(row)s). Hãy chuyển sinh hoạt."
            ),
        )
    if target.restricted:
        raise _Refusal(
            "full_name", _("Hồ sơ của người này đang được hạn chế xử lý theo yêu cầu của họ (dòng %(row)s).")
        )


def _create(one: Candidate, register: Register, plan: Plan) -> None:
    person = one.person
    likenesses: list[tuple[int, Known, tuple[str, ...]]] = []
    for other in register.alike(person):
        # The comparison reads only what both have.
        found = duplicates.likeness(person, cast("Person", other))
        if found:
            likenesses.append((found.score, other, found.reasons))
    likenesses.sort(key=lambda each: -each[0])
    plan.pairs += [
        Pair(other, person, score, reasons) for score, other, reasons in likenesses[:MOST_PROPOSALS]
    ]
    plan.new.append(one)
    register.add(known(person, one.unit_id, within_reach=True))


def _update(one: Candidate, target: Known, register: Register, plan: Plan) -> None:
    plan.updated += 1
    person, new = target.person, one.person
    if person is None or not _apply(one, person, new):
        return
    target.identity_hash, target.member_no = person.identity_hash, person.member_no
    target.phone, target.birth_date = person.phone, person.birth_date
    target.birth_precision, target.name = person.birth_precision, str(person)
    register.add(target)
    if person.pk is not None:
        plan.changed[person.pk] = person


def _apply(one: Candidate, person: Person, new: Person) -> bool:
    """Write what the row says onto the record; an empty cell says nothing. Return whether anything changed."""
    changed = False
    for name in _TEXTS:
        value = getattr(new, name)
        if value and value != getattr(person, name):
            setattr(person, name, value)
            changed = True
    if str(new) != str(person) and (has_diacritics(str(new)) or new.folded != person.folded):
        person.last_name, person.first_name = new.last_name, new.first_name
        changed = True
    if (
        new.birth_date
        and (new.birth_date, new.birth_precision) != (person.birth_date, person.birth_precision)
        and _FINENESS[new.birth_precision] >= _FINENESS[person.birth_precision]
    ):
        person.birth_date, person.birth_precision = new.birth_date, new.birth_precision
        changed = True
    if one.identity and not person.identity_hash:
        person.identity_hash = new.identity_hash
        person.identity_cipher = crypto.encrypt(one.identity)
        changed = True
    if changed:
        person.derive()
    return changed
