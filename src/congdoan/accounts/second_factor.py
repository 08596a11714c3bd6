"""Who must prove more than a password, and whether they have.

Upper apps say who must, in ``apps.ready()``::

    second_factor.require_when(lambda request: reviews_or_signs(request.user))

``middleware.SecondFactorMiddleware`` then lets nobody for whom a predicate is true see more than their account and the
public pages until their session is strong. A view that everybody may see carries ``@second_factor.not_needed``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from congdoan.accounts import queries

Predicate = Callable[[HttpRequest], bool]
_View = TypeVar("_View", bound=Callable[..., Any])

_predicates: list[Predicate] = []
_STRONG = "_congdoan_strong_session"


def require_when(predicate: Predicate) -> None:
    """Demand a second factor of every signed-in user for whom ``predicate`` is true. Asked at each request."""
    if predicate not in _predicates:
        _predicates.append(predicate)


def no_longer_when(predicate: Predicate) -> None:
    """Take ``predicate`` back (for tests)."""
    _predicates.remove(predicate)


def is_required(request: HttpRequest) -> bool:
    """Say whether whoever sends ``request`` must have a strong session."""
    return any(predicate(request) for predicate in _predicates)


def session_is_strong(request: HttpRequest) -> bool:
    """Say whether the user proved a second factor (or a passkey) in this session, and still has one."""
    known: bool | None = getattr(request, _STRONG, None)
    if known is None:
        known = _look(request)
        setattr(request, _STRONG, known)
    return known


def note_change(request: HttpRequest) -> None:
    """Look again: a factor was added, used or removed in this request."""
    if hasattr(request, _STRONG):
        delattr(request, _STRONG)


def not_needed(view: _View) -> _View:
    """Mark a view that shows everybody the same: it stays open to whoever has still to set up a second factor."""
    view.second_factor_not_needed = True  # type: ignore[attr-defined]  # a mark; functools.wraps carries it on
    return view


def _look(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    user = request.user
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records) and queries.has_second_factor(user)
