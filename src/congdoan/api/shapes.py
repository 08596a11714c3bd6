"""What the API answers with."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class FieldProblem(Schema):
    """One parameter that is wrong."""

    field: str
    message: str


class Problem(Schema):
    """An error (RFC 9457). ``errors`` names the parameters where they are at fault."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class TerritoryOut(Schema):
    """A place that the unit serves on the day asked for."""

    code: str
    name: str
    kind: str


class UnitOut(Schema):
    """An organisation unit as it was on the day asked for."""

    code: str
    kind: str = Field(description="Code of the kind, e.g. grassroots_union.")
    name: str = Field(description="Name on that day.")
    short_name: str | None
    name_en: str | None
    parent: str | None = Field(description="Code of the unit right above on that day; null for the root.")
    founded_on: date = Field(description="First day on which it exists.")
    ended_on: date | None = Field(description="First day on which it no longer exists; null while it lives.")
    sector: str | None
    ownership_type: str | None
    territories: list[TerritoryOut]
    level: int = Field(
        description="1 centre, 2 province, 3 immediate upper, 4 grassroots, 5 inside a grassroots union."
    )
    address: str | None
    phone: str | None
    email: str | None


class UnitPage(Schema):
    """A part of the list; ``count`` is how many there are in all."""

    count: int
    items: list[UnitOut]


class NameOut(Schema):
    """What the unit was called from a day to a day."""

    name: str
    short_name: str | None
    name_en: str | None
    valid_from: date = Field(description="First day with this name.")
    valid_to: date | None = Field(description="First day without it; null while it holds.")


class PlacementOut(Schema):
    """Below whom the unit stood from a day to a day."""

    parent: str | None
    valid_from: date = Field(description="First day below this parent.")
    valid_to: date | None = Field(description="First day no longer below it; null while it holds.")


class EventOut(Schema):
    """Something that happened to the unit, with its decision."""

    kind: str
    happened_on: date
    decision_symbol: str | None
    decision_on: date | None
    decision_issuer: str | None


class HeirOut(Schema):
    """A living unit that stands for one that has ended."""

    code: str
    name: str
    share: int = Field(description="Millionths of the ended unit's figures that this one takes.")


class UnitHistory(UnitOut):
    """One unit with everything dated about it."""

    names: list[NameOut]
    placements: list[PlacementOut]
    events: list[EventOut]
    heirs: list[HeirOut] = Field(description="Who stands for it on that day, once it has ended.")


class AncestorOut(Schema):
    """A unit above, the root first."""

    code: str
    kind: str
    name: str
    level: int


class AncestorList(Schema):
    """All units above one on a day."""

    count: int
    items: list[AncestorOut]


class DocumentOut(Schema):
    """A document of the public library."""

    slug: str
    url: str
    title: str
    symbol: str | None
    kind: str
    issuer: str
    signer: str | None
    issued_on: date
    field: str | None
    abstract: str | None
    file_url: str | None


class DocumentPage(Schema):
    """A part of the library."""

    count: int
    items: list[DocumentOut]


class ArticleOut(Schema):
    """A published article."""

    id: int
    url: str
    title: str
    lead: str
    category: str
    category_url: str
    published_at: datetime
    language: str = Field(description="Language of the text: vi where nobody translated it.")


class ArticlePage(Schema):
    """A part of the news."""

    count: int
    items: list[ArticleOut]


class CallOut(Schema):
    """A Call that visitors may see. Votes are not here: they stand on its page."""

    slug: str
    url: str
    title: str
    kind: str
    state: str = Field(description="announced, open, closed or cancelled, by the clock of the server.")
    opens_at: datetime
    closes_at: datetime | None = Field(description="null: open until somebody closes it.")
    note: str | None


class CallPage(Schema):
    """A part of the Calls."""

    count: int
    items: list[CallOut]


class MandateOut(Schema):
    """A post that the asker holds today."""

    id: int
    unit: str = Field(description="Code of the unit.")
    unit_name: str
    position: str
    role: str
    valid_from: date = Field(description="First day with it.")
    valid_to: date | None = Field(description="First day without it; null while no end is set.")
    rights: dict[str, str] = Field(description="Right → how far it reaches: unit, subtree or below.")


class UserOut(Schema):
    """The account that asks."""

    username: str
    name: str


class Me(Schema):
    """Who asks, and in whose name."""

    user: UserOut
    capacity: MandateOut | None = Field(description="The mandate in whose name this request is made.")
    mandates: list[MandateOut] = Field(description="All that it may act for: one for a key.")


class Index(Schema):
    """Where things are."""

    openapi: str
    docs: str
    resources: dict[str, str]
