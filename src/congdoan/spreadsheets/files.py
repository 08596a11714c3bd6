"""What kind of file it is, told by its name, size and first bytes, before any of it is unpacked."""

from enum import Enum
from pathlib import Path

from congdoan.spreadsheets.errors import (
    ActiveContentError,
    EmptyFileError,
    EncryptedError,
    NotSpreadsheetError,
    TooLargeError,
)
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

MAX_BYTES = 20 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


class Kind(Enum):
    """The two kinds of file that are read."""

    WORKBOOK = "xlsx"
    DELIMITED = "csv"


def kind_of(path: Path, *, max_bytes: int = MAX_BYTES) -> Kind:
    """Tell a workbook from delimited text; refuse everything else, and what is too large, unread."""
    size = path.stat().st_size
    if size > max_bytes:
        raise TooLargeError(
            f"{size} bytes, at most {max_bytes}",
            sentence=gettext_noop(
                "Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy tách thành nhiều tệp nhỏ hơn."
            ),
            size=format_int(-(-size // 2**20)),
            limit=format_int(max_bytes // 2**20),
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise EmptyFileError(
            "no bytes", sentence=gettext_noop("Tệp trống, không có gì để đọc. Hãy kiểm tra lại tệp đã chọn.")
        )
    suffix = path.suffix.lower()
    _refuse_by_name(suffix)
    _refuse_by_first_bytes(path, head)
    if head.startswith(_ZIP):
        if suffix in ("", ".xlsx"):
            return Kind.WORKBOOK
    elif suffix in ("", *_TEXT_SUFFIXES):
        return Kind.DELIMITED
    raise NotSpreadsheetError(
        f"{suffix} does not fit the content",
        sentence=gettext_noop(
            "Nội dung tệp không khớp với đuôi “%(suffix)s”. Hãy mở tệp bằng Excel rồi lưu lại thành .xlsx."
        ),
        suffix=suffix,
    )


def _refuse_by_name(suffix: str) -> None:
    if suffix in (".xlsm", ".xltm", ".xlam"):
        raise macros(suffix)
    if suffix in (".xls", ".xlsb", ".ods", ".xlt"):
        raise _old_format(suffix)
    if suffix not in ("", ".xlsx", *_TEXT_SUFFIXES):
        raise not_a_spreadsheet(f"suffix {suffix}")


def _refuse_by_first_bytes(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        if _contains(path, _ENCRYPTED_STREAM):
            raise EncryptedError("an encrypted package in an OLE container")
        raise _old_format("OLE container")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_UTF16_MARKS):
        start = head.decode("utf-16", errors="replace").lstrip().lower().encode()
    if start.startswith((b"<", b"mime-version:")):
        raise NotSpreadsheetError(
            "HTML or XML",
            sentence=gettext_noop(
                "Tệp này là trang web (HTML) hoặc XML mang đuôi bảng tính. Hãy mở bằng Excel rồi lưu lại thành .xlsx."
            ),
        )
    if start.startswith(
        (b"%pdf-", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"rar!", b"\x89png", b"\xff\xd8\xff")
    ):
        raise not_a_spreadsheet("another kind by its first bytes")


def _contains(path: Path, wanted: bytes) -> bool:
    """Whether ``wanted`` occurs in the file, read in steps."""
    return count_in(path, wanted, at_most=1) > 0


def count_in(path: Path, wanted: bytes, *, at_most: int) -> int:
    """How often ``wanted`` occurs in the file, read in steps; stops counting after ``at_most``."""
    found = 0
    rest = b""
    with path.open("rb") as file:
        while found < at_most and (data := file.read(2**20)):
            data = rest + data
            found += data.count(wanted)
            rest = data[-(len(wanted) - 1) :]
    return found


def not_a_spreadsheet(message: str) -> NotSpreadsheetError:
    """The refusal of a file that is something else altogether."""
    return NotSpreadsheetError(
        message,
        sentence=gettext_noop("Tệp này không phải là bảng tính. Hãy chọn tệp Excel (.xlsx) hoặc CSV (.csv)."),
    )


def macros(found: str) -> ActiveContentError:
    """The refusal of a workbook with macros."""
    return ActiveContentError(
        found,
        sentence=gettext_noop(
            "Tệp có chứa macro nên không được nhận. Hãy lưu lại thành “Excel Workbook (.xlsx)” không có macro."
        ),
    )


def _old_format(found: str) -> NotSpreadsheetError:
    return NotSpreadsheetError(
        f"an old or foreign format: {found}",
        sentence=gettext_noop(
            "Tệp ở định dạng bảng tính khác (.xls, .xlsb hoặc .ods). Hãy mở bằng Excel rồi lưu lại thành .xlsx."
        ),
    )
