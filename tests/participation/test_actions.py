"""Making a poll, its steps, and taking ballots."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan.audit.models import Entry
from congdoan.participation import actions, queries
from congdoan.participation.errors import (
    AlreadyVotedError,
    BadQuestionError,
    BadTokenError,
    NoSuchCallError,
    NotOpenError,
    ParticipationError,
    UnknownOptionError,
    WrongStatusError,
)
from congdoan.participation.models import Ballot, Call, Claim
from tests.factories import UserFactory
from tests.participation.conftest import OPTIONS, QUESTION, token, vote, votes_of

pytestmark = pytest.mark.django_db


def create(**fields):
    return actions.create_site_poll(**{"question": QUESTION, "options": OPTIONS, "by": None, **fields})


def state_of(call):
    return Call.objects.with_state().get(pk=call.pk).state


# --- Making one


def test_a_new_poll_is_open_at_once_and_its_making_is_on_record():
    officer = UserFactory()
    call = create(by=officer, question_en="Which policy?", options_en=["Housing", "", "Hours"])

    assert (call.slug, state_of(call)) == ("ban-quan-tam-nhat-den-chinh-sach-nao", "open")
    assert [(option.text, option.text_en) for option in call.options.all()] == list(
        zip(OPTIONS, ["Housing", "", "Hours"], strict=True)
    )
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_text, entry.after["options"]) == ("call.created", str(officer), OPTIONS)


def test_spaces_are_tidied_and_letters_composed():
    call = create(question="  Bạn  chọn\u00a0gì? ".replace("ạ", "a\u0323"), options=["Có ", " Không"])
    assert (call.title, [option.text for option in call.options.all()]) == ("Bạn chọn gì?", ["Có", "Không"])


def test_the_same_question_again_gets_an_address_of_its_own():
    stem = "ban-quan-tam-nhat-den-chinh-sach-nao"
    assert [create().slug, create().slug, create().slug] == [stem, f"{stem}-2", f"{stem}-3"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": "   "}, "question"),
        ({"question": "x" * 201}, "question"),
        ({"options": []}, "options"),
        ({"options": ["Có"]}, "options"),
        ({"options": [f"Phương án {n}" for n in range(13)]}, "options"),
        ({"options": ["Có", " "]}, "options"),
        ({"options": ["Có", "x" * 201]}, "options"),
        ({"options": ["Không", "không "]}, "options"),
        ({"options": ["Hòa bình", "Ho\u0300a bình"]}, "options"),
        ({"options_en": ["Yes"]}, "options"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "closes_at"),
        ({"slug": "Có dấu"}, "slug"),
        ({"slug": ""}, "slug"),
    ],
)
def test_a_poll_that_nobody_could_answer_is_refused_with_the_field_and_a_remedy(fields, field):
    with pytest.raises(BadQuestionError) as refused:
        create(**fields)
    assert refused.value.field == field
    assert refused.value.user_message.endswith(".")
    assert not Call.objects.exists()
    assert not Entry.objects.exists()


def test_an_address_that_is_taken_is_refused(poll):
    with pytest.raises(BadQuestionError):
        create(slug=poll.slug)


# --- Its steps


def test_a_draft_is_opened_closed_and_each_step_is_on_record():
    call = create(is_draft=True)
    assert state_of(call) == "draft"
    actions.open_call(call.pk, by=None)
    assert state_of(call) == "open"
    actions.close_call(call.pk, by=None)
    assert state_of(call) == "closed"
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "call.created",
        "call.opened",
        "call.closed",
    ]


def test_opening_a_draft_keeps_a_later_hour_of_opening():
    call = create(is_draft=True, opens_at=timezone.now() + timedelta(days=2))
    actions.open_call(call.pk, by=None)
    assert state_of(call) == "announced"


def test_a_cancelled_poll_keeps_its_ballots_and_says_why(poll):
    vote(poll)
    actions.cancel_call(poll.pk, reason="Câu hỏi viết sai", by=None)
    poll.refresh_from_db()
    assert (state_of(poll), poll.cancel_reason) == ("cancelled", "Câu hỏi viết sai")
    assert Ballot.objects.count() == 1
    with pytest.raises(NotOpenError):
        vote(poll)


def test_cancelling_needs_a_reason(poll):
    with pytest.raises(BadQuestionError):
        actions.cancel_call(poll.pk, reason=" ", by=None)
    assert state_of(poll) == "open"


@pytest.mark.parametrize(
    ("before", "step"),
    [
        ("open", lambda pk: actions.open_call(pk, by=None)),
        ("draft", lambda pk: actions.close_call(pk, by=None)),
        ("closed", lambda pk: actions.close_call(pk, by=None)),
        ("closed", lambda pk: actions.cancel_call(pk, reason="x", by=None)),
        ("cancelled", lambda pk: actions.cancel_call(pk, reason="x", by=None)),
        ("cancelled", lambda pk: actions.open_call(pk, by=None)),
    ],
)
def test_a_step_that_does_not_fit_is_refused(before, step):
    call = create(is_draft=before == "draft")
    if before == "closed":
        actions.close_call(call.pk, by=None)
    if before == "cancelled":
        actions.cancel_call(call.pk, reason="Sai", by=None)
    with pytest.raises(WrongStatusError):
        step(call.pk)
    assert state_of(call) == before


def test_a_draft_whose_closing_hour_has_passed_is_not_opened():
    call = create(is_draft=True, closes_at=timezone.now() + timedelta(days=1))
    past = timezone.now() - timedelta(days=2)
    Call.objects.filter(pk=call.pk).update(opens_at=past, closes_at=past + timedelta(days=1))
    with pytest.raises(BadQuestionError):
        actions.open_call(call.pk, by=None)


# --- Voting


def test_a_vote_is_counted_once(poll):
    assert vote(poll, 1).is_repeat is False
    assert votes_of(poll) == [0, 1, 0]


def test_the_same_form_sent_again_is_counted_once_and_told_so(poll):
    mine = {"voter": token(), "form": token()}
    assert vote(poll, 1, **mine).is_repeat is False
    assert vote(poll, 1, **mine).is_repeat is True
    assert votes_of(poll) == [0, 1, 0]


def test_the_same_form_is_told_so_even_after_closing(poll):
    mine = {"voter": token(), "form": token()}
    vote(poll, **mine)
    actions.close_call(poll.pk, by=None)
    assert vote(poll, **mine).is_repeat is True


def test_the_same_voter_with_another_form_is_refused(poll):
    voter = token()
    vote(poll, 0, voter=voter)
    with pytest.raises(AlreadyVotedError):
        vote(poll, 1, voter=voter)
    assert votes_of(poll) == [1, 0, 0]
    assert Claim.objects.count() == 2, "a refused vote leaves nothing behind"


def test_a_voter_votes_once_in_each_poll(poll, make_poll):
    voter, other = token(), make_poll("Câu hỏi khác?")
    vote(poll, voter=voter)
    vote(other, voter=voter)
    assert (sum(votes_of(poll)), sum(votes_of(other))) == (1, 1)


@pytest.mark.parametrize("bad", [{"voter": "short"}, {"form": ""}, {"form": "x" * 65}])
def test_a_broken_token_is_refused(poll, bad):
    with pytest.raises(BadTokenError):
        vote(poll, **bad)
    assert not Ballot.objects.exists()


def test_an_option_of_another_poll_is_refused_and_leaves_no_claim(poll, make_poll):
    foreign = make_poll("Câu hỏi khác?").options.first()
    mine = {"voter_token": token(), "form_token": token()}
    with pytest.raises(UnknownOptionError):
        actions.cast_ballot(poll.slug, foreign.pk, **mine)
    actions.cast_ballot(poll.slug, poll.options.first().pk, **mine)
    assert votes_of(poll) == [1, 0, 0]


def test_a_draft_does_not_exist_for_voters(make_poll):
    with pytest.raises(NoSuchCallError):
        vote(make_poll(is_draft=True))
    with pytest.raises(NoSuchCallError):
        actions.cast_ballot("khong-co", 1, voter_token=token(), form_token=token())


def at(call, *, opens=None, closes=None):
    now = timezone.now()
    fields = {"opens_at": now + opens if opens else now - timedelta(days=1)}
    Call.objects.filter(pk=call.pk).update(**fields, closes_at=now + closes if closes else None)
    return call


SECOND = timedelta(seconds=1)


def test_a_second_before_the_deadline_a_vote_counts(poll):
    vote(at(poll, closes=SECOND))
    assert votes_of(poll) == [1, 0, 0]


def test_a_second_after_the_deadline_a_vote_is_refused(poll):
    with pytest.raises(NotOpenError) as refused:
        vote(at(poll, closes=-SECOND))
    assert refused.value.state == "closed"
    assert votes_of(poll) == [0, 0, 0]
    assert not Claim.objects.exists()


def test_a_second_before_the_opening_a_vote_is_refused(poll):
    with pytest.raises(NotOpenError) as refused:
        vote(at(poll, opens=SECOND))
    assert refused.value.state == "announced"


def test_a_second_after_the_opening_a_vote_counts(poll):
    vote(at(poll, opens=-SECOND))
    assert votes_of(poll) == [1, 0, 0]


@pytest.mark.parametrize("hours", [-5, 5])
def test_the_clock_of_the_database_decides_not_that_of_the_process(poll, monkeypatch, hours):
    at(poll, closes=-SECOND)
    wrong = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: wrong)
    with pytest.raises(NotOpenError):
        vote(poll)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 5)), max_size=15))
def test_the_tally_follows_from_the_ballots_whatever_voters_try(make_poll, attempts):
    call = make_poll()
    run = token()
    first_of_voter: dict[int, int] = {}
    forms: set[int] = set()
    for option, voter, form in attempts:
        try:
            counted = not vote(
                call, option, voter=f"{run}-voter-{voter}", form=f"{run}-form-{form}"
            ).is_repeat
        except ParticipationError:
            counted = False
        assert counted == (voter not in first_of_voter and form not in forms)
        if counted:
            first_of_voter[voter] = option
            forms.add(form)

    expected = [list(first_of_voter.values()).count(number) for number in range(3)]
    tally = queries.poll_of(call).tally
    assert list(tally.votes.values()) == votes_of(call) == expected
    assert Claim.objects.filter(call=call).count() == 2 * tally.total
