"""The cells of a report as its screens show them: what stands there, what stood there last, what is wrong and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from congdoan.reporting import prefill
from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.rules import RuleKind, check
from congdoan.reporting.engine.values import Value, ValueFaultError, read, shown
from congdoan.reporting.errors import fault_words
from congdoan.reporting.models import Entry, IndicatorVersion, Line, Report, Section
from congdoan.reporting.queries.entering import last_return
from congdoan.reporting.queries.filling import last_values, sentence
from congdoan.reporting.queries.sheets import Blank, blank

INAPPLICABLE = "–"
"""What stands in a cell that does not apply; ``engine.values`` reads it back."""


@dataclass(slots=True)
class Cell:
    """One cell. ``errors`` keep the report from being sent; ``warnings`` ask for a look or a comment."""

    line: Line
    shown: str = ""
    state: str = "none"
    number: int | None = None
    revision: int = 0
    last: str = ""
    comment: str = ""
    source: str = ""
    asked: str = ""
    measure_unit: str = ""
    definition: str = ""
    known: prefill.Known | None = None
    sum_words: str = ""
    theirs: str | None = None
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def pk(self) -> int:
        """The number of its series: its name in forms."""
        return self.line.series_id

    @property
    def name(self) -> str:
        """The same for templates, which would write large numbers as people read them."""
        return str(self.pk)

    @property
    def key(self) -> str:
        """The key of its series."""
        return self.line.series.key

    @property
    def decimals(self) -> int:
        """How many decimals its numbers have."""
        return self.line.series.indicator.decimals

    @property
    def is_done(self) -> bool:
        """Whether it holds a value, or "not applicable"."""
        return self.state in ("reported", "na")

    @property
    def known_shown(self) -> str:
        """What a register knows, where it differs from what stands here."""
        if self.known is None or self.known.number == self.number:
            return ""
        return shown(self.known.number, self.decimals)

    @property
    def has_words(self) -> bool:
        """Whether its comment field stands open at once."""
        return bool(self.comment or self.asked)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its cells."""

    number: int
    section: Section
    cells: list[Cell]

    @property
    def done(self) -> int:
        """How many cells are filled."""
        return sum(cell.is_done for cell in self.cells)

    @property
    def wrong(self) -> int:
        """How many cells must be mended."""
        return sum(bool(cell.errors) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Screen:
    """A report with all its cells."""

    report: Report
    sheet: Blank
    content: Content
    cells: dict[str, Cell]
    parts: list[Part]
    returned_for: str = ""

    @property
    def done(self) -> int:
        """How many cells are filled."""
        return sum(cell.is_done for cell in self.cells.values())

    @property
    def total(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    @property
    def by_pk(self) -> dict[int, Cell]:
        """The cells by the number of their series."""
        return {cell.pk: cell for cell in self.cells.values()}

    @property
    def offered(self) -> list[Cell]:
        """Empty cells for which a register knows a value."""
        return [cell for cell in self.cells.values() if cell.known and cell.state in ("none", "bad")]

    @property
    def first_open(self) -> int:
        """The number of the first part with an empty or wrong cell; the first part when all is done."""
        return next((part.number for part in self.parts if part.done < len(part.cells) or part.wrong), 1)


def screen(report: Report, *, part: int = 0) -> Screen:
    """Read a report with its cells, in a number of queries that does not grow with them. Of one ``part`` only the cells are
    looked up in registers."""
    sheet = blank(report.sheet_version)
    lines = sheet.lines
    cells = {line.series.key: Cell(line) for line in lines}
    meanings = _meanings(report, lines)
    for cell in cells.values():
        meaning = meanings.get(cell.line.series.indicator_id)
        if meaning:
            cell.measure_unit, cell.definition = meaning.unit_words, meaning.definition_words
    _lay_entries(cells, report.entries.select_related("series"))
    last = last_values(report)
    looked_up = sheet.sections[part - 1][1] if 0 < part <= len(sheet.sections) else lines
    known = prefill.known(report.unit, report.period, looked_up)
    for key, cell in cells.items():
        cell.last = shown(last.get(key), cell.decimals)
        cell.known = known.get(key)
    reason, asked = last_return(report)
    for key, words in asked.items():
        if key in cells:
            cells[key].asked = words
    content = Content(
        {key: Value(cell.number) for key, cell in cells.items() if cell.is_done},
        {key: cell.comment for key, cell in cells.items() if cell.comment},
        report.is_nil,
    )
    _judge(sheet, content, cells, last)
    parts = [
        Part(number, section, [cells[line.series.key] for line in found])
        for number, (section, found) in enumerate(sheet.sections, 1)
    ]
    return Screen(report, sheet, content, cells, parts, reason)


def _meanings(report: Report, lines: Iterable[Line]) -> dict[int, IndicatorVersion]:
    """Return what each indicator of the sheet means at the end of the period."""
    day = report.period.end - timedelta(days=1)
    rows = IndicatorVersion.objects.filter(
        indicator__in={line.series.indicator_id for line in lines}, valid_from__lte=day
    ).order_by("valid_from")
    return {row.indicator_id: row for row in rows}


def _lay_entries(cells: Mapping[str, Cell], entries: Iterable[Entry]) -> None:
    for entry in entries:
        cell = cells.get(entry.series.key)
        if cell is None:
            continue
        cell.state, cell.number, cell.revision = entry.state, entry.number, entry.revision
        cell.comment, cell.source = entry.comment, entry.source
        if entry.state == "bad":
            cell.shown = entry.typed
            cell.errors += _fault(cell)
        else:
            cell.shown = INAPPLICABLE if entry.state == "na" else shown(entry.number, cell.decimals)


def _fault(cell: Cell) -> list[str]:
    try:
        read(cell.shown, decimals=cell.decimals)
    except ValueFaultError as error:
        return [fault_words(error, str(cell.line))]
    return []


def _judge(sheet: Blank, content: Content, cells: Mapping[str, Cell], last: Mapping[str, int]) -> None:
    lines = sheet.by_key
    for finding in check(sheet.rules, content.values, last):
        cell = cells.get(finding.rule.left[0])
        if cell is None:
            continue
        if finding.is_error:
            cell.errors.append(sentence(finding, lines))
        elif not any(key in content.comments for key in finding.rule.left):
            cell.warnings.append(sentence(finding, lines))
    for rule in sheet.rules:
        if rule.kind is RuleKind.EQUALS and rule.left[0] in cells and len(rule.right) > 1:
            cells[rule.left[0]].sum_words = _sum_words(rule.right, content, cells[rule.left[0]].decimals)


def _sum_words(keys: tuple[str, ...], content: Content, decimals: int) -> str:
    """Say what the parts of an identity make together so far; "" while there is none."""
    values = [content.values[key] for key in keys if key in content.values]
    if not values:
        return ""
    total = shown(sum(value.number or 0 for value in values), decimals)
    if len(values) == len(keys):
        return _("Các phần cộng lại: %(total)s") % {"total": total}
    return _("Các phần đã nhập cộng lại: %(total)s") % {"total": total}
