"""The list of notices and how to be told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from congdoan.notices import queries
from congdoan.notices.models import Notice, Preference
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/thong-bao/"
SETTINGS = "/lam-viec/thong-bao/cai-dat/"


@pytest.mark.parametrize("path", [LIST, SETTINGS, f"{LIST}1/"])
def test_a_visitor_is_sent_to_sign_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/dang-nhap/?next={path}")


def test_everybody_sees_their_own_notices_only(client, officer, told):
    told(officer, title="Của tôi")
    told(UserFactory(), title="Của người khác")
    client.force_login(officer)
    text = client.get(LIST).text
    assert "Của tôi" in text
    assert "Của người khác" not in text


def test_opening_leads_to_the_thing_and_marks_it_alone_as_read(client, officer, told):
    notice = told(officer, url="/lam-viec/bao-cao/1/")
    other = told(officer, key="report:2")
    client.force_login(officer)
    answer = client.get(f"{LIST}{notice.pk}/")
    assert answer.headers["Location"] == "/lam-viec/bao-cao/1/"
    assert list(queries.notices_of(officer, unread_only=True)) == [other]


def test_looking_at_the_head_of_a_link_reads_nothing(client, officer, told):
    notice = told(officer)
    client.force_login(officer)
    client.head(f"{LIST}{notice.pk}/")
    assert queries.unread_count(officer) == 1


def test_a_strangers_notice_does_not_exist(client, officer, told):
    notice = told(officer)
    client.force_login(UserFactory())
    assert client.get(f"{LIST}{notice.pk}/").status_code == 404
    assert queries.unread_count(officer) == 1


def test_a_notice_that_was_taken_back_is_gone(client, officer, told):
    notice = told(officer)
    Notice.objects.update(withdrawn_at=notice.told_at)
    client.force_login(officer)
    assert client.get(f"{LIST}{notice.pk}/").status_code == 404


def test_all_are_marked_as_read_by_one_button_that_only_a_post_presses(client, officer, told):
    other = UserFactory()
    for key in ("a", "b"):
        told(officer, key=key)
        told(other, key=key)
    client.force_login(officer)
    assert client.get(f"{LIST}da-doc/").status_code == 405
    answer = client.post(f"{LIST}da-doc/", follow=True)
    assert "Đã đánh dấu 2 thông báo là đã đọc." in answer.text
    assert queries.unread_count(officer) == 0
    assert queries.unread_count(other) == 2


def test_the_unread_stand_alone_on_demand(client, officer, told):
    told(officer, key="a", title="Cũ")
    Notice.objects.update(read_at=Notice.objects.get().told_at)
    told(officer, key="b", title="Chưa xem")
    client.force_login(officer)
    text = client.get(f"{LIST}?xem=chua-doc").text
    assert "Chưa xem" in text
    assert "Cũ" not in text


def test_an_empty_list_says_what_will_stand_there(client, officer):
    client.force_login(officer)
    assert "Chưa có thông báo nào" in client.get(LIST).text
    assert "Bạn đã đọc hết thông báo" in client.get(f"{LIST}?xem=chua-doc").text


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_does_not_ask_more_for_more(client, officer, told, django_assert_max_num_queries, count):
    for number in range(count):
        told(officer, key=f"k{number}")
    client.force_login(officer)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_pages_lead_on(client, officer, told):
    for number in range(45):
        told(officer, key=f"k{number}", title=f"Thông báo số {number}")
    client.force_login(officer)
    assert "Trang 1 trên 3" in client.get(LIST).text
    assert "Trang 3 trên 3" in client.get(f"{LIST}?trang=99").text


def test_the_bell_counts_what_is_not_read(client, officer, told):
    for key in ("a", "b", "c"):
        told(officer, key=key)
    client.force_login(officer)
    answer = client.get(LIST)
    bell = next(item for item in answer.context["desk_menu"] if item.url == LIST)
    assert (bell.title, bell.count, bell.is_current) == ("Thông báo", 3, True)


def test_the_choice_is_shown_kept_and_shown_again(client, officer):
    client.force_login(officer)
    assert "may@example.vn" in client.get(SETTINGS).text
    answer = client.post(SETTINGS, {"mail": "urgent", "hour": "9", "language": "vi"}, follow=True)
    assert "Đã lưu cách nhận thông báo." in answer.text
    preference = Preference.objects.get(user=officer)
    assert (preference.mail, preference.hour, preference.language) == ("urgent", 9, "vi")
    assert answer.context["form"].initial["mail"] == "urgent"


def test_a_choice_that_is_none_is_named_and_changes_nothing(client, officer):
    client.force_login(officer)
    answer = client.post(SETTINGS, {"mail": "", "hour": "9", "language": "vi"})
    assert "Hãy chọn một cách nhận thư." in answer.text
    assert not Preference.objects.exists()


def test_whoever_has_no_address_is_told_how_to_get_mail(client):
    client.force_login(UserFactory(email=""))
    assert "Tài khoản chưa có địa chỉ thư" in client.get(SETTINGS).text


def test_english_readers_find_the_same_pages(client, officer):
    client.force_login(officer)
    assert reverse("notices:settings") == SETTINGS
    assert f'href="/en{SETTINGS}"' in client.get(f"/en{LIST}").text
