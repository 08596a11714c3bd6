"""Mixins of Wagtail pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from congdoan import vntext
from congdoan.pages import showing


class BilingualPageMixin(models.Model):
    """A page with a Vietnamese text and, where somebody wrote one, an English text at the same path.

    English falls back to Vietnamese; templates then mark the text ``lang="vi"`` (``text_language``).
    """

    title_en = models.CharField(_("tiêu đề tiếng Anh"), max_length=255, blank=True)
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True, help_text=_("Cho máy tìm kiếm và khi chia sẻ."))

    class Meta:
        abstract = True

    english_panels = [FieldPanel("title_en")]

    def clean(self) -> None:
        """Keep text in NFC: the same word must be the same bytes."""
        super().clean()
        for field in ("title", "title_en", "seo_title", "search_description"):
            value = getattr(self, field, "")
            if value:
                setattr(self, field, vntext.nfc(value))

    def has_english(self) -> bool:
        """Say whether the page has an English text of its own."""
        return bool(self.title_en)

    @property
    def text_language(self) -> str:
        """Language of the text that readers get now: "vi" or "en"."""
        return "en" if get_language() == "en" and self.has_english() else "vi"

    def in_language(self, field: str) -> Any:
        """Return ``field`` in the language of the reader, else in Vietnamese."""
        if self.text_language == "en":
            return getattr(self, f"{field}_en") or getattr(self, field)
        return getattr(self, field)

    @property
    def shown_title(self) -> str:
        """The title in the reader's language."""
        return str(self.in_language("title"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the app above registered for this kind of page (see ``congdoan.pages.showing``)."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a Page
        context.update(showing.context_for(self, request))
        return context

    def cache_tags(self) -> list[str]:
        """Tags that pages showing this one depend on; they go out of date when it is published."""
        return [f"page:{self.pk}"]
