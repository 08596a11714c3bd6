"""Files that are no text, or that somebody made to do harm, are refused with a reason, soon, and never in another way."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan.filetext import FileTextError, read_bytes, read_text
from congdoan.filetext import pdf as pdf_reading
from tests.filetext.files import (
    WORD,
    docx,
    drawing_pdf,
    locked_pdf,
    pages_pdf,
    paragraph,
    parts,
    pdf,
    table,
    zipped,
)

PLAIN = paragraph("Công đoàn")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(data: bytes, name: str, reason: str, said: str = "") -> FileTextError:
    """Assert that the file is refused for this reason, soon, in a sentence."""
    began = time.monotonic()
    with pytest.raises(FileTextError) as caught:
        read_bytes(data, name)
    assert time.monotonic() - began < 10
    assert caught.value.reason == reason, caught.value
    assert said in caught.value.user_message
    assert "%(" not in caught.value.user_message
    return caught.value


def test_the_plain_document_that_the_others_are_made_from_is_read():
    assert read_bytes(docx(PLAIN), "a.docx").text == "Công đoàn"


# Size and kind.


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
    with pytest.raises(FileTextError) as caught:
        read_text(path)
    assert caught.value.reason == "too_large"
    assert "100 MB" in caught.value.user_message
    assert "20 MB" in caught.value.user_message


def test_the_limit_is_what_the_caller_says(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Công đoàn cơ sở", encoding="utf-8")
    assert read_text(path, limit=100).text
    with pytest.raises(FileTextError):
        read_text(path, limit=10)


def test_a_page_may_be_smaller_than_other_files():
    refused(b"<html>" + b"<p>a" * 1_500_000, "a.html", "too_large", "5 MB")
    assert read_bytes(b"<html>" + b"<p>a" * 1_500_000, "a.txt").text


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", " \n".encode("utf-16")])
def test_a_file_without_a_letter_is_empty(data):
    refused(data, "a.txt", "empty")


@pytest.mark.parametrize(
    ("data", "name", "reason", "said"),
    [
        (docx(PLAIN), "a.pdf", "wrong_name", "DOCX"),
        (docx(PLAIN), "a.txt", "wrong_name", ".docx"),
        (b"%PDF-1.7\n", "a.docx", "wrong_name", "PDF"),
        (b"%PDF-1.7\n", "a.txt", "wrong_name", "PDF"),
        ("Công đoàn".encode(), "a.docx", "wrong_name", ".docx"),
        ("Công đoàn".encode(), "a.pdf", "wrong_name", ".pdf"),
        (b"<html><p>A</p></html>", "a.docx", "wrong_name", "HTML"),
        (b"{\\rtf1 A}", "a.rtf", "unsupported", "RTF"),
        (OLE + bytes(600), "a.doc", "unsupported", ".docx"),
        (b"a,b", "a.csv", "unsupported", ".docx"),
        (
            zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}),
            "a.docx",
            "unsupported",
            ".docx",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.txt", "binary", ""),
        (bytes(range(256)) * 9, "a.txt", "binary", ""),
        ("Công đoàn ".encode() * 99 + b"\xff", "a.txt", "damaged", "UTF-8"),
        (random.Random(1).randbytes(900).translate(None, bytes(range(32))), "a.txt", "encoding", "UTF-8"),
    ],
)
def test_what_it_is_not_is_said(data, name, reason, said):
    refused(data, name, reason, said)


# Locked, active.


def test_a_locked_document_is_told_apart_from_an_old_one():
    refused(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted", "mật khẩu")
    data = bytearray(docx(PLAIN))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    refused(bytes(data), "a.docx", "encrypted")


def test_a_locked_pdf_is_refused():
    refused(locked_pdf(), "a.pdf", "encrypted", "mật khẩu")


def test_macros_are_refused_by_name_part_and_declaration():
    refused(docx(PLAIN), "a.docm", "macros")
    refused(zipped(parts(PLAIN) | {"word/vbaProject.bin": b"x"}), "a.docx", "macros", "macro")
    declared = parts(PLAIN)
    types = str(declared["[Content_Types].xml"])
    declared["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    refused(zipped(declared), "a.docx", "macros")


# Traps.


def test_a_document_that_swells_is_refused():
    refused(docx(paragraph("a" * 60 * 2**20)), "a.docx", "swells")
    refused(zipped(parts(PLAIN) | {"word/media/a.bin": bytes(20 * 2**20)}), "a.docx", "swells")
    refused(zipped(parts(PLAIN) | {f"word/{at}": "" for at in range(5_001)}), "a.docx", "swells")


def test_a_part_that_lies_about_its_size_is_refused():
    data = docx(paragraph("a" * 1_000_000))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = struct.pack("<I", archive.getinfo("word/document.xml").file_size)
    with pytest.raises(FileTextError):
        read_bytes(data.replace(size, struct.pack("<I", 500)), "a.docx")


def test_entities_are_refused_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật", encoding="utf-8")
    for declaration in (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
    ):
        xml = f'{declaration}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
        refused(zipped(parts(PLAIN) | {"word/document.xml": xml}), "a.docx", "damaged")


def test_deep_nesting_and_endless_tags_are_refused():
    refused(docx("<w:sdt>" * 9_000 + "</w:sdt>" * 9_000), "a.docx", "damaged")
    refused(docx(f'<w:p w:x="{"a" * 1_000_000}"/>'), "a.docx", "damaged")


def test_a_long_document_is_read_in_seconds():
    body = table(*[[paragraph(f"dòng {at}"), paragraph("số liệu")] for at in range(20_000)])
    began = time.monotonic()
    assert read_bytes(docx(body), "a.docx").text.count("\n") == 19_999
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "piece",
    [
        "<p>",
        "<!--",
        "<script>",
        "<a '",
        '<a "> ',
        "<",
        "</",
        "<![CDATA[",
        "&amp;",
        "&#",
        "<td>",
        "<pre>",
        "<b ",
        "<svg></",
    ],
)
def test_a_hostile_page_costs_no_more_than_its_length(piece):
    began = time.monotonic()
    page = "<html><p>Công đoàn" + piece * (2_000_000 // len(piece))
    assert "Công đoàn" in read_bytes(page.encode(), "a.html").text
    assert time.monotonic() - began < 6


# PDF.


def test_a_pdf_of_pictures_is_refused_with_the_remedy():
    refused(pdf("#rect(width: 3cm)"), "a.pdf", "no_text", "OCR")


def test_a_pdf_of_too_many_pages_is_refused():
    refused(pages_pdf(2_001), "a.pdf", "too_many_pages", "2.001")
    refused(pages_pdf(2_000), "a.pdf", "no_text")


def test_a_cut_pdf_is_damaged_or_read():
    whole = pdf("Công đoàn")
    refused(whole[:40], "a.pdf", "damaged", "PDF")
    refused(b"%PDF-1.7\n", "a.pdf", "damaged")


def test_a_pdf_that_draws_itself_ends():
    with pytest.raises(FileTextError):
        read_bytes(drawing_pdf(b"/A Do " * 200), "a.pdf")


def test_a_reader_of_pdf_that_runs_too_long_is_stopped(monkeypatch, tmp_path):
    program = tmp_path / "slow.py"
    program.write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(pdf_reading, "_PROGRAM", program)
    monkeypatch.setattr(pdf_reading, "SECONDS", -4)
    refused(pdf("Công đoàn"), "a.pdf", "too_slow")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("print('rubbish')", "damaged"),
        ("import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass", "too_slow"),
    ],
)
def test_a_crash_of_the_pdf_reader_is_a_refusal(monkeypatch, tmp_path, program, reason):
    path = tmp_path / "program.py"
    path.write_text(program, encoding="utf-8")
    monkeypatch.setattr(pdf_reading, "_PROGRAM", path)
    refused(pdf("Công đoàn"), "a.pdf", reason)


# Whatever happened to a file on its way.

DOCX = docx(
    PLAIN * 3 + table([PLAIN, PLAIN]), footnotes=f'<w:footnotes xmlns:w="{WORD}">{PLAIN}</w:footnotes>'
)
FLIPS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=12)


def spoilt(data: bytes, flips: list[tuple[float, int]]) -> bytes:
    """The file with some of its bytes changed."""
    changed = bytearray(data)
    for place, value in flips:
        changed[int(place * len(changed))] ^= value
    return bytes(changed)


def text_or_refusal(data: bytes, name: str) -> None:
    """Assert that reading ends soon, with text or with a refusal."""
    began = time.monotonic()
    try:
        text = read_bytes(data, name).text
    except FileTextError as error:
        text = error.user_message
    assert text.strip()
    assert time.monotonic() - began < 10


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FLIPS, st.sampled_from(["a.docx", ""]))
def test_a_spoilt_document_is_text_or_a_refusal(flips, name):
    text_or_refusal(spoilt(DOCX, flips), name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FLIPS)
def test_a_spoilt_pdf_is_text_or_a_refusal(flips):
    text_or_refusal(spoilt(pdf("Công đoàn cơ sở có 120 đoàn viên."), flips), "a.pdf")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", ""]))
def test_any_bytes_are_text_or_a_refusal(data, name):
    if not (name == "" and data.startswith(b"%PDF-")):
        text_or_refusal(data, name)
