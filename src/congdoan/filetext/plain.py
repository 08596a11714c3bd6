"""Text of a TXT or HTML file from its bytes: which encoding it is in, and nothing changed about it."""

from collections.abc import Callable

from congdoan.filetext.errors import FileTextError, Note
from congdoan.vntext.encodings import Decoded, decode, decode_markup
from congdoan.vntext.errors import EncodingError, gettext_noop

_MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
}
_NAMES = {"windows-1258": "Windows-1258", "tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_REASONS = {"unknown": "encoding"}


def read_plain(data: bytes) -> tuple[str, list[Note]]:
    """The text of a TXT file exactly as it stands, without its byte order mark: not composed, line ends untouched.

    Old encodings become Unicode, which a note tells. Raises ``FileTextError`` for what is no text.
    """
    decoded = _guarded(decode, data)
    return _as_it_stands(data, decoded), _converted(decoded)


def read_markup(data: bytes) -> tuple[str, list[Note]]:
    """The same for the source of an HTML page, whose encoding is told by the words between its tags."""
    decoded = _guarded(decode_markup, data)
    return _as_it_stands(data, decoded), _converted(decoded)


def _guarded(decode_as: Callable[..., Decoded], data: bytes) -> Decoded:
    try:
        return decode_as(data, max_bytes=len(data))
    except EncodingError as error:
        if error.reason == "binary":
            raise FileTextError(
                str(error),
                reason="binary",
                sentence=gettext_noop(
                    "Tệp này không phải là văn bản. Hãy chọn tệp .txt, .html, .docx hoặc .pdf."
                ),
            ) from error
        raise FileTextError(
            str(error),
            reason=_REASONS.get(error.reason, error.reason),
            sentence=error.sentence,
            **error.values,
        ) from error


def _as_it_stands(data: bytes, decoded: Decoded) -> str:
    if not decoded.composed:
        return decoded.text
    return data.removeprefix(_MARKS.get(decoded.encoding, b"")).decode(decoded.encoding)


def _converted(decoded: Decoded) -> list[Note]:
    name = _NAMES.get(decoded.encoding)
    return [converted_from(name)] if name else []


def converted_from(name: str) -> Note:
    """What a reader is told about text that was in an old Vietnamese encoding."""
    return Note(
        gettext_noop("Chữ trong tệp dùng bảng mã cũ %(encoding)s, đã được chuyển sang Unicode."),
        {"encoding": name},
    )
