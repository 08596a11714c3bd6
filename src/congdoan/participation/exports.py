"""A poll as programs get it."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from congdoan import vntext
from congdoan.participation.models import Call
from congdoan.participation.queries import Poll


class BothLanguages(TypedDict):
    """A text in Vietnamese and English; "" in English where nobody translated it, so that pages can mark the language."""

    vi: str
    en: str


def poll_shape(poll: Poll) -> dict[str, Any]:
    """Return the poll as JSON of live parts and answers, the same for every reader.

    ``{"slug", "url", "vote_url", "question": {"vi", "en"}, "options": [{"id", "text": {"vi", "en"}, "votes"}],
    "total", "closes": "17/10/2019" or null, "is_open", "note": {"vi", "en"}}``; addresses are the Vietnamese ones, the
    English ones begin with ``/en``.
    """
    call = poll.call
    with translation.override(settings.LANGUAGE_CODE):
        url = reverse("participation:call", args=[call.slug])
        vote_url = reverse("participation:cast", args=[call.slug])
    return {
        "slug": call.slug,
        "url": url,
        "vote_url": vote_url,
        "question": _both(call.title, call.title_en),
        "options": [
            {
                "id": option.pk,
                "text": _both(option.text, option.text_en),
                "votes": poll.tally.votes[option.pk],
            }
            for option in poll.options
        ],
        "total": poll.tally.total,
        "closes": vntext.format_date(timezone.localtime(call.closes_at).date()) if call.closes_at else None,
        "is_open": call.state == Call.State.OPEN,
        "note": _translated(call),
    }


def poll_context(poll: Poll) -> dict[str, Any]:
    """Return the poll as the component ``ui/components/poll.html`` takes it, in the reader's language."""
    call = poll.call
    return {
        "slug": call.slug,
        "question": call.shown_title,
        "options": [
            {
                "id": option.pk,
                "text": option.shown_text,
                "votes": poll.tally.votes[option.pk],
                "percent": poll.tally.percent(option.pk),
            }
            for option in poll.options
        ],
        "total": poll.tally.total,
        "closes": call.closes_at,
        "note": str(call.rules.note),
        "vote_url": reverse("participation:cast", args=[call.slug]),
        "is_open": call.state == Call.State.OPEN,
    }


def _both(vi: str, en: str) -> BothLanguages:
    return {"vi": vi, "en": en}


def _translated(call: Call) -> BothLanguages:
    texts = {}
    for language in ("vi", "en"):
        with translation.override(language):
            texts[language] = str(call.rules.note)
    return {"vi": texts["vi"], "en": texts["en"]}
