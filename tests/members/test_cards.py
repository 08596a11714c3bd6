"""Cards: handed out by the unit, printed with a code, checked by anybody who learns nothing more than needed."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from django.urls import reverse

from congdoan.members import crypto
from congdoan.members.actions import cards
from congdoan.members.errors import NotMemberError, ReasonMissingError
from congdoan.members.exports.card import code_picture
from congdoan.members.models import MemberCard, Membership, Person, ReadEntry
from congdoan.members.queries.cards import covered
from tests.factories import UserFactory
from tests.factories_members import MembershipFactory, PersonFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(here):
    return member(here, user=UserFactory(), first_name="Dín", phone="0911000222", member_no="MS-77")


@pytest.fixture
def card(chair, me):
    return cards.issue(chair, me.pk)


def public(card):
    return reverse("members:card_check", args=[crypto.decrypt(card.token_cipher)])


def test_anybody_reads_validity_a_covered_name_unit_and_since_when(client, card):
    answer = client.get(public(card))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    for text in ("Thẻ còn hiệu lực", "V. T. Dín", "Trường Mầm non Hoa Đào", "01/03/2018"):
        assert text in answer.text
    for secret in ("Vàng", "0911000222", "MS-77"):
        assert secret not in answer.text


def test_a_revoked_card_says_nothing_about_its_person(client, chair, me, card):
    with pytest.raises(ReasonMissingError):
        cards.revoke(chair, me.pk, " ")
    cards.revoke(chair, me.pk, "mất thẻ")
    page = client.get(public(card)).text
    assert "đã thu hồi" in page
    assert "Dín" not in page
    assert "Hoa Đào" not in page


def test_the_card_of_somebody_who_left_is_not_valid(client, me, card):
    Membership.objects.filter(person=me).update(ended_on=date(2024, 1, 1), leaving_reason="resigned")
    assert "Dín" not in client.get(public(card)).text


def test_codes_are_not_guessed_and_nothing_is_there_while_the_register_is_off(client, card, settings):
    address = public(card)
    assert client.get(f"/the-doan-vien/{card.number}/").status_code == 404
    assert client.get(f"/the-doan-vien/{card.pk}/").status_code == 404
    assert client.get(f"{address[:-2]}/").status_code == 404
    settings.MEMBERS = "off"
    assert client.get(address).status_code == 404


def test_a_new_card_takes_the_place_of_the_old(client, chair, me, card):
    new = cards.issue(chair, me.pk)
    assert (new.number, new.version) == (card.number, 2)
    assert "đã thu hồi" in client.get(public(card)).text
    assert "còn hiệu lực" in client.get(public(new)).text


def test_another_units_chair_and_a_deputy_hand_out_nothing(client, me, stranger, deputy):
    for capacity in (stranger, deputy):
        with pytest.raises(Person.DoesNotExist):
            cards.issue(capacity, me.pk)
    client.force_login(stranger.user)
    assert client.post(reverse("members:card", args=[me.pk]), {"viec": "cap"}).status_code == 404
    assert client.get(reverse("members:card_file", args=[me.pk])).status_code == 404
    assert not MemberCard.objects.exists()


def test_who_is_no_member_gets_no_card(chair, here):
    left = MembershipFactory(
        unit=here, person=PersonFactory(), ended_on=date(2020, 1, 1), leaving_reason="resigned"
    ).person
    with pytest.raises(NotMemberError):
        cards.issue(chair, left.pk)


def test_the_card_is_a_pdf_of_the_size_of_a_bank_card(client, me, card):
    client.force_login(me.user)
    answer = client.get("/ca-nhan/the/")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = document[0].get_textpage().get_text_range()
    assert "Vàng Thị Dín" in text
    assert len(document) == 1
    assert [round(size / 72 * 25.4) for size in document[0].get_size()] == [86, 54]
    assert document.get_metadata_value("Title") == f"Thẻ đoàn viên {card.number}"
    assert ReadEntry.objects.filter(kind="print", subject_id=me.pk).count() == 1


def test_nobody_prints_a_card_that_is_not_there(client, me):
    client.force_login(me.user)
    assert client.get("/ca-nhan/the/").status_code == 404


def test_the_unit_hands_out_and_takes_back_on_one_page(client, chair, me):
    client.force_login(chair.user)
    address = reverse("members:card", args=[me.pk])
    client.post(address, {"viec": "cap"})
    assert MemberCard.objects.get().revoked_on is None
    assert client.get(reverse("members:card_file", args=[me.pk])).content.startswith(b"%PDF")
    client.post(address, {"viec": "thu-hoi", "reason": ""})
    assert MemberCard.objects.get().revoked_on is None
    client.post(address, {"viec": "thu-hoi", "reason": "mất thẻ"})
    assert MemberCard.objects.get().revoked_on is not None


def test_a_covered_name_keeps_the_given_name_alone():
    assert covered(Person(last_name="Lò Thị Ánh", first_name="Tuyết")) == "L. T. Á. Tuyết"
    assert code_picture("https://example.org/the-doan-vien/x/").startswith(b"<?xml")
