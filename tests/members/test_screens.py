"""The screens of the register: who sees whom, and that each look leaves a line."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congdoan.audit.models import Entry
from congdoan.members.models import Membership, Person, ReadEntry, Transfer
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/doan-vien/"


@pytest.fixture
def signed(client, chair):
    client.force_login(chair.user)
    return client


def names(response):
    return [str(row["cells"][0]) for row in response.context["rows"]]


def person_url(person, name="person", *more):
    return reverse(f"members:{name}", args=[person.pk, *more])


# --- Who may ---------------------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in(client, here):
    person = member(here)
    for address in (LIST, person_url(person), reverse("members:movement"), reverse("members:held")):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "role", [Role.ADMIN, Role.STATISTICS, Role.LEADER, Role.EDITOR, Role.INSPECTOR, Role.RECORDS]
)
def test_roles_without_the_right_see_no_people(client, units, here, role):
    person = member(here)
    client.force_login(acting(role, units["LC"]).user)
    for address in (LIST, person_url(person), person_url(person, "edit"), reverse("members:admit")):
        assert client.get(address).status_code == 403, address


def test_a_foreign_person_is_not_found_and_the_attempt_is_written_down(signed, there):
    person = member(there, first_name="Yến")
    for name in ("person", "edit", "leave", "readmit", "offer", "reveal", "give_position"):
        answer = signed.get(person_url(person, name))
        assert answer.status_code == 404, name
        assert "Yến" not in answer.text
    denied = ReadEntry.objects.filter(kind="denied", subject_id=person.pk)
    assert denied.count() == 7
    assert not ReadEntry.objects.exclude(kind="denied").exists()


def test_nothing_is_written_down_about_people_who_do_not_exist(signed):
    assert signed.get(f"{LIST}4711/").status_code == 404
    assert not ReadEntry.objects.exists()


def test_a_deputy_edits_but_does_not_decide(client, deputy, here):
    person = member(here)
    client.force_login(deputy.user)
    page = client.get(person_url(person))
    assert person_url(person, "edit") in page.text
    assert person_url(person, "leave") not in page.text
    assert client.get(person_url(person, "leave")).status_code == 403
    assert client.get(person_url(person, "edit")).status_code == 200


# --- The list --------------------------------------------------------------------------------------


def test_the_list_holds_my_members_in_the_order_of_vietnamese_names(signed, here, there, units):
    for last, first in (("Nguyễn Văn", "Bình"), ("Trần Thị", "Ân"), ("Lê Thị", "An"), ("Đỗ Văn", "Ánh")):
        member(here, last_name=last, first_name=first)
    member(there, first_name="Yến")
    member(units["LC-SP-002"], first_name="Xuân")
    assert names(signed.get(LIST)) == ["Lê Thị An", "Đỗ Văn Ánh", "Trần Thị Ân", "Nguyễn Văn Bình"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dang dung", ["Đặng Văn Dũng"]),
        (unicodedata.normalize("NFD", "Đặng Dũng"), ["Đặng Văn Dũng"]),
        ("LC-00", ["Sùng Thị Dua"]),
        ("0912", ["Đặng Văn Dũng"]),
        ("010 190 001 234", ["Sùng Thị Dua"]),
        ("010190001", []),
        ("ung", []),
    ],
)
def test_members_are_found_without_diacritics_and_by_whole_numbers(signed, here, there, text, found):
    member(here, last_name="Đặng Văn", first_name="Dũng", phone="0912000111")
    member(here, last_name="Sùng Thị", first_name="Dua", member_no="LC-0042", identity_number="010190001234")
    member(there, last_name="Đặng Văn", first_name="Dũng", phone="0912000222")
    assert names(signed.get(LIST, {"q": text})) == found


def test_the_list_is_narrowed_by_unit_state_and_sex(client, units, here):
    client.force_login(acting(Role.ORGANISER, units["LC"]).user)
    member(here, first_name="An", sex="female")
    member(units["LC-BX-001"], first_name="Bình", sex="male")
    gone = PersonFactory(first_name="Cúc")
    MembershipFactory(person=gone, unit=here, ended_on=date(2020, 1, 1), leaving_reason="retired")

    def given(**query):
        return [name.split()[-1] for name in names(client.get(LIST, query))]

    assert given() == ["An", "Bình"]
    assert given(**{"don-vi": "LC-SP"}) == ["An"]
    assert given(**{"gioi-tinh": "male"}) == ["Bình"]
    assert given(**{"gioi-tinh": "unknown"}) == []
    assert given(**{"trang-thai": "da-thoi"}) == ["Cúc"]
    assert given(**{"trang-thai": "nonsense", "don-vi": "nowhere at all"}) == ["An", "Bình"]


def test_a_list_that_was_shown_is_written_down_without_what_was_looked_for(signed, here):
    member(here, last_name="Đặng Văn", first_name="Dũng")
    signed.get(LIST, {"q": "dang dung"})
    entry = ReadEntry.objects.get()
    assert (entry.kind, entry.rows, entry.subject_id) == ("search", 1, None)
    assert "dung" not in str(entry.__dict__).lower()


def test_the_list_asks_as_many_questions_for_one_as_for_many(signed, here):
    member(here)
    signed.get(LIST)
    with CaptureQueriesContext(connection) as one:
        signed.get(LIST)
    for _ in range(12):
        member(here)
    with CaptureQueriesContext(connection) as many:
        assert len(names(signed.get(LIST))) == 13
    assert len(many) == len(one)


# --- One person ------------------------------------------------------------------------------------


def test_a_look_at_a_person_leaves_a_line_with_names_of_fields_only(signed, chair, here):
    person = member(here, phone="0912000111", address="Tổ 3, phường Sa Pa")
    assert "0912000111" in signed.get(person_url(person)).text
    entry = ReadEntry.objects.get()
    assert (entry.kind, entry.subject_id, entry.reader_id) == ("read", person.pk, str(chair.user.pk))
    assert entry.mandate_id == str(chair.mandate.pk)
    assert "phone" in entry.fields
    assert "0912000111" not in str(entry.__dict__)


def test_no_line_no_reading(signed, here, monkeypatch):
    person = member(here, phone="0912000111")

    def broken(*args, **kwargs):
        raise RuntimeError("the log is full")

    monkeypatch.setattr(ReadEntry, "save", broken)
    with pytest.raises(RuntimeError):
        signed.get(person_url(person))


def test_the_identity_number_is_covered_and_shown_only_with_a_reason(signed, here):
    person = member(here, identity_number="010190001234")
    assert "010190001234" not in signed.get(person_url(person)).text
    address = person_url(person, "reveal")
    assert "010190001234" not in signed.get(address).text
    assert "010190001234" not in signed.post(address, {"reason": " "}).text
    assert "010190001234" in signed.post(address, {"reason": "Đối chiếu hồ sơ bảo hiểm"}).text
    revealed = ReadEntry.objects.get(kind="reveal")
    assert (revealed.reason, revealed.fields) == ("Đối chiếu hồ sơ bảo hiểm", ["identity_number"])


def test_a_number_that_no_key_opens_says_so_and_the_page_still_works(signed, here, settings):
    person = member(here, identity_number="010190001234")
    settings.FIELD_KEYS = ["another-key-altogether-" + "z" * 30]
    page = signed.get(person_url(person))
    assert page.status_code == 200
    assert "thiếu khoá" in page.text


# --- Admission -------------------------------------------------------------------------------------


def admission(**values):
    return {
        "unit": "LC-SP-001", "on": "01/05/2026", "last_name": "Vàng Thị", "first_name": "Mỷ", "viec": "ket-nap", **values,
    }  # fmt: skip


def test_a_chair_admits_on_the_screen(signed):
    answer = signed.post(reverse("members:admit"), admission(birth="1990", sex="female"))
    person = Person.objects.get()
    assert answer["Location"] == person_url(person)
    assert (person.birth_date, person.birth_precision) == (date(1990, 1, 1), "year")


def test_slips_are_named_beside_the_field_and_what_was_typed_stays(signed):
    answer = signed.post(
        reverse("members:admit"),
        admission(birth="31/02/1990", identity_number="12345", phone="12", email="x", on="khi nào"),
    )
    assert set(answer.context["form"].errors) == {"birth", "identity_number", "phone", "email", "on"}
    assert 'value="31/02/1990"' in answer.text
    assert not Person.objects.exists()


def test_somebody_known_elsewhere_is_hinted_at_and_nothing_else(signed, chair, there):
    known = member(
        there, last_name="Vàng Thị", first_name="Mỷ Hoa", identity_number="010190001234", phone="0988777666"
    )
    answer = signed.post(reverse("members:admit"), admission(identity_number="010190001234"))
    assert "Đã có hồ sơ ở đơn vị khác" in answer.text
    for secret in ("Mỷ Hoa", "0988777666", "Mường Lò", "YB-NL", "Yên Bái"):
        assert secret not in answer.text, secret
    met = ReadEntry.objects.get(subject_id=known.pk)
    assert (met.kind, met.reader_id) == ("search", str(chair.user.pk))


def test_somebody_known_here_is_shown(signed, here):
    known = member(
        here, last_name="Vàng Thị", first_name="Mỷ", birth_date=date(1990, 1, 2), birth_precision="day"
    )
    answer = signed.post(reverse("members:admit"), admission(birth="02/01/1990"))
    assert person_url(known) in answer.text
    assert Person.objects.count() == 1
    signed.post(reverse("members:admit"), admission(birth="02/01/1990", viec="nguoi-khac"))
    assert Person.objects.count() == 2


def test_somebody_known_elsewhere_is_claimed(signed, client, stranger, there):
    known = member(there, identity_number="010190001234")
    answer = signed.post(
        reverse("members:admit"), admission(identity_number="010190001234", viec="de-nghi-chuyen")
    )
    transfer = Transfer.objects.get()
    assert answer["Location"] == reverse("members:transfer", args=[transfer.pk])
    page = signed.get(answer["Location"])
    assert "Mường Lò" not in page.text
    client.force_login(stranger.user)
    assert str(transfer.pk) in client.get("/lam-viec/").text
    client.post(reverse("members:transfer", args=[transfer.pk]), {"viec": "dong-y"})
    assert Membership.objects.get(person=known, ended_on=None).unit.code == "LC-SP-001"


def test_a_claim_on_nobody_known_is_not_found(signed):
    assert signed.post(reverse("members:admit"), admission(viec="de-nghi-chuyen")).status_code == 404


# --- Changes ---------------------------------------------------------------------------------------


def test_an_edit_keeps_the_identity_number_that_is_not_typed_again(signed, here):
    person = member(here, identity_number="010190001234")
    page = signed.get(person_url(person, "edit"))
    assert "010190001234" not in page.text
    data = {"last_name": "Vàng Thị", "first_name": "Mẩy", "birth": "10/1990", "row_version": "0"}
    assert signed.post(person_url(person, "edit"), data).status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.identity_number) == ("Mẩy", "010190001234")
    assert (person.birth_date, person.birth_precision) == (date(1990, 10, 1), "month")
    again = signed.post(person_url(person, "edit"), data)
    assert "Có người vừa sửa hồ sơ này" in again.text


def test_somebody_leaves_and_comes_back_on_the_screen(signed, here):
    person = member(here)
    data = {"reason": "retired", "on": "01/05/2026", "symbol": "3/QĐ", "signed_on": "28/04/2026"}
    assert signed.post(person_url(person, "leave"), data).status_code == 302
    assert "nghỉ hưu" in signed.get(person_url(person)).text
    data = {"unit": "LC-SP-001", "on": "01/07/2026"}
    assert signed.post(person_url(person, "readmit"), data).status_code == 302
    assert Membership.objects.filter(person=person).count() == 2
    assert [entry.verb for entry in Entry.objects.filter(object_type="members.person")] == [
        "member.readmitted",
        "member.left",
    ]


def test_a_member_is_offered_to_a_unit_anywhere_and_refused_with_a_reason(signed, client, stranger, here):
    person = member(here)
    answer = signed.post(
        person_url(person, "offer"), {"unit": "YB-NL-001", "on": "01/06/2026", "note": "Chuyển công tác"}
    )
    address = answer["Location"]
    client.force_login(stranger.user)
    page = client.get(address)
    assert "Tiếp nhận đoàn viên" in page.text
    assert "Chuyển công tác" in page.text
    assert client.get(person_url(person)).status_code == 404
    assert client.post(address, {"viec": "tu-choi", "reason": ""}).status_code == 200
    client.post(address, {"viec": "tu-choi", "reason": "Không công tác ở đây"})
    assert Transfer.objects.get().refused_reason == "Không công tác ở đây"
    assert client.post(address, {"viec": "bay"}).status_code == 404


def test_posts_of_a_member_are_written_down(signed, chair, here):
    person = member(here)
    data = {"unit": "LC-SP-001", "position": chair.mandate.position_id, "valid_from": "01/01/2024"}
    assert signed.post(person_url(person, "give_position"), data).status_code == 302
    held = person.positions.get()
    assert (
        signed.post(person_url(person, "end_position", held.pk), {"last_day": "31/12/2025"}).status_code
        == 302
    )
    held.refresh_from_db()
    assert held.valid_to == date(2026, 1, 1)
    assert signed.get(person_url(person, "end_position", held.pk)).status_code == 404


def test_the_data_we_hold_are_shown_to_whoever_has_signed_in(client, units):
    client.force_login(acting(Role.MEMBER, units["LC-SP-001"]).user)
    page = client.get(reverse("members:held"))
    assert page.status_code == 200
    assert "dữ liệu cá nhân nhạy cảm" in page.text
    assert "Số định danh (mã hoá)" in page.text
