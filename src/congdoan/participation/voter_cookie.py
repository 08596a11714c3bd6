"""The cookie ``bo_phieu``: that this browser has voted, and in which Calls; never what it chose, nor when.

Set on voting alone, so readers who never vote get none. It is signed, so a voter cannot take another's place, and no
script can read it. It changes nothing about cached pages, which are the same for everyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from congdoan.participation.engine import is_token, voter_token_of_form

NAME = "bo_phieu"
MAX_AGE_SECONDS = 365 * 24 * 3600
MAX_CALLS = 100
"""The newest this many Calls are kept: a cookie must stay below 4 KB. The claims remember the rest."""

_Response = TypeVar("_Response", bound=HttpResponseBase)
# A plain signer: a timed one would write into the cookie when the person voted.
_signer = signing.Signer(salt="congdoan.participation.voter")


@dataclass(frozen=True, slots=True)
class Voter:
    """What the cookie says: a random token ("" before the first vote), and the Calls voted in (primary keys)."""

    token: str
    call_ids: tuple[int, ...]

    def has_voted_in(self, call_id: int) -> bool:
        """Say whether this browser knows of a vote in the Call."""
        return call_id in self.call_ids

    def token_for(self, form_token: str) -> str:
        """Return the token to claim with: the voter's own, else the one that follows from the form."""
        return self.token or voter_token_of_form(form_token, secret=settings.SECRET_KEY)


def read(request: HttpRequest) -> Voter:
    """Read the cookie; a missing, forged or broken one is nobody's."""
    try:
        content = _signer.unsign_object(request.COOKIES.get(NAME, ""))
        token, call_ids = str(content["v"]), tuple(int(pk) for pk in content["c"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Voter("", ())
    return Voter(token, call_ids) if is_token(token) else Voter("", ())


def write(response: _Response, voter: Voter, *, token: str, call_id: int) -> _Response:
    """Note on ``response`` that the voter with ``token`` has voted in the Call."""
    call_ids = [*(pk for pk in voter.call_ids if pk != call_id), call_id][-MAX_CALLS:]
    response.set_cookie(
        NAME,
        _signer.sign_object({"v": token, "c": call_ids}),
        max_age=MAX_AGE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
    return response
