"""Delimited text (CSV) as rows of filled cells, in whichever encoding and with whichever separator Excel wrote it."""

import csv
import io
from collections.abc import Container, Iterator
from itertools import islice
from pathlib import Path

from congdoan.spreadsheets.cells import Given
from congdoan.spreadsheets.errors import DamagedError, EmptyFileError, SpreadsheetError
from congdoan.spreadsheets.files import MAX_BYTES, not_a_spreadsheet
from congdoan.spreadsheets.places import check_width
from congdoan.spreadsheets.strings import LONGEST_TEXT, clean
from congdoan.vntext import EncodingError, decode
from congdoan.vntext.errors import gettext_noop

SEPARATORS = (";", ",", "\t")

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_DECLARED = "sep="
_LOOKED_AT = 64 * 1024
_ROWS_LOOKED_AT = 10


class Delimited:
    """One CSV file. It has no sheets, formulas or merged cells."""

    sheet = ""

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        try:
            self._text = decode(path.read_bytes(), max_bytes=max_bytes).text
        except EncodingError as error:
            raise _undecodable(error) from error
        # "sep=;" on the first line tells Excel the separator. It is a row of the file all the same.
        first, _, rest = self._text.partition("\n")
        self._declared = ""
        if first.strip().lower().startswith(_DECLARED):
            self._declared = first.rstrip("\r")[len(_DECLARED) :][:1]
            self._text = f"\n{rest}"
        self._separator = self._declared or _separator(self._text)

    def close(self) -> None:
        """Let go of the text."""
        self._text = ""

    def rows(self, on_merged: object = None) -> Iterator[tuple[int, list[tuple[int, Given]]]]:
        """Rows with at least one filled cell; a row of several lines counts as one, as Excel counts it."""
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._separator)
        number = 0
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise DamagedError(f"CSV: {error}") from error
            number += 1
            filled: list[tuple[int, Given]] = [
                (column, text)
                for column, field in enumerate(fields, 1)
                if (text := clean(_unprotected(field)))
            ]
            if any(len(str(text)) > LONGEST_TEXT for _, text in filled):
                raise DamagedError("a field longer than a cell can hold")
            check_width(number, len(filled))
            if filled:
                yield number, filled

    def filled_rows(self, on_merged: object = None, passed_over: Container[int] = ()) -> Iterator[int]:
        """Numbers of the rows with a filled cell that does not stand in a column ``passed_over``."""
        return (
            number for number, cells in self.rows() if any(column not in passed_over for column, _ in cells)
        )


def _separator(text: str) -> str:
    """The separator that splits one of the first rows into most fields."""
    sample = text[:_LOOKED_AT].lstrip("\r\n")
    return max(SEPARATORS, key=lambda separator: _most_fields(sample, separator))


def _most_fields(sample: str, separator: str) -> int:
    rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _ROWS_LOOKED_AT)
    try:
        return max((len(fields) for fields in rows), default=0)
    except csv.Error:
        return 0


def protected(text: str) -> str:
    """The text with an apostrophe before it, if Excel would run it as a formula when it opens a CSV file."""
    return f"'{text}" if text.lstrip("' \n").startswith(_LIKE_A_FORMULA) else text


def _unprotected(text: str) -> str:
    """Take the apostrophe off again; before spaces are tidied, for a tab may be what it stands before."""
    return text[1:] if text.startswith("'") and protected(text[1:]) == text else text


def _undecodable(error: EncodingError) -> SpreadsheetError:
    if error.reason == "empty":
        return EmptyFileError(
            "no text", sentence=gettext_noop("Tệp trống, không có gì để đọc. Hãy kiểm tra lại tệp đã chọn.")
        )
    if error.reason == "binary":
        return not_a_spreadsheet(f"not text: {error}")
    return SpreadsheetError(
        f"encoding: {error}",
        sentence=gettext_noop(
            "Không nhận ra bảng mã của tệp CSV. Hãy mở bằng Excel rồi lưu lại thành .xlsx hoặc “CSV UTF-8”."
        ),
    )
