"""One's own record: everything seen, put right, taken home; nobody reaches anybody else's."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from congdoan.audit.models import Entry
from congdoan.members.actions import corrections, reading
from congdoan.members.actions.catalogue import load_consent_texts
from congdoan.members.models import Consent, ConsentText, CorrectionRequest, DataRequest, ReadEntry
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_members import member
from tests.factories_organisation import acting

pytestmark = pytest.mark.django_db
OWN = "/ca-nhan/"


@pytest.fixture
def me(here):
    return member(
        here,
        user=UserFactory(),
        first_name="Dín",
        phone="0911000222",
        identity_number="010190001234",
        sex="female",
    )


@pytest.fixture
def signed(client, me):
    client.force_login(me.user)
    return client


@pytest.fixture
def asked(me):
    return corrections.ask(capacity_for(me.user), "first_name", "Dính")


def test_a_visitor_signs_in_and_an_account_without_a_record_reads_a_kind_page(client, me):
    assert client.get(OWN).status_code == 302
    client.force_login(UserFactory())
    page = client.get(OWN)
    assert page.status_code == 200
    assert "chưa gắn với hồ sơ" in page.text
    assert "Dín" not in page.text
    assert client.get(f"{OWN}tai-ve/json/").headers["Content-Type"].startswith("text/html")


def test_nothing_is_there_while_the_register_is_off(signed, settings):
    addresses = [OWN, f"{OWN}lien-he/", f"{OWN}ai-da-doc/", f"{OWN}dong-y/", f"{OWN}tai-ve/json/"]
    assert {signed.get(address).status_code for address in addresses} == {200}
    settings.MEMBERS = "off"
    assert {signed.get(address).status_code for address in addresses} == {404}


def test_the_page_shows_what_is_kept_with_its_kind_and_covers_the_identity_number(signed, me):
    page = signed.get(OWN).text
    for text in ("0911000222", "Công đoàn cơ sở Trường Mầm non Hoa Đào", "dữ liệu cá nhân nhạy cảm"):
        assert text in page
    assert "010190001234" not in page
    entry = ReadEntry.objects.get()
    assert (entry.subject_id, entry.reader_id, entry.kind) == (me.pk, str(me.user.pk), "read")


def test_contacts_change_at_once_and_the_trail_keeps_no_number(signed, me):
    answer = signed.post(f"{OWN}lien-he/", {"phone": "0988 777 666", "email": "", "address": ""})
    assert answer.status_code == 302
    me.refresh_from_db()
    assert me.phone == "0988777666"
    trail = Entry.objects.get(verb="member.corrected")
    assert trail.after == {"fields": ["phone"]}
    assert ReadEntry.objects.filter(kind="change", fields=["phone"]).count() == 1


def test_a_name_changes_only_after_the_chair_has_agreed(signed, client, me, chair):
    signed.post(f"{OWN}dinh-chinh/", {"field": "first_name", "new": "Dính", "note": "theo căn cước"})
    me.refresh_from_db()
    assert me.first_name == "Dín"
    request = CorrectionRequest.objects.get()
    assert "Dính" not in request.new_cipher
    assert request.due_on == timezone.localdate() + timedelta(days=10)
    corrections.decide(chair, request.pk, is_accepted=True)
    me.refresh_from_db()
    assert me.first_name == "Dính"


@pytest.mark.parametrize(
    ("field", "new", "name", "value"),
    [
        ("birth_date", "17/10/1990", "birth_precision", "day"),
        ("birth_date", "1990", "birth_precision", "year"),
        ("identity_number", "010190 009 999", "identity_number", "010190009999"),
        ("sex", "Nam", "sex", "male"),
    ],
)
def test_what_is_typed_is_what_is_written_after_consent(signed, me, chair, field, new, name, value):
    assert signed.post(f"{OWN}dinh-chinh/", {"field": field, "new": new}).status_code == 302
    corrections.decide(chair, CorrectionRequest.objects.get().pk, is_accepted=True)
    me.refresh_from_db()
    assert getattr(me, name) == value


@pytest.mark.parametrize(
    ("field", "new"),
    [("birth_date", "hôm qua"), ("identity_number", "123"), ("sex", "khác"), ("phone", "0911")],
)
def test_nonsense_is_not_sent(signed, field, new):
    assert signed.post(f"{OWN}dinh-chinh/", {"field": field, "new": new}).status_code == 200
    assert not CorrectionRequest.objects.exists()


def test_another_units_chair_and_oneself_decide_nothing(asked, stranger, deputy, me, here):
    for capacity in (stranger, deputy, capacity_for(me.user)):
        with pytest.raises(CorrectionRequest.DoesNotExist):
            corrections.decide(capacity, asked.pk, is_accepted=True)
    own_chair = acting(Role.CHAIR, here, officer__user=me.user)
    with pytest.raises(CorrectionRequest.DoesNotExist):
        corrections.decide(own_chair, asked.pk, is_accepted=True)
    me.refresh_from_db()
    assert me.first_name == "Dín"


def test_nobody_takes_back_what_another_asked(client, asked, here):
    other = member(here, user=UserFactory())
    client.force_login(other.user)
    assert client.post(reverse("members:own_correction_withdraw", args=[asked.pk])).status_code == 404
    asked.refresh_from_db()
    assert asked.status == "open"


def test_one_takes_back_ones_own_request(signed, asked):
    assert signed.post(reverse("members:own_correction_withdraw", args=[asked.pk])).status_code == 302
    asked.refresh_from_db()
    assert asked.status == "withdrawn"


def test_the_file_has_everything_of_mine_and_nothing_of_others(signed, me, here):
    member(here, first_name="Khác", phone="0900000001", user=UserFactory())
    data = json.loads(signed.get(f"{OWN}tai-ve/json/").content)
    assert data["person"]["identity_number"] == "010190001234"
    assert data["memberships"][0]["unit_code"] == "LC-SP-001"
    assert "0900000001" not in json.dumps(data)
    book = load_workbook(io.BytesIO(signed.get(f"{OWN}tai-ve/xlsx/").content))
    values = [row[3] for row in book.active.iter_rows(values_only=True)]
    assert "0911000222" in values
    assert "0900000001" not in values
    assert ReadEntry.objects.filter(kind="export", subject_id=me.pk).count() == 2


def test_i_see_who_read_my_record_and_not_who_read_others(signed, me, chair, here):
    other = member(here)
    reading.open_person(chair, me.pk, reason="hỏi thăm khi ốm")
    reading.open_person(chair, other.pk, reason="việc riêng của người khác")
    signed.get(OWN)
    page = signed.get(f"{OWN}ai-da-doc/").text
    assert "hỏi thăm khi ốm" in page
    assert "việc riêng" not in page
    assert "chính chủ" not in page
    assert "0911000222" not in page


def test_the_log_refuses_change(me, chair):
    reading.open_person(chair, me.pk)
    for change in (
        lambda: ReadEntry.objects.update(reason="khác"),
        lambda: ReadEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ReadEntry.objects.get().reason == ""


def test_a_request_starts_the_clocks_and_is_sent_once(signed, me):
    for _time in range(2):
        signed.post(f"{OWN}yeu-cau/", {"kind": "deletion", "details": "Tôi đã nghỉ việc"})
    request = DataRequest.objects.get()
    assert request.due_on == timezone.localdate() + timedelta(days=20)
    assert request.acknowledge_due_on > request.received_on
    assert "nghỉ việc" not in request.details_cipher
    assert request.details == "Tôi đã nghỉ việc"


def test_consent_is_given_by_an_act_withdrawn_and_given_anew(signed, me):
    load_consent_texts()
    page = signed.get(f"{OWN}dong-y/").text
    assert 'type="checkbox"' not in page
    assert not Consent.objects.exists()
    text = ConsentText.objects.get(purpose="survey")
    signed.post(reverse("members:consent_give", args=[text.pk]))
    assert Consent.objects.get().text == text
    signed.post(reverse("members:consent_withdraw", args=["survey"]))
    assert Consent.objects.get().withdrawn_at is not None
    signed.post(reverse("members:consent_give", args=[text.pk]))
    assert Consent.objects.count() == 2


def test_nobody_agrees_to_words_that_were_replaced(signed, me):
    load_consent_texts()
    old = ConsentText.objects.get(purpose="survey")
    ConsentText.objects.create(
        purpose="survey", version=2, text="Nội dung mới", is_sensitive=False, published_on=old.published_on
    )
    signed.post(reverse("members:consent_give", args=[old.pk]))
    assert not Consent.objects.exists()
