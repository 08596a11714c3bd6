"""One report as its reviewer sees it: every line with earlier values, what asks for a look, gaps, comments, history."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.rules import Finding, check
from congdoan.reporting.engine.values import Value, unscaled
from congdoan.reporting.models import Line, Report, ReviewStep, Section
from congdoan.reporting.queries.filling import sentence
from congdoan.reporting.queries.reports import one_to_review, previous, visible_to, with_words
from congdoan.reporting.queries.sheets import Blank, blank

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its value now, last period's, that of the sending before, and what the unit and the rules say about it."""

    line: Line
    now: Value | None
    last: Number | None
    before: Value | None
    comment: str
    warnings: tuple[str, ...]
    was_sent_before: bool

    @property
    def pk(self) -> int:
        """Id of the series, by which a comment is given."""
        return self.line.series_id

    @property
    def number(self) -> Number | None:
        """The number that is reported."""
        return self._written(self.now)

    @property
    def number_before(self) -> Number | None:
        """The number in the sending before."""
        return self._written(self.before)

    @property
    def is_missing(self) -> bool:
        """The line was left empty."""
        return self.now is None

    @property
    def is_inapplicable(self) -> bool:
        """The unit said that the line does not apply to it."""
        return self.now is not None and self.now.number is None

    @property
    def is_changed(self) -> bool:
        """The value is another than in the sending before."""
        return self.was_sent_before and self.now != self.before

    @property
    def difference(self) -> Number | None:
        """How much more than last period."""
        return None if self.number is None or self.last is None else self.number - self.last

    def _written(self, value: Value | None) -> Number | None:
        if value is None or value.number is None:
            return None
        return unscaled(value.number, self.line.series.indicator.decimals)


@dataclass(frozen=True, slots=True)
class Examination:
    """A report with everything beside it."""

    report: Report
    unit_name: str
    is_below: bool
    sections: list[tuple[Section, list[Row]]]
    gaps: list[str]
    findings: list[tuple[str, str]]
    """Sentence, and the unit's comment on it ("" where there is none)."""
    last_words: str
    has_before: bool
    steps: list[Any]

    @property
    def keys(self) -> dict[int, str]:
        """Keys of the lines by id of their series."""
        return {row.pk: row.line.series.key for _section, rows in self.sections for row in rows}


def examine(capacity: Capacity, pk: int) -> Examination | None:
    """Return a report that the capacity may read; ``None`` where it exists not for them."""
    report = (
        with_words(visible_to(capacity), capacity.on)
        .select_related("current__sheet_version", "accepted", "sheet_version")
        .filter(pk=pk)
        .first()
    )
    if report is None:
        return None
    form = blank(report.current.sheet_version if report.current else report.sheet_version)
    content = Content.from_dict(report.current.content) if report.current else Content({})
    earlier = previous(report)
    sending = earlier and (earlier.accepted or earlier.current)
    last = Content.from_dict(sending.content) if sending else Content({})
    before = _sending_before(report)
    numbers = {key: value.number for key, value in last.values.items() if value.number is not None}
    broken = check(form.rules, content.values, numbers)
    said = _said(broken, form)
    sections = [
        (section, [_row(line, content, numbers, before, said) for line in lines])
        for section, lines in form.sections
    ]
    lines = form.by_key
    return Examination(
        report=report,
        unit_name=report.unit_name,  # type: ignore[attr-defined]  # annotated
        is_below=one_to_review(capacity, pk).exists(),
        sections=sections,
        gaps=[str(row.line) for _section, rows in sections for row in rows if row.is_missing]
        if report.current
        else [],
        findings=[
            (
                sentence(one, lines),
                next((content.comments[key] for key in one.rule.left if key in content.comments), ""),
            )
            for one in broken
        ],
        last_words=earlier.period.words if earlier and sending else "",
        has_before=before is not None,
        steps=_steps(report, form),
    )


def _sending_before(report: Report) -> Content | None:
    if report.current is None:
        return None
    found = report.versions.filter(number__lt=report.current.number).order_by("-number").first()
    return Content.from_dict(found.content) if found else None


def _said(broken: list[Finding], form: Blank) -> dict[str, list[str]]:
    """Sentences by the key of each line that a broken rule speaks of first."""
    found: dict[str, list[str]] = {}
    for one in broken:
        found.setdefault(one.rule.left[0], []).append(sentence(one, form.by_key))
    return found


def _row(
    line: Line, content: Content, last: dict[str, int], before: Content | None, said: dict[str, list[str]]
) -> Row:
    key = line.series.key
    number = last.get(key)
    return Row(
        line=line,
        now=content.values.get(key),
        last=None if number is None else unscaled(number, line.series.indicator.decimals),
        before=before.values.get(key) if before else None,
        comment=content.comments.get(key, ""),
        warnings=tuple(said.get(key, ())),
        was_sent_before=before is not None,
    )


def _steps(report: Report, form: Blank) -> list[ReviewStep]:
    """Return the history, the newest first; ``named_comments`` of each: name of the line and comment."""
    lines = form.by_key
    steps = list(ReviewStep.objects.filter(report=report).order_by("-pk"))
    for step in steps:
        step.named_comments = [  # type: ignore[attr-defined]  # for the page
            (str(lines[key]) if key in lines else key, text) for key, text in step.comments.items()
        ]
    return steps
