"""What a person is told when a spreadsheet cannot be read, or one cell of it cannot be used.

As in ``vntext``, sentences are Vietnamese, marked for translation here and translated where they are shown:
``error.translated(_)``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from congdoan.vntext.errors import gettext_noop

Translate = Callable[[str], str]
"""Turns a Vietnamese sentence into the reader's language; Django's ``gettext``, or nothing at all."""

NAMED_AT_MOST = 8


def as_it_stands(sentence: str) -> str:
    """Leave the sentence in Vietnamese."""
    return sentence


def quoted(names: list[str]) -> str:
    """“Họ và tên”, “Ngày sinh”: at most eight names, then dots."""
    shown = ", ".join(f"“{name}”" for name in names[:NAMED_AT_MOST])
    return f"{shown}…" if len(names) > NAMED_AT_MOST else shown


class SpreadsheetError(ValueError):
    """The file as a whole is refused; nothing of it may be used. ``user_message`` is safe to show.

    ``parts`` are sentences with ``%(name)s`` places and what fills them; most errors have one.
    """

    def __init__(self, message: str, *, sentence: str, **values: object) -> None:
        super().__init__(message)
        self.parts: list[tuple[str, Mapping[str, object]]] = [(sentence, values)]

    def translated(self, translate: Translate) -> str:
        """What is wrong and how to mend it, in the language of ``translate``."""
        return " ".join(translate(sentence) % values for sentence, values in self.parts)

    @property
    def user_message(self) -> str:
        """What is wrong and how to mend it, in Vietnamese."""
        return self.translated(as_it_stands)


class EmptyFileError(SpreadsheetError):
    """Nothing stands in the file, or nothing below its header row."""


class NotSpreadsheetError(SpreadsheetError):
    """The file is of another kind, whatever its name says."""


class DamagedError(SpreadsheetError):
    """The file breaks the rules of its own format: cut off, or made to confuse readers."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            sentence=gettext_noop(
                "Tệp bị hỏng hoặc không đúng định dạng bảng tính. Hãy mở lại bằng Excel, lưu thành tệp .xlsx mới rồi thử lại."
            ),
        )


class TooLargeError(SpreadsheetError):
    """More bytes, rows, columns or cells than are read at once."""


class ZipBombError(SpreadsheetError):
    """A small file that swells without measure when it is unpacked."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            sentence=gettext_noop(
                "Tệp nén bất thường: nội dung khi mở ra quá lớn. Hãy chép riêng bảng dữ liệu sang một tệp .xlsx mới rồi thử lại."
            ),
        )


class EncryptedError(SpreadsheetError):
    """The file is locked with a password."""

    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            sentence=gettext_noop("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu trong Excel, lưu lại rồi thử lại."),
        )


class ActiveContentError(SpreadsheetError):
    """Macros, links to other files or data sources, or embedded objects. ``found`` says where."""

    def __init__(self, found: str, *, sentence: str) -> None:
        super().__init__(f"active content: {found}", sentence=sentence)
        self.found = found


class CellError(SpreadsheetError):
    """One cell makes the whole table unreadable: a formula, merged cells, far too much text. ``cell`` is the first."""

    def __init__(self, message: str, *, cell: str, sentence: str) -> None:
        super().__init__(f"{message} in {cell}", sentence=sentence, cell=cell)
        self.cell = cell


class SheetNotFoundError(SpreadsheetError):
    """The sheet that was asked for is not in the file, or it has no sheet with cells."""


class HeadersError(SpreadsheetError):
    """The header row does not fit: columns ``missing``, ``unknown`` or ``doubled``, by their titles."""

    def __init__(
        self, *, missing: list[str], unknown: list[str], doubled: list[tuple[str, str, str]]
    ) -> None:
        super().__init__(f"missing {missing}, unknown {unknown}, doubled {doubled}", sentence="")
        self.missing, self.unknown, self.doubled = missing, unknown, doubled
        self.parts = []
        if missing:
            self._add(gettext_noop("Thiếu cột %(titles)s."), titles=quoted(missing))
        if unknown:
            self._add(gettext_noop("Không nhận ra cột %(titles)s."), titles=quoted(unknown))
        for title, first, second in doubled[:NAMED_AT_MOST]:
            self._add(
                gettext_noop("Cột “%(title)s” có hai lần (ô %(first)s và ô %(second)s)."),
                title=title,
                first=first,
                second=second,
            )
        self._add(gettext_noop("Hãy sửa dòng tiêu đề theo tệp mẫu rồi thử lại."))

    def _add(self, sentence: str, **values: object) -> None:
        self.parts.append((sentence, values))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row cannot be used: what is wrong in which cell. ``text`` is safe to show.

    ``sentence`` may name the cell by ``%(cell)s``, because the same row stands elsewhere in another file.
    """

    column_title: str
    cell: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def translated(self, translate: Translate, *, cell: str | None = None) -> str:
        """The sentence in the language of ``translate``; for another ``cell`` when the row has moved."""
        return translate(self.sentence) % {**self.values, "cell": cell or self.cell}

    @property
    def text(self) -> str:
        """The sentence in Vietnamese, naming the cell."""
        return self.translated(as_it_stands)
