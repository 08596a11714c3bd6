"""What is written in a file comes out as it was written: TXT to the letter, the others paragraph by paragraph."""

from __future__ import annotations

import unicodedata

import pytest

from congdoan.filetext import Kind, read_bytes, read_text
from congdoan.vntext.legacy import decode_tcvn3, decode_vni
from tests.filetext.files import WORD, docx, drawing_pdf, paragraph, pdf, table

SENTENCE = "Công đoàn tỉnh Lào Cai có 12.076 đoàn viên, tăng 3,5% so với cùng kỳ năm trước."

# TXT.


def test_a_text_file_is_taken_to_the_letter(tmp_path):
    text = (
        "Số:\u00a025- NQ/TW\r\n\r\n  Quyết định\t“về”\rviệc\n"
        + unicodedata.normalize("NFD", "Tỉnh ủy")
        + "\n\n"
    )
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    found = read_text(path)
    assert found.text == text
    assert found.text != unicodedata.normalize("NFC", text)
    assert (found.kind, found.pages, found.notes) == (Kind.TEXT, (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_is_read_without_composing_it(encoding):
    text = unicodedata.normalize("NFD", SENTENCE) + "\r\n"
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_markup_in_a_text_file_is_text():
    source = "<html><body>Công đoàn</body></html>\n"
    assert read_bytes(source.encode(), "a.txt").text == source
    assert read_bytes(source.encode(), "a.html").text == "Công đoàn"


def legacy(encoding: str) -> bytes:
    """The sentence in an encoding from before Unicode, found by trying every byte."""
    decode_as = {"tcvn3": decode_tcvn3, "vni": decode_vni}[encoding]
    known = {chr(code): bytes([code]) for code in range(0x20, 0x7F)}
    for code in range(0x80, 0x100):
        known.setdefault(decode_as(bytes([code])), bytes([code]))
        for letter in b"aeouyAEOUY\xf4\xf6\xd4\xd6":
            pair = bytes([letter, code])
            if len(letters := decode_as(pair)) == 1:
                known.setdefault(letters, pair)
    return b"".join(known[letter] for letter in unicodedata.normalize("NFC", SENTENCE))


@pytest.mark.parametrize(("encoding", "named"), [("tcvn3", "TCVN3 (ABC)"), ("vni", "VNI")])
def test_an_old_encoding_becomes_unicode_and_is_named(encoding, named):
    found = read_bytes(legacy(encoding), "a.txt")
    assert found.text == SENTENCE
    assert [note.params for note in found.notes] == [{"encoding": named}]
    assert named in found.notes[0].text


# HTML.


def test_of_a_page_only_what_is_seen_is_read():
    page = f"""<!DOCTYPE html><html><head><title>Tin</title><style>p {{ color: red }}</style></head><body>
    <!-- Quyết định 1/QĐ-UBND --><script>var a = "<p>2/QĐ-UBND</p>";</script>
    <p title="a > b">{SENTENCE[:20]}<b>{SENTENCE[20:]}</b></p><div>Số&nbsp;31&#8209;QĐ/TW<br>dòng   hai</div>
    <table><tr><td>Năm</td><th> 2018 </th></tr><tr><td></td><td>5 &lt; 6</td></tr></table></body></html>"""
    assert read_bytes(page.encode(), "a.html").text.split("\n") == [
        "Tin", SENTENCE, "Số\u00a031‑QĐ/TW", "dòng hai", "Năm\t2018", "\t5 < 6",
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_page_in_an_old_encoding_is_read(encoding):
    page = b"<html><body><p>" + legacy(encoding) + b"</p></body></html>"
    found = read_bytes(page, "a.htm")
    assert found.text == SENTENCE
    assert len(found.notes) == 1


# DOCX.


def test_a_document_is_read_paragraph_by_paragraph_with_tables_and_notes():
    row = [paragraph("Năm"), paragraph("2018")]
    body = paragraph("Một", " và hai") + table(row, [paragraph("a"), ""]) + paragraph("Cuối")
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote>{paragraph("Xem 05/NQ-ĐCT")}</w:footnote></w:footnotes>'
    )
    found = read_bytes(docx(body, footnotes=notes), "a.docx")
    assert found.text == "Một và hai\nNăm\t2018\na\t\nCuối\nXem 05/NQ-ĐCT"
    assert found.kind is Kind.DOCX


def test_a_letterhead_is_read_cell_after_cell():
    left = paragraph("LĐLĐ TỈNH") + paragraph("Số: 12/KH-LĐLĐ")
    right = paragraph("CỘNG HÒA") + paragraph("Độc lập")
    assert (
        read_bytes(docx(table([left, right])), "a.docx").text
        == "LĐLĐ TỈNH\nSố: 12/KH-LĐLĐ\nCỘNG HÒA\nĐộc lập"
    )


def test_breaks_tabs_and_hyphens_are_signs_and_tab_stops_are_not():
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>31</w:t><w:noBreakHyphen/><w:t>QĐ/TW</w:t>'
        '<w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type="page"/></w:r></w:p>'
    )
    assert read_bytes(docx(body), "a.docx").text == "31‑QĐ/TW\ta\nb"


def test_deleted_text_field_codes_and_doubles_are_not_read():
    box = f"<w:txbxContent>{paragraph('trong khung')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert read_bytes(docx(body), "a.docx").text == "giữ thêm\ntrong khung"


@pytest.mark.parametrize(("encoding", "named"), [("tcvn3", "TCVN3 (ABC)"), ("vni", "VNI")])
def test_a_document_in_an_old_font_becomes_unicode_and_what_is_unicode_stays(encoding, named):
    drawn = legacy(encoding).decode("cp1252")
    composed = unicodedata.normalize("NFD", SENTENCE)
    found = read_bytes(docx(paragraph(drawn) + paragraph(composed)), "a.docx")
    assert found.text == f"{SENTENCE}\n{composed}"
    assert [note.params for note in found.notes] == [{"encoding": named}]


def test_a_document_in_another_language_is_left_alone():
    french = "Le Congrès a décidé à l’unanimité de reconnaître l’été où tout a été réglé à Genève."
    found = read_bytes(docx(paragraph(french)), "a.docx")
    assert (found.text, found.notes) == (french, ())


# PDF.


def test_a_pdf_is_read_page_by_page_with_its_lines_joined():
    long = " ".join([SENTENCE] * 4)
    found = read_bytes(pdf(f"{long}\n\n{SENTENCE}\n#pagebreak()\nTrang hai: 217-QĐ/TW"), "a.pdf")
    assert found.text == f"{long}\n{SENTENCE}\nTrang hai: 217-QĐ/TW"
    assert [found.text[start : start + 9] for start in found.pages] == ["Công đoàn", "Trang hai"]
    assert (found.kind, found.notes) == (Kind.PDF, ())


def test_short_lines_of_a_pdf_stay_lines():
    found = read_bytes(pdf("Số: 12/KH-LĐLĐ \\\nLào Cai \\\n" + " ".join([SENTENCE] * 2)), "a.pdf")
    assert found.text.split("\n")[:2] == ["Số: 12/KH-LĐLĐ", "Lào Cai"]


def test_a_page_without_text_is_named():
    found = read_bytes(pdf(f"{SENTENCE}\n#pagebreak()\n#rect(width: 3cm)\n#pagebreak()\nHết"), "a.pdf")
    assert len(found.pages) == 3
    assert "2" in found.notes[0].text


def test_a_pdf_in_an_old_font_becomes_unicode_and_its_pages_move_along():
    drawn = legacy("vni")
    content = b"BT /F 4 Tf 10 150 Td (" + drawn.replace(b"(", b"") + b") Tj ET"
    found = read_bytes(drawing_pdf(content), "a.pdf")
    assert found.text == SENTENCE
    assert found.pages == (0,)
    assert [note.params for note in found.notes] == [{"encoding": "VNI"}]


def test_a_file_without_a_suffix_is_told_by_its_content():
    assert read_bytes(docx(paragraph("Một")), "tai-len").kind is Kind.DOCX
    assert read_bytes(pdf("Một"), "").kind is Kind.PDF
    assert read_bytes(b"<!doctype html><p>M", "a").kind is Kind.HTML
    assert read_bytes(b"Xin", "a").kind is Kind.TEXT
