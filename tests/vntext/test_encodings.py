import codecs
import io
import unicodedata
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from congdoan.vntext import Decoded, EncodingError, decode
from congdoan.vntext.legacy import decode_cp1258, decode_tcvn3, decode_vni
from tests.vntext.strategies import SYLLABLES, TONED_LETTERS, long_texts

PROSE = "Công đoàn cơ sở tổ chức hội nghị người lao động, thực hiện quy chế dân chủ ở cơ sở: 12.076 buổi."

# Written down from the fonts, letter by letter, apart from the tables under test.
TCVN3 = dict(
    zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ",
        "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\u00ad®¡¢£¤¥¦§",
        strict=True,
    )
)
VNI = dict(
    zip(
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ",
        (  # noqa: SIM905 – reads as a table
            "aø aû aõ aù aï aè aú aü aé aë aà aå aã aá aä eø eû eõ eù eï eà eå eã eá eä ì æ ó í ò "
            "oø oû oõ où oï oà oå oã oá oä ôø ôû ôõ ôù ôï uø uû uõ uù uï öø öû öõ öù öï yø yû yõ yù î aê aâ eâ oâ ô ö ñ"
        ).split(),
        strict=True,
    )
)
VNI |= {letter.upper(): drawn.upper() for letter, drawn in VNI.items()}
CP1258_SHAPES = "ăâêôơưđĂÂÊÔƠƯĐ"


def encode_tcvn3(text):
    return "".join(TCVN3.get(char, char) for char in text).encode("latin-1")


def encode_vni(text):
    return "".join(VNI.get(char, char) for char in text).encode("cp1252")


def encode_cp1258(text):
    """Letters with their shape, tones as combining marks after them, as Windows writes."""
    out = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        shape = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        out += [shape, *tones]
    return "".join(out).encode("cp1258")


ENCODERS = {"tcvn3": encode_tcvn3, "vni": encode_vni, "windows-1258": encode_cp1258}
DECODERS = {"tcvn3": decode_tcvn3, "vni": decode_vni, "windows-1258": decode_cp1258}


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_valid_utf8_in_nfc_comes_back_exactly(text):
    text = unicodedata.normalize("NFC", text + " \r\n\u00a0\n")
    assert decode(text.encode()) == Decoded(text, "utf-8")


@given(long_texts)
def test_decomposed_utf8_comes_back_composed(text):
    decoded = decode(unicodedata.normalize("NFD", text).encode())
    assert (decoded.text, decoded.encoding) == (text, "utf-8")
    assert decoded.composed or text.isascii()


@pytest.mark.parametrize(
    ("bom", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_is_believed_and_taken_off(bom, codec, name):
    assert decode(bom + PROSE.encode(codec)) == Decoded(PROSE, name, had_bom=True)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@given(text=long_texts)
def test_utf16_is_known_without_its_mark(codec, text):
    assert decode(text.encode(codec)) == Decoded(text, codec)


def test_plain_ascii_is_utf8():
    assert decode(b"Cong doan Lao Cai\r\n").encoding == "utf-8"


@pytest.mark.parametrize("name", ENCODERS)
@given(text=long_texts)
@example(text=" ".join(SYLLABLES))
@example(text=PROSE)
def test_legacy_text_is_recognised_and_converted(name, text):
    decoded = decode(ENCODERS[name](text))
    assert (decoded.encoding, decoded.text) == (name, text)


@pytest.mark.parametrize("name", ENCODERS)
def test_every_letter_of_the_alphabet_is_converted(name):
    small = " ".join(TONED_LETTERS)
    assert DECODERS[name](ENCODERS[name](small)) == small
    capitals = " ".join(CP1258_SHAPES[7:] if name == "tcvn3" else TONED_LETTERS.upper())
    assert DECODERS[name](ENCODERS[name](capitals)) == capitals


def test_the_national_motto_is_read_from_both_fonts():
    motto = "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
    tcvn3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc"
    vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do - Haïnh phuùc"
    assert decode(tcvn3.encode("latin-1")) == Decoded(motto, "tcvn3")
    assert decode(vni.encode("cp1252")) == Decoded(motto, "vni")


def test_capitals_of_tcvn3_are_put_back_where_the_line_shows_them():
    lines = "CỘNG HÒA XÃ HỘI\nTỈNH LÀO CAI, ngày 7: Về việc LĐLĐ XÃ\nVề ở\n<P>Về ở</P>"
    small = "".join(char.lower() if char in TONED_LETTERS.upper()[:-7] else char for char in lines)
    assert small != lines
    assert decode_tcvn3(encode_tcvn3(small)) == lines.replace("LĐLĐ XÃ", "LĐLĐ Xã")


def test_vni_capitals_may_carry_small_marks():
    assert decode_vni("COäNG ÑOaØN".encode("cp1252")) == "CỘNG ĐOàN"


def office_file(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(folder + "document.xml", "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", "empty", "trống"),
        (b" \r\n\t", "empty", "trống"),
        (codecs.BOM_UTF8, "empty", "trống"),
        (codecs.BOM_UTF16_LE + "\u00a0\n".encode("utf-16-le"), "empty", "trống"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "binary", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "binary", "Word"),
        (b"{\\rtf1\\ansi C\\'f4ng}", "binary", "RTF"),
        (office_file("word/"), "binary", "DOCX"),
        (office_file("xl/"), "binary", "XLSX"),
        (office_file("other/"), "binary", "ZIP"),
        (b"text\x00with\x00zeros and more", "binary", "không phải là văn bản"),
        (PROSE.encode() + b"\x00", "binary", "không phải là văn bản"),
        (b"\x01\x02\x03\x04\x05\x06" * 9, "binary", "không phải là văn bản"),
        (codecs.BOM_UTF16_LE + b"a", "damaged", "UTF-16-LE"),
        ((PROSE * 3).encode()[:-1] + b"\xe1\xbb", "damaged", "UTF-8"),
        ("Où êtes-vous allés après l’été à l’école fermée?".encode("cp1252"), "unknown", "bảng mã"),
        (b"caf\xe9", "unknown", "bảng mã"),
        (b"c\xf4ng c\xf4ng c\xf4ng", "unknown", "bảng mã"),  # công in Windows-1258, cụng in TCVN3
        (bytes(range(0x20, 0x100)) * 4, "unknown", "bảng mã"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, reason, says):
    with pytest.raises(EncodingError) as refusal:
        decode(data)
    assert refusal.value.reason == reason
    assert says in refusal.value.user_message
    assert "%(" not in refusal.value.user_message


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    limit = 5 * 1024 * 1024
    assert decode(b"a" * limit).encoding == "utf-8"
    with pytest.raises(EncodingError) as refusal:
        decode(b"a" * (limit + 1))
    assert refusal.value.reason == "too_large"
    assert (
        refusal.value.user_message == "Tệp nặng 5,1 MB, vượt giới hạn 5 MB. Hãy tách thành nhiều tệp nhỏ hơn."
    )
    assert decode(b"a" * (limit + 1), max_bytes=limit + 1).text


def test_a_stray_control_character_does_not_condemn_a_text():
    assert decode(PROSE.encode() + b"\x07\x1a").text == PROSE + "\x07\x1a"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        decoded = decode(data)
    except EncodingError as refusal:
        assert refusal.user_message  # noqa: PT017 – either outcome is right
    else:
        assert unicodedata.is_normalized("NFC", decoded.text)


@pytest.mark.seed
def test_the_seed_page_survives_every_encoding(seed):
    raw = (seed / "page.txt").read_bytes()
    text = raw.decode()
    assert decode(raw) == Decoded(text, "utf-8")
    assert decode(unicodedata.normalize("NFD", text).encode()) == Decoded(text, "utf-8", composed=True)
    assert decode(text.encode("utf-16")).text == text
    printable = text.replace("−", "-").replace("»", ">")
    assert decode(encode_vni(printable)) == Decoded(printable, "vni")
    assert decode(encode_cp1258(printable)) == Decoded(printable, "windows-1258")


@pytest.mark.seed
def test_the_seed_page_is_read_from_tcvn3_as_abc_fonts_store_it(seed):
    text = (seed / "page.txt").read_text(encoding="utf-8")
    # ABC fonts hold no toned capitals, and the quotes of Windows in 80–9F.
    text = "".join(char.lower() if char in TONED_LETTERS.upper()[:-7] else char for char in text)
    quotes = {char: bytes([code]).decode("latin-1") for code in range(0x80, 0xA0) if (char := _cp1252(code))}
    data = encode_tcvn3("".join(quotes.get(char, char) for char in text.replace("»", ">")))
    assert decode(data) == Decoded(text.replace("»", ">"), "tcvn3")


def _cp1252(code):
    return bytes([code]).decode("cp1252", errors="ignore")
