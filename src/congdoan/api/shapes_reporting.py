"""What the API answers with about indicators, figures and reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

Number = int | float


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class CategoryOut(Schema):
    """One part of a breakdown."""

    code: str
    name: str
    name_en: str


class BreakdownOut(Schema):
    """A way to cut the indicator, with the parts that some sheet asks for."""

    code: str = Field(description="What `by` takes.")
    name: str
    name_en: str
    is_complete: bool = Field(description="Whether the parts add up to the whole.")
    categories: list[CategoryOut]


class CellOut(Schema):
    """One cell that is reported: the whole, or one part."""

    key: str = Field(description="What reports call it, e.g. staff|sex=female.")
    cell: str = Field(description="What figures call it, e.g. sex=female; empty is the whole.")


class IndicatorVersionOut(Schema):
    """What the indicator means from a day on."""

    number: int
    valid_from: date = Field(description="First day of this meaning.")
    name: str
    name_en: str | None
    definition: str | None
    definition_en: str | None
    measure_unit: str | None
    measure_unit_en: str | None
    source: str | None
    numerator: str | None = Field(description="Of a rate: key of the cell that is divided.")
    denominator: str | None = Field(description="Of a rate: key of the cell that it is divided by.")
    denominator_kind: str | None = Field(
        description="matched: only units that reported the numerator count below the line; total: all units."
    )
    stale_days: int | None = Field(description="Of a stock: for how many days a value holds.")


class IndicatorOut(Schema):
    """An indicator as it is understood today, with everything that it ever meant."""

    model_config = _example(
        code="staff", kind="stock", name="Số lao động", name_en="Workers", definition=None, definition_en=None,
        measure_unit="người", measure_unit_en="persons", source=None, topic="Tổ chức", topic_en="Organisation",
        decimals=0, is_money=False, is_public=True, is_sensitive=False,
        totals_public=False, numerator=None, denominator=None,
        cells=[{"key": "staff", "cell": ""}, {"key": "staff|sex=female", "cell": "sex=female"}],
        breakdowns=[
            {
                "code": "sex", "name": "Giới tính", "name_en": "Sex", "is_complete": True,
                "categories": [{"code": "female", "name": "Nữ", "name_en": "Women"}],
            }
        ],
        versions=[],
    )  # fmt: skip

    code: str
    kind: str = Field(
        description=(
            "flow: summed over time; stock: the last value holds; rate: numerator divided by denominator; distinct: persons,"
            " never summed; tree: counted from the organisation; outside: measured elsewhere, never summed; gap: a rate less"
            " the target of the unit, in percentage points."
        )
    )
    name: str
    name_en: str | None
    definition: str | None
    definition_en: str | None
    measure_unit: str | None
    measure_unit_en: str | None
    source: str | None
    topic: str | None
    topic_en: str | None
    decimals: int
    is_money: bool = Field(description="Whether values are đồng.")
    is_public: bool
    is_sensitive: bool
    totals_public: bool = Field(
        description="Of an indicator that is not public: whether its totals of provinces may be published all the same."
    )
    numerator: str | None
    denominator: str | None
    rate: str | None = Field(None, description="Of a gap: code of the rate that is compared with its target.")
    cells: list[CellOut]
    breakdowns: list[BreakdownOut]
    versions: list[IndicatorVersionOut] = Field(description="The oldest first.")


class IndicatorPage(Schema):
    """A part of the catalogue."""

    count: int
    items: list[IndicatorOut]


class FigureOut(Schema):
    """A figure that was computed for this request: its id is null. Both dates are inclusive."""

    model_config = _example(
        **{
            "id": None, "indicator": "study.rate", "unit": "LC", "from": "2013-10-01", "to": "2019-09-30",
            "basis": "as-was", "cell": "", "value": 66.11, "numerator": 80676, "denominator": 122033, "reported": 1289,
            "expected": 1333, "inapplicable": 0, "vintage": "preliminary", "epoch": 812,
            "as_of": "2019-10-12T08:32:00+07:00", "low": None, "high": None, "source": None,
            "suppressed": False, "hidden": None,
        }
    )  # fmt: skip

    id: int | None = Field(None, description="null: computed now, not published.")
    indicator: str
    unit: str
    start: date = Field(serialization_alias="from", description="First day, inclusive.")
    end: date = Field(serialization_alias="to", description="Last day, inclusive.")
    basis: str
    cell: str
    value: Number | None = Field(
        description="As people mean it: percent as 66.11, money in đồng. null: nobody reported it; zero is a value."
    )
    numerator: Number | None
    denominator: Number | None
    reported: int = Field(description="How many reports gave a number.")
    expected: int = Field(description="How many reports were expected.")
    inapplicable: int = Field(description="How many reports said that it does not apply.")
    vintage: str = Field(
        description="estimate while the window runs, final once every report is accepted, else preliminary."
    )
    epoch: int = Field(description="Number of the refresh of totals that it was read at.")
    as_of: datetime | None = Field(description="When that refresh was.")
    low: Number | None = Field(description="Lower bound of a figure without an exact value.")
    high: Number | None = Field(description="Upper bound of a figure without an exact value.")
    source: str | None = Field(description="Of a figure measured elsewhere: where.")
    suppressed: bool = Field(
        False,
        description=(
            "true: the numbers are null because they are not for this asker. Without a right over the unit counts of persons and"
            " things from 1 to 4, and what would give them away, are not told; totals of provinces and money are."
        ),
    )
    hidden: Literal["under_5", "protected"] | None = Field(
        None,
        description=(
            "Of a suppressed figure: under_5, from 1 to 4; protected, hidden so that another one cannot be worked out."
        ),
    )


class FigurePage(Schema):
    """One figure, or a part of those along which it is cut."""

    count: int
    items: list[FigureOut]


class SourceOut(Schema):
    """What one report gives to a figure."""

    report: int = Field(description="Id of the report.")
    unit: str
    unit_name: str
    child: str = Field(description="Code of the unit one level down through which it counts.")
    period: str
    sheet: str
    value: Number | None = Field(description="null: it does not apply there.")
    numerator: Number | None
    denominator: Number | None
    digest: str | None = Field(description="Digest of the sending that counts.")
    accepted_at: datetime | None


class SourcePage(Schema):
    """The figure, and a part of the reports that it is the sum of."""

    figure: FigureOut
    count: int
    items: list[SourceOut]


class ReportOut(Schema):
    """What one unit owes for one period on one sheet."""

    model_config = _example(
        **{
            "id": 4711, "unit": "LC-SP-001", "unit_name": "Công đoàn cơ sở Trường Mầm non Hoa Đào", "period": "2019-Q3",
            "from": "2019-07-01", "to": "2019-09-30", "sheet": "quarterly", "sheet_name": "Báo cáo quý",
            "sheet_version": 1, "status": "submitted", "due_on": "2019-10-10", "reopened_until": None, "late": False,
            "is_nil": False, "is_correction": False, "revision": 3, "digest": "9f86d081884c7d65…",
            "etag": '"4711.3.submitted.9f86d081884c7d65"', "first_submitted_at": "2019-10-02T08:32:00+07:00",
            "submitted_at": "2019-10-02T08:32:00+07:00", "accepted_at": None, "updated_at": "2019-10-02T08:32:00+07:00",
        }
    )  # fmt: skip

    id: int
    unit: str
    unit_name: str
    period: str = Field(description="Code of the period, e.g. 2019-Q3.")
    start: date = Field(serialization_alias="from", description="First day of the period.")
    end: date = Field(serialization_alias="to", description="Last day of the period, inclusive.")
    sheet: str
    sheet_name: str
    sheet_version: int
    status: str = Field(description="open, submitted, returned or accepted.")
    due_on: date
    reopened_until: date | None
    late: bool = Field(description="Should have been sent by now and was not.")
    is_nil: bool = Field(description="The unit said that nothing happened.")
    is_correction: bool = Field(
        description="An accepted report that is being corrected; what was accepted counts."
    )
    revision: int = Field(description="How often it was saved.")
    digest: str | None = Field(description="SHA-256 of the last sending.")
    etag: str = Field(description="What If-Match takes.")
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    updated_at: datetime | None


class ReportPage(Schema):
    """A part of the reports that the asker may see."""

    count: int
    items: list[ReportOut]


class ReportCell(Schema):
    """One cell of the sheet and what stands in it."""

    key: str
    indicator: str
    cell: str
    section: str
    label: str
    required: bool
    decimals: int
    state: str = Field(
        description="reported (zero is a value), na: does not apply, bad: cannot be read, missing: empty."
    )
    value: Number | None
    typed: str | None = Field(description="What was typed, where it cannot be read as a number.")
    comment: str | None
    revision: int = Field(description="Revision of the report with which it was last saved.")
    source: str | None = Field(description="Where a value that was filled in beforehand came from.")


class FindingOut(Schema):
    """A rule of the sheet that is broken."""

    code: str
    severity: str = Field(description="error keeps the report from being sent; warning asks for a look.")
    keys: list[str]
    message: str


class GapOut(Schema):
    """A cell that is empty."""

    key: str
    label: str
    required: bool


class StepOut(Schema):
    """One step of the report, written once."""

    kind: str
    at: datetime
    actor: str
    mandate: str
    reason: str | None
    comments: dict[str, str]
    gaps: list[str]
    version: int | None = Field(description="Number of the sending that it is about.")
    digest: str | None


class SendingOut(Schema):
    """One sending: number, digest, in whose name."""

    model_config = _example(
        report=4711, number=1, digest="9f86d081884c7d65…", reason=None, sent_at="2019-10-02T08:32:00+07:00",
        sent_by="chu-tich", mandate="Chủ tịch, LC-SP-001",
    )  # fmt: skip

    report: int
    number: int
    digest: str
    reason: str | None
    sent_at: datetime
    sent_by: str
    mandate: str


class ReportDetail(ReportOut):
    """One report with its cells, what its rules find, what is empty, and its history."""

    cells: list[ReportCell]
    findings: list[FindingOut]
    gaps: list[GapOut]
    history: list[StepOut] = Field(description="Every step, the oldest first.")
    versions: list[SendingOut] = Field(description="Every sending, the oldest first.")
