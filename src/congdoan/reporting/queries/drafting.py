"""Versions of a sheet side by side, and tried out: what changed, what a chair would see, what the rules would say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from congdoan.reporting.engine.rules import check
from congdoan.reporting.engine.values import Value, ValueFaultError, read, shown
from congdoan.reporting.errors import fault_words
from congdoan.reporting.models import IndicatorVersion, Line, Sheet, SheetVersion
from congdoan.reporting.queries.cells import Cell, Part
from congdoan.reporting.queries.filling import sentence
from congdoan.reporting.queries.sheets import Blank, blank


def in_force(sheet: Sheet, but: SheetVersion | None = None) -> SheetVersion | None:
    """Return the version published last."""
    found = sheet.versions.filter(published_at__isnull=False)
    if but is not None:
        found = found.exclude(pk=but.pk)
        if but.published_at is not None:
            found = found.filter(number__lt=but.number)
    return found.order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of two versions. ``change``: added, removed, moved or renamed, as ``change_label.html`` names them."""

    change: str
    text: str
    label: str = ""


def differences(old: Blank | None, new: Blank) -> list[Difference]:
    """Return what differs from one version to another, by lines and then by rules."""
    before = {
        line.series_id: (section, line) for section, lines in (old.sections if old else []) for line in lines
    }
    after = {line.series_id: (section, line) for section, lines in new.sections for line in lines}
    found = [
        Difference("added", _("%(line)s (phần “%(section)s”)") % {"line": line, "section": section})
        for key, (section, line) in after.items()
        if key not in before
    ]
    found += [
        Difference("removed", _("%(line)s (phần “%(section)s”)") % {"line": line, "section": section})
        for key, (section, line) in before.items()
        if key not in after
    ]
    for key, (section, line) in after.items():
        if key in before:
            found += _changes(before[key][1], line, str(before[key][0]), str(section))
    old_rules = {rule.code: rule for rule in (old.rules if old else [])}
    new_rules = {rule.code: rule for rule in new.rules}
    for code, rule in new_rules.items():
        if code not in old_rules:
            found.append(Difference("added", _("quy tắc %s") % code))
        elif old_rules[code] != rule:
            found.append(Difference("renamed", _("quy tắc %s đổi nội dung") % code, _("Sửa")))
    found += [Difference("removed", _("quy tắc %s") % code) for code in old_rules if code not in new_rules]
    return found


def _changes(old: Line, new: Line, old_section: str, new_section: str) -> list[Difference]:
    found = []
    if old.label != new.label:
        found.append(
            Difference("renamed", _("“%(old)s” thành “%(new)s”") % {"old": old.label, "new": new.label})
        )
    if old_section != new_section:
        found.append(
            Difference(
                "moved",
                _("%(line)s: từ phần “%(old)s” sang “%(new)s”")
                % {"line": new, "old": old_section, "new": new_section},
            )
        )
    if old.is_required != new.is_required:
        words = _("%s: nay bắt buộc") if new.is_required else _("%s: nay không bắt buộc")
        found.append(Difference("renamed", words % new, _("Sửa")))
    if old.is_part != new.is_part:
        words = _("%s: nay là “trong đó”") if new.is_part else _("%s: nay không còn là “trong đó”")
        found.append(Difference("renamed", words % new, _("Sửa")))
    if old.prefill != new.prefill:
        found.append(Difference("renamed", _("%s: đổi nguồn điền sẵn") % new, _("Sửa")))
    return found


def tried(version: SheetVersion, typed: Mapping[str, str] | None = None) -> tuple[list[Part], list[str]]:
    """Return the parts of a sheet as its filler sees them, and what the rules say to values that are only tried: nothing is
    saved. ``typed``: text by the number of a series."""
    sheet = blank(version)
    meanings = {
        one.indicator_id: one
        for one in IndicatorVersion.objects.filter(
            indicator__in={line.series.indicator_id for line in sheet.lines}
        ).order_by("number")
    }
    values: dict[str, Value] = {}
    cells: dict[str, Cell] = {}
    for line in sheet.lines:
        meaning = meanings.get(line.series.indicator_id)
        cell = Cell(
            line,
            shown=(typed or {}).get(str(line.series_id), "").strip()[:200],
            measure_unit=meaning.unit_words if meaning else "",
            definition=meaning.definition_words if meaning else "",
        )
        cells[line.series.key] = cell
        _read(cell, values)
    parts = [
        Part(number, section, [cells[line.series.key] for line in lines])
        for number, (section, lines) in enumerate(sheet.sections, 1)
    ]
    return parts, _said(sheet, values, cells) if typed is not None else []


def _read(cell: Cell, values: dict[str, Value]) -> None:
    if not cell.shown:
        return
    try:
        value = read(cell.shown, decimals=cell.decimals)
    except ValueFaultError as error:
        cell.state = "bad"
        cell.errors.append(fault_words(error, str(cell.line)))
        return
    if value is not None:
        cell.state, cell.number = value.state.value, value.number
        cell.shown = shown(value.number, cell.decimals) or cell.shown
        values[cell.key] = value


def _said(sheet: Blank, values: Mapping[str, Value], cells: Mapping[str, Cell]) -> list[str]:
    said = [words for cell in cells.values() for words in cell.errors]
    for cell in cells.values():
        if cell.line.is_required and cell.state == "none":
            words = _("“%(name)s” còn trống. Hãy nhập số; nếu không có, nhập 0.") % {"name": cell.line}
            said.append(words)
            cell.errors.append(words)
    lines = sheet.by_key
    for finding in check(sheet.rules, values):
        words = sentence(finding, lines)
        said.append(words)
        cell = cells[finding.rule.left[0]]  # a rule speaks only when its numbers are there
        (cell.errors if finding.is_error else cell.warnings).append(words)
    return said
