"""Polls as visitors meet them."""

from __future__ import annotations

import json
import logging
import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from congdoan.participation import actions, voter_cookie
from congdoan.participation.models import Ballot, Call, Claim
from tests.factories import UserFactory
from tests.participation.conftest import OPTIONS, QUESTION, token, vote, votes_of

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def page(client, call, query="", language=""):
    return client.get(f"{language}/tham-gia/{call.slug}/{query}")


def send(client, call, number=0, *, headers=None, **fields):
    data = {"option": list(call.options.all())[number].pk, "token": token(), **fields}
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(f"/tham-gia/{call.slug}/bo-phieu/", data, headers=headers or {})


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- The form


def test_a_visitor_votes_without_an_account_or_a_script_and_sees_the_result(client, poll):
    shown = page(client, poll).content.decode()
    assert all(option in shown for option in OPTIONS)
    form_token = re.search(r'name="token" value="([^"]+)"', shown)[1]
    option = re.findall(r'name="option" value="(\d+)"', shown)[1]
    action = re.search(r'action="([^"]+)"', shown[shown.index("poll__form") :])[1]

    answer = client.post(action, {"option": option, "token": form_token})

    assert (answer.status_code, answer["Location"]) == (303, "/tham-gia/chinh-sach/?ket-qua=1")
    assert votes_of(poll) == [0, 1, 0]
    result = words(client.get(answer["Location"]))
    assert "Phiếu của bạn đã được ghi nhận" in result
    assert "Tiền lương 1 lượt, 100 %" in result
    assert "Tổng số: 1 lượt" in result
    assert "không mang tính đại diện" in result


def test_looking_sets_no_cookie(client, poll):
    page(client, poll)
    client.get("/tham-gia/")
    page(client, poll, "?ket-qua=1")
    assert not client.cookies


def test_results_can_be_seen_before_voting_and_lead_back_to_the_form(client, poll):
    for number in (0, 0, 1):
        vote(poll, number)
    shown = page(client, poll, "?ket-qua=1")
    assert "Nhà ở cho công nhân 2 lượt, 66,7 %" in words(shown)
    assert "poll__form" not in shown.content.decode()
    assert 'href="/tham-gia/chinh-sach/">' in shown.content.decode()


def test_the_page_says_until_when(client, make_poll):
    closes = timezone.now() + timedelta(days=3)
    call = make_poll(closes_at=closes)
    assert f"Đóng: {timezone.localtime(closes):%H:%M, %d/%m/%Y}" in words(page(client, call))


def test_the_page_is_never_kept_by_a_cache(client, poll):
    assert "no-store" in page(client, poll)["Cache-Control"]
    assert "no-store" in client.get("/tham-gia/")["Cache-Control"]


def test_two_readers_get_two_tokens(client, poll):
    tokens = {
        re.search(r'name="token" value="([^"]+)"', page(client, poll).content.decode())[1] for _ in range(2)
    }
    assert len(tokens) == 2


def test_english_readers_get_english_words_and_the_question_marked_as_vietnamese(client, make_poll):
    call = make_poll()
    shown = page(client, call, language="/en").content.decode()
    assert '<html lang="en"' in shown
    assert re.search(rf'<h1[^>]+lang="vi">{re.escape(QUESTION)}', shown)
    assert 'action="/en/tham-gia/' in shown


def test_english_readers_get_the_english_question_where_there_is_one(client, make_poll):
    call = make_poll(question_en="Which policy?", options_en=["Housing", "Wages", "Hours"])
    shown = page(client, call, language="/en").content.decode()
    assert "Which policy?" in shown
    assert "Housing" in shown
    assert QUESTION not in shown


# --- Voting twice


def test_a_second_vote_with_the_same_cookie_is_told_kindly_and_not_counted(client, poll):
    send(client, poll, 0)
    answer = send(client, poll, 1)
    assert answer.status_code == 409
    assert "Bạn đã bình chọn rồi" in words(answer)
    assert "1 lượt, 100 %" in words(answer)
    assert votes_of(poll) == [1, 0, 0]


def test_after_voting_the_page_shows_the_result(client, poll):
    send(client, poll)
    assert "poll__form" not in page(client, poll).content.decode()


def test_a_form_sent_twice_before_the_cookie_came_counts_once_and_hands_out_one_cookie(poll):
    first, second, same = Client(), Client(), token()
    answers = [send(client, poll, 0, token=same) for client in (first, second)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert votes_of(poll) == [1, 0, 0]
    assert first.cookies[voter_cookie.NAME].value == second.cookies[voter_cookie.NAME].value
    assert send(second, poll, 1).status_code == 409


def test_one_cookie_serves_for_several_polls(client, poll, make_poll):
    other = make_poll("Câu hỏi khác?")
    send(client, poll)
    send(client, other)
    assert (sum(votes_of(poll)), sum(votes_of(other))) == (1, 1)
    assert send(client, poll).status_code == 409
    assert send(client, other).status_code == 409


def test_the_claim_stops_a_second_vote_even_when_the_cookie_forgot_it(client, poll):
    send(client, poll)
    content = voter_cookie._signer.unsign_object(client.cookies[voter_cookie.NAME].value)
    client.cookies[voter_cookie.NAME] = voter_cookie._signer.sign_object({**content, "c": []})
    assert send(client, poll, 1).status_code == 409
    assert votes_of(poll) == [1, 0, 0]


def test_a_forged_cookie_is_nobodys(client, poll):
    client.cookies[voter_cookie.NAME] = signing.Signer(key="of-someone-else" * 4).sign_object(
        {"v": token(), "c": [poll.pk]}
    )
    assert send(client, poll).status_code == 303


@pytest.mark.parametrize("content", [[], {"v": "x"}, {"v": "short", "c": []}, {"v": token(), "c": ["x"]}, 5])
def test_a_broken_cookie_is_nobodys(client, poll, content):
    client.cookies[voter_cookie.NAME] = voter_cookie._signer.sign_object(content)
    assert send(client, poll).status_code == 303


# --- The cookie


def test_the_cookie_is_locked_down_and_lasts_a_year(client, poll):
    cookie = send(client, poll).cookies[voter_cookie.NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (
        True,
        "Lax",
        31_536_000,
        "/",
    )
    assert not cookie["secure"]


def test_the_cookie_travels_over_https_alone_where_the_site_has_it(client, poll, settings):
    settings.SECURE = True
    assert send(client, poll).cookies[voter_cookie.NAME]["secure"]


def test_the_cookie_tells_neither_the_choice_nor_the_time_nor_the_address(poll, monkeypatch):
    same, cookies = token(), []
    for number, days in ((0, 0), (2, 40)):
        moment = time.time() + days * 24 * 3600
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        client = Client(REMOTE_ADDR=f"203.0.113.{days + 1}")
        cookies.append(send(client, poll, number, token=same).cookies[voter_cookie.NAME].value)
        assert votes_of(poll)[number] == 1
        # Nothing of the first vote may be the reason that the second looks alike.
        Ballot.objects.all().delete()
        Claim.objects.all().delete()
    assert cookies[0] == cookies[1]
    assert set(voter_cookie._signer.unsign_object(cookies[0])) == {"v", "c"}


def test_the_cookie_stays_small_after_years_of_voting(client, poll, make_poll):
    voter = voter_cookie.Voter(token(), tuple(range(10_000, 10_400)))
    client.cookies[voter_cookie.NAME] = voter_cookie._signer.sign_object(
        {"v": voter.token, "c": list(voter.call_ids)}
    )
    cookie = send(client, poll).cookies[voter_cookie.NAME]
    assert len(cookie.value) < 2000
    assert voter_cookie._signer.unsign_object(cookie.value)["c"][-1] == poll.pk


# --- What goes wrong


def test_choosing_nothing_keeps_the_page_and_says_so_by_the_field(client, poll):
    same = token()
    answer = send(client, poll, option=None, token=same)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "Hãy chọn một phương án" in shown[shown.index('id="poll-chinh-sach"') : shown.index("<fieldset>")]
    assert f'value="{same}"' in shown, "the same form, so that a retry is still one vote"
    assert votes_of(poll) == [0, 0, 0]


@pytest.mark.parametrize("option", ["abc", "-1", "0", "99999999999999999999999", "9" * 18])
def test_an_option_that_is_not_there_is_refused(client, poll, option):
    answer = send(client, poll, option=option)
    assert answer.status_code == 400
    assert "Hãy chọn lại" in words(answer)
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("bad", [None, "", "ngắn", "x" * 500])
def test_a_form_without_its_token_keeps_the_choice_and_gets_a_new_token(client, poll, bad):
    answer = send(client, poll, 2, token=bad)
    shown = answer.content.decode()
    chosen = list(poll.options.all())[2]
    assert answer.status_code == 400
    assert f'value="{chosen.pk}" required checked' in shown
    fresh = re.search(r'name="token" value="([^"]+)"', shown)[1]
    assert send(client, poll, 2, token=fresh).status_code == 303


def test_a_vote_after_closing_is_refused_with_the_result(client, poll):
    vote(poll, 1)
    actions.close_call(poll.pk, by=None)
    answer = send(client, poll)
    assert answer.status_code == 409
    assert "đã đóng" in words(answer)
    assert "1 lượt, 100 %" in words(answer)
    assert votes_of(poll) == [0, 1, 0]


def test_a_poll_that_is_not_open_yet_shows_its_options_but_no_form(client, make_poll):
    call = make_poll(opens_at=timezone.now() + timedelta(days=1))
    shown = page(client, call).content.decode()
    assert OPTIONS[0] in shown
    assert "poll__form" not in shown
    assert send(client, call).status_code == 409


def test_a_cancelled_poll_says_why(client, poll):
    actions.cancel_call(poll.pk, reason="Câu hỏi viết sai", by=None)
    assert "Câu hỏi viết sai" in words(page(client, poll))
    assert send(client, poll).status_code == 409


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://127.0.0.1:8000"}, True),  # BASE_URL, behind a proxy
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Referer": "http://testserver/tin-tuc/"}, True),
        ({"Origin": "https://xau.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://testserver.xau.example"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://khac.testserver"}, False),
        ({"Referer": "https://xau.example/trang"}, False),
        ({"Referer": "https://xau.example:99x/trang"}, False),
    ],
)
def test_forms_of_other_sites_are_refused(poll, headers, passes):
    client = Client(enforce_csrf_checks=True)
    answer = send(client, poll, headers=headers)
    assert answer.status_code == (303 if passes else 403)
    assert sum(votes_of(poll)) == passes
    assert passes or not answer.cookies


def test_opening_the_address_of_the_vote_leads_to_the_poll(client, poll):
    answer = client.get(f"/tham-gia/{poll.slug}/bo-phieu/")
    assert (answer.status_code, answer["Location"]) == (302, "/tham-gia/chinh-sach/")


# --- The limit


def test_the_three_hundred_and_first_vote_of_a_minute_from_one_address_waits(poll, caplog):
    address = "203.0.113.77"
    with caplog.at_level(logging.DEBUG):
        for _ in range(300):
            assert send(Client(REMOTE_ADDR=address), poll).status_code == 303
        late = Client(REMOTE_ADDR=address)
        answer = send(late, poll, 2)

    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 61
    assert "Hãy chờ" in words(answer)
    assert re.search(r"required checked", answer.content.decode()), "the choice is kept"
    assert not late.cookies
    assert votes_of(poll) == [300, 0, 0]
    assert send(Client(REMOTE_ADDR="203.0.113.78"), poll).status_code == 303
    assert address not in caplog.text
    assert address not in whole_database()


def test_the_log_does_not_name_who_voted(client, poll, caplog):
    client.force_login(UserFactory(pk=987_654))
    # A command that ran in this process may have quietened the log of requests.
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django_structlog"):
        page(client, poll)
        assert "987654" in caplog.text, "the log names who is signed in"
        caplog.clear()
        assert send(client, poll).status_code == 303
    assert "bo-phieu" in caplog.text
    assert "987654" not in caplog.text


def whole_database():
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return repr(rows)


# --- For programs


def test_a_script_gets_the_poll_and_a_sentence(client, poll):
    option = list(poll.options.all())[1]
    answer = send(client, poll, 1, headers=JSON)
    assert answer.status_code == 200
    content = json.loads(answer.content)
    assert content["message"] == "Phiếu của bạn đã được ghi nhận. Cảm ơn bạn!"
    assert content["poll"]["options"][1] == {
        "id": option.pk,
        "text": {"vi": "Tiền lương", "en": ""},
        "votes": 1,
    }
    assert content["poll"]["total"] == 1
    assert voter_cookie.NAME in answer.cookies


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"option": None}, 400, "no_option"),
        ({"option": 10**9}, 400, "unknown_option"),
        ({"token": "x"}, 400, "bad_token"),
    ],
)
def test_a_script_gets_the_error_with_a_sentence(client, poll, fields, status, error):
    answer = send(client, poll, headers=JSON, **fields)
    content = json.loads(answer.content)
    assert (answer.status_code, content["error"], content["poll"]["total"]) == (status, error, 0)
    assert content["message"].endswith(".")


def test_a_script_voting_twice_gets_409_with_the_result(client, poll):
    send(client, poll, headers=JSON)
    answer = send(client, poll, headers=JSON)
    content = json.loads(answer.content)
    assert (answer.status_code, content["error"], content["poll"]["total"]) == (409, "already_voted", 1)


def test_a_browser_that_takes_anything_gets_a_page(client, poll):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert send(client, poll, headers={"Accept": accept}).status_code == 303


# --- What does not exist


def test_a_draft_is_found_nowhere(client, make_poll, poll):
    draft = make_poll(
        "Câu hỏi bí mật?", slug="bi-mat", is_draft=True, options=["Phương án kín", "Phương án hở"]
    )
    answers = [
        page(client, draft),
        page(client, draft, "?ket-qua=1"),
        send(client, draft),
        send(client, draft, headers=JSON),
        client.get("/tham-gia/"),
        client.get("/en/tham-gia/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 200, 200]
    for answer in answers:
        assert "bí mật" not in answer.content.decode()
        assert "Phương án kín" not in answer.content.decode()
    assert QUESTION in answers[4].content.decode(), "the list holds what it may show"
    Call.objects.filter(pk=draft.pk).update(status="announced")
    assert "bí mật" in client.get("/tham-gia/").content.decode(), "and would hold the draft"


# --- The list


def test_an_empty_list_says_so(client, db):
    assert "Chưa có bình chọn nào" in words(client.get("/tham-gia/"))


def test_the_list_sorts_polls_by_where_they_stand(client, make_poll):
    make_poll("Đang mở?")
    make_poll("Sắp mở?", opens_at=timezone.now() + timedelta(days=1))
    actions.close_call(make_poll("Đã đóng?").pk, by=None)
    actions.cancel_call(make_poll("Đã huỷ?").pk, reason="Sai", by=None)
    shown = words(client.get("/tham-gia/"))
    places = [shown.index(text) for text in ("Đang mở?", "Sắp mở?", "Đã huỷ?", "Đã đóng?")]
    assert places == sorted(places)


def test_a_long_past_comes_in_pages(client, make_poll):
    for number in range(23):
        actions.close_call(make_poll(f"Câu hỏi {number}?", slug=f"cau-{number}").pk, by=None)
    assert client.get("/tham-gia/").content.decode().count('href="/tham-gia/cau-') == 20
    assert client.get("/tham-gia/?trang=2").content.decode().count('href="/tham-gia/cau-') == 3
    assert client.get("/tham-gia/?trang=x").status_code == 200


@pytest.mark.parametrize("path", ["/tham-gia/", "/tham-gia/chinh-sach/", "/tham-gia/chinh-sach/?ket-qua=1"])
def test_a_page_takes_at_most_eight_queries_whatever_it_holds(
    client, poll, make_poll, path, django_assert_max_num_queries
):
    for number in range(10):
        make_poll(f"Câu hỏi {number}?")
        vote(poll, number % 3)
    client.get(path)
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200
