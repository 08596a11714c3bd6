"""Whose work asks for a second factor: whoever holds a mandate with a right that matters."""

from __future__ import annotations

from django.http import HttpRequest

from congdoan.organisation.middleware import mandates_of
from congdoan.organisation.rights import needs_second_factor


def is_due(request: HttpRequest) -> bool:
    """Say whether some mandate that the reader holds now asks for one: they could choose it at any moment.

    Reads the mandates that the request has anyway.
    """
    return any(needs_second_factor(mandate.position.role) for mandate in mandates_of(request))
