"""Applying an operation to a forest."""

from __future__ import annotations

from datetime import date, timedelta

from congdoan.organisation.engine.faults import TreeRuleError, gettext_noop
from congdoan.organisation.engine.forest import Forest, Happening, Inheritance, Life, Name, Place
from congdoan.organisation.engine.operations import (
    WHOLE,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Rename,
    Split,
)
from congdoan.organisation.engine.spans import FOREVER, Span

ROOT = 1
"""Level of the unit at the head of the tree: the only one founded without a parent."""


def apply(forest: Forest, operation: Operation, default: date) -> Happening:
    """Do one operation, on its own day or on ``default``. Raises ``TreeRuleError`` and may leave half of it done:
    a forest that has raised is thrown away."""
    on = operation.on or default
    match operation:
        case Found(unit=new):
            _found(forest, new, on)
            happening = Happening(operation, on, new.code, after={"parent": new.parent, "name": new.name})
        case Merge():
            happening = _merge(forest, operation, on)
        case Split():
            happening = _split(forest, operation, on)
        case Rename():
            happening = _rename(forest, operation, on)
        case Move(unit=unit, parent=parent):
            before = forest.parent(unit, on)
            _place(forest, unit, parent, on)
            happening = Happening(
                operation, on, unit, before={"parent": before or ""}, after={"parent": parent}
            )
        case Dissolve():
            happening = _dissolve(forest, operation, on)
        case _:  # pragma: no cover  # KINDS holds every kind
            raise AssertionError(operation)
    forest.happenings.append(happening)
    return happening


def _found(forest: Forest, new: NewUnit, on: date) -> None:
    if new.code in forest.lives:
        raise TreeRuleError(
            "code_taken",
            gettext_noop("Mã “%(code)s” đã có đơn vị khác dùng. Hãy chọn mã khác."),
            new.code,
            code=new.code,
        )
    if new.kind not in forest.levels:
        raise TreeRuleError(
            "unknown_kind", gettext_noop("Không có loại đơn vị “%(kind)s”."), new.code, kind=new.kind
        )
    is_root = not new.parent and forest.levels[new.kind] == ROOT
    if not is_root:
        _require_alive(forest, new.parent, on)
    forest.lives[new.code] = Life(Span(on), forest.levels[new.kind], is_root)
    forest.places[new.code] = [Place(new.parent or None, Span(on))]
    forest.names[new.code] = [Name(new.name, new.short_name, new.name_en, Span(on))]
    forest.founded[new.code] = new
    forest.touched.add(new.code)


def _place(forest: Forest, unit: str, parent: str, on: date) -> None:
    _require_alive(forest, unit, on)
    _require_alive(forest, parent, on)
    last = forest.places[unit][-1]
    _require_last(forest, unit, last.span, on)
    if last.parent == parent:
        raise TreeRuleError(
            "already_there",
            gettext_noop("“%(unit)s” đã trực thuộc “%(parent)s” rồi."),
            unit,
            unit=forest.name(unit, on),
            parent=forest.name(parent, on),
        )
    forest.places[unit] = [
        *_cut(forest.places[unit], on),
        Place(parent, Span(on, forest.lives[unit].span.end)),
    ]
    forest.touched.add(unit)


def _cut(places: list[Place], on: date) -> list[Place]:
    kept = [place for place in places if place.span.start < on]
    return [*kept[:-1], Place(kept[-1].parent, Span(kept[-1].span.start, on))] if kept else []


def _merge(forest: Forest, operation: Merge, on: date) -> Happening:
    if operation.new_unit is not None:
        _found(forest, operation.new_unit, on)
    into = operation.new_unit.code if operation.new_unit else operation.into
    _require_alive(forest, into, on)
    sources = [source for source in dict.fromkeys(operation.sources) if source != into]
    if not sources:
        raise TreeRuleError(
            "nothing_to_merge",
            gettext_noop("Sáp nhập cần ít nhất một đơn vị khác với đơn vị nhận."),
            into,
        )
    for source in sources:
        _end(forest, source, on, children_to=into)
    return Happening(
        operation,
        on,
        into,
        inheritances=[Inheritance(source, into, WHOLE, on) for source in sources],
        before={"sources": ", ".join(sources)},
    )


def _split(forest: Forest, operation: Split, on: date) -> Happening:
    _require_alive(forest, operation.source, on)
    total = sum(part.share for part in operation.parts)
    codes = [part.code for part in operation.parts]
    if (
        total != WHOLE
        or len(codes) < 2
        or len(set(codes)) != len(codes)
        or min(p.share for p in operation.parts) < 1
    ):
        raise TreeRuleError(
            "shares",
            gettext_noop(
                "Chia tách “%(unit)s”: cần ít nhất hai đơn vị nhận khác nhau, mỗi đơn vị một phần lớn hơn 0, "
                "cộng lại đúng 100 %% (đang là %(total)s %%)."
            ),
            operation.source,
            unit=forest.name(operation.source, on),
            total=f"{total / 10_000:g}".replace(".", ","),
        )
    for part in operation.parts:
        if part.new_unit is not None:
            _found(forest, part.new_unit, on)
        _require_alive(forest, part.code, on)
        for child in part.children:
            _place(forest, child, part.code, on)
    _end(forest, operation.source, on)
    return Happening(
        operation,
        on,
        operation.source,
        inheritances=[Inheritance(operation.source, part.code, part.share, on) for part in operation.parts],
        after={"parts": ", ".join(codes)},
    )


def _rename(forest: Forest, operation: Rename, on: date) -> Happening:
    _require_alive(forest, operation.unit, on)
    spans = forest.names[operation.unit]
    _require_last(forest, operation.unit, spans[-1].span, on)
    before = spans[-1].name
    kept = [entry for entry in spans if entry.span.start < on]
    if kept:
        last = kept[-1]
        kept[-1] = Name(last.name, last.short_name, last.name_en, Span(last.span.start, on))
    end = forest.lives[operation.unit].span.end
    forest.names[operation.unit] = [
        *kept,
        Name(operation.name, operation.short_name, operation.name_en, Span(on, end)),
    ]
    return Happening(operation, on, operation.unit, before={"name": before}, after={"name": operation.name})


def _dissolve(forest: Forest, operation: Dissolve, on: date) -> Happening:
    before = forest.parent(operation.unit, on) or ""
    if operation.heir:
        _require_alive(forest, operation.heir, on)
    _end(forest, operation.unit, on, children_to=operation.children_to)
    heirs = [Inheritance(operation.unit, operation.heir, WHOLE, on)] if operation.heir else []
    return Happening(operation, on, operation.unit, inheritances=heirs, before={"parent": before})


def _end(forest: Forest, unit: str, on: date, *, children_to: str = "") -> None:
    _require_alive(forest, unit, on - timedelta(days=1))
    life = forest.lives[unit]
    if life.span.end != FOREVER:
        raise TreeRuleError(
            "ends_already",
            gettext_noop("“%(unit)s” đã kết thúc ngày %(day)s."),
            unit,
            unit=forest.name(unit, on),
            day=f"{life.span.end:%d/%m/%Y}",
        )
    _require_last(forest, unit, forest.places[unit][-1].span, on)
    if children_to:
        for child in forest.children(unit, on):
            if child != children_to:
                _place(forest, child, children_to, on)
    forest.lives[unit] = Life(Span(life.span.start, on), life.level, life.is_root)
    forest.places[unit] = _cut(forest.places[unit], on)
    kept = [entry for entry in forest.names[unit] if entry.span.start < on]
    last = kept[-1]
    forest.names[unit] = [
        *kept[:-1],
        Name(last.name, last.short_name, last.name_en, Span(last.span.start, on)),
    ]
    forest.touched.add(unit)


def _require_alive(forest: Forest, unit: str, on: date) -> None:
    if unit not in forest.lives:
        raise TreeRuleError(
            "no_such_unit",
            gettext_noop("Không có đơn vị mã “%(code)s” trong phạm vi này."),
            unit,
            code=unit,
        )
    if not forest.lives_on(unit, on):
        raise TreeRuleError(
            "not_alive",
            gettext_noop("“%(unit)s” (%(code)s) không tồn tại vào ngày %(day)s."),
            unit,
            unit=forest.name(unit, on),
            code=unit,
            day=f"{on:%d/%m/%Y}",
        )


def _require_last(forest: Forest, unit: str, span: Span, on: date) -> None:
    if span.start > on:
        raise TreeRuleError(
            "changed_later",
            gettext_noop("“%(unit)s” đã có thay đổi vào ngày %(day)s, sau ngày này. Hãy chọn ngày muộn hơn."),
            unit,
            unit=forest.name(unit, span.start),
            day=f"{span.start:%d/%m/%Y}",
        )
