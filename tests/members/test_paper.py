"""Requests and consents that come on paper are written down like those of self-service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from congdoan.members.actions.catalogue import load_consent_texts
from congdoan.members.models import Consent, ConsentText, DataRequest
from congdoan.organisation.rights import Role
from tests.factories_members import member
from tests.factories_organisation import acting, plant

pytestmark = pytest.mark.django_db
NEW = "/lam-viec/doan-vien/yeu-cau/ghi/"


@pytest.fixture
def tree():
    return plant()


def asked(client, number, **more):
    today = timezone.localdate()
    data = {
        "member_no": number,
        "kind": "access",
        "channel": "paper",
        "received_on": f"{today:%d/%m/%Y}",
        "details": "",
    }
    return client.post(NEW, data | more)


def test_the_keeper_of_records_writes_down_a_paper_and_the_clock_runs_from_its_receipt(client, tree):
    person = member(tree["LC-SP-001"], member_no="TD1")
    client.force_login(acting(Role.RECORDS, tree["LC"]).user)
    received = timezone.localdate() - timedelta(days=3)

    assert NEW in client.get("/lam-viec/doan-vien/yeu-cau/").text
    assert asked(client, "TD1", received_on=f"{received:%d/%m/%Y}").status_code == 302

    made = DataRequest.objects.get(person=person)
    assert (made.channel, made.received_on, made.due_on) == ("paper", received, received + timedelta(days=10))


def test_a_member_of_another_province_is_not_found_by_number(client, tree):
    member(tree["YB-NL-001"], member_no="TD2")
    client.force_login(acting(Role.RECORDS, tree["LC"]).user)
    response = asked(client, "TD2")
    assert "Không có đoàn viên nào trong phạm vi của bạn" in response.text
    assert 'value="TD2"' in response.text
    assert not DataRequest.objects.exists()


def test_a_paper_cannot_have_come_tomorrow(client, tree):
    member(tree["LC-SP-001"], member_no="TD1")
    client.force_login(acting(Role.RECORDS, tree["LC"]).user)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "Ngày nhận không thể sau hôm nay" in asked(client, "TD1", received_on=f"{tomorrow:%d/%m/%Y}").text
    assert not DataRequest.objects.exists()


def test_a_chair_writes_down_a_consent_on_paper_and_its_withdrawal(client, tree):
    load_consent_texts()
    person = member(tree["LC-SP-001"])
    text = ConsentText.objects.get(purpose="contact")
    client.force_login(acting(Role.CHAIR, tree["LC-SP-001"]).user)
    address = f"/lam-viec/doan-vien/{person.pk}/dong-y/"
    assert address in client.get(f"/lam-viec/doan-vien/{person.pk}/").text

    assert client.post(address, {"text": text.pk, "paper_ref": "Phiếu 12"}).status_code == 302
    consent = Consent.objects.get(person=person)
    assert (consent.method, consent.paper_ref) == ("paper", "Phiếu 12")
    assert client.post(address, {"rut": "contact"}).status_code == 302
    consent.refresh_from_db()
    assert (consent.withdrawn_method, consent.withdrawn_at is not None) == ("paper", True)


def test_a_consent_on_paper_names_its_paper(client, tree):
    load_consent_texts()
    person = member(tree["LC-SP-001"])
    client.force_login(acting(Role.CHAIR, tree["LC-SP-001"]).user)
    text = ConsentText.objects.get(purpose="contact")
    response = client.post(f"/lam-viec/doan-vien/{person.pk}/dong-y/", {"text": text.pk, "paper_ref": ""})
    assert response.status_code == 200
    assert not Consent.objects.exists()


def test_the_chair_of_another_unit_finds_no_such_person(client, tree):
    load_consent_texts()
    person = member(tree["LC-SP-001"])
    client.force_login(acting(Role.CHAIR, tree["LC-SP-002"]).user)
    text = ConsentText.objects.get(purpose="contact")
    address = f"/lam-viec/doan-vien/{person.pk}/dong-y/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": text.pk, "paper_ref": "x"}).status_code == 404
    assert not Consent.objects.exists()


def test_looking_at_consents_stands_in_the_log_in_words(client, tree):
    load_consent_texts()
    person = member(tree["LC-SP-001"])
    client.force_login(acting(Role.CHAIR, tree["LC-SP-001"]).user)
    client.get(f"/lam-viec/doan-vien/{person.pk}/dong-y/")
    client.force_login(acting(Role.RECORDS, tree["LC"]).user)
    log = client.get("/lam-viec/doan-vien/nhat-ky-doc/")
    assert log.status_code == 200
    assert "sự đồng ý" in log.text
