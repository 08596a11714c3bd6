"""Which indicator a figure may be: proposed from the words around it, scored, never taken for granted."""

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from congdoan.vntext.folding import match_key
from congdoan.vntext.reading.source import Source

THRESHOLD = 0.4
NEAR = 60
"""Characters after which a word counts for half."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that point to one indicator.

    ``units``: English units of measure it may have (empty: any). ``words``: phrases one of which must stand in the
    sentence. ``also``: a second group, of which one must stand in the sentence or shortly before (``context``).
    ``context``: phrases that may stand up to three sentences before, or in the title. ``never``: phrases that speak
    against it when they stand between the figure and its words. ``after``/``before`` restrict ``words`` to one side.
    """

    code: str
    words: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    side: str = ""
    weight: float = 1.0


def hints_from_toml(content: str) -> tuple[Hint, ...]:
    """Read ``[[hint]]`` tables. Raises ``ValueError`` for a table with unknown fields or without a code."""
    hints = []
    for entry in tomllib.loads(content).get("hint", []):
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
        }
        try:
            hints.append(Hint(**fields))
        except TypeError as error:
            raise ValueError(f"hint {entry.get('code', '?')}: {error}") from None
    return tuple(hints)


class Catalogue:
    """Hints made ready for one text: where each of their phrases stands in it."""

    def __init__(self, source: Source, hints: Sequence[Hint]) -> None:
        self._source = source
        self._places: dict[str, tuple[list[int], int]] = {}
        self._hints = hints
        self._by_unit: dict[str | None, list[Hint]] = {}
        for hint in hints:
            for phrase in (*hint.words, *hint.also, *hint.context, *hint.never):
                if phrase not in self._places:
                    self._places[phrase] = self._find(phrase)
            for unit in hint.units or ("",):
                self._by_unit.setdefault(unit, []).append(hint)

    def _find(self, phrase: str) -> tuple[list[int], int]:
        wanted = " ".join(match_key(phrase).split())
        key, at, found = self._source.key, -1, []
        while (at := key.find(wanted, at + 1)) >= 0:
            end = at + len(wanted)
            starts = not at or not key[at - 1].isalnum() or self._is_fused(at)
            if starts and not (end < len(key) and key[end].isalnum()):
                found.append(at)
        return found, len(wanted)

    def _is_fused(self, at: int) -> bool:
        """A capital after a small letter: saved pages lose the blank between a heading and what follows it."""
        return self._source.text[at].isupper() and self._source.text[at - 1].islower()

    def propose(
        self, start: int, end: int, unit: str | None, barriers: Sequence[int]
    ) -> tuple[str, float] | None:
        """The best indicator for the figure at ``[start, end)`` (the end of the number), with its score 0..1.

        ``barriers`` are the starts of all figures: a word beyond another figure belongs to that one rather.
        """
        candidates = self._by_unit.get(unit or "", []) + (self._by_unit.get("", []) if unit else [])
        best: tuple[str, float] | None = None
        sentence = self._source.sentence(start)
        for hint in candidates:
            score = self._score(hint, start, end, sentence, barriers)
            if score >= THRESHOLD and (best is None or score > best[1]):
                best = hint.code, score
        return best

    def _score(
        self, hint: Hint, start: int, end: int, sentence: tuple[int, int], barriers: Sequence[int]
    ) -> float:
        score = self._nearest(hint.words, start, end, sentence, barriers, hint.side) if hint.words else 0.6
        if score == 0.0:
            return 0.0
        if hint.never and self._nearest(hint.never, start, end, sentence, barriers, "") >= max(0.45, score):
            return 0.0
        if hint.also:
            also = self._nearest(hint.also, start, end, sentence, barriers, "")
            if also == 0.0:
                return 0.0
            score = 0.6 * score + 0.4 * also + 0.1
        if hint.context:
            context = self._context(hint.context, start, sentence)
            if context == 0.0:
                return 0.0
            score = 0.7 * score + 0.3 * context
        return min(1.0, score * hint.weight)

    def _nearest(
        self,
        phrases: Sequence[str],
        start: int,
        end: int,
        sentence: tuple[int, int],
        barriers: Sequence[int],
        side: str,
    ) -> float:
        best = 0.0
        for phrase in phrases:
            places, size = self._places[phrase]
            low, high = bisect_left(places, sentence[0]), bisect_left(places, sentence[1])
            # The closest on each side is enough.
            middle = bisect_left(places, end, low, high)
            for index in range(max(low, middle - 2), min(high, middle + 2)):
                at = places[index]
                is_after = at >= end
                if (side == "after" and not is_after) or (side == "before" and is_after):
                    continue
                if is_after:
                    distance = at - end
                    crossed = bisect_left(barriers, at) - bisect_left(barriers, end)
                    clause = self._source.key.count(";", end, at)
                else:
                    distance = max(0, start - at - size)
                    crossed = bisect_left(barriers, start) - bisect_left(barriers, at + size)
                    clause = self._source.key.count(";", at, start)
                value = NEAR / (NEAR + distance) * (0.75**crossed) * (0.6**clause)
                value *= 1.0 + min(0.2, size / 100)
                best = max(best, value)
        return min(1.0, best)

    def _context(self, phrases: Sequence[str], start: int, sentence: tuple[int, int]) -> float:
        best = 0.0
        earliest = sentence[0]
        for _step in range(4):
            if earliest:
                earliest = self._source.sentence(earliest - 1)[0]
        for phrase in phrases:
            places, _size = self._places[phrase]
            index = bisect_left(places, sentence[1]) - 1
            if index < 0:
                continue
            at = places[index]
            if at >= sentence[0]:
                best = max(best, 1.0)
            elif at >= earliest:
                best = max(best, 0.85 - 0.1 * (self._source.key.count(".", at, sentence[0]) // 2))
            elif at < 1500:
                best = max(best, 0.15)
        return max(best, 0.0)
