"""The tree in time: what is asked for any day, and what cannot be stored."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congdoan.audit.models import Entry
from congdoan.organisation.actions import reorganisations
from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Part,
    Rename,
    Split,
)
from congdoan.organisation.errors import (
    NotADraftError,
    NotAllowedError,
    OutOfReachError,
    OvertakenError,
    PlanRefusedError,
)
from congdoan.organisation.models import (
    Ancestry,
    Mandate,
    Placement,
    Reorganisation,
    TreeVersion,
    Unit,
    UnitEvent,
    UnitName,
)
from congdoan.organisation.queries import units
from congdoan.organisation.rights import Role
from tests.factories_organisation import MandateFactory, acting

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2019, 9, 30), date(2025, 7, 1), date(2026, 1, 1)


def batch(by, tree, *operations, on=DAY, scope="VN", title="Sắp xếp 2025"):
    made = reorganisations.draft(
        title=title,
        scope=tree[scope],
        effective_on=on,
        by=by,
        decision=Decision("12/QĐ-TLĐ", date(2025, 6, 20), "TLĐ"),
    )
    reorganisations.set_operations(made.pk, operations, by=by)
    return made


def carried_out(by, tree, *operations, **more):
    made = batch(by, tree, *operations, **more)
    reorganisations.check(made.pk, by=by)
    return reorganisations.carry_out(made.pk, by=by)


@pytest.fixture
def officer(tree):
    return acting(Role.ADMIN, tree["VN"])


def path(code, day):
    return [unit.code for unit in units.path(Unit.objects.get(code=code), day)]


def test_the_way_to_the_root_is_known_for_any_day(tree, officer):
    carried_out(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"))

    assert path("LC-SP-001", BEFORE) == ["VN", "LC", "LC-SP"]
    assert path("LC-SP-001", AFTER) == ["VN", "LC", "LC-BX"]
    assert path("LC-SP-001", date(2010, 1, 1)) == []


def test_a_unit_is_called_what_it_was_called_on_that_day(tree, officer):
    carried_out(
        officer, tree, Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Sa Pa"), on=date(2019, 12, 1)
    )

    assert units.by_code("lc-sp", BEFORE).shown_name == "Liên đoàn Lao động huyện Sa Pa"
    assert units.by_code("LC-SP", DAY).shown_name == "Liên đoàn Lao động thị xã Sa Pa"


def test_units_below_follow_when_their_parent_moves(tree, officer):
    carried_out(officer, tree, Move(unit="LC-SP", parent="YB"))

    assert path("LC-SP-002", BEFORE) == ["VN", "LC", "LC-SP"]
    assert path("LC-SP-002", AFTER) == ["VN", "YB", "LC-SP"]


def test_a_merger_takes_the_units_below_along_and_names_who_inherits(tree, officer):
    new = NewUnit(
        code="LC25", kind="provincial_federation", parent="VN", name="Liên đoàn Lao động tỉnh Lào Cai (mới)"
    )
    carried_out(officer, tree, Merge(sources=("LC", "YB"), new_unit=new))

    assert path("YB-NL-001", AFTER) == ["VN", "LC25", "YB-NL"]
    assert path("YB-NL-001", BEFORE) == ["VN", "YB", "YB-NL"]
    assert [(s.unit.code, s.share) for s in units.heirs(tree["YB"], AFTER)] == [("LC25", 1_000_000)]
    assert Unit.objects.get(code="YB").ended_on == DAY
    assert Unit.objects.get(code="YB").ending_symbol == "12/QĐ-TLĐ"


def test_a_split_is_inherited_in_shares_also_by_heirs_of_heirs(tree, officer):
    parts = (Part(share=700_000, into="LC-SP-002"), Part(share=300_000, into="LC-BX-001"))
    carried_out(officer, tree, Split(source="LC-SP-001", parts=parts))
    carried_out(officer, tree, Merge(sources=("LC-BX-001",), into="YB-NL-001"), on=date(2026, 2, 1))

    in_2025 = {s.unit.code: s.share for s in units.heirs(tree["LC-SP-001"], date(2025, 12, 1))}
    in_2026 = {s.unit.code: s.share for s in units.heirs(tree["LC-SP-001"], date(2026, 3, 1))}
    assert in_2025 == {"LC-SP-002": 700_000, "LC-BX-001": 300_000}
    assert in_2026 == {"LC-SP-002": 700_000, "YB-NL-001": 300_000}


def test_for_a_unit_dissolved_without_a_successor_stands_its_nearest_living_ancestor(tree, officer):
    carried_out(officer, tree, Dissolve(unit="LC-SP-001"))
    assert [s.unit.code for s in units.heirs(tree["LC-SP-001"], AFTER)] == ["LC-SP"]

    carried_out(officer, tree, Dissolve(unit="LC-SP", children_to="LC"), on=date(2025, 12, 1))
    assert [s.unit.code for s in units.heirs(tree["LC-SP-001"], AFTER)] == ["LC"]
    assert [s.unit.code for s in units.heirs(tree["LC-SP-001"], date(2025, 8, 1))] == ["LC-SP"]


def test_mandates_end_with_their_unit(tree, officer):
    mandate = MandateFactory(unit=tree["LC-SP-001"])
    carried_out(officer, tree, Dissolve(unit="LC-SP-001"))
    assert Mandate.objects.get(pk=mandate.pk).valid_to == DAY


def test_a_batch_makes_one_version_and_one_trail(tree, officer):
    versions = TreeVersion.objects.count()
    done = carried_out(
        officer,
        tree,
        Move(unit="LC-SP-001", parent="LC-BX"),
        Rename(unit="LC-BX", name="Liên đoàn Lao động Bát Xát"),
    )
    assert TreeVersion.objects.count() == versions + 1
    assert [event.kind for event in done.version.events.all()] == ["move", "renaming"]
    entry = Entry.objects.get(verb="reorganisation.carried_out")
    assert entry.capacity_text.startswith("quản trị hệ thống")
    assert len(done.content_hash) == 64


def test_a_batch_dated_ahead_changes_nothing_until_its_day(tree, officer):
    carried_out(officer, tree, Dissolve(unit="LC-SP-001"), on=date(2030, 1, 1))

    assert "LC-SP-001" in {unit.code for unit in units.children(tree["LC-SP"], date(2029, 12, 31))}
    assert "LC-SP-001" not in {unit.code for unit in units.children(tree["LC-SP"], date(2030, 1, 1))}


def test_what_an_older_version_knew_stays_known(tree, officer):
    old = TreeVersion.objects.latest("number").number
    carried_out(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"), on=date(2015, 1, 1))

    rows = Ancestry.objects.filter(unit=tree["LC-SP-001"], first_version__lte=old).exclude(
        end_version__lte=old
    )
    assert {(row.ancestor.code, row.depth, row.valid_from, row.valid_to) for row in rows} == {
        ("LC-SP-001", 0, date(2013, 10, 1), None),
        ("LC-SP", 1, date(2013, 10, 1), None),
        ("LC", 2, date(2013, 10, 1), None),
        ("VN", 3, date(2013, 10, 1), None),
    }


def test_nothing_is_done_when_one_operation_cannot_be(tree, officer):
    made = batch(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"), Dissolve(unit="LC-SP"))
    plan = reorganisations.check(made.pk, by=officer)

    assert [number for number, _text in plan.problems] == [0]
    assert "LC-SP-002" not in plan.problems[0][1]
    assert "Hợp tác xã Thổ cẩm Tả Phìn" in plan.problems[0][1]
    with pytest.raises(PlanRefusedError):
        reorganisations.carry_out(made.pk, by=officer)
    assert path("LC-SP-001", AFTER) == ["VN", "LC", "LC-SP"]
    assert not UnitEvent.objects.exclude(kind="founding").exists()


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (Move(unit="LC", parent="LC-SP"), "dưới chính nó"),
        (Move(unit="LC-SP", parent="LC-BX-001"), "không phải cấp trên"),
        (Move(unit="LC-SP-001", parent="LC-SP"), "đã trực thuộc"),
        (Move(unit="KHONG-CO", parent="LC"), "Không có đơn vị mã"),
        (Rename(unit="LC-SP-001", name="Tên mới", on=date(2000, 1, 1)), "không tồn tại vào ngày 01/01/2000"),
        (Merge(sources=("LC-SP",), into="LC-SP"), "ít nhất một đơn vị khác"),
        (Split(source="LC-SP-001", parts=(Part(share=999_999, into="LC-SP-002"),)), "cộng lại đúng 100 %"),
        (
            Found(unit=NewUnit(code="LC-SP-001", kind="grassroots_union", parent="LC", name="Trùng mã")),
            "đã có đơn vị khác",
        ),
        (Found(unit=NewUnit(code="X", kind="phuong", parent="LC", name="Loại lạ")), "Không có loại đơn vị"),
        (
            Found(unit=NewUnit(code="X", kind="grassroots_union", parent="", name="Không có cấp trên")),
            "Không có đơn vị mã",
        ),
    ],
)
def test_an_operation_that_cannot_be_is_refused_in_words(tree, officer, operation, said):
    made = batch(officer, tree, operation)
    plan = reorganisations.check(made.pk, by=officer)
    assert any(said in text for _number, text in plan.problems), plan.problems


def test_a_change_before_a_later_change_of_the_same_unit_is_refused(tree, officer):
    carried_out(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"))
    made = batch(officer, tree, Move(unit="LC-SP-001", parent="LC"), on=date(2024, 1, 1))
    plan = reorganisations.check(made.pk, by=officer)
    assert "01/07/2025" in plan.problems[0][1]


def test_an_empty_batch_is_refused(tree, officer):
    made = batch(officer, tree)
    assert "chưa có thao tác" in reorganisations.check(made.pk, by=officer).problems[0][1]


def test_a_batch_is_carried_out_once(tree, officer):
    done = carried_out(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"))
    with pytest.raises(NotADraftError):
        reorganisations.carry_out(done.pk, by=officer)


def test_a_batch_overtaken_by_another_of_the_same_unit_is_told_so(tree, officer):
    first = batch(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"), title="Đợt một")
    second = batch(officer, tree, Dissolve(unit="LC-SP-001"), title="Đợt hai", on=AFTER)
    other = batch(officer, tree, Rename(unit="YB-NL", name="Liên đoàn Lao động Nghĩa Lộ"), title="Đợt ba")
    for made in (first, second, other):
        assert reorganisations.check(made.pk, by=officer).is_sound
    reorganisations.carry_out(first.pk, by=officer)

    with pytest.raises(OvertakenError) as refused:
        reorganisations.carry_out(second.pk, by=officer)
    assert "Đợt một" in refused.value.user_message
    assert reorganisations.carry_out(other.pk, by=officer).status == Reorganisation.Status.CARRIED_OUT


def test_an_officer_of_another_province_neither_sees_nor_carries_out(tree, officer):
    made = batch(officer, tree, Move(unit="LC-SP-001", parent="LC-BX"), scope="LC")
    stranger = acting(Role.ORGANISER, tree["YB"])

    with pytest.raises(Reorganisation.DoesNotExist):
        reorganisations.carry_out(made.pk, by=stranger)
    with pytest.raises(OutOfReachError):
        reorganisations.draft(title="Lạ", scope=tree["LC"], effective_on=DAY, by=stranger)


def test_a_batch_may_not_name_units_outside_its_scope(tree):
    organiser = acting(Role.ORGANISER, tree["LC"])
    made = batch(organiser, tree, Move(unit="YB-NL-001", parent="LC-SP"), scope="LC")
    plan = reorganisations.check(made.pk, by=organiser)
    assert "YB-NL-001" in plan.problems[0][1]


def test_who_may_prepare_may_not_always_sign(tree):
    middle = acting(Role.MIDDLE, tree["LC-SP"])
    made = batch(middle, tree, Rename(unit="LC-SP-001", name="Tên mới"), scope="LC-SP")
    reorganisations.check(made.pk, by=middle)
    with pytest.raises(NotAllowedError):
        reorganisations.carry_out(made.pk, by=middle)


def test_the_database_refuses_two_parents_at_once(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            tree=Placement.objects.first().tree,
            unit=tree["LC-SP-001"],
            parent=tree["LC-BX"],
            valid_from=date(2019, 1, 1),
        )


def test_the_database_refuses_two_names_at_once(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitName.objects.create(unit=tree["LC-SP-001"], name="Tên khác", valid_from=date(2019, 1, 1))


def test_the_database_refuses_to_rewrite_what_happened(tree):
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitEvent.objects.update(happened_on=date(2000, 1, 1))


def test_units_are_found_without_diacritics_on_the_day_asked_for(tree, officer):
    carried_out(
        officer, tree, Rename(unit="LC-SP", name="Liên đoàn Lao động thị xã Đào Viên"), on=date(2019, 12, 1)
    )

    assert [u.code for u in units.search("huyen sa pa", BEFORE)] == ["LC-SP"]
    assert [u.code for u in units.search("huyen sa pa", DAY)] == []
    assert [u.code for u in units.search("dao vien", DAY)] == ["LC-SP"]
    assert [u.code for u in units.search("hoa dao", DAY, within=tree["YB"])] == []
    assert {u.code for u in units.search("lc-bx", DAY)} == {"LC-BX", "LC-BX-001"}
