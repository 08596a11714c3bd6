"""Lists of members: what a row becomes, what is refused, and what survives a break."""

from __future__ import annotations

from datetime import date
from unittest import mock

import pytest
from openpyxl import Workbook

from congdoan.audit.models import Entry
from congdoan.members.actions import imports
from congdoan.members.errors import ImportStateError, OutOfReachError, SameFileError
from congdoan.members.importing import files
from congdoan.members.importing.kept import unpacked
from congdoan.members.models import (
    DuplicateProposal,
    ImportRun,
    Membership,
    MembershipEvent,
    Person,
    ReadEntry,
)
from congdoan.organisation.rights import Role
from congdoan.spreadsheets import SpreadsheetError
from tests.factories_members import member
from tests.factories_organisation import MandateFactory, acting, plant

pytestmark = pytest.mark.django_db

HEAD = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD/CMND",
    "Ngày vào công đoàn",
    "Đơn vị",
    "Điện thoại",
    "Email",
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"


@pytest.fixture
def units():
    return plant()


@pytest.fixture
def officer(units):
    """Organiser of the province LC."""
    return acting(Role.ORGANISER, units["LC"])


def row(
    name="Vàng Thị Mỷ",
    birth="17/10/1985",
    sex="Nữ",
    identity="",
    since="01/09/2010",
    unit="LC-SP-001",
    phone="",
    email="",
):
    return (name, birth, sex, identity, since, unit, phone, email)


@pytest.fixture
def sheet(tmp_path):
    made = []

    def write(*rows, head=HEAD):
        book = Workbook()
        book.active.append(head)
        for number, cells in enumerate(rows, 1):
            book.active.append([number, *cells] if head is HEAD else cells)
        made.append(tmp_path / f"list-{len(made)}.xlsx")
        book.save(made[-1])
        return made[-1]

    return write


def checked(capacity, unit, path, **options):
    run = imports.upload(capacity, unit, path, path.name, **options)
    imports.work(run.pk)
    run.refresh_from_db()
    return run


def done(capacity, unit, path, **options):
    run = checked(capacity, unit, path, **options)
    assert run.status == "checked", run.error
    imports.start(capacity, run.pk)
    imports.work(run.pk)
    run.refresh_from_db()
    return run


def tallies(run):
    assert run.rows_read == run.created + run.updated + run.refused == run.total_rows
    return run.created, run.updated, run.refused


def reasons(run):
    return [problem.text for kept in run.refused_rows.all() for problem in unpacked(kept.content).problems]


def test_a_list_makes_members_with_their_story(units, officer, sheet):
    run = done(
        officer,
        units["LC"],
        sheet(row(identity="010185001234", phone="0912345678"), row(name="Lò A Sính", birth=1990)),
    )
    assert (run.status, tallies(run)) == ("done", (2, 0, 0))
    person = Person.objects.get(first_name="Mỷ")
    assert (person.last_name, person.birth_date, person.sex) == ("Vàng Thị", date(1985, 10, 17), "female")
    assert person.identity_number == "010185001234"
    membership = person.memberships.get()
    # The unit is younger than the membership in the union.
    assert (membership.unit, membership.admitted_on) == (units["LC-SP-001"], date(2013, 10, 1))
    assert membership.entry_kind == "import"
    assert MembershipEvent.objects.get(person=person).kind == "import"
    assert Person.objects.get(first_name="Sính").birth_precision == "year"


def test_a_check_counts_as_the_import_does_and_changes_nothing(units, officer, sheet):
    known = member(units["LC-SP-001"], identity_number="010185001234")
    path = sheet(
        row(name=str(known), identity="010185001234", phone="0912345678"),
        row(name="Lò A Sính", identity="010190000001"),
        row(name="Lò A Sính", identity="010190000001"),
        row(name="Sùng A Dơ", unit="YB-NL-001"),
    )
    run = checked(officer, units["LC"], path)
    before = tallies(run)
    assert (Person.objects.count(), Membership.objects.count()) == (1, 1)
    known.refresh_from_db()
    assert known.phone == ""
    imports.start(officer, run.pk)
    imports.work(run.pk)
    run.refresh_from_db()
    assert tallies(run) == before == (1, 2, 1)


def test_names_in_nfd_and_three_ways_of_writing_a_day_are_the_same_person(units, officer, sheet):
    import unicodedata

    path = sheet(
        row(birth="17/10/1985"),
        row(name=unicodedata.normalize("NFD", "Vàng Thị Mỷ"), birth="1985-10-17"),
        row(name="VÀNG THỊ MỶ", birth=date(1985, 10, 17)),
    )
    assert tallies(done(officer, units["LC"], path)) == (1, 2, 0)


def test_a_number_of_twelve_digits_that_excel_shortened_gets_its_zero_back(units, officer, sheet):
    done(officer, units["LC"], sheet(row(identity=10185001234)))
    assert Person.objects.get().identity_number == "010185001234"


def test_names_that_differ_in_their_marks_are_two_people_proposed_and_not_merged(units, officer, sheet):
    run = done(officer, units["LC"], sheet(row(name="Lý Văn Tú"), row(name="Lý Văn Tư")))
    assert tallies(run) == (2, 0, 0)
    proposal = DuplicateProposal.objects.get()
    assert (proposal.status, proposal.run, proposal.reasons) == ("open", run, ["name_birth"])


def test_a_likely_person_elsewhere_is_created_and_proposed(units, officer, sheet):
    known = member(
        units["YB-NL-001"],
        last_name="Vàng Thị",
        first_name="Mỷ",
        birth_date=date(1985, 10, 17),
        birth_precision="day",
    )
    assert tallies(done(officer, units["LC"], sheet(row()))) == (1, 0, 0)
    assert DuplicateProposal.objects.get().first == known


def test_two_identity_numbers_are_two_people_and_not_proposed(units, officer, sheet):
    path = sheet(row(identity="010185001234"), row(identity="010185001235"))
    assert tallies(done(officer, units["LC"], path)) == (2, 0, 0)
    assert not DuplicateProposal.objects.exists()


def test_somebody_of_another_province_is_refused_without_saying_where(units, officer, sheet):
    known = member(units["YB-NL-001"], identity_number="010185001234", last_name="Vàng Thị", first_name="Mỷ")
    run = done(officer, units["LC"], sheet(row(identity="010185001234", phone="0912345678")))
    assert tallies(run) == (0, 0, 1)
    assert "đơn vị khác" in reasons(run)[0]
    assert "YB" not in reasons(run)[0]
    assert "Chợ" not in reasons(run)[0]
    known.refresh_from_db()
    assert known.phone == ""


def test_a_unit_of_another_province_reads_like_one_that_does_not_exist(units, officer, sheet):
    run = done(officer, units["LC"], sheet(row(unit="YB-NL-001"), row(name="Lò A Sính", unit="LC-ZZ-999")))
    assert tallies(run) == (0, 0, 2)
    foreign, missing = reasons(run)
    assert foreign.replace("G2", "G3") == missing


def test_an_import_for_one_unit_writes_into_no_other_of_the_same_province(units, officer, sheet):
    run = done(officer, units["LC-SP-002"], sheet(row(unit="LC-SP-001"), row(name="Lò A Sính", unit="")))
    assert tallies(run) == (1, 0, 1)
    assert Membership.objects.get().unit == units["LC-SP-002"]


def test_a_chair_cannot_send_a_list_for_another_unit(units, sheet):
    chair = acting(Role.CHAIR, units["LC-SP-001"])
    with pytest.raises(OutOfReachError):
        imports.upload(chair, units["LC-SP-002"], sheet(row(unit="")), "x.xlsx")
    assert not ImportRun.objects.exists()
    assert imports.upload(chair, units["LC-SP-001"], sheet(row(unit="")), "x.xlsx").status == "waiting"


def test_a_member_of_another_unit_in_reach_is_not_moved_by_a_list(units, officer, sheet):
    known = member(units["LC-SP-002"], identity_number="010185001234", last_name="Vàng Thị", first_name="Mỷ")
    run = done(officer, units["LC"], sheet(row(identity="010185001234")))
    assert tallies(run) == (0, 0, 1)
    assert known.memberships.get().unit == units["LC-SP-002"]


def test_a_slip_in_a_number_does_not_write_over_somebody_else(units, officer, sheet):
    known = member(units["LC-SP-001"], identity_number="010185001234", last_name="Lò A", first_name="Sính")
    run = done(officer, units["LC"], sheet(row(identity="010185001234")))
    assert tallies(run) == (0, 0, 1)
    known.refresh_from_db()
    assert str(known) == "Lò A Sính"


def test_a_restricted_record_is_not_touched(units, officer, sheet):
    from django.utils import timezone

    known = member(
        units["LC-SP-001"],
        identity_number="010185001234",
        last_name="Vàng Thị",
        first_name="Mỷ",
        restricted_at=timezone.now(),
    )
    run = done(officer, units["LC"], sheet(row(identity="010185001234", phone="0912345678")))
    assert tallies(run) == (0, 0, 1)
    known.refresh_from_db()
    assert known.phone == ""


def test_an_update_fills_and_corrects_but_an_empty_cell_says_nothing(units, officer, sheet):
    known = member(
        units["LC-SP-001"], identity_number="010185001234", last_name="Vang Thi", first_name="My",
        email="my@example.vn", phone="0900000000",
    )  # fmt: skip
    assert tallies(done(officer, units["LC"], sheet(row(identity="010185001234", phone="0912345678")))) == (
        0,
        1,
        0,
    )
    known.refresh_from_db()
    assert (str(known), known.phone, known.email, known.row_version) == (
        "Vàng Thị Mỷ",
        "0912345678",
        "my@example.vn",
        1,
    )
    assert known.identity_number == "010185001234"


def test_a_mended_list_sent_again_doubles_nobody(units, officer, sheet):
    rows = [row(), row(name="Lò A Sính", birth=1990), row(name="Sùng A Dơ", birth="", phone="0912345678")]
    done(officer, units["LC"], sheet(*rows))
    again = done(officer, units["LC"], sheet(*rows, row(name="Giàng A Páo")))
    assert tallies(again) == (1, 3, 0)
    assert Person.objects.count() == 4


def test_the_same_file_is_recognised(units, officer, sheet):
    path = sheet(row())
    run = done(officer, units["LC"], path)
    with pytest.raises(SameFileError) as error:
        imports.upload(officer, units["LC"], path, "other-name.xlsx")
    assert error.value.run_id == run.pk


def test_rows_that_cannot_be_told_apart_or_make_no_sense_are_refused(units, officer, sheet):
    run = done(
        officer,
        units["LC"],
        sheet(
            row(birth=""),
            row(identity="12345"),
            row(name=""),
            row(sex="x?"),
            row(birth="31/02/1985"),
            row(birth="01/01/2009", since="01/01/2012"),
            row(since="", name="Lò A Sính"),
            row(since="01/01/2099", name="Lò A Sính"),
        ),
    )
    assert tallies(run) == (0, 0, 8)


def test_a_day_for_rows_without_one_is_used_only_where_it_was_given(units, officer, sheet):
    run = done(officer, units["LC"], sheet(row(since="")), default_day=date(2020, 1, 1))
    assert tallies(run) == (1, 0, 0)
    assert Membership.objects.get().admitted_on == date(2020, 1, 1)


def test_name_in_two_columns_and_a_mark_for_women(units, officer, sheet):
    head = ("Họ đệm", "Tên", "Năm sinh", "Nữ (x)", "Ngày vào CĐ")
    done(
        officer,
        units["LC-SP-001"],
        sheet(("Vàng Thị", "Mỷ", 1985, "x", 2015), ("Lò A", "Sính", 1990, "", 2016), head=head),
    )
    assert list(Person.objects.order_by("pk").values_list("last_name", "first_name", "sex")) == [
        ("Vàng Thị", "Mỷ", "female"),
        ("Lò A", "Sính", ""),
    ]


@pytest.mark.parametrize("head", [("Họ và tên", "Nhóm máu"), ("Ngày sinh", "Email")])
def test_wrong_columns_are_refused_as_a_whole(units, officer, sheet, head):
    with pytest.raises(SpreadsheetError):
        imports.upload(officer, units["LC"], sheet(("a", "b"), head=head), "x.xlsx")
    assert not ImportRun.objects.exists()
    assert not list(files.folder().iterdir())


def test_formulas_are_refused_as_a_whole(units, officer, sheet):
    with pytest.raises(SpreadsheetError):
        imports.upload(officer, units["LC"], sheet(row(), row(name="=1+1")), "x.xlsx")
    assert not ImportRun.objects.exists()


def test_a_break_in_the_third_batch_goes_on_exactly_there(units, officer, sheet):
    path = sheet(*(row(name=f"Vàng Thị {'ABCDEĐGHIK'[n]}", birth=f"{n + 1:02}/01/1985") for n in range(10)))
    run = checked(officer, units["LC"], path)
    imports.start(officer, run.pk)
    whole, calls = imports._count, []

    def breaking(*arguments):
        calls.append(1)
        if len(calls) == 3:
            raise SystemExit
        whole(*arguments)

    with mock.patch.object(imports, "_count", breaking), pytest.raises(SystemExit):
        imports.work(run.pk, batch=3)
    run.refresh_from_db()
    assert (run.status, run.rows_read, run.next_row) == ("running", 6, 7)
    assert Person.objects.count() == 6
    imports.work(run.pk, batch=3)
    run.refresh_from_db()
    assert (run.status, tallies(run)) == ("done", (10, 0, 0))
    assert Person.objects.count() == Membership.objects.count() == 10


def test_an_error_of_the_server_is_told_and_the_import_can_go_on(units, officer, sheet):
    run = checked(officer, units["LC"], sheet(row()))
    imports.start(officer, run.pk)
    with mock.patch.object(imports, "judge", side_effect=RuntimeError), pytest.raises(RuntimeError):
        imports.work(run.pk)
    run.refresh_from_db()
    assert run.status == "failed"
    assert run.error
    imports.resume(officer, run.pk)
    imports.work(run.pk)
    run.refresh_from_db()
    assert run.status == "done"


def test_a_mandate_that_ended_meanwhile_ends_the_import(units, sheet):
    mandate = MandateFactory(unit=units["LC"], position__role=Role.ORGANISER)
    from congdoan.organisation.queries.capacities import capacity_for

    capacity = capacity_for(mandate.officer.user)
    run = checked(capacity, units["LC"], sheet(row()))
    imports.start(capacity, run.pk)
    mandate.valid_to = date(2020, 1, 1)
    mandate.save()
    imports.work(run.pk)
    run.refresh_from_db()
    assert run.status == "failed"
    assert "quyền" in run.error
    assert not Person.objects.exists()


def test_a_cancelled_import_writes_nothing_more_and_its_file_is_gone(
    units, officer, sheet, django_capture_on_commit_callbacks
):
    run = checked(officer, units["LC"], sheet(row()))
    assert len(list(files.folder().iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        imports.cancel(officer, run.pk)
    imports.work(run.pk)
    assert not Person.objects.exists()
    assert not list(files.folder().iterdir())
    with pytest.raises(ImportStateError):
        imports.start(officer, run.pk)


def test_an_import_belongs_to_who_sent_it(units, officer, sheet):
    run = checked(officer, units["LC"], sheet(row()))
    colleague = acting(Role.ORGANISER, units["LC"])
    with pytest.raises(ImportRun.DoesNotExist):
        imports.start(colleague, run.pk)


def test_what_is_kept_of_a_list_is_encrypted(units, officer, sheet):
    run = checked(officer, units["LC"], sheet(row(identity="123456"), row(name="Sùng A Dơ")))
    for path in files.folder().iterdir():
        assert b"PK" not in path.read_bytes()[:2]
        assert path.stat().st_mode & 0o077 == 0
    assert "123456" not in run.refused_rows.get().cipher


def test_the_trail_tells_of_the_list_and_of_nobody_in_it(units, officer, sheet):
    done(officer, units["LC"], sheet(row(phone="0912345678"), row(name="Lò A Sính")))
    entries = Entry.objects.filter(verb__startswith="member.import")
    assert {entry.verb for entry in entries} == {
        "member.import_sent",
        "member.import_started",
        "member.import_done",
    }
    assert not any(
        "Sính" in str((e.after, e.before, e.object_text)) or "0912" in str(e.after) for e in entries
    )
    line = ReadEntry.objects.get()
    assert (line.kind, line.rows) == ("change", 2)


def test_while_the_register_is_off_nothing_is_imported(units, officer, sheet, settings):
    run = checked(officer, units["LC"], sheet(row()))
    imports.start(officer, run.pk)
    settings.MEMBERS = "off"
    imports.work(run.pk)
    with pytest.raises(OutOfReachError):
        imports.upload(officer, units["LC"], sheet(row(), row(name="Lò A Sính")), "x.xlsx")
    settings.MEMBERS = "on"
    assert not Person.objects.exists()
