"""What a visitor hands in, and what an editor writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from congdoan import vntext
from congdoan.participation import actions, queries
from congdoan.participation.engine import is_token
from congdoan.participation.errors import (
    BadQuestionError,
    BadTokenError,
    HasBallotsError,
    NoOptionError,
    ParticipationError,
    UnknownOptionError,
)
from congdoan.participation.models import Call

_LARGEST_KEY = 2**63 - 1


class BallotForm(forms.Form):
    """One vote as it was sent: ``option``, a primary key, and ``token``, which tells one submission from another."""

    option = forms.IntegerField(min_value=1, max_value=_LARGEST_KEY)
    token = forms.CharField(max_length=64)

    @property
    def error(self) -> ParticipationError | None:
        """The rule that the form breaks, the most helpful one first."""
        if self.has_error("option", "required"):
            return NoOptionError()
        if self.has_error("option"):
            return UnknownOptionError()
        if self.has_error("token") or not is_token(self.cleaned_data["token"]):
            return BadTokenError()
        return None

    @property
    def sent_token(self) -> str:
        """The token that was sent, "" for one that cannot be used again."""
        token = str(self.data.get("token", ""))
        return token if is_token(token) else ""

    @property
    def chosen(self) -> int | None:
        """What was chosen, so that an error does not lose it."""
        self.full_clean()
        chosen: int | None = self.cleaned_data.get("option")
        return chosen


class CallForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is untyped
    """A poll as an editor writes it. What people have voted on cannot change any more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["status"].help_text = gettext_lazy("Bản nháp chỉ ban biên tập thấy.")

    def clean(self) -> dict[str, Any]:
        """Check the question, the times and the options. Holds the Call: no vote comes in while it changes."""
        cleaned: dict[str, Any] = super().clean()
        self._tidy(cleaned)
        if not cleaned.get("slug") and cleaned.get("title"):
            cleaned["slug"] = actions.free_slug(cleaned["title"])
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("Giờ đóng phải sau giờ mở. Hãy chọn giờ đóng muộn hơn."))
        if cleaned.get("status") == Call.Status.CANCELLED and not cleaned.get("cancel_reason"):
            self.add_error("cancel_reason", _("Hãy ghi lý do huỷ để người đọc biết."))
        if self.instance.pk is None:
            return cleaned
        actions.lock(self.instance.pk)
        if queries.has_ballots(self.instance):
            self._refuse_changes(cleaned)
        return cleaned

    def _tidy(self, cleaned: dict[str, Any]) -> None:
        for name in ("title", "title_en", "note", "note_en", "cancel_reason"):
            if cleaned.get(name):
                cleaned[name] = vntext.nfc(" ".join(cleaned[name].split()))

    def _refuse_changes(self, cleaned: dict[str, Any]) -> None:
        sentence = HasBallotsError().user_message
        for name in ("title", "title_en"):
            if name in cleaned and cleaned[name] != self.initial.get(name, ""):
                self.add_error(name, sentence)
        if cleaned.get("status") == Call.Status.DRAFT:
            self.add_error(
                "status",
                _("Đã có người bình chọn nên không thể đưa về bản nháp. Hãy đóng hoặc huỷ bình chọn."),
            )

    def is_valid(self) -> bool:
        """Check the options together, once each of them has been read."""
        return bool(super().is_valid()) and self._options_fit()

    def _options_fit(self) -> bool:
        formset = self.formsets.get("options")
        if formset is None:
            return True
        # Wagtail draws empty rows that nobody need fill in.
        kept = [form for form in formset.forms if form not in formset.deleted_forms]
        kept = [form for form in kept if form.instance.pk or form.has_changed()]
        try:
            actions.check_options(
                [vntext.nfc(" ".join(form.cleaned_data.get("text", "").split())) for form in kept]
            )
        except BadQuestionError as error:
            self.add_error(None, error.user_message)
            return False
        if (
            self.instance.pk
            and formset.has_changed()
            and queries.has_ballots(self.instance)
            and self._are_other(kept)
        ):
            self.add_error(None, HasBallotsError().user_message)
            return False
        return True

    def _are_other(self, kept: list[Any]) -> bool:
        before = [
            (option.pk, option.text, option.text_en) for option in queries.poll_of(self.instance).options
        ]
        after = [
            (form.instance.pk, form.cleaned_data.get("text"), form.cleaned_data.get("text_en", ""))
            for form in kept
        ]
        return sorted(before) != sorted(after, key=lambda row: (row[0] or 0, row[1]))
