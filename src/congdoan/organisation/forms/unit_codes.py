"""Codes of units as they are typed: one with suggestions, or many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from congdoan import vntext
from congdoan.organisation.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.officers import find_units
from congdoan.organisation.queries.units import coded
from congdoan.organisation.rights import Right

_SEPARATORS = re.compile(r"[\s,;]+")


class SuggestingInput(forms.TextInput):
    """A text field for a code, with units that fit offered in a list; without scripts one types the code."""

    def __init__(self) -> None:
        super().__init__(
            {
                "autocomplete": "off",
                "spellcheck": "false",
                "hx-get": reverse_lazy("organisation:suggest_units"),
                "hx-trigger": "input changed delay:250ms, typed",
                "hx-swap": "innerHTML",
            }
        )

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the field and the empty list that suggestions go into."""
        place = f"goi-y-{name}"
        attrs = {**(attrs or {}), "list": place, "hx-target": f"#{place}"}
        return format_html(
            '{}<datalist id="{}"></datalist>', super().render(name, value, attrs, renderer), place
        )


class UnitCodeField(forms.CharField):
    """The code of a unit in reach, or of one that the same batch founds. A name that means one unit does too."""

    widget = SuggestingInput

    def __init__(self, capacity: Capacity, founded: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.capacity, self.founded = capacity, set(founded)

    def clean(self, value: Any) -> Any:
        """Return the code as it is written in the register."""
        text = vntext.nfc(str(super().clean(value))).strip()
        if not text:
            return ""
        codes, unknown = codes_in_reach([text], self.capacity, self.founded)
        if codes:
            return codes[0]
        found = find_units(self.capacity, Right.REORGANISE, text)
        if len(found) == 1:
            return found[0].code
        if found:
            names = "; ".join(f"{unit.shown_name} ({unit.code})" for unit in found[:8])  # type: ignore[attr-defined]  # named
            raise forms.ValidationError(
                _("Nhiều đơn vị khớp. Hãy nhập mã của một đơn vị: %(names)s."), params={"names": names}
            )
        raise forms.ValidationError(
            _("Không có đơn vị nào trong phạm vi của bạn có mã “%(text)s”."), params={"text": unknown[0]}
        )


class UnitCodesField(forms.CharField):
    """Codes of several units, one a line or with commas between them."""

    widget = forms.Textarea

    def __init__(self, capacity: Capacity, founded: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea({"rows": 4, "spellcheck": "false"}), max_length=60_000, **kwargs
        )
        self.capacity, self.founded = capacity, set(founded)

    def clean(self, value: Any) -> Any:
        """Return the codes in order, each once."""
        texts = [text for text in _SEPARATORS.split(vntext.nfc(str(super().clean(value)))) if text]
        codes, unknown = codes_in_reach(texts, self.capacity, self.founded)
        if unknown:
            raise forms.ValidationError(
                _("Không có trong phạm vi của bạn: %(codes)s. Hãy sửa hoặc bỏ các mã này."),
                params={"codes": ", ".join(unknown[:10])},
            )
        return tuple(dict.fromkeys(codes))


def codes_in_reach(texts: list[str], capacity: Capacity, founded: set[str]) -> tuple[list[str], list[str]]:
    """Return the codes of units that are in reach or founded by the same batch, and what is no such code."""
    reach = scope.units(capacity, Right.REORGANISE)
    exact = set(texts) | {text.upper() for text in texts}
    known = {code.lower(): code for code in founded}
    known |= {code.lower(): code for code in reach.filter(code__in=exact).values_list("code", flat=True)}
    for text in [text for text in texts if text.lower() not in known][:20]:
        code = reach.filter(coded(text)).values_list("code", flat=True).first()
        if code:
            known[text.lower()] = code
    codes = [known[text.lower()] for text in texts if text.lower() in known]
    return codes, [text for text in texts if text.lower() not in known]
