"""The text that is read, with a working copy of it and the way back to its own offsets."""

import bisect
import re
import unicodedata
from functools import cached_property
from typing import NamedTuple

from congdoan.vntext.folding import match_key, nfc

_FOREIGN = re.compile(r"[^\x00-\u036f\u1e00-\u1eff\u2000-\u2bff]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")
_SENTENCE_END = re.compile(r"[.!?…]{1,4}[\x20”\"’)]{0,3}(?=[^\s\w]{0,2}[^\W\d_])|\n")
_MARKER = re.compile(r"[\x20\t]{0,8}(?:[-–+*•●○▪]|\(?[0-9]{1,2}[.)/]|[a-zđ][.)])[\x20\t]")
_GOES_ON = re.compile(r"[\x20\t]{0,12}[“\"(]?(?:[0-9]|[^\W\d_])")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+|[^\s]")
WRAPPED_FROM = 40
"""Lines of at least so many characters may have been broken by a printer, not by their author."""


class Token(NamedTuple):
    """A number, a word or a mark; offsets are those of the working copy, ``key`` is its match key."""

    start: int
    end: int
    key: str
    is_number: bool
    is_word: bool


class Source:
    """A text as it is, and its working copy: composed, in match keys, with soft line breaks as blanks.

    ``text`` and ``key`` have the same length; ``raw_span`` leads from their offsets to those of the text that was given.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._starts: list[int] | None = None
        self._ends: list[int] = []
        self.text = raw if unicodedata.is_normalized("NFC", raw) else self._compose(raw)
        if not unicodedata.is_normalized("NFC", self.text):
            # Scripts that compose across letters are no part of a Vietnamese figure.
            self.text = _FOREIGN.sub("□", self.text)
        key = match_key(self.text)
        if len(key) != len(self.text):
            key = "".join(match_key(char) if len(match_key(char)) == 1 else "□" for char in self.text)
        self.key = self._join_lines(key.replace("\r", " "))

    def _compose(self, raw: str) -> str:
        starts: list[int] = []
        ends: list[int] = []
        parts: list[str] = []
        at, size = 0, len(raw)
        while at < size:
            end = at + 1
            while end < size and unicodedata.combining(raw[end]):
                end += 1
            part = raw[at] if end == at + 1 else nfc(raw[at:end])
            parts.append(part)
            for index in range(len(part)):
                # Marks that found no letter keep a place each; the last one takes what is left.
                starts.append(min(at + index, end - 1))
                ends.append(end if index == len(part) - 1 else min(at + index + 1, end))
            at = end
        self._starts, self._ends = starts, ends
        return "".join(parts)

    def _join_lines(self, key: str) -> str:
        """Turn the breaks inside a sentence into blanks: the line was long, and the next one goes on."""
        lines = _LINE.findall(key)
        at = 0
        joined = []
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            head = line.rstrip()
            at += len(line)
            start = _GOES_ON.match(following)
            is_soft = (
                len(head) >= WRAPPED_FROM
                and head[-1] not in ".:;!?…"
                and "\t" not in head
                and "|" not in head
                and start is not None
                and not self.text[at + start.end() - 1].isupper()
                and not _MARKER.match(following)
            )
            joined.append(line[:-1] + " " if is_soft and line.endswith("\n") else line)
        return "".join(joined)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text that was given."""
        if self._starts is None:
            return start, end
        return self._starts[start], self._ends[end - 1]

    def offset_of(self, raw: int) -> int:
        """The offset in the working copy of an offset in the text that was given."""
        return raw if self._starts is None else bisect.bisect_left(self._starts, raw)

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens in order."""
        found = []
        for match in _TOKEN.finditer(self.key):
            key = match[0]
            is_number = "0" <= key[0] <= "9"
            found.append(
                Token(match.start(), match.end(), key, is_number, not is_number and key[0].isalpha())
            )
        return found

    @cached_property
    def token_starts(self) -> list[int]:
        """Where each token starts, for bisecting."""
        return [token.start for token in self.tokens]

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at ``offset`` or later."""
        return bisect.bisect_left(self.token_starts, offset)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where sentences start. A line break that is not soft ends one too."""
        starts = [0]
        for match in _SENTENCE_END.finditer(self.key):
            end = match.end()
            if match[0] != "\n":
                at = end
                while at < len(self.text) and not self.text[at].isalnum():
                    at += 1
                if (
                    at >= len(self.text)
                    or not self.text[at].isupper()
                    or self._is_abbreviation(match.start())
                ):
                    continue
            starts.append(end)
        return starts

    def _is_abbreviation(self, dot: int) -> bool:
        """One capital before the dot: TP. Hà Nội, P. Nguyễn Thái."""
        at = dot
        while at > 0 and self.text[at - 1].isalpha():
            at -= 1
        word = self.text[at:dot]
        return 0 < len(word) <= 2 and word.isupper() and self.text[dot] == "." and not word.isnumeric()

    def sentence(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence at ``offset``."""
        index = bisect.bisect_right(self.sentence_starts, offset) - 1
        starts = self.sentence_starts
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.key)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where lines start (soft breaks do not count)."""
        return [0, *(match.end() for match in re.finditer("\n", self.key))]

    def line(self, offset: int) -> tuple[int, int]:
        """Start and end (without the break) of the line at ``offset``."""
        index = bisect.bisect_right(self.line_starts, offset) - 1
        starts = self.line_starts
        return starts[index], starts[index + 1] - 1 if index + 1 < len(starts) else len(self.key)
