"""Putting confirmed figures back into the article that they were read in: what stood there as digits becomes a live figure.

A figure is only put where the page reads the same afterwards: its words, as they would be shown, stand in the text already. So a
number that the reports do not confirm stays what it is, and the editor is told what the reports say.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from django.db import transaction
from django.utils import translation

from congdoan.audit import actions as audit
from congdoan.figures import wording
from congdoan.figures.engine.specs import Form, Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.models import ReadFigure, Reading
from congdoan.figures.queries.computing import Answer, compute
from congdoan.figures.queries.showing import Shown
from congdoan.figures.queries.texts import EMBED, scope_of
from congdoan.figures.queries.words import Line, lines_of, parts_in
from congdoan.organisation.queries.capacities import Capacity

FORMS = (Form.UNIT, Form.NUMBER)
"""The longer words first: "12.076 buổi", "12.076"."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one figure goes: the line, what is replaced (offsets in the line), and how it is stored."""

    figure: ReadFigure
    line: Line
    start: int
    words: str
    spec: Spec


@dataclass(slots=True)
class Plan:
    """What can be put into the article, and what cannot: no days given, no data, other words than the reports give (with these
    words), or a text that has been changed since or cuts the number in two."""

    places: list[Place] = field(default_factory=list)
    no_window: list[ReadFigure] = field(default_factory=list)
    no_data: list[ReadFigure] = field(default_factory=list)
    differ: list[tuple[ReadFigure, str]] = field(default_factory=list)
    moved: list[ReadFigure] = field(default_factory=list)


def plan(reading: Reading, page: Any) -> Plan:
    """Return what would be put into the newest draft of the page. Always in Vietnamese, as the text is."""
    found = Plan()
    lines = lines_of(page, bare=True)
    confirmed = list(reading.figures.filter(state=ReadFigure.State.CONFIRMED))
    wanted: dict[int, Spec] = {}
    for figure in confirmed:
        if figure.start_on is None or figure.end_on is None:
            found.no_window.append(figure)
        else:
            wanted[figure.pk] = Spec(
                figure.indicator,
                figure.cell,
                reading.unit.code,
                Window(figure.start_on, figure.end_on),
                "as-was",
            )
    scope = scope_of(page)
    answers = compute([spec.resolved(scope) for spec in wanted.values()])
    with translation.override("vi"):
        for figure in confirmed:
            if figure.pk in wanted:
                spec = wanted[figure.pk]
                _place(found, lines, reading, figure, spec, answers.get(spec.resolved(scope)))
    return found


def _place(
    found: Plan,
    lines: Sequence[Line],
    reading: Reading,
    figure: ReadFigure,
    spec: Spec,
    answer: Answer | None,
) -> None:
    if answer is None or not answer.has_value:
        found.no_data.append(figure)
        return
    shown = Shown.live(answer)
    number, start = reading.text[: figure.number_start].count("\n"), figure.number_start
    start -= reading.text.rfind("\n", 0, start) + 1
    line = lines[number] if number < len(lines) else Line("")
    if line.block < 0 or line.text != reading.text.split("\n")[number]:
        found.moved.append(figure)
        return
    for form in FORMS:
        words = wording.worded([shown], form)
        if form is Form.UNIT and words == wording.number(shown):
            continue  # it has no unit to print
        end = start + len(words)
        if line.text.startswith(words, start) and not line.text[end : end + 1].isalnum():
            placed = Spec(spec.indicator, spec.cell, spec.unit, spec.window, spec.basis, form)
            found.places.append(Place(figure, line, start, words, placed))
            return
    found.differ.append((figure, wording.with_unit(shown)))


@transaction.atomic
def put(reading: Reading, page: Any, *, by: Capacity) -> Plan:
    """Make a new draft of the page with the figures in it; nothing is published. Figures whose digits are cut in two by other
    markup are counted as moved."""
    found = plan(reading, page)
    by_block: dict[tuple[str, int], list[Place]] = {}
    for place in found.places:
        by_block.setdefault((place.line.field, place.line.block), []).append(place)
    done: list[Place] = []
    for (name, number), places in by_block.items():
        stream = getattr(page, name)
        soup = BeautifulSoup(stream[number].value.source, "html.parser")
        parts = parts_in(soup)
        # From the end, so that what stands before keeps its place.
        for place in sorted(places, key=lambda one: -one.start):
            if _replace(parts[place.line.part], place):
                done.append(place)
            else:
                found.moved.append(place.figure)
        stream[number].value.source = str(soup)
    found.places = done
    if done:
        page.save_revision(user=by.actor, log_action=True)
        audit.record(
            "reading.placed",
            reading,
            actor=by.actor,
            capacity=by.audit,
            after={"page": page.pk, "figures": [json.dumps(one.spec.attributes()) for one in done]},
        )
    return found


def _replace(part: Tag, place: Place) -> bool:
    """Put a figure in the place of its words in one line; say whether they stand there in one piece."""
    nth = place.line.text.count(place.words, 0, place.start)
    for node in part.find_all(string=True):
        text = str(node)
        at = -1
        while (at := text.find(place.words, at + 1)) >= 0:
            if nth:
                nth -= 1
                continue
            _split(node, at, place)
            return True
    return False


def _split(node: NavigableString, at: int, place: Place) -> None:
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in place.spec.attributes().items())
    embed = BeautifulSoup(f'<embed embedtype="{EMBED}"{attributes}/>', "html.parser").embed
    if embed is None:
        raise AssertionError("an element was just written")
    text = str(node)
    node.insert_before(NavigableString(text[:at]))
    node.insert_before(embed)
    node.replace_with(NavigableString(text[at + len(place.words) :]))
