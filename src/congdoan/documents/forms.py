"""Forms of the library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from congdoan import vntext
from congdoan.documents.actions import free_slug
from congdoan.documents.queries import Choices

_TEXTS = ("title", "symbol", "issuer", "signer", "field", "abstract")


class _NamesSelect(forms.Select):
    """A choice among names that stay Vietnamese on an English page, and are marked so (WCAG 3.1.2)."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"] and get_language() != settings.LANGUAGE_CODE:
            option["attrs"]["lang"] = settings.LANGUAGE_CODE
        return option


class FilterForm(forms.Form):
    """What the address of the list says. What it cannot mean counts as not said: an old link never fails."""

    q = forms.CharField(required=False, widget=forms.HiddenInput)
    loai = forms.ChoiceField(label=_("Loại văn bản"), required=False)
    co_quan = forms.ChoiceField(label=_("Cơ quan ban hành"), required=False)
    nam = forms.ChoiceField(label=_("Năm ban hành"), required=False)
    sap_xep = forms.ChoiceField(label=_("Sắp xếp"), required=False)

    def __init__(self, said: Mapping[str, Any], choices: Choices) -> None:
        text = str(said.get("q", "")).strip()
        everything = ("", _("Tất cả"))
        orders: list[tuple[str, Any]] = [("moi", _("Mới nhất trước")), ("cu", _("Cũ nhất trước"))]
        offered = {
            "loai": [everything, *choices.kinds],
            "co_quan": [everything, *choices.issuers],
            "nam": [everything, *choices.years],
            "sap_xep": [("", _("Phù hợp nhất trước")), *orders] if text else [("", orders[0][1]), orders[1]],
        }
        self.chosen = {"q": text}
        for name, values in offered.items():
            value = said.get(self.add_prefix(name), "")
            self.chosen[name] = value if value in {known for known, _label in values} else ""
        super().__init__(
            {self.add_prefix(name): value for name, value in self.chosen.items()}, auto_id="loc-%s"
        )
        for name, values in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=self.base_fields[name].label,
                required=False,
                choices=values,
                widget=_NamesSelect if name == "co_quan" else forms.Select,
            )

    def add_prefix(self, field_name: str) -> str:
        """Return the name in the address: with hyphens."""
        return field_name.replace("_", "-")

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(bool(self.chosen[name]) for name in ("loai", "co_quan", "nam"))


class DocumentForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """The editors' form. An empty address is made from symbol and title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Texts in NFC, and an address."""
        cleaned: dict[str, Any] = super().clean()
        for field in _TEXTS:
            if cleaned.get(field):
                cleaned[field] = vntext.nfc(cleaned[field]).strip()
        if not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("title"):
            self.instance.title, self.instance.symbol = cleaned["title"], cleaned.get("symbol") or ""
            cleaned["slug"] = free_slug(self.instance)
        return cleaned
