"""Rules of a sheet as data: identities, "at most", ranges and leaps. The screen, the API and the upload ask the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from congdoan.reporting.engine.values import Value


class RuleKind(StrEnum):
    """What a rule asks. ``EQUALS``: left = sum of the right; ``AT_MOST``: sum of the left ≤ right; ``RANGE``: low ≤ left ≤ high;
    ``LEAP``: left has not grown or shrunk more than ``factor`` times since the last period."""

    EQUALS = "equals"
    AT_MOST = "at_most"
    RANGE = "range"
    LEAP = "leap"


class Severity(StrEnum):
    """An error must be mended before the report goes up; a warning asks for a look, or a comment."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``left`` and ``right`` are keys of series."""

    code: str
    kind: RuleKind
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    factor: int = 10
    severity: Severity = Severity.ERROR

    @property
    def keys(self) -> tuple[str, ...]:
        """All series that the rule looks at."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, with the two numbers that do not agree (scaled)."""

    rule: Rule
    found: int
    bound: int

    @property
    def is_error(self) -> bool:
        """Whether it keeps the report from being submitted."""
        return self.rule.severity is Severity.ERROR


def check(
    rules: Iterable[Rule], values: Mapping[str, Value], before: Mapping[str, int] | None = None
) -> list[Finding]:
    """Return what is broken. A rule that misses one of its numbers says nothing: missing is not zero."""
    found = (_broken(rule, values, before or {}) for rule in rules)
    return [finding for finding in found if finding is not None]


def _sum(keys: tuple[str, ...], values: Mapping[str, Value]) -> int | None:
    numbers = [values[key].number if key in values else None for key in keys]
    if not numbers or any(
        number is None and key not in values for key, number in zip(keys, numbers, strict=True)
    ):
        return None
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _broken(rule: Rule, values: Mapping[str, Value], before: Mapping[str, int]) -> Finding | None:
    left = _sum(rule.left, values)
    if left is None:
        return None
    if rule.kind is RuleKind.RANGE:
        if rule.high is not None and left > rule.high:
            return Finding(rule, left, rule.high)
        return Finding(rule, left, rule.low) if rule.low is not None and left < rule.low else None
    if rule.kind is RuleKind.LEAP:
        last = before.get(rule.left[0])
        if not last or left == 0:
            return None
        small, large = sorted((abs(left), abs(last)))
        return Finding(rule, left, last) if large > small * rule.factor else None
    right = _sum(rule.right, values)
    if right is None:
        return None
    broken = left != right if rule.kind is RuleKind.EQUALS else left > right
    return Finding(rule, left, right) if broken else None
