"""What the API answers with about published figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from congdoan.api.shapes_reporting import FigureOut, Number, _example


class PublishedFigureOut(FigureOut):
    """A figure as it was published: it never changes. Both dates are inclusive."""

    model_config = _example(
        **{
            "id": 123, "indicator": "study.rate", "indicator_name": "Tỷ lệ học tập", "unit": "LC",
            "unit_name": "Liên đoàn Lao động tỉnh Lào Cai", "from": "2013-10-01", "to": "2019-09-30", "basis": "as-was",
            "cell": "", "value": 66.11, "numerator": 80676, "denominator": 122033, "reported": 1289, "expected": 1333,
            "inapplicable": 0, "vintage": "final", "epoch": 812, "as_of": "2019-10-12T08:32:00+07:00", "low": None,
            "high": None, "source": None, "origin": "reports", "source_on": None, "source_document": None, "target": 60,
            "target_source": "Nghị quyết Đại hội", "tree_version": 41, "as_is_day": None, "digest": "9f86d081884c7d65…",
            "published_at": "2019-10-17T08:00:00+07:00", "replaced_by": None, "url": "https://example.vn/so-lieu/123/",
        }
    )  # fmt: skip

    id: int = Field(description="Its number; the page /so-lieu/<id>/ shows it.")
    indicator_name: str = Field(description="What the indicator was called by the meaning that counted.")
    unit_name: str = Field(description="Name of the unit as of the last day of the figure.")
    origin: str = Field(description="reports, tree (counted from the organisation), outside or paper.")
    source_on: date | None = Field(description="Of a figure measured elsewhere: the day it was taken.")
    source_document: str | None = Field(description="Of a figure from paper: address of the document.")
    target: Number | None = Field(description="What was aimed at then.")
    target_source: str | None = Field(description="The document that set the target.")
    tree_version: int = Field(description="Version of the organisation that it was computed by.")
    as_is_day: date | None = Field(description="With basis as-is: whose day's organisation.")
    digest: str = Field(description="SHA-256 over everything that the figure says.")
    published_at: datetime
    replaced_by: int | None = Field(description="Id of the figure that a correction put in its place.")
    url: str


class ReviewOut(Schema):
    """One step of a report's review."""

    kind: str
    at: datetime
    mandate: str = Field(description="In whose name.")
    reason: str | None


class PublishedSource(Schema):
    """What one unit, or one report of it, gives to a figure."""

    unit: str | None = Field(description="Code; null: what the units do not make up together.")
    unit_name: str | None
    value: Number | None = Field(description="null: it does not apply, or it is hidden.")
    numerator: Number | None
    denominator: Number | None
    hidden: Literal["under_5", "protected"] | None = Field(
        description="under_5: from 1 to 4, not said exactly; protected: hidden so that another one cannot be worked out."
    )
    reported: int = Field(description="How many reports gave a number.")
    report: int | None = Field(None, description="Id of the report; null for the total of a unit.")
    child: str | None = Field(None, description="Of a report: the unit one level down that it counts for.")
    period: str | None = None
    sheet: str | None = None
    digest: str | None = Field(None, description="Of a report: digest of the sending that counts.")
    accepted_at: datetime | None = None
    steps: list[ReviewOut] = Field(default=[], description="Of a report: every step, the oldest first.")


class PublishedSourcePage(Schema):
    """A published figure, and a part of what it is made of by today's data."""

    figure: PublishedFigureOut
    by: Literal["unit", "report"] = Field(
        description="unit: totals one level down, for everybody; report: the reports, for whose mandate reaches the unit."
    )
    withheld: Literal["closed", "too_fine"] | None = Field(
        None,
        description=(
            "Why there are no items for this asker. closed: the indicator is not public, only the figure itself was published;"
            " too_fine: what single unions reported is for those with a right over them."
        ),
    )
    count: int
    items: list[PublishedSource]
