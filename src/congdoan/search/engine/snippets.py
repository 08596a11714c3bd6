"""Pieces of the original text around what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from congdoan import vntext
from congdoan.search.engine.port import Snippet, Span
from congdoan.search.engine.reading import Reading, fold

LENGTH = 220
"""Code points of a snippet: two to three lines."""
_BEFORE = 60
_CHUNK = 4_000
_OVERLAP = 400
_MOST_CANDIDATES = 60
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"


class Highlighter:
    """Marks one query in many texts. Every text must be NFC: then keys and text have the same offsets.

    The same order of preference as ``vntext.highlight_spans``: the phrase before its words, with diacritics (where
    the query has them) before without. Patterns over the keys are ten times as fast as cutting texts into words.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._phrase = _phrase(reading.folded)
        self._exact_phrase = _phrase(reading.exact)
        self._words = _any_of(reading.folded)
        self._exact_words = _any_of(reading.exact)

    def whole(self, text: str) -> Snippet:
        """The whole text with what was found in it."""
        return Snippet(text, self._spans(text))

    def best_piece(self, summary: str, body: str) -> Snippet:
        """The best piece of ``summary`` or ``body``; the beginning where nothing was found."""
        for text in (summary, body):
            at = self._find(_Folded(text))
            if at is not None:
                return self._cut(text, at)
        return self._cut(summary or body, 0)

    def _spans(self, text: str) -> tuple[Span, ...]:
        if not self._reading.parts:
            return ()
        folded = fold(text)
        if vntext.UNSEEN in folded:
            return tuple(vntext.highlight_spans(text, self._reading.text))
        exact = vntext.match_key(text) if self._reading.has_diacritics else ""
        for pattern, key in (
            (self._exact_phrase, exact),
            (self._phrase, folded),
            (self._exact_words, exact),
            (self._words, folded),
        ):
            spans = tuple(match.span() for match in pattern.finditer(key))
            if spans:
                return spans
        return ()

    def _find(self, folded: _Folded) -> int | None:
        """Offset of the whole phrase, else of the place where most different words stand together."""
        if not folded.text or not self._reading.parts:
            return None
        fallback = None
        for count, (at, _words) in enumerate(folded.matches(self._phrase)):
            if not self._reading.has_diacritics or self._reads_exactly(folded.text, at):
                return at
            fallback = at if fallback is None else fallback
            if count > _MOST_CANDIDATES:
                break
        if fallback is not None or len(self._reading.folded) == 1:
            return fallback
        return self._densest(folded)

    def _reads_exactly(self, text: str, at: int) -> bool:
        longest = 3 * sum(map(len, self._reading.exact)) + 20
        return self._exact_phrase.match(vntext.match_key(text[at : at + longest])) is not None

    def _densest(self, folded: _Folded) -> int | None:
        found = []
        for found_at in folded.matches(self._words):
            found.append(found_at)
            if len(found) > 4 * _MOST_CANDIDATES:
                break
        best = None
        most = 0
        for index, (at, _word) in enumerate(found):
            near = {word for other, word in found[index : index + 24] if other < at + LENGTH - _BEFORE}
            if len(near) > most:
                best, most = at, len(near)
        return best

    def _cut(self, text: str, at: int) -> Snippet:
        start = max(0, at - _BEFORE)
        if start:
            # Begin after a blank; never in the middle of a word.
            start = next((i + 1 for i in range(start, at) if text[i].isspace()), at)
        end = min(len(text), start + LENGTH)
        if end < len(text):
            end = next((i for i in range(end, max(at, end - 40), -1) if text[i].isspace()), end)
        piece = " ".join(text[start:end].split())
        return self.whole(("… " if start else "") + piece + (" …" if end < len(text) else ""))


def _phrase(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_START + r"[\W_]+".join(map(re.escape, words)) + _END)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"{_START}(?:{'|'.join(map(re.escape, dict.fromkeys(words)))}){_END}")


class _Folded:
    """A text and its folded pieces; only as much of a long text is folded as is looked at, and only once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces: list[str] = []

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Offset and folded words of each match of ``pattern``."""
        last = -1
        for index, start in enumerate(range(0, len(self.text), _CHUNK)):
            if index == len(self._pieces):
                self._pieces.append(fold(self.text[start : start + _CHUNK + _OVERLAP]))
            for match in pattern.finditer(self._pieces[index]):
                if start + match.start() > last:
                    last = start + match.start()
                    yield last, match[0]
