"""The XML of one sheet as rows of cells, streamed: no sheet is ever held as a whole."""

from collections.abc import Callable, Generator, Iterator
from itertools import chain

from congdoan.spreadsheets.errors import CellError, DamagedError, TooLargeError
from congdoan.spreadsheets.markup import DEEPEST, STEP, Parser, Readable, local_name
from congdoan.spreadsheets.places import (
    MAX_COLUMNS,
    MAX_ROWS,
    cell_name,
    check_width,
    column_number,
    range_corners,
)
from congdoan.spreadsheets.plain import is_done_with_rows, is_utf8, plain_text, take_rows
from congdoan.spreadsheets.strings import LONGEST_TEXT
from congdoan.vntext.errors import gettext_noop

MAX_CELLS = 10_000_000

RawCell = tuple[int, str, str, str]
"""Column, kind (the letter that the format uses), number of the style, text."""
RawRow = tuple[int, list[RawCell]]

Merged = Callable[[int, int, int, int], None]
"""Takes the corners of merged cells: first column, first row, last column, last row."""


class _Columns(dict[str, int]):
    """Column numbers by letters, each worked out once."""

    def __missing__(self, letters: str) -> int:
        try:
            number = self[letters] = column_number(letters)
        except ValueError as error:
            raise DamagedError(str(error)) from error
        return number


_COLUMNS = _Columns()
_ROWS_BEGIN = b"<sheetData>"
_LONGEST_HEAD = 2**20
_OTHER = "?"
_NAMES_KEPT = 200
_DEPTH_OF_PARTS = 2
_DEPTH_OF_ROW = 3
_DEPTH_OF_CELL = 4
_TAGS = frozenset({"row", "c", "v", "f", "is", "t", "r", "rPh", "mergeCell", "sheetData"})


class _Names(dict[str, str]):
    """From full names of elements to the few that matter here; all others to one."""

    def __missing__(self, name: str) -> str:
        local = local_name(name)
        tag = local if local in _TAGS else _OTHER
        # A file may make up names without end.
        if len(self) < _NAMES_KEPT:
            self[name] = tag
        return tag


class SheetReader:
    """Turns the XML of one sheet into rows of ``(column, kind, style, text)``, leaving out empty cells.

    Rows and cells must come in order, as every writer puts them: a sheet in which one cell stands twice is read
    differently by different programs.

    A big sheet has millions of elements, so only their beginnings are handled here. Ends are merely counted and
    texts collected by methods of lists, which cost next to nothing; a cell is finished when the next one begins.
    """

    def __init__(self, on_merged: Merged | None) -> None:
        self._on_merged = on_merged
        self._names = _Names()
        self._parser = Parser()
        self._done: list[RawRow] = []
        self._open_elements = 0
        self._ends: list[str] = []
        self._pieces: list[str] = []
        self._cell_count = 0
        self._row = 0
        self._row_text = ""
        self._cells: list[RawCell] = []
        self._column = 0
        self._kind: str | None = None
        self._style = ""
        self._has_text = False
        self._in_rows = False
        self._rich: list[str] = []
        self._inside: list[str] = []

    def rows(self, stream: Readable) -> Iterator[RawRow]:
        """Yield rows as soon as they have been passed."""
        self._handle_plain_cells()
        head = b""
        while _ROWS_BEGIN not in head and len(head) < _LONGEST_HEAD and (data := stream.read(STEP)):
            head += data
        head, begin, rest = head.partition(_ROWS_BEGIN)
        self._parser.feed(head + begin)
        if self._in_rows and self._depth() == _DEPTH_OF_PARTS and is_utf8(head):
            rest = yield from self._plain_rows(rest, stream)
        pieces = (rest[at : at + STEP] for at in range(0, len(rest), STEP))
        for data in chain(pieces, iter(lambda: stream.read(STEP), b""), [b""]):
            self._parser.feed(data, final=not data)
            self._look_back()
            if self._done:
                yield from self._done
                self._done.clear()
        self._finish_row()
        yield from self._done

    def _plain_rows(self, data: bytes, stream: Readable) -> Generator[RawRow, None, bytes]:
        """Yield rows as long as they are plain; return what has been read beyond them."""
        while True:
            end = 0
            for row_end, number, cells in take_rows(data):
                end = row_end
                self._begin_row(int(number))
                for _, letters, row, style, kind, text, inline in cells:
                    if row != number:
                        raise DamagedError(f"cell {letters}{row} in row {number}")
                    column = _COLUMNS[letters]
                    if column <= self._column:
                        raise DamagedError(f"cell {letters}{row} out of place")
                    self._column = column
                    text = text or inline
                    if text:
                        text = plain_text(text)
                        if len(text) > LONGEST_TEXT:
                            self._check_length(text)
                        self._cells.append((column, kind or "n", style, text))
                self._count_cells(len(cells))
                self._finish_row()
                yield from self._done
                self._done.clear()
            data = data[end:]
            if (not end and is_done_with_rows(data)) or not (more := stream.read(STEP)):
                return data
            data += more

    def _look_back(self) -> None:
        """After each step of the parser: nothing may grow from step to step."""
        self._open_elements -= len(self._ends)
        self._ends.clear()
        if self._open_elements > DEEPEST:
            raise DamagedError("elements nested too deep")
        if self._has_text:
            self._pieces[:] = ["".join(self._pieces)]
            self._check_length(self._pieces[0])
        else:
            self._pieces.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open_elements += 1
        tag = self._names[name]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or tag == "t":  # comparing twice is faster than a set of two
            self._has_text = True
            self._pieces.clear()
        elif tag == "row":
            self._start_row(attributes.get("r"))
        elif tag == "is":
            return
        elif tag == "f":
            if self._depth() == _DEPTH_OF_CELL + 1:
                raise CellError(
                    "formula",
                    cell=cell_name(self._column, self._row),
                    sentence=gettext_noop("Ô %(cell)s có công thức. Hãy dán lại thành giá trị."),
                )
        elif tag == "r" or tag == "rPh":
            if self._depth() > _DEPTH_OF_CELL:
                self._enter_rich_text(tag)
        elif tag == _OTHER:
            # A part of the sheet beside its rows: the last row is over, and no text belongs to its last cell.
            depth = self._depth()
            if depth == _DEPTH_OF_PARTS:
                self._finish_row()
            elif depth > DEEPEST:
                raise DamagedError("elements nested too deep")
        elif tag == "sheetData":
            self._in_rows = True
        elif tag == "mergeCell" and self._on_merged is not None:
            try:
                self._on_merged(*range_corners(attributes.get("ref", "")))
            except ValueError as error:
                raise DamagedError(str(error)) from error

    def _depth(self) -> int:
        return self._open_elements - len(self._ends)

    def _start_row(self, number: str | None) -> None:
        try:
            row = self._row + 1 if number is None else int(number)
        except ValueError:
            row = 0
        if self._depth() != _DEPTH_OF_ROW:
            raise DamagedError(f"row {number!r} out of place")
        self._begin_row(row)

    def _begin_row(self, row: int) -> None:
        self._finish_row()
        if not self._row < row <= MAX_ROWS:
            raise DamagedError(f"row {row} after row {self._row}")
        self._row = row
        self._row_text = str(row)
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._has_text:
            self._finish_cell()
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            digits = len(self._row_text)
            if not digits or reference[-digits:] != self._row_text:
                raise DamagedError(f"cell {reference!r} in row {self._row}")
            column = _COLUMNS[reference[:-digits]]
        if not self._column < column <= MAX_COLUMNS or self._depth() != _DEPTH_OF_CELL:
            raise DamagedError(f"cell {reference!r} out of place in row {self._row}")
        self._count_cells(1)
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")

    def _count_cells(self, more: int) -> None:
        self._cell_count += more
        if self._cell_count > MAX_CELLS:
            raise TooLargeError(
                f"more than {MAX_CELLS} cells",
                sentence=gettext_noop("Trang tính có quá nhiều ô. Hãy tách thành nhiều tệp nhỏ hơn."),
            )

    def _finish_cell(self) -> None:
        self._has_text = False
        text = "".join(self._pieces)
        if text and self._kind is not None:
            self._check_length(text)
            self._cells.append((self._column, self._kind, self._style, text))
        self._kind = None

    def _finish_row(self) -> None:
        if self._has_text:
            self._finish_cell()
        self._kind = None
        if self._cells:
            check_width(self._row, len(self._cells))
            self._done.append((self._row, self._cells))
            self._cells = []

    def _enter_rich_text(self, tag: str) -> None:
        """Collect a text of several runs: only what stands in ``t``, without its phonetic reading."""
        # A text without format may come before the runs; it is there already.
        self._rich = ["".join(self._pieces)] if self._has_text else []
        self._inside = [tag]
        self._parser.expat.StartElementHandler = self._start_in_rich_text
        self._parser.expat.EndElementHandler = self._end_in_rich_text
        self._parser.expat.CharacterDataHandler = self._take_rich_text

    def _start_in_rich_text(self, name: str, _: dict[str, str]) -> None:
        self._open_elements += 1
        self._inside.append(self._names[name])
        if len(self._inside) > DEEPEST:
            raise DamagedError("elements nested too deep")

    def _end_in_rich_text(self, name: str) -> None:
        self._ends.append(name)
        if self._inside:
            self._inside.pop()
        if self._depth() <= _DEPTH_OF_CELL:
            self._pieces[:] = ["".join(self._rich)]
            self._has_text = True
            self._finish_cell()
            self._handle_plain_cells()

    def _take_rich_text(self, data: str) -> None:
        if self._inside and self._inside[-1] == "t" and "rPh" not in self._inside:
            self._rich.append(data)
            if len(self._rich) > LONGEST_TEXT:
                self._check_length("".join(self._rich))

    def _handle_plain_cells(self) -> None:
        self._parser.expat.StartElementHandler = self._start
        self._parser.expat.EndElementHandler = self._ends.append
        self._parser.expat.CharacterDataHandler = self._pieces.append

    def _check_length(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            raise CellError(
                "text too long",
                cell=cell_name(self._column, self._row),
                sentence=gettext_noop("Ô %(cell)s có quá nhiều chữ. Hãy rút ngắn nội dung của ô."),
            )
