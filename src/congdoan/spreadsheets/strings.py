"""The shared strings of a workbook: every text once, kept outside the process's own memory."""

import mmap
import re
import tempfile
from array import array
from collections.abc import Iterator
from itertools import chain
from typing import Self

from congdoan.spreadsheets.errors import DamagedError, TooLargeError
from congdoan.spreadsheets.markup import STEP, Parser, Readable, local_name
from congdoan.spreadsheets.plain import STRING_BEGINS, is_done_with_strings, is_utf8, take_strings
from congdoan.vntext import nfc
from congdoan.vntext.errors import gettext_noop

LONGEST_TEXT = 32_767
"""Letters that a cell of Excel can hold."""
MAX_STRINGS = 5_000_000
_DEEPEST = 20

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = dict.fromkeys(
    [*map(ord, "\u00ad\u200b\u2060\ufeff\x7f"), *(code for code in range(32) if chr(code) not in "\t\n\r")]
)


def clean(text: str) -> str:
    """Text as it is kept: NFC, plain single spaces, trimmed, nothing unseen; line breaks stay."""
    text = nfc(text)
    # True for nearly every cell: no line break, no space but the plain one, nothing unseen.
    if text.isprintable():
        text = text.strip()
        return text if "  " not in text else _SPACES.sub(" ", text)
    text = text.translate(_UNSEEN).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in _SPACES.sub(" ", text).strip().split("\n"))


def unescape(text: str) -> str:
    """Undo what a workbook writes for a control character: "_x000D_" is a carriage return."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # A lone half of a pair is no text that could be stored anywhere.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


class SharedStrings:
    """Texts by their number, cleaned. They live in a temporary file, so a million of them cost little memory."""

    def __init__(self, stream: Readable | None) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as this object; ``close`` ends it
        self._map: mmap.mmap | None = None
        # Where each text begins and the last one ends. Four bytes: a package inflates to far less than 4 GB.
        self._starts = array("I", [0])
        try:
            if stream is not None:
                self._fill(stream)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Throw the temporary file away."""
        if self._map is not None:
            self._map.close()
            self._map = None
        self._file.close()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        start, end = self._starts[index], self._starts[index + 1]
        if start == end or self._map is None:
            return ""
        return self._map[start:end].decode()

    def is_blank(self, index: int) -> bool:
        """Whether the text is empty. Raises ``DamagedError`` for a number that no text has."""
        if not 0 <= index < len(self):
            raise DamagedError(f"no shared string {index}")
        return self._starts[index] == self._starts[index + 1]

    def _fill(self, stream: Readable) -> None:
        size = 0
        for texts in _StringReader().texts(stream):
            for text in texts:
                size += self._file.write(clean(unescape(text)).encode("utf-8", "replace"))
                self._starts.append(size)
            if len(self._starts) > MAX_STRINGS:
                raise TooLargeError(
                    f"more than {MAX_STRINGS} strings",
                    sentence=gettext_noop("Tệp có quá nhiều ô chữ. Hãy tách thành nhiều tệp nhỏ hơn."),
                )
        self._file.flush()
        if size:
            self._map = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ)


class _StringReader:
    """Collects the text of each ``si``, leaving out its phonetic reading."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[str] = []
        self._parser = Parser()
        self._parser.expat.StartElementHandler = self._start
        self._parser.expat.EndElementHandler = self._end
        self._parser.expat.CharacterDataHandler = self._text

    def texts(self, stream: Readable) -> Iterator[list[str]]:
        """Yield the texts, some at a time."""
        data = stream.read(STEP)
        head, begin, rest = data.partition(STRING_BEGINS)
        self._parser.feed(head)
        rest = begin + rest
        if begin and is_utf8(head) and self._open == ["sst"]:
            while True:
                end, texts = take_strings(rest)
                if any(len(text) > LONGEST_TEXT for text in texts):
                    raise _too_long()
                yield texts
                rest = rest[end:]
                if (not end and is_done_with_strings(rest)) or not (data := stream.read(STEP)):
                    break
                rest += data
        for data in chain([rest] if rest else [], iter(lambda: stream.read(STEP), b""), [b""]):
            self._parser.feed(data, final=not data)
            yield self._found
            self._found.clear()

    def _start(self, name: str, _: dict[str, str]) -> None:
        tag = local_name(name) or ""
        if len(self._open) > _DEEPEST:
            raise DamagedError("elements nested too deep")
        if tag == "si":
            self._pieces = []
            self._length = 0
        self._open.append(tag)

    def _end(self, _: str) -> None:
        if self._open.pop() == "si":
            self._found.append("".join(self._pieces))

    def _text(self, data: str) -> None:
        if self._open and self._open[-1] == "t" and "rPh" not in self._open:
            self._length += len(data)
            if self._length > LONGEST_TEXT:
                raise _too_long()
            self._pieces.append(data)


def _too_long() -> DamagedError:
    return DamagedError("a shared string longer than a cell can hold")
