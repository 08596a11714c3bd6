"""How a text names a figure: by indicator, cell, unit and window, or by what the page is about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from congdoan.figures.engine.windows import Window


class SpecError(ValueError):
    """A figure in a text cannot be understood: ``reason`` is "indicator", "cell", "unit", "window", "scope", "not_public"
    or "totals_only"."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}")
        self.reason, self.text = reason, text


BASES = ("as-was", "as-is")


class Form(StrEnum):
    """How a figure is worded in a sentence."""

    NUMBER = "number"
    """12.076"""
    UNIT = "unit"
    """12.076 buổi"""
    TARGET = "target"
    """66,11%, vượt 6,11 điểm phần trăm so với chỉ tiêu"""
    CHANGE = "change"
    """tăng 5,2% so với kỳ trước"""
    CHANGE_WORD = "change_word"
    """tăng"""
    COVERAGE = "coverage"
    """1.280 trong 1.289 báo cáo"""


class Shift(StrEnum):
    """Which window is meant, seen from the one that is named."""

    NONE = ""
    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


class Compare(StrEnum):
    """What a report page compares its figures with: one setting for the whole page."""

    NONE = ""
    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"
    TARGET = "target"
    PREVIOUS_AND_TARGET = "previous_and_target"
    YEAR_BEFORE_AND_TARGET = "year_before_and_target"

    @property
    def shift(self) -> Shift:
        """The earlier window to compare with."""
        return Shift(self.value.removesuffix("target").removesuffix("_and_"))

    @property
    def with_target(self) -> bool:
        """Whether targets are shown."""
        return self.value.endswith("target")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is fully named; what equals it is the same figure."""

    indicator: str
    cell: str
    unit: str
    window: Window
    basis: str

    @property
    def key(self) -> str:
        """A name of 64 characters for it."""
        parts = (self.indicator, self.cell, self.unit, str(self.window), self.basis)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()

    def shifted(self, shift: Shift) -> Asked:
        """Return the same figure of the earlier window."""
        if shift is Shift.PREVIOUS:
            return replace(self, window=self.window.previous)
        if shift is Shift.YEAR_BEFORE:
            return replace(self, window=self.window.year_before)
        return self


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report page is about. Figures of its text that name no unit or window of their own take these."""

    unit: str = ""
    window: Window | None = None
    basis: str = "as-was"
    compare: Compare = Compare.NONE


@dataclass(frozen=True, slots=True)
class Spec:
    """A live figure as it stands in a text. Empty ``unit``, ``window`` and ``basis``: those of the page's scope."""

    indicator: str
    cell: str = ""
    unit: str = ""
    window: Window | None = None
    basis: str = ""
    form: Form = Form.NUMBER
    shift: Shift = Shift.NONE

    @classmethod
    def read(cls, attributes: Mapping[str, str | None]) -> Spec:
        """Read the attributes of ``<embed embedtype="figure" …>``. Raises ``SpecError``."""
        at = {name: value or "" for name, value in attributes.items()}
        if not at.get("indicator") or "\0" in "".join(at.values()):
            raise SpecError("indicator", at.get("indicator", ""))
        try:
            window = Window.parse(at["window"]) if at.get("window") else None
        except ValueError:
            raise SpecError("window", at["window"]) from None
        if (basis := at.get("basis", "")) and basis not in BASES:
            raise SpecError("window", basis)
        try:
            form, shift = Form(at.get("form") or Form.NUMBER), Shift(at.get("shift", ""))
        except ValueError as error:
            raise SpecError("indicator", str(error)) from None
        cell = "&".join(sorted(part for part in at.get("cell", "").split("&") if part))
        return cls(at["indicator"], cell, at.get("unit", ""), window, basis, form, shift)

    def attributes(self) -> dict[str, str]:
        """Return what ``read`` reads; empty ones are left out."""
        found = {
            "indicator": self.indicator,
            "cell": self.cell,
            "unit": self.unit,
            "window": str(self.window) if self.window else "",
            "basis": self.basis,
            "form": self.form.value,
            "shift": self.shift.value,
        }
        return {name: value for name, value in found.items() if value}

    def resolved(self, scope: Scope) -> Asked:
        """Return the figure that is meant on a page with this scope. Raises ``SpecError`` ("scope") when something is missing."""
        unit, window = self.unit or scope.unit, self.window or scope.window
        if not unit or window is None:
            raise SpecError("scope", self.indicator)
        return Asked(self.indicator, self.cell, unit, window, self.basis or scope.basis).shifted(self.shift)

    def all_asked(self, scope: Scope) -> list[Asked]:
        """Return the figure and, where its words compare it, the one it is compared with (second). Raises ``SpecError``."""
        asked = self.resolved(scope)
        if self.form in (Form.CHANGE, Form.CHANGE_WORD):
            return [asked, asked.shifted(scope.compare.shift or Shift.PREVIOUS)]
        return [asked]
