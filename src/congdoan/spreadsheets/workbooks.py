"""A workbook as rows of filled cells, one row at a time, whatever its size."""

from collections.abc import Container, Iterator
from contextlib import ExitStack
from decimal import Context, InvalidOperation
from pathlib import Path

from congdoan.spreadsheets.cells import CellFault, Given, iso_moment
from congdoan.spreadsheets.errors import DamagedError, SheetNotFoundError, quoted
from congdoan.spreadsheets.formats import DATE, read_formats, serial_moment
from congdoan.spreadsheets.markup import walk
from congdoan.spreadsheets.packages import Package
from congdoan.spreadsheets.sheets import Merged, RawRow, SheetReader
from congdoan.spreadsheets.strings import SharedStrings, clean, unescape
from congdoan.vntext import fold
from congdoan.vntext.errors import gettext_noop

Row = tuple[int, list[tuple[int, Given]]]
"""A row's number and its filled cells, each with its column."""

# Excel shows and keeps fifteen digits; what stands behind them is the noise of binary fractions.
_FIFTEEN_DIGITS = Context(prec=15)
_LARGEST_EXPONENT = 20


class Workbook:
    """One sheet of an XLSX file. ``rows`` may be called again and again; each time it reads the file anew."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        with ExitStack() as stack:
            self._package = stack.enter_context(Package(path))
            self._find_sheet(sheet)
            self._formats = self._read_formats()
            self._strings = stack.enter_context(self._read_strings())
            self._closing = stack.pop_all()

    def close(self) -> None:
        """Let go of the file and of what was kept aside for it."""
        self._closing.close()

    def rows(self, on_merged: Merged | None = None) -> Iterator[Row]:
        """Rows with at least one filled cell. A formula ends the reading with a ``CellError``."""
        for number, cells in self._raw_rows(on_merged):
            filled = [
                (column, value)
                for column, kind, style, text in cells
                if (value := self._value(kind, style, text)) != ""
            ]
            if filled:
                yield number, filled

    def filled_rows(self, on_merged: Merged | None = None, passed_over: Container[int] = ()) -> Iterator[int]:
        """Numbers of the rows with a filled cell that does not stand in a column ``passed_over``."""
        for number, cells in self._raw_rows(on_merged):
            filled = False
            for column, kind, _, text in cells:
                # Every number of a text is looked at here, so that a wrong one is met before the first row is used.
                blank = self._strings.is_blank(_index(text)) if kind == "s" else False
                if not filled and not blank and column not in passed_over:
                    filled = kind == "s" or clean(unescape(text)) != ""
            if filled:
                yield number

    def _raw_rows(self, on_merged: Merged | None) -> Iterator[RawRow]:
        with self._package.open(self._part) as stream:
            yield from SheetReader(on_merged).rows(stream)

    def _value(self, kind: str, style: str, text: str) -> Given:
        if kind == "s":
            index = _index(text)
            return "" if self._strings.is_blank(index) else self._strings[index]
        if kind == "n":
            return self._number(text, self._format(style))
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return CellFault(text.strip()[:20])
        text = clean(unescape(text))
        return (iso_moment(text) or text) if kind == "d" else text

    def _format(self, style: str) -> str | int | None:
        if not style:
            return self._formats[0] if self._formats else None
        try:
            return self._formats[int(style)]
        except (ValueError, IndexError):
            return None

    def _number(self, text: str, form: str | int | None) -> Given:
        text = text.strip()
        try:
            number = _FIFTEEN_DIGITS.create_decimal(text)
        except InvalidOperation:
            return clean(text)
        if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
            return clean(text)
        if form == DATE:
            return serial_moment(float(number), since_1904=self._since_1904) or number
        if isinstance(form, int) and number >= 0 and number == number.to_integral_value():
            return f"{number:f}".partition(".")[0].zfill(form)
        return number

    def _find_sheet(self, wanted: str | None) -> None:
        roots = self._package.relations("")
        book = next((part for kind, part in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
        relations = self._package.relations(book)
        sheets: list[tuple[str, str, bool]] = []
        self._since_1904 = False

        def on_start(element: str, attributes: dict[str, str]) -> None:
            if element == "workbookPr":
                self._since_1904 = attributes.get("date1904") in ("1", "true", "on")
            elif element == "sheet":
                # The id's attribute stands in a namespace that strict workbooks spell otherwise.
                reference = next((value for name, value in attributes.items() if name.endswith("}id")), "")
                kind, part = relations.get(reference, ("", ""))
                if kind == "worksheet":
                    visible = attributes.get("state", "visible") == "visible"
                    sheets.append((clean(attributes.get("name", "")), part, visible))

        with self._package.open(book) as stream:
            walk(stream, on_start)
        self._strings_part, self._styles_part = (
            next((part for kind, part in relations.values() if kind == wanted_kind), "")
            for wanted_kind in ("sharedStrings", "styles")
        )
        self.sheet, self._part = _chosen(sheets, wanted)

    def _read_formats(self) -> list[str | int | None]:
        if not self._package.has(self._styles_part):
            return []
        with self._package.open(self._styles_part) as stream:
            return read_formats(stream)

    def _read_strings(self) -> SharedStrings:
        if not self._package.has(self._strings_part):
            return SharedStrings(None)
        with self._package.open(self._strings_part) as stream:
            return SharedStrings(stream)


def _chosen(sheets: list[tuple[str, str, bool]], wanted: str | None) -> tuple[str, str]:
    """The sheet of this name, or else the first that is shown."""
    if wanted is not None:
        for name, part, _ in sheets:
            if fold(name) == fold(clean(wanted)):
                return name, part
        raise SheetNotFoundError(
            f"no sheet {wanted!r}",
            sentence=gettext_noop("Tệp không có trang tính “%(wanted)s”. Các trang tính hiện có: %(names)s."),
            wanted=wanted,
            names=quoted([name for name, _, _ in sheets]) or "–",
        )
    for name, part, visible in sheets:
        if visible:
            return name, part
    raise SheetNotFoundError(
        "no visible sheet",
        sentence=gettext_noop("Tệp không có trang tính nào hiện ra để đọc. Hãy bỏ ẩn trang tính có dữ liệu."),
    )


def _index(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DamagedError(f"no shared string {text[:20]!r}") from None
