"""Where the members of a unit that was split go on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congdoan.organisation.forms.people import UnitField
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


class PlaceForm(forms.Form):
    """One unit for those chosen."""

    def __init__(self, capacity: Capacity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(
            capacity,
            Right.ADMIT_MEMBERS,
            label=_("Phân về đơn vị"),
            help_text=_("Mã hoặc tên đơn vị, có dấu hay không dấu."),
        )
