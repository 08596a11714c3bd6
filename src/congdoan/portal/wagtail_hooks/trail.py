"""Changes of many rows at once that reach the audit trail by Wagtail's hooks (see ``receivers.trail`` for the others)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest
from wagtail import hooks

from congdoan.accounts.models import User
from congdoan.media.models import File, Picture
from congdoan.portal.actions import bulk

NOUNS = {Picture: "picture", File: "file", User: "user"}


@hooks.register("after_bulk_action")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def record_bulk_change(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Pictures and files put into another collection, accounts opened or closed: Wagtail does it in one statement."""
    noun = NOUNS.get(action.model)
    chosen = action.cleaned_form.cleaned_data if action.cleaned_form else {}
    if action_type == "add_to_collection" and noun:
        after = {"collection": chosen["collection"].pk}
    elif action_type == "set_active_state" and noun:
        after = {"is_active": chosen["mark_as_active"]}
    else:
        return
    bulk.record_each(f"{noun}.changed", objects, by=cast("User", request.user), after=after)
