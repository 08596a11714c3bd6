"""Writing the encodings of old Vietnamese files, which Python itself cannot."""

from __future__ import annotations

import unicodedata

from congdoan.vntext.legacy import decode_tcvn3, decode_vni

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def to_tcvn3(text: str) -> bytes:
    """A capital with a tone becomes its small letter, as ABC fonts have it."""
    table = {decode_tcvn3(bytes([code])): code for code in range(255, 31, -1)}
    return bytes(
        table.get(char) or table.get(char.lower()) or ord(char) for char in unicodedata.normalize("NFC", text)
    )


def to_vni(text: str) -> bytes:
    """A letter is one byte or a letter with a byte for its marks."""
    table: dict[str, bytes] = {}
    for first in range(32, 256):
        table.setdefault(decode_vni(bytes([first])), bytes([first]))
    for first in [*b"AEIOUYaeiouy", *b"\xd4\xd6\xf4\xf6"]:
        for second in range(0xC0, 0x100):
            letter = decode_vni(bytes([first, second]))
            if len(letter) == 1 and letter != "\ufffd":
                table.setdefault(letter, bytes([first, second]))
    return b"".join(table.get(char) or char.encode("cp1252") for char in unicodedata.normalize("NFC", text))


def to_cp1258(text: str) -> bytes:
    """Letters keep breve, circumflex and horn; tones follow them."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        tone = [mark for mark in unicodedata.normalize("NFD", char) if mark in _TONES]
        base = "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in _TONES)
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            out += (unicodedata.normalize("NFC", base) + "".join(tone)).encode("cp1258")
    return bytes(out)
