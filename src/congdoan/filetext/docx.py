"""Text of a DOCX: its paragraphs in order, tables row by row, footnotes and endnotes after the body.

What Word shows on request only (deleted and moved text of tracked changes, comments, field codes) and what repeats on
every page (headers, footers) is left out. Numbers that Word itself puts before list items stand nowhere in the file.
Fallbacks that repeat a text box for old versions of Word are passed over.
"""

from dataclasses import dataclass, field

from congdoan.filetext.errors import empty
from congdoan.filetext.markup import attribute, walk
from congdoan.filetext.packages import Package

# Properties (where <w:tab/> is a tab stop and no tab), the old side of a change, doubles for old versions, phonetic guides.
_PASSED_OVER = frozenset(
    ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "del", "moveFrom", "Fallback", "instrText", "rt")
)  # fmt: skip
_CONTAINERS = frozenset(("tbl", "tr", "tc", "txbxContent", "p"))
_NO_BREAK_HYPHEN = "\u2011"
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": _NO_BREAK_HYPHEN}


def read_docx(data: bytes) -> str:
    """The text, one paragraph or row of a table a line; cells of a row are separated by tabs.

    Raises ``FileTextError`` for a package that is damaged, locked, a trap, has macros or holds no text.
    """
    package = Package(data)
    main = package.main_part()
    lines = _lines_of(package, main)
    for kind in ("footnotes", "endnotes"):
        for part in package.parts_beside(main, kind):
            lines += [line for line in _lines_of(package, part) if line.strip()]
    text = "\n".join(lines)
    if not text.strip():
        raise empty("a document without text")
    return text


def _lines_of(package: Package, part: str) -> list[str]:
    reader = _Reader()
    with package.open(part) as stream:
        walk(stream, reader.start, reader.end, reader.text)
    return reader.body.blocks


@dataclass(slots=True)
class _Frame:
    """An open container: the letters of a paragraph, finished blocks inside it, finished cells of a row."""

    kind: str
    letters: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)


class _Reader:
    def __init__(self) -> None:
        self.body = _Frame("body")
        self._open = [self.body]
        self._passing = 0
        self._in_text = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if self._passing or element in _PASSED_OVER:
            self._passing += 1
        elif element in _CONTAINERS:
            self._open.append(_Frame(element))
        elif element == "t":
            self._in_text = True
        elif element == "br":
            # Where a page or column ends says nothing of the text.
            if attribute(attributes, "type") not in ("page", "column"):
                self._open[-1].letters.append("\n")
        elif element in _SIGNS:
            self._open[-1].letters.append(_SIGNS[element])

    def text(self, letters: str) -> None:
        if self._in_text and not self._passing:
            self._open[-1].letters.append(letters)

    def end(self, element: str) -> None:
        if self._passing:
            self._passing -= 1
        elif element == "t":
            self._in_text = False
        elif element in _CONTAINERS:
            self._close(self._open.pop())

    def _close(self, frame: _Frame) -> None:
        outer = self._open[-1]
        if frame.kind == "p":
            # Text boxes are anchored inside a paragraph; what stands in them follows it.
            outer.blocks += ["".join(frame.letters), *frame.blocks]
        elif frame.kind == "tc":
            outer.cells.append(frame.blocks)
        elif frame.kind == "tr":
            outer.blocks += _row(frame.cells)
        else:
            outer.blocks += frame.blocks


def _row(cells: list[list[str]]) -> list[str]:
    """A row of plain cells is one line. Cells of several paragraphs, as in a letterhead, stand below each other."""
    if all(len(cell) <= 1 for cell in cells):
        return ["\t".join(cell[0] if cell else "" for cell in cells)]
    return [line for cell in cells for line in cell]
