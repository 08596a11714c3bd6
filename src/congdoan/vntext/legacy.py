"""Vietnamese character sets from before Unicode: TCVN3 (ABC fonts), VNI for Windows, Windows-1258.

TCVN3 gives each letter one byte and draws capitals with capital fonts. VNI writes a Latin letter followed
by a byte that draws the marks over it. Windows-1258 has letters and combining tones. Positions 80–9F
hold the quotes and dashes of Windows in all three.
"""

import re

from congdoan.vntext.folding import nfc
from congdoan.vntext.syllables import TONE_MARKS, VIETNAMESE_LETTERS

UNDEFINED = "\ufffd"

# Letters of TCVN 5712:1993 from A1 on; B0–B4 hold combining marks that ABC fonts never draw.
_TCVN3_LETTERS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xAF, "Ằ"),
    (0xB5, "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"),
)  # fmt: skip


def _tcvn3_table() -> list[str]:
    table = [bytes([code]).decode("cp1252", errors="replace") for code in range(0xA1)]
    table += [UNDEFINED] * (0x100 - 0xA1)
    for first, letters in _TCVN3_LETTERS:
        table[first : first + len(letters)] = letters
    return table


_TCVN3 = dict(enumerate(_tcvn3_table()))

_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\r\n]+")


def decode_tcvn3(data: bytes) -> str:
    """Read TCVN3 (ABC). Bytes without a letter become U+FFFD.

    A capital with a tone has the byte of its small letter; what stands among ASCII capitals only, as a word
    (CéNG) or a whole line without tags, is put back into capitals.
    """
    text = data.decode("latin-1").translate(_TCVN3)
    text = _LINE.sub(
        lambda line: line[0].upper() if "<" not in line[0] and _in_capitals(line[0]) else line[0], text
    )
    text = _WORD.sub(lambda word: word[0].upper() if _in_capitals(word[0]) else word[0], text)
    return nfc(_LINE.sub(lambda line: _lift_short_words(line[0]), text))


def _lift_short_words(line: str) -> str:
    """Put words such as Xã, Ở, Về into capitals where both neighbours are: CỘNG HÒA XÃ HỘI."""
    pieces = _WORD.split(line)
    found = _WORD.findall(line)
    lifted = list(found)
    for at in range(1, len(found) - 1):
        small = any("a" <= char <= "z" for char in found[at])
        beside = pieces[at].isspace() and pieces[at + 1].isspace()
        if beside and not small and _in_capitals(found[at - 1]) and _in_capitals(found[at + 1]):
            lifted[at] = found[at].upper()
    return "".join(gap + word for gap, word in zip(pieces, [*lifted, ""], strict=True))


def _in_capitals(text: str) -> bool:
    ascii_letters = [char for char in text if char.isascii() and char.isalpha()]
    # One capital alone may begin an ordinary word: "Về" is V with a small ề.
    return len(ascii_letters) >= 2 and all(char.isupper() for char in ascii_letters)


# What a VNI byte draws over the letter before it, in code points of Windows-1252.
_VNI_TONES = dict(zip("øûõùï", TONE_MARKS[1:], strict=True))
_VNI_CIRCUMFLEX = {"â": "", "à": TONE_MARKS[1], "å": TONE_MARKS[2], "ã": TONE_MARKS[3], "á": TONE_MARKS[4], "ä": TONE_MARKS[5]}  # fmt: skip
_VNI_BREVE = {"ê": "", "è": TONE_MARKS[1], "ú": TONE_MARKS[2], "ü": TONE_MARKS[3], "é": TONE_MARKS[4], "ë": TONE_MARKS[5]}  # fmt: skip
_VNI_SINGLE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    for vowel, letter in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        small |= {vowel + mark: nfc(letter + tone) for mark, tone in _VNI_TONES.items()}
    for vowel in "aeo":
        small |= {vowel + mark: nfc(vowel + "\u0302" + tone) for mark, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + mark: nfc("a\u0306" + tone) for mark, tone in _VNI_BREVE.items()}
    table = {}
    for drawn, letter in small.items():
        # Some fonts have the marks of capitals at the small positions, so the letter alone tells the case.
        table[drawn] = letter
        table[drawn[0] + drawn[1:].upper()] = letter
        table[drawn[0].upper() + drawn[1:]] = letter.upper()
        table[drawn.upper()] = letter.upper()
    return table


_VNI = _vni_table()
_VNI_PAIR_OR_SINGLE = re.compile(
    "|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)) + "|[\u00c0-\u00ff]"
)


def decode_vni(data: bytes) -> str:
    """Read VNI for Windows. A byte that draws a mark over nothing becomes U+FFFD."""
    text = data.decode("cp1252", errors="replace")
    return nfc(_VNI_PAIR_OR_SINGLE.sub(lambda drawn: _VNI.get(drawn[0], UNDEFINED), text))


def decode_cp1258(data: bytes) -> str:
    """Read Windows-1258, its combining tones composed. Undefined bytes become U+FFFD."""
    return nfc(data.decode("cp1258", errors="replace"))


def is_plain_vietnamese(char: str) -> bool:
    """A character that ordinary Vietnamese prose may hold: ASCII text, a Vietnamese letter, common signs."""
    if char.isascii():
        return char.isprintable() or char in "\t\n\r\f\v"
    return (
        char in VIETNAMESE_LETTERS
        or "\u2010" <= char <= "\u2026"
        or char in "\u00a0«»°²³\u0300\u0301\u0303\u0309\u0323"
    )
