"""Reading Calls. A draft does not exist for visitors."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from congdoan.participation.engine import Tally, tally
from congdoan.participation.errors import NoSuchCallError
from congdoan.participation.models import Ballot, Call, Option


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll to show: the Call (with ``state``), its options in order, and the votes counted from the ballots."""

    call: Call
    options: list[Option]
    tally: Tally


def public_calls() -> QuerySet[Call]:
    """Calls that visitors may see, each with ``state``."""
    return Call.objects.with_state().exclude(status=Call.Status.DRAFT)


def calls_by_state() -> dict[str, list[Call]]:
    """Return the public Calls under "open", "announced" and "past", newest first: one query."""
    sorted_out: dict[str, list[Call]] = {"open": [], "announced": [], "past": []}
    for call in public_calls():
        sorted_out[call.state if call.state in sorted_out else "past"].append(call)
    return sorted_out


def public_call(slug: str) -> Call:
    """Return a public Call. Raises ``NoSuchCallError`` also for a draft."""
    call = public_calls().filter(slug=slug).first()
    if call is None:
        raise NoSuchCallError
    return call


def public_poll(slug: str) -> Poll:
    """Return the poll of a public Call, counted. Raises ``NoSuchCallError`` also for a draft."""
    return poll_of(public_call(slug))


def front_poll() -> Poll | None:
    """Return the newest open poll that editors let stand on the pages."""
    call = (
        public_calls()
        .filter(state=Call.State.OPEN, on_front=True, kind="site_poll")
        .order_by("-opens_at", "-pk")
        .first()
    )
    return poll_of(call) if call else None


def poll_of(call: Call) -> Poll:
    """Return ``call`` with its options and votes: two queries."""
    options = list(Option.objects.filter(call=call))
    return Poll(call, options, tally((option.pk for option in options), votes_by_option(call)))


def votes_by_option(call: Call) -> list[tuple[int, int]]:
    """Count the ballots: pairs (option id, votes) of the options that have any."""
    # The empty order keeps an ordering of Ballot from joining the grouping.
    return list(Ballot.objects.filter(call=call).order_by().values_list("option").annotate(votes=Count("pk")))


def has_ballots(call: Call) -> bool:
    """Say whether anybody has voted: from then on the questionnaire is frozen."""
    return Ballot.objects.filter(call=call).exists()
