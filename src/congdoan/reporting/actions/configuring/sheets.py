"""Sheets and their drafts: a new sheet, a draft copied from the newest version, its sections, lines and rules.

Every change of a draft names the saving that its writer had seen (``seen``): of two officers who edit one draft, the second
is told instead of overwriting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.catalogue import coverage_of
from congdoan.reporting.errors import (
    ConfigurationError,
    DraftChangedError,
    FrozenVersionError,
    NotInYourNameError,
)
from congdoan.reporting.models import (
    Calendar,
    IndicatorVersion,
    Line,
    Rule,
    Section,
    Series,
    Sheet,
    SheetVersion,
)
from congdoan.reporting.queries import configuring as queries

FAR = 10_000
"""A place behind all others, while two change places."""


@transaction.atomic
def add_sheet(
    *, name: str, name_en: str, calendar: Calendar, period_type: str, owner: Unit, by: Capacity
) -> Sheet:
    """Add a sheet of a unit in reach, with the series that counts its reports, and an empty first draft."""
    if not reaches(by, Right.CONFIGURE_REPORTS, owner.pk):
        raise NotInYourNameError
    name = vntext.nfc(name).strip()
    taken = set(Sheet.objects.values_list("code", flat=True))
    base = vntext.slugify(name, 50) or "bieu-mau"
    code = (
        base
        if base not in taken
        else next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
    )
    sheet = Sheet.objects.create(
        code=code,
        name=name,
        name_en=name_en.strip(),
        calendar=calendar,
        period_type=period_type,
        owner=owner,
        coverage=coverage_of(code, name, name_en.strip()),
    )
    SheetVersion.objects.create(sheet=sheet, number=1, valid_from=timezone.localdate())
    _told(sheet, "sheet.created", by, after={"name": name, "code": code, "owner": owner.code})
    return sheet


def _told(sheet: Sheet, verb: str, by: Capacity, **what: Mapping[str, Any] | None) -> None:
    audit.record(verb, sheet, actor=by.actor, capacity=by.audit, **what)  # type: ignore[arg-type]  # before and after


@transaction.atomic
def begin_draft(sheet_id: int, *, by: Capacity) -> SheetVersion:
    """Begin a draft, copied from the newest version. One draft at a time: the one that is there is returned."""
    sheet = queries.sheets(by).select_for_update(of=("self",)).get(pk=sheet_id)
    found = sheet.versions.filter(published_at=None).first()
    if found is not None:
        return found
    last = sheet.versions.order_by("-number").first()
    draft = SheetVersion.objects.create(
        sheet=sheet,
        number=last.number + 1 if last else 1,
        valid_from=timezone.localdate(),
        guidance=last.guidance if last else "",
    )
    if last is not None:
        _copy(last, draft)
    _told(sheet, "sheet.draft_begun", by, after={"number": draft.number})
    return draft


def _copy(source: SheetVersion, goal: SheetVersion) -> None:
    for section in source.sections.all():
        made = Section.objects.create(
            version=goal, order=section.order, title=section.title, title_en=section.title_en
        )
        Line.objects.bulk_create(
            Line(
                section=made,
                order=line.order,
                series_id=line.series_id,
                label=line.label,
                label_en=line.label_en,
                is_required=line.is_required,
                is_part=line.is_part,
                prefill=line.prefill,
            )
            for line in section.lines.all()
        )
    Rule.objects.bulk_create(
        Rule(
            version=goal,
            code=rule.code,
            kind=rule.kind,
            left=rule.left,
            right=rule.right,
            low=rule.low,
            high=rule.high,
            factor=rule.factor,
            severity=rule.severity,
        )
        for rule in source.rules.all()
    )


def lock_draft(version_id: int, by: Capacity, seen: int) -> SheetVersion:
    """Lock a draft that ``by`` may edit and that nobody saved since ``seen``; count this saving.

    Raises ``SheetVersion.DoesNotExist``, ``FrozenVersionError`` or ``DraftChangedError``.
    """
    draft = queries.versions(by).select_for_update(of=("self",)).get(pk=version_id)
    if draft.published_at is not None:
        raise FrozenVersionError
    if draft.revision != seen:
        raise DraftChangedError
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft


def _edited(draft: SheetVersion, by: Capacity, what: str, **after: Any) -> SheetVersion:
    _told(draft.sheet, "sheet.draft_edited", by, after={"number": draft.number, "what": what, **after})
    return draft


@transaction.atomic
def discard_draft(version_id: int, *, by: Capacity, seen: int) -> Sheet:
    """Throw a draft away. A first version goes with it only as a draft: the sheet stays, empty."""
    draft = lock_draft(version_id, by, seen)
    sheet, number = draft.sheet, draft.number
    draft.rules.all().delete()
    Line.objects.filter(section__version=draft).delete()
    draft.sections.all().delete()
    draft.delete()
    _told(sheet, "sheet.draft_discarded", by, before={"number": number})
    return sheet


@transaction.atomic
def edit_words(version_id: int, *, note: str, guidance: str, by: Capacity, seen: int) -> SheetVersion:
    """Set what a draft says of itself: what changed, and how to fill it in."""
    draft = lock_draft(version_id, by, seen)
    draft.note, draft.guidance = vntext.nfc(note).strip(), vntext.nfc(guidance).strip()
    draft.save(update_fields=["note", "guidance"])
    return _edited(draft, by, "words", note=draft.note)


@transaction.atomic
def save_section(
    version_id: int, section_id: int | None, *, title: str, title_en: str, by: Capacity, seen: int
) -> Section:
    """Add a section at the end of a draft, or name one anew."""
    draft = lock_draft(version_id, by, seen)
    title = vntext.nfc(title).strip()
    if section_id is None:
        last = draft.sections.order_by("-order").first()
        section = Section.objects.create(
            version=draft, order=last.order + 1 if last else 1, title=title, title_en=title_en.strip()
        )
    else:
        section = draft.sections.get(pk=section_id)
        section.title, section.title_en = title, title_en.strip()
        section.save(update_fields=["title", "title_en"])
    _edited(draft, by, "section", title=title)
    return section


@transaction.atomic
def add_lines(
    version_id: int, section_id: int, series: Iterable[int], *, by: Capacity, seen: int
) -> list[Line]:
    """Put series at the end of a section. One that stands in the draft already is refused."""
    draft = lock_draft(version_id, by, seen)
    section = draft.sections.get(pk=section_id)
    wanted = list(
        Series.objects.filter(
            pk__in=list(series), part=Series.Part.VALUE, indicator__in=queries.indicators(by)
        )
        .filter(indicator__kind__in=queries.REPORTED)
        .select_related("indicator")
        .prefetch_related("categories")
        .order_by("indicator__sort_order", "indicator__code", "pk")
    )
    if not wanted:
        raise ConfigurationError(_("Hãy chọn ít nhất một chỉ tiêu."))
    there = {
        line.series_id: line for line in Line.objects.filter(section__version=draft).select_related("section")
    }
    for one in wanted:
        if one.pk in there:
            raise ConfigurationError(
                _("“%(line)s” đã có ở phần “%(section)s”. Mỗi chỉ tiêu chỉ đứng một lần trong biểu mẫu.")
                % {"line": there[one.pk], "section": there[one.pk].section}
            )
    names = {
        version.indicator_id: version
        for version in IndicatorVersion.objects.filter(
            indicator__in=[one.indicator_id for one in wanted]
        ).order_by("number")
    }
    last = section.lines.order_by("-order").first()
    made = []
    for order, one in enumerate(wanted, last.order + 1 if last else 1):
        label, label_en = _label(one, names[one.indicator_id])
        made.append(
            Line.objects.create(
                section=section,
                order=order,
                series=one,
                label=label,
                label_en=label_en,
                is_part=bool(one.cell),
            )
        )
    _edited(draft, by, "lines", added=[one.key for one in wanted])
    return made


def _label(series: Series, version: IndicatorVersion) -> tuple[str, str]:
    parts = list(series.categories.all())
    name = " – ".join([version.name, *(part.name for part in parts)])
    if not version.name_en:
        return name[:200], ""
    return name[:200], " – ".join([version.name_en, *(part.name_en for part in parts)])[:200]


@transaction.atomic
def edit_line(
    version_id: int,
    line_id: int,
    *,
    label: str,
    label_en: str,
    is_required: bool,
    is_part: bool,
    prefill: str,
    section_id: int,
    by: Capacity,
    seen: int,
) -> Line:
    """Set the label of a line, whether it must be filled, what it is prefilled from, and its section."""
    draft = lock_draft(version_id, by, seen)
    line = Line.objects.get(pk=line_id, section__version=draft)
    line.label, line.label_en = vntext.nfc(label).strip(), label_en.strip()
    line.is_required, line.is_part, line.prefill = is_required, is_part, prefill
    if section_id != line.section_id:
        goal = draft.sections.get(pk=section_id)
        last = goal.lines.order_by("-order").first()
        line.section, line.order = goal, last.order + 1 if last else 1
    line.save()
    _edited(draft, by, "line", label=line.label, required=is_required, prefill=prefill)
    return line


@transaction.atomic
def move(version_id: int, what: str, pk: int, *, up: bool, by: Capacity, seen: int) -> SheetVersion:
    """Move a line within its section, or a section within the draft, one place up or down. ``what``: "line" or "section"."""
    draft = lock_draft(version_id, by, seen)
    rows: list[Any]
    if what == "line":
        line = Line.objects.get(pk=pk, section__version=draft)
        rows = list(Line.objects.filter(section=line.section_id).order_by("order"))
    else:
        draft.sections.get(pk=pk)
        rows = list(draft.sections.order_by("order"))
    place = [row.pk for row in rows].index(pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        first, second = rows[place], rows[other]
        orders = first.order, second.order
        for row, order in ((first, FAR), (second, orders[0]), (first, orders[1])):
            row.order = order
            row.save(update_fields=["order"])
        _edited(draft, by, "order", moved=str(first))
    return draft


@transaction.atomic
def remove(version_id: int, what: str, pk: int, *, by: Capacity, seen: int) -> SheetVersion:
    """Take a line, a whole section or a rule out of a draft. Rules that name a line that goes stay, and say so."""
    draft = lock_draft(version_id, by, seen)
    row: Line | Section | Rule
    if what == "line":
        row = Line.objects.get(pk=pk, section__version=draft)
    elif what == "section":
        row = draft.sections.get(pk=pk)
    else:
        row = draft.rules.get(pk=pk)
    name = str(row)
    row.delete()
    return _edited(draft, by, what, removed=name)


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to add. ``left`` and ``right`` are keys of series; bounds are scaled as their indicator."""

    kind: str
    left: list[str]
    right: list[str] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    factor: int = 10
    severity: str = "error"


@transaction.atomic
def add_rule(version_id: int, rule: NewRule, *, by: Capacity, seen: int) -> Rule:
    """Add a rule over lines of a draft."""
    draft = lock_draft(version_id, by, seen)
    keys = set(Line.objects.filter(section__version=draft).values_list("series__key", flat=True))
    if not rule.left or not keys.issuperset([*rule.left, *rule.right]):
        raise ConfigurationError(_("Hãy chọn các dòng đang có trong biểu mẫu này."))
    if rule.kind in ("equals", "at_most") and not rule.right:
        raise ConfigurationError(_("Hãy chọn ít nhất một dòng ở vế phải."))
    if set(rule.left) & set(rule.right):
        raise ConfigurationError(_("Một dòng không thể đứng ở cả hai vế của quy tắc."))
    if rule.kind == "range" and rule.low is None and rule.high is None:
        raise ConfigurationError(_("Hãy ghi mức thấp nhất, mức cao nhất, hoặc cả hai."))
    if rule.low is not None and rule.high is not None and rule.low > rule.high:
        raise ConfigurationError(_("Mức thấp nhất đang lớn hơn mức cao nhất."))
    codes = set(draft.rules.values_list("code", flat=True))
    base = f"{rule.kind.replace('_', '-')}-{vntext.slugify(rule.left[0], 40)}"
    code = (
        base
        if base not in codes
        else next(f"{base}-{n}" for n in range(2, len(codes) + 3) if f"{base}-{n}" not in codes)
    )
    made = Rule.objects.create(
        version=draft,
        code=code,
        kind=rule.kind,
        left=rule.left,
        right=rule.right,
        low=rule.low,
        high=rule.high,
        factor=rule.factor,
        severity=rule.severity,
    )
    _edited(draft, by, "rule", added=code, left=rule.left, right=rule.right)
    return made
