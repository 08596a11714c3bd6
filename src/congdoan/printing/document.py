"""An administrative document as data: what it says, and nothing about how it looks.

Names of bodies, of the kind of document and of annexes are given as people write them ("Liên đoàn Lao động tỉnh Lào
Cai", "Báo cáo"); decree 30/2020/NĐ-CP wants some of them in capitals, which is the business of the writers. An address
is absolute, or begins with "/" and is joined to ``Document.site``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from congdoan.printing import drawings

DEEPEST = 3
"""Levels of headings."""

_ADDRESSES = ("https://", "http://", "mailto:", "/")


@dataclass(frozen=True, slots=True)
class Text:
    """Some words of a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A number in the text that is a figure: entry ``number`` of the table of figures, kept at ``address``; without an
    address it was not published and leads to its entry alone."""

    text: str
    number: int
    address: str
    bold: bool = False

    def __post_init__(self) -> None:
        if self.address:
            _check_address(self.address)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to ``address``."""

    text: str
    address: str

    def __post_init__(self) -> None:
        _check_address(self.address)


Run = Text | FigureRun | Link
Runs = tuple[Run, ...]
Words = str | Runs
"""Text, or text in parts."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is numbered: "I. Kết quả", "1. Phát triển đoàn viên". Level 1 is printed in capitals."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST:
            raise ValueError(f"level {self.level} of a heading, not 1 to {DEEPEST}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    """A list, with dashes or counted."""

    items: tuple[Words, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. ``numeric`` are columns (from 0) that stand at the right edge.

    ``widths`` are the columns' shares of the width, equal when empty. Raises ``ValueError`` for a row that is shorter
    or longer than the header.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns:
            raise ValueError("a table without columns")
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells, its table {columns} columns")
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise ValueError(f"{len(self.widths)} widths for {columns} columns, or one that is not above 0")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG (``printing.charts`` makes some); ``alt`` says in words what it shows.

    A drawing that holds more than shapes and words is refused with ``ValueError``.
    """

    svg: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        _check_alt(self.alt)
        drawings.check(self.svg)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or drawing: bytes of JPEG, PNG, WebP or GIF; ``alt`` says in words what it shows."""

    content: bytes
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        _check_alt(self.alt)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the document; one that was not published has no ``address``, and so no code.

    ``definition`` says what is counted, ``value`` is written with its unit, ``coverage`` says how many of how many
    units have reported ("24/25"), ``window`` the days or period that it speaks about, ``source`` where it comes from.
    """

    number: int
    name: str
    definition: str
    value: str
    coverage: str
    window: str
    source: str
    address: str

    def __post_init__(self) -> None:
        if self.address:
            _check_address(self.address)


@dataclass(frozen=True, slots=True)
class Figures:
    """The table of all figures that the document names, each with the QR code of its address."""

    rows: tuple[FigureRow, ...]
    codes: bool = True

    def __post_init__(self) -> None:
        numbers = [row.number for row in self.rows]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two figures have the same number")


Block = Heading | Paragraph | Quote | Items | Table | Chart | Picture | Figures


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the document, under which number, where and when.

    ``superior`` is the body that stood above the issuer on ``day``; empty where there is none. ``symbol`` is the
    number with its symbol, "05/BC-LĐLĐ"; empty leaves room to write it in by hand.
    """

    superior: str
    issuer: str
    symbol: str
    place: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``capacity`` lines such as "TM. Ban Thường vụ" and "KT. Chủ tịch", the signatory's ``title``, name."""

    capacity: tuple[str, ...]
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets the document; ``kept`` is where it stays: "VT, CSPL" for "Lưu: VT, CSPL"."""

    names: tuple[str, ...]
    kept: str = "VT"


@dataclass(frozen=True, slots=True)
class Annex:
    """What is added at the end, on pages of its own. Its number comes from its place."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``kind`` is "Báo cáo", "Kế hoạch" …; empty makes it an official letter (công văn), which has no name of its kind:
    its ``summary`` (trích yếu) stands under the number as "V/v …", and ``to`` names who is addressed.
    ``grounds`` are the "Căn cứ" lines, without the sign at their end.
    Raises ``ValueError`` for a number in the text that no table of figures explains, where there is such a table,
    and for an address that begins with "/" while ``site`` is empty.
    """

    letterhead: Letterhead
    kind: str
    summary: str
    body: tuple[Block, ...]
    signature: Signature
    recipients: Recipients
    grounds: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    site: str = ""
    _figures: Mapping[int, FigureRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.site and not self.site.startswith(("https://", "http://")):
            raise ValueError(f"{self.site!r} is not the address of a site")
        rows = [row for block in self.blocks() if isinstance(block, Figures) for row in block.rows]
        if len({row.number for row in rows}) != len(rows):
            raise ValueError("two figures have the same number")
        object.__setattr__(self, "_figures", MappingProxyType({row.number: row for row in rows}))
        named = [run for block in self.blocks() for run in runs_of(block) if not isinstance(run, Text)]
        for run in named:
            if isinstance(run, FigureRun) and self._figures and run.number not in self._figures:
                raise ValueError(f"figure {run.number} is named, but not explained in a table of figures")
        if not self.site and any(one.address.startswith("/") for one in (*named, *rows)):
            raise ValueError("an address without its site")

    @property
    def is_letter(self) -> bool:
        """Whether this is an official letter."""
        return not self.kind

    @property
    def title(self) -> str:
        """Kind and summary, for the title bar of a reader."""
        return " ".join(f"{self.kind or 'V/v'} {self.summary}".split())

    def blocks(self) -> Iterator[Block]:
        """Return the blocks of the body and of all annexes, in order."""
        yield from self.body
        for annex in self.annexes:
            yield from annex.blocks

    def explains(self, number: int) -> bool:
        """Whether a table of figures has this entry."""
        return number in self._figures

    def absolute(self, address: str) -> str:
        """Return the address with its site."""
        return f"{self.site.rstrip('/')}{address}" if address.startswith("/") else address


def as_runs(words: Words) -> Runs:
    """Return text in parts."""
    return (Text(words),) if isinstance(words, str) else words


def runs_of(block: Block) -> Iterator[Run]:
    """Return everything in a block that is written in parts."""
    match block:
        case Paragraph(words) | Quote(words):
            yield from as_runs(words)
        case Items(items):
            for item in items:
                yield from as_runs(item)
        case Table(rows=rows):
            for row in rows:
                for cell in row:
                    yield from as_runs(cell)
        case _:
            return


END = "./."


def closed(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the body with the sign that ends it, "./.", after its last words."""
    match body[-1] if body else None:
        case Paragraph(words):
            return (*body[:-1], Paragraph(_ended(words)))
        case Quote(words):
            return (*body[:-1], Quote(_ended(words)))
        case Items(items, counted) if items:
            return (*body[:-1], Items((*items[:-1], _ended(items[-1])), counted))
        case _:
            return (*body, Paragraph(END))


def _ended(words: Words) -> Runs:
    runs = as_runs(words)
    if not runs:
        return (Text(END),)
    text = runs[-1].text.rstrip()
    if text.endswith(END):
        return runs
    return (*runs[:-1], replace(runs[-1], text=text.rstrip(".;, ")), Text(END))


def _check_address(address: str) -> None:
    if not address.startswith(_ADDRESSES) or address.startswith("//") or any(c.isspace() for c in address):
        raise ValueError(f"{address!r} is no address to print")


def _check_alt(alt: str) -> None:
    if not alt.strip():
        raise ValueError("a picture without words for those who do not see it")
