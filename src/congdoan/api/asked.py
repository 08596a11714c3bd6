"""What one may ask with: parameters, checked before anything is read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from congdoan import vntext

MOST = 500
"""Rows that one answer holds at most."""

LAST_OFFSET = 10_000_000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def iso_day(value: Any) -> Any:
    """Return the day that an ISO 8601 text names; ``None`` for an empty one."""
    if value in ("", None):
        return None
    try:
        if isinstance(value, date):
            return value
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    # pydantic alone would also take numbers for seconds since 1970.
    raise PydanticCustomError("date_format", "not a day")


def _text(value: str) -> str:
    if _CONTROLS.search(value):
        raise PydanticCustomError("control_characters", "control characters")
    return vntext.nfc(value).strip()


Day = Annotated[date | None, BeforeValidator(iso_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[
    str,
    Field(max_length=200),
    AfterValidator(_text),
    WithJsonSchema({"type": "string", "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]*$"}),
]
Language = Annotated[
    Literal["vi", "en"],
    Field("vi", description="Language of names and sentences. Never taken from a header or a cookie."),
]


class Spoken(Schema):
    """What every address takes."""

    lang: Language = "vi"


class OnDay(Spoken):
    """A question about one day."""

    on: Day = Field(None, description="The day that the answer is about (default: today in Vietnam).")


class Paged(Schema):
    """A part of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="How many rows.")
    offset: int = Field(0, ge=0, le=LAST_OFFSET, description="How many rows to pass over.")


UnitSort = Literal["code", "-code", "name", "-name", "founded_on", "-founded_on"]


class UnitsChosen(OnDay):
    """Which units."""

    kind: Text = Field("", description="Code of the kind, e.g. grassroots_union.")
    parent: Text = Field("", description="Code of the unit right above, on that day.")
    within: Text = Field("", description="Code of a unit: it and everything below it, on that day.")
    q: Text = Field(
        "", description="Words of the name, with or without diacritics, or the beginning of a code."
    )
    sort: UnitSort = Field("code", description="Order; a minus turns it round.")


class UnitsAsked(UnitsChosen, Paged):
    """Which units, and which part of the list."""


class DocumentsAsked(Spoken, Paged):
    """Which documents."""

    kind: Text = Field("", description="Code of the kind, e.g. resolution.")
    issuer: Text = Field("", description="Who issued it, as printed.")
    symbol: Text = Field("", description="Number and symbol, as printed, e.g. 25-NQ/TW.")
    since: Day = Field(None, description="First day of issue.")
    until: Day = Field(None, description="Last day of issue, inclusive.")
    sort: Literal["issued_on", "-issued_on", "title"] = Field("-issued_on", description="Order.")


class ArticlesAsked(Spoken, Paged):
    """Which articles."""

    category: Text = Field("", description="Slug of the category.")
    since: Day = Field(None, description="First day of publication.")
    until: Day = Field(None, description="Last day of publication, inclusive.")
    sort: Literal["published_at", "-published_at"] = Field("-published_at", description="Order.")


class CallsAsked(Spoken, Paged):
    """Which Calls."""

    state: Literal["", "announced", "open", "closed", "cancelled"] = Field("", description="Where it stands.")
    sort: Literal["opens_at", "-opens_at"] = Field("-opens_at", description="Order.")
