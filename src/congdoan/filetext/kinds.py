"""What kind of file it is, told by its name and its first bytes, before any of it is read."""

from enum import Enum
from pathlib import PurePath

from congdoan.filetext.errors import FileTextError, encrypted, macros, unsupported
from congdoan.vntext.errors import gettext_noop

HEAD = 4096
"""How many bytes from the start tell the kind."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# The header of a PDF may stand anywhere in the first kilobyte; what comes before it is rubbish of a mail or a server.
_PDF_WITHIN = 1024


class Kind(Enum):
    """The four kinds of file that are read; the value is the usual suffix without its dot."""

    TEXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".docx": Kind.DOCX,
    ".pdf": Kind.PDF,
}


def kind_of(data: bytes, name: str) -> Kind:
    """Tell the kind of ``data``, a file called ``name`` (without a suffix its content alone decides).

    Raises ``FileTextError`` for any other kind, and when name and content contradict each other: somebody who sees
    .txt must not get what a PDF holds.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in (".docm", ".dotm"):
        raise macros(suffix)
    found = _by_content(data, suffix)
    wanted = _BY_SUFFIX.get(suffix)
    if wanted is None and suffix:
        raise unsupported(f"suffix {suffix}")
    if found is None:
        found = wanted if wanted in (Kind.TEXT, Kind.HTML) else None
    elif found is Kind.HTML and wanted is Kind.TEXT:
        # Markup may be what a text is about.
        found = Kind.TEXT
    if found is None and wanted is None:
        return Kind.TEXT
    if found is None or wanted not in (None, found):
        assert wanted is not None  # noqa: S101  # without a wanted kind both branches above have answered
        raise _wrong_name(wanted, found)
    return found


def _by_content(data: bytes, suffix: str) -> Kind | None:
    """The kind that first bytes prove; ``None`` for what may be any text."""
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise encrypted("an encrypted package in an OLE container")
        raise FileTextError(
            "OLE container",
            reason="unsupported",
            sentence=gettext_noop(
                "Tệp ở định dạng Word cũ (.doc). Hãy mở bằng Word, chọn “Lưu thành” .docx rồi thử lại."
            ),
        )
    if data.startswith(b"{\\rtf"):
        raise FileTextError(
            "RTF",
            reason="unsupported",
            sentence=gettext_noop("Tệp ở định dạng RTF. Hãy mở bằng Word, lưu lại thành .docx rồi thử lại."),
        )
    if data.startswith(_ZIP):
        if suffix not in (".docx", ""):
            return Kind.DOCX if b"word/" in data else None
        return Kind.DOCX
    if b"%PDF-" in data[:_PDF_WITHIN] and (data.startswith(b"%PDF-") or suffix == ".pdf"):
        return Kind.PDF
    start = data[:HEAD].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or b"<html" in start:
        return Kind.HTML
    return None


def _wrong_name(wanted: Kind, found: Kind | None) -> FileTextError:
    if found is None:
        return FileTextError(
            f"named {wanted.value}, but is not",
            reason="wrong_name",
            sentence=gettext_noop(
                "Tệp có đuôi .%(suffix)s nhưng nội dung không phải vậy. Hãy mở tệp bằng chương trình đã soạn nó rồi lưu lại cho đúng định dạng."
            ),
            suffix=wanted.value,
        )
    return FileTextError(
        f"named {wanted.value}, but is {found.value}",
        reason="wrong_name",
        sentence=gettext_noop(
            "Tệp có đuôi .%(suffix)s nhưng nội dung là %(kind)s. Hãy đổi đuôi tệp thành .%(right)s rồi thử lại."
        ),
        suffix=wanted.value,
        kind=found.name if found is not Kind.TEXT else "TXT",
        right=found.value,
    )
