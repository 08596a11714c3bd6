"""What one may ask reporting with: parameters and bodies, checked before anything is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictFloat,
    StrictInt,
    StrictStr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from congdoan.api.asked import Paged, Spoken, Text, iso_day

MOST_CELLS = 2_000
MOST_TEXT = 2_000
FIRST_YEAR, LAST_YEAR = 1900, 2200
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _words(value: str) -> str:
    if _UNFIT.search(value):
        raise PydanticCustomError("control_characters", "control characters")
    return value


def _sensible_day(value: Any) -> date:
    day = iso_day(value)
    if not isinstance(day, date) or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("date_format", "not a day")
    return day


FigureDay = Annotated[
    date, BeforeValidator(_sensible_day), WithJsonSchema({"type": "string", "format": "date"})
]
Words = Annotated[StrictStr, Field(max_length=MOST_TEXT), AfterValidator(_words)]
Key = Annotated[StrictStr, Field(max_length=300), AfterValidator(_words)]
Typed = StrictInt | StrictFloat | Words | None


class IndicatorsChosen(Spoken):
    """Which indicators."""

    q: Text = Field("", description="Words of the name or code, with or without diacritics.")
    kind: Literal["", "flow", "stock", "rate", "distinct", "tree", "outside", "gap"] = Field(
        "", description="How it adds up."
    )
    topic: Text = Field("", description="The topic, with or without diacritics, in either language.")
    sort: Literal["order", "code", "-code", "name", "-name"] = Field(
        "order", description="Order; `order` is that of the catalogue."
    )


class IndicatorsAsked(IndicatorsChosen, Paged):
    """Which indicators, and which part of the list."""


class FiguresChosen(Spoken):
    """Which figure."""

    model_config = ConfigDict(populate_by_name=True)

    indicator: Text = Field(..., description="Code of the indicator.", examples=["propaganda.law.sessions"])
    unit: Text = Field(..., description="Code of the unit: it and everything below it.", examples=["LC"])
    start: FigureDay = Field(..., alias="from", description="First day, inclusive.", examples=["2013-10-01"])
    end: FigureDay = Field(..., alias="to", description="Last day, inclusive.", examples=["2019-09-30"])
    basis: Literal["as-was", "as-is"] = Field(
        "as-was", description="By the organisation as it was at the time, or as it is today."
    )
    cell: Text = Field(
        "",
        description="One cell of the breakdowns, e.g. sex=female; empty is the whole.",
        examples=["sex=female"],
    )


class FiguresCut(FiguresChosen):
    """Which figure, and along what it is cut."""

    by: Text = Field(
        "",
        description=(
            "Cut along a period (`month`, `quarter`, `half`, `year`), along `unit` (one level down) or along a breakdown"
            " of the indicator, e.g. `sex`. Empty: one figure."
        ),
    )


class FiguresAsked(FiguresCut, Paged):
    """Which figure, along what it is cut, and which part of the list."""


class SourcesAsked(FiguresChosen, Paged):
    """Which figure's reports, and which part of the list."""


class PublishedSourcesAsked(Spoken, Paged):
    """Which part of what a published figure is made of."""


class ReportsAsked(Spoken, Paged):
    """Which reports."""

    unit: Text = Field("", description="Code of one unit.")
    within: Text = Field("", description="Code of a unit: reports of it and of everything below it today.")
    period: Text = Field("", description="Code of the period, e.g. 2019-Q3, 2026-M11.", examples=["2019-Q3"])
    sheet: Text = Field("", description="Code of the sheet.")
    status: Literal["", "open", "submitted", "returned", "accepted"] = Field(
        "", description="Where it stands."
    )
    late: bool | None = Field(None, description="Only those that are late (true) or are not (false).")
    sort: Literal["period", "-period", "unit", "-unit", "due_on", "-due_on", "updated_at", "-updated_at"] = (
        Field("-period", description="Order; a minus turns it round.")
    )


class _Sent(Schema):
    """A body: an object with a bounded number of cells."""

    @model_validator(mode="before")
    @classmethod
    def _is_an_object(cls, value: Any) -> Any:
        # ninja wraps what it reads; a list would otherwise pass for an object without fields.
        if not isinstance(getattr(value, "_obj", value), Mapping | Schema):
            raise PydanticCustomError("model_attributes_type", "not an object")
        return value


class ReportOwed(_Sent):
    """Which report to open."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"unit": "LC-SP-001", "period": "2026-M11", "sheet": "bao-cao-thang"}]
        }
    )

    unit: Annotated[Words, Field(max_length=200)] = Field(..., description="Code of the unit.")
    period: Annotated[Words, Field(max_length=200)] = Field(..., description="Code of the period.")
    sheet: Annotated[Words, Field(max_length=200)] = Field(..., description="Code of the sheet.")


class Changes(_Sent):
    """What to write into a report. Cells that are not named keep what they hold."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "values": {
                        "law.sessions": 12,
                        "staff": "1.240",
                        "staff|sex=female": None,
                        "osh.cases": "-",
                    },
                    "comments": {"staff": "Tăng do tuyển mới"},
                }
            ]
        }
    )

    values: dict[Key, Typed] = Field(
        default_factory=dict,
        max_length=MOST_CELLS,
        description=(
            "Key of the cell → a number, a text as people type it (1.240; 55,3; - for not applicable), or null to empty it."
        ),
    )
    comments: dict[Key, Words] = Field(
        default_factory=dict,
        max_length=MOST_CELLS,
        description="Key of the cell → comment; empty takes it away.",
    )


class Approval(_Sent):
    """What was seen before it is accepted."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"digest": "9f86d081884c7d65…"}]})

    digest: Annotated[Words, Field(max_length=64)] = Field(
        "", description="Digest of the sending that was read. Either this or If-Match."
    )


class Refusal(_Sent):
    """Why a report goes back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reason": "Thiếu số lao động", "comments": {"staff": "Ghi số đến 30/9"}}]
        }
    )

    reason: Words = Field("", description="What the unit must mend. Required.")
    comments: dict[Key, Words] = Field(
        default_factory=dict, max_length=MOST_CELLS, description="Key of the cell → what is wrong with it."
    )


class Correction(_Sent):
    """Why an accepted report is opened again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Đếm thiếu một buổi"}]})

    reason: Words = Field("", description="Why. Required.")
