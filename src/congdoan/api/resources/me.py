"""Who asks. Needs a session or a key."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router

from congdoan.accounts.models import User
from congdoan.api.asked import Spoken
from congdoan.api.auth import SIGNED_IN
from congdoan.api.shapes import Me
from congdoan.organisation.access import capacity_of
from congdoan.organisation.middleware import mandates_of
from congdoan.organisation.models import Mandate
from congdoan.organisation.rights import MATRIX, Role

router = Router(tags=["me"], auth=SIGNED_IN)


@router.get("/me", response=Me, url_name="me", operation_id="me")
def me(request: HttpRequest, asked: Query[Spoken]) -> dict[str, Any]:
    """Say who asks and in whose name, with the rights that go with it."""
    user = cast("User", request.user)
    mandate = capacity_of(request).mandate
    by_key = "Authorization" in request.headers
    mandates = [mandate] if by_key and mandate else mandates_of(request)
    return {
        "user": {"username": user.get_username(), "name": user.get_full_name() or user.get_username()},
        "capacity": _mandate(mandate) if mandate else None,
        "mandates": [_mandate(each) for each in mandates],
    }


def _mandate(mandate: Mandate) -> dict[str, Any]:
    rights = MATRIX.get(Role(mandate.position.role), {})
    return {
        "id": mandate.pk,
        "unit": mandate.unit.code,
        "unit_name": getattr(mandate, "unit_name", None) or mandate.unit.code,
        "position": mandate.position.code,
        "role": mandate.position.role,
        "valid_from": mandate.valid_from,
        "valid_to": mandate.valid_to,
        "rights": {right.value: scope.value for right, scope in rights.items()},
    }
