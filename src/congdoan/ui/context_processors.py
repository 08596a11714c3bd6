"""What the shell of the desk shows on every page of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from congdoan.ui import rail


def desk(request: HttpRequest) -> dict[str, Any]:
    """Add the rail; its entries are asked only when a page of the desk is drawn."""
    return {"desk_menu": SimpleLazyObject(lambda: rail.menu_for(request))}
