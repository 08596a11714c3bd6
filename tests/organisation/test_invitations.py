"""Invitations: one link, once, for the right person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.audit.models import Entry
from congdoan.organisation.actions import invitations, mandates
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.errors import InvitationError, MandateError, NotAllowedError
from congdoan.organisation.models import Invitation, Officer
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory, PositionFactory, acting
from tests.seen import seen

pytestmark = pytest.mark.django_db
PASSWORD = "hoa ban trang dau xuan"
TYPED = {"new_password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def chair(tree):
    return acting(Role.CHAIR, tree["LC-SP-001"])


@pytest.fixture
def deputy(tree):
    """A deputy who has no account yet."""
    return MandateFactory(
        unit=tree["LC-SP-001"],
        position__role=Role.DEPUTY,
        officer__user=None,
        officer__last_name="Sùng Thị",
        officer__first_name="Dua",
        officer__email="dua@example.vn",
        officer__phone="+84912345678",
    ).officer


def page(raw):
    return reverse("organisation:invitation", args=[raw])


def test_the_link_makes_an_account_signs_in_and_leads_to_the_desk(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)

    shown = client.get(page(raw))
    assert "Sùng Thị Dua" in shown.text
    assert "Trường Mầm non Hoa Đào" in shown.text
    assert shown["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown["Cache-Control"]

    response = client.post(page(raw), TYPED)

    assert response["Location"] == reverse("desk:start")
    deputy.refresh_from_db()
    assert deputy.user.check_password(PASSWORD)
    assert (deputy.user.email, deputy.user.phone) == ("dua@example.vn", "+84912345678")
    assert client.get(reverse("accounts:account")).status_code == 200
    assert Entry.objects.get(verb="officer.joined").actor_id == str(deputy.user.pk)


def test_after_it_whose_work_needs_a_second_factor_is_led_to_set_one_up(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    client.post(page(raw), TYPED)

    assert client.get(reverse("desk:start"))["Location"].startswith(reverse("accounts:set_up"))


def test_the_link_is_kept_as_a_hash_alone(chair, deputy):
    invitation, raw = invitations.invite(deputy.pk, by=chair)

    assert raw not in str(Invitation.objects.filter(pk=invitation.pk).values())
    assert len(raw) >= 43


def test_a_used_link_says_so_and_not_whose_it_was(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    invitations.accept(raw, password=PASSWORD)

    response = client.get(page(raw))

    assert response.status_code == 410
    assert "đã được dùng" in response.text
    assert "Dua" not in seen(response)
    assert response["Referrer-Policy"] == "same-origin"
    with pytest.raises(InvitationError):
        invitations.accept(raw, password=PASSWORD)


def test_an_old_link_says_so_and_makes_no_account(client, chair, deputy):
    invitation, raw = invitations.invite(deputy.pk, by=chair)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    response = client.post(page(raw), TYPED)

    assert response.status_code == 410
    assert "quá hạn" in response.text
    assert "Dua" not in seen(response)
    assert not User.objects.filter(email="dua@example.vn").exists()


def test_inviting_again_revokes_the_earlier_link(client, chair, deputy):
    _first, old = invitations.invite(deputy.pk, by=chair)
    _second, new = invitations.invite(deputy.pk, by=chair)

    assert "thu hồi" in client.get(page(old)).text
    assert client.get(page(new)).status_code == 200


def test_a_link_that_was_never_made_is_not_found(client, chair, deputy):
    response = client.get(page("khong-co-lien-ket-nay"))

    assert response.status_code == 404
    assert "chưa" in response.text or "không đúng" in response.text


def test_a_weak_password_is_refused_and_the_link_still_opens(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)

    response = client.post(page(raw), {"new_password": "123456", "again": "123456"})

    assert response.status_code == 200
    assert not User.objects.filter(email="dua@example.vn").exists()
    assert client.post(page(raw), TYPED).status_code == 302


def test_whoever_has_an_account_signs_in_and_takes_the_post_with_it(client, chair, deputy):
    user = UserFactory(email="dua@example.vn")
    _invitation, raw = invitations.invite(deputy.pk, by=chair)

    shown = client.get(page(raw))
    assert reverse("accounts:sign_in") in shown.text
    assert "new_password" not in shown.text
    client.post(page(raw), TYPED)
    assert User.objects.filter(email="dua@example.vn").count() == 1

    client.force_login(user)
    assert client.post(page(raw))["Location"] == reverse("desk:start")
    deputy.refresh_from_db()
    assert deputy.user == user


def test_the_inviter_who_opens_the_link_does_not_take_the_post(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    client.force_login(chair.user)

    response = client.post(page(raw))

    assert "không dành cho tài khoản này" in response.text
    deputy.refresh_from_db()
    assert deputy.user is None
    assert Officer.objects.get(user=chair.user).pk != deputy.pk


def test_somebody_else_with_an_account_does_not_take_the_post_of_an_owner(client, chair, deputy):
    UserFactory(phone="0912 345 678")
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    client.force_login(UserFactory())

    client.post(page(raw))

    deputy.refresh_from_db()
    assert deputy.user is None


def test_nobody_invites_whose_posts_they_could_not_all_give(tree, chair, deputy):
    MandateFactory(officer=deputy, unit=tree["LC"], position__role=Role.LEADER)

    with pytest.raises(NotAllowedError):
        invitations.invite(deputy.pk, by=chair)

    assert not Invitation.objects.exists()


def test_a_higher_post_given_later_takes_the_link_out_of_the_inviters_hand(client, tree, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    leader = Post(
        unit=tree["LC"], position=PositionFactory(role=Role.LEADER), valid_from=timezone.localdate()
    )
    mandates.give(deputy.pk, leader, by=acting(Role.ORGANISER, tree["LC"]))

    assert client.post(page(raw), TYPED).status_code == 410
    assert not User.objects.filter(email="dua@example.vn").exists()


def test_nobody_of_another_unit_sees_whom_to_invite(tree, deputy):
    with pytest.raises(Officer.DoesNotExist):
        invitations.invite(deputy.pk, by=acting(Role.CHAIR, tree["LC-SP-002"]))


def test_whoever_has_an_account_is_not_invited(chair, deputy):
    deputy.user = UserFactory()
    deputy.save()

    with pytest.raises(MandateError):
        invitations.invite(deputy.pk, by=chair)


def test_the_link_is_mailed_where_mail_is_set_up_and_shown_once(client, chair, deputy):
    client.force_login(chair.user)

    shown = client.post(reverse("organisation:invite", args=[deputy.pk]))

    [letter] = mail.outbox
    assert letter.to == ["dua@example.vn"]
    link = next(line for line in letter.body.splitlines() if "/moi/" in line)
    assert link in shown.text
    assert link not in client.get(reverse("organisation:officer", args=[deputy.pk])).text
    assert client.get(link.partition("8000")[2]).status_code == 200


def test_without_mail_the_link_is_only_shown(client, settings, chair, deputy):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    client.force_login(chair.user)

    shown = client.post(reverse("organisation:invite", args=[deputy.pk]))

    assert "/moi/" in shown.text
    assert Invitation.objects.get().sent_to == ""


def test_a_mail_server_that_is_away_leaves_the_link_to_hand_over(client, settings, chair, deputy):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client.force_login(chair.user)

    shown = client.post(reverse("organisation:invite", args=[deputy.pk]))

    assert shown.status_code == 200
    assert "Chưa gửi được thư" in shown.text
    assert "/moi/" in shown.text


def test_a_changed_address_revokes_the_link_sent_to_the_old_one(client, chair, deputy):
    _invitation, raw = invitations.invite(deputy.pk, by=chair)
    client.force_login(chair.user)

    client.post(
        reverse("organisation:edit_officer", args=[deputy.pk]),
        {"last_name": "Sùng Thị", "first_name": "Dua", "email": "moi@example.vn"},
    )

    deputy.refresh_from_db()
    assert deputy.email == "moi@example.vn"
    client.logout()
    assert client.get(page(raw)).status_code == 410
