"""From bytes to text: tells the character encoding of a Vietnamese file, or refuses with a reason.

What is valid UTF-8 is taken as such and, in NFC, comes back exactly as it stands: line ends, no-break
spaces and all, because offsets count the code points of the text.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from congdoan.vntext.errors import EncodingError, gettext_noop
from congdoan.vntext.folding import nfc
from congdoan.vntext.languages import read_as_vietnamese
from congdoan.vntext.legacy import decode_cp1258, decode_tcvn3, decode_vni, is_plain_vietnamese

MAX_BYTES = 5 * 1024 * 1024

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word / Excel 97–2003"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_FOLDERS = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"opendocument.text", "ODT"))

# A byte that no text needs; ESC, BEL and the like. Tab, line ends, page break and DOS end of file may occur.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a")) + b"\x7f"
_TOLERATED_CONTROLS = 2
_HARMLESS = "\t\n\v\f\r\x1a\u00ad\u200b\u200c\u200d\u2060\ufeff"

_LEGACY: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("windows-1258", decode_cp1258),
    ("tcvn3", decode_tcvn3),
    ("vni", decode_vni),
)
_SAMPLE = 100_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]+)""", re.IGNORECASE)
# Scripts and comments are left: they tell nothing or the same, and looking for ends that never come takes for ever.
_TAG = re.compile(rb"<[^<>]*>")
_LEAST_SHARE = 0.75
_LEAST_MARGIN = 0.25
_LEAST_SYLLABLES = 2


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text read from bytes.

    ``encoding`` is utf-8, utf-16-le, utf-16-be, utf-32, windows-1258, tcvn3 or vni; ``had_bom`` says that a byte
    order mark was taken off; ``composed`` that the text was not in NFC and now is.
    """

    text: str
    encoding: str
    had_bom: bool = False
    composed: bool = False


def decode(data: bytes, *, max_bytes: int = MAX_BYTES) -> Decoded:
    """Read ``data`` as text in whichever encoding it is, composed to NFC.

    Raises ``EncodingError`` for a file that is empty, larger than ``max_bytes``, not a text, damaged, or in an
    encoding that cannot be told with certainty.
    """
    if len(data) > max_bytes:
        raise EncodingError(
            f"{len(data)} bytes, at most {max_bytes}",
            reason="too_large",
            sentence=gettext_noop(
                "Tệp nặng %(size)s MB, vượt giới hạn %(limit)s MB. Hãy tách thành nhiều tệp nhỏ hơn."
            ),
            size=_megabytes(len(data)),
            limit=_megabytes(max_bytes),
        )
    if not data.strip():
        raise _empty()
    if kind := _binary_kind(data):
        raise _binary(kind)
    decoded = _decode_unicode(data) or _decode_legacy(data)
    if not decoded.text.strip():
        raise _empty()
    return decoded


def decode_markup(data: bytes, *, max_bytes: int = MAX_BYTES) -> Decoded:
    """Decode HTML: its encoding is told by the words between the tags, and by the page's own word for it.

    Raises ``EncodingError`` as ``decode`` does.
    """
    try:
        return decode(data, max_bytes=max_bytes)
    except EncodingError as error:
        if error.reason != "unknown" or b"<" not in data:
            raise
        declared = _CHARSET.search(data[:4096])
        if declared and declared[1].lower() in (b"windows-1258", b"cp1258", b"x-cp1258"):
            text = decode_cp1258(data)
            if "\ufffd" not in text:
                return Decoded(text, "windows-1258")
        encoding = decode(_TAG.sub(b" ", data), max_bytes=max_bytes).encoding
        decode_as = dict(_LEGACY).get(encoding)
        if decode_as is None:
            raise
        return Decoded(decode_as(data), encoding)


def _decode_unicode(data: bytes) -> Decoded | None:
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data[3:], "utf-8", had_bom=True)
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _strict(data, "utf-32", had_bom=True)
    if data.startswith(b"\xff\xfe"):
        return _strict(data[2:], "utf-16-le", had_bom=True)
    if data.startswith(b"\xfe\xff"):
        return _strict(data[2:], "utf-16-be", had_bom=True)
    if b"\x00" in data:
        return _strict(data, _utf16_without_mark(data))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(_TOLERATED_CONTROLS, len(data) // 100):
        raise _binary()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _damaged("UTF-8", error.start) from None
        return None
    return _composed(text, "utf-8")


def _strict(data: bytes, encoding: str, *, had_bom: bool = False) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(encoding.upper(), error.start) from None
    if not _seems_prose(text[:_SAMPLE]):
        raise _binary()
    return _composed(text, encoding, had_bom=had_bom)


def _seems_prose(sample: str) -> bool:
    """Whether next to nothing is a control, private or unassigned character."""
    strange = sum(1 for char in sample if unicodedata.category(char)[0] == "C" and char not in _HARMLESS)
    return "\x00" not in sample and strange <= max(_TOLERATED_CONTROLS, len(sample) // 100)


def _composed(text: str, encoding: str, *, had_bom: bool = False) -> Decoded:
    if unicodedata.is_normalized("NFC", text):
        return Decoded(text, encoding, had_bom)
    return Decoded(nfc(text), encoding, had_bom, composed=True)


def _utf16_without_mark(data: bytes) -> str:
    """Which UTF-16 a text with NUL bytes is; refuses unless nearly all of it reads as Vietnamese or ASCII."""
    if len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            sample = nfc(data[: 2 * _SAMPLE].decode(encoding, errors="replace"))
            if sum(map(is_plain_vietnamese, sample)) >= 0.95 * len(sample):
                return encoding
    raise _binary()


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether all but a few bytes beyond ASCII stand in well-formed UTF-8 sequences."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if not char.isascii()) - broken
    return whole > 10 * broken


def _decode_legacy(data: bytes) -> Decoded:
    # Cut at a space, so that the sample does not end inside a letter of two bytes.
    sample = data if len(data) <= _SAMPLE else data[: data.rfind(b" ", 0, _SAMPLE) + 1 or _SAMPLE]
    readings = [(read_as_vietnamese(decode_as(sample)), name, decode_as) for name, decode_as in _LEGACY]
    readings.sort(key=lambda reading: reading[0].share, reverse=True)
    (best, name, decode_as), (second, _, _) = readings[:2]
    certain = (
        best.good >= _LEAST_SYLLABLES
        and best.share >= _LEAST_SHARE
        and best.share - second.share >= _LEAST_MARGIN
    )
    if not certain:
        raise EncodingError(
            f"no encoding fits: best {name} {best.share:.2f}, then {second.share:.2f}",
            reason="unknown",
            sentence=gettext_noop(
                "Không nhận ra bảng mã của tệp. Hãy mở tệp bằng chương trình đã soạn nó, lưu lại với bảng mã UTF-8 rồi thử lại."
            ),
        )
    return Decoded(decode_as(data), name)


def _binary_kind(data: bytes) -> str | None:
    """What a file that is no plain text seems to be, told by its first bytes."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return data[8:12].decode("ascii").strip()
    if data[4:8] == b"ftyp":
        return "MP4"
    if data.startswith(_ZIP):
        return next((kind for folder, kind in _OFFICE_FOLDERS if folder in data), "ZIP")
    return None


def _megabytes(size: int) -> str:
    """In MB with one decimal, rounded up so that a file over the limit never seems to be within it."""
    tenths = -(-size * 10 // (1024 * 1024))
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def _empty() -> EncodingError:
    return EncodingError(
        "no text",
        reason="empty",
        sentence=gettext_noop("Tệp trống, không có chữ nào để đọc. Hãy kiểm tra lại tệp đã chọn."),
    )


def _binary(kind: str | None = None) -> EncodingError:
    if kind is None:
        return EncodingError(
            "binary",
            reason="binary",
            sentence=gettext_noop(
                "Tệp này không phải là văn bản. Hãy chọn tệp văn bản (.txt) hoặc trang web đã lưu (.html)."
            ),
        )
    return EncodingError(
        f"binary: {kind}",
        reason="binary",
        sentence=gettext_noop(
            "Tệp này có vẻ là tệp %(kind)s, không phải văn bản thuần. Hãy lưu lại thành .txt (UTF-8) hoặc .html rồi thử lại."
        ),
        kind=kind,
    )


def _damaged(encoding: str, position: int) -> EncodingError:
    return EncodingError(
        f"damaged {encoding} at byte {position}",
        reason="damaged",
        sentence=gettext_noop(
            "Tệp dùng bảng mã %(encoding)s nhưng bị hỏng ở byte thứ %(position)s. Hãy lấy lại bản gốc hoặc lưu lại với bảng mã UTF-8."
        ),
        encoding=encoding,
        position=position + 1,
    )
