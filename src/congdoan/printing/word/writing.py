"""From a document to the bytes of a DOCX."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from congdoan.printing import wording
from congdoan.printing.document import Document, Figures, closed
from congdoan.printing.layout import DEFAULT, PAGE_HEIGHT, PAGE_WIDTH, SIGNATURE_LEFT, Layout
from congdoan.printing.word import styles, xml
from congdoan.printing.word.blocks import Writer

MOTTO_WIDTH = 12.25
"""Width of the motto in bold letters, in sizes of the letter."""
CAPITAL, SMALL = 0.6, 0.47
"""Mean widths of bold letters, in sizes of the letter: good enough for lines of a third to a half of some words."""
POINT = 25.4 / 72
ADDRESSED_LEFT = 50
"""Millimetres before the names of several who are addressed."""
SIGNING_ROOM = 60
"""Points left for signature and seal."""


def write_docx(document: Document, layout: Layout = DEFAULT) -> bytes:
    """Return the document as DOCX. Raises ``PictureError``, and ``PrintingError`` for a chart that cannot be drawn."""
    made = docx.Document()
    body = made.element.body
    for node in list(body)[:-1]:  # the last one holds the properties of the section
        body.remove(node)
    styles.apply(made, layout)
    _set_page(made, layout)
    _set_ways(made)
    _set_properties(made, document)
    writer = Writer(made, document, layout)
    _letterhead(writer)
    _opening(writer)
    for block in closed(document.body):
        writer.block(block)
    _signature(writer)
    _annexes(writer)
    stream = io.BytesIO()
    made.save(stream)
    return _repacked(stream.getvalue(), document.letterhead.day)


def _set_page(made: Any, layout: Layout) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(layout.top), Mm(layout.bottom)
    section.left_margin, section.right_margin = Mm(layout.left), Mm(layout.right)
    section.header_distance, section.footer_distance = Mm(layout.top / 2), Mm(layout.bottom / 2)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    header = section.header
    header.is_linked_to_previous = False
    header.paragraphs[0].style = made.styles[styles.PAGE_NUMBER]
    xml.field(header.paragraphs[0], "PAGE")


def _set_ways(made: Any) -> None:
    """Let Word 2013 and later work as they do with their own documents, in Vietnamese."""
    package = made.part.package
    for number, relationship in list(package.rels.items()):
        if relationship.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of python-docx's empty page
            del package.rels[number]
    settings = made.settings.element
    for node in settings.iter(qn("w:compatSetting")):
        if node.get(qn("w:name")) == "compatibilityMode":
            node.set(qn("w:val"), "15")
    for name in ("w:proofState", "w:zoom"):
        for node in settings.findall(qn(name)):
            settings.remove(node)
    settings.find(qn("w:compat")).remove(settings.find(f"{qn('w:compat')}/{qn('w:useFELayout')}"))
    for name, key, value in (
        ("w:themeFontLang", "w:val", "vi-VN"),
        ("w:decimalSymbol", "w:val", ","),
        ("w:listSeparator", "w:val", ";"),
    ):
        settings.find(qn(name)).set(qn(key), value)


def _set_properties(made: Any, document: Document) -> None:
    day = document.letterhead.day
    properties = made.core_properties
    properties.title = wording.clean(document.title)[:255]
    properties.author = properties.last_modified_by = wording.clean(document.letterhead.issuer)[:255]
    properties.language, properties.comments, properties.revision = "vi-VN", "", 1
    properties.created = properties.modified = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _rule(writer: Writer, parent: Any, length: float, room: float) -> None:
    properties = writer.paragraph(parent, styles.RULE)._p.get_or_add_pPr()
    properties.extend(xml.rule(length, room))


def _letterhead(writer: Writer) -> None:
    document, layout = writer.document, writer.layout
    head = document.letterhead
    columns = [layout.head_left, layout.width - layout.head_left]
    table = xml.table(columns, inset=0, lines=False)
    left, right = xml.row(table, columns)
    if head.superior:
        writer.paragraph(left, styles.SUPERIOR, wording.capitals(head.superior))
    issuer = wording.capitals(head.issuer)
    writer.paragraph(left, styles.ISSUER, issuer)
    words = min(len(issuer) * CAPITAL * layout.issuer * POINT, columns[0] * 0.95)
    _rule(writer, left, words * layout.short_line, columns[0])
    writer.paragraph(right, styles.NATION, wording.NATION)
    writer.paragraph(right, styles.MOTTO, wording.MOTTO)
    _rule(writer, right, MOTTO_WIDTH * layout.motto * POINT, columns[1])
    left, right = xml.row(table, columns)
    writer.paragraph(left, styles.SYMBOL, wording.number_line(document))
    if document.is_letter:
        writer.paragraph(left, styles.ABOUT, wording.about_line(document))
    writer.paragraph(right, styles.PLACE, wording.place_line(document))
    writer.append(table)


def _opening(writer: Writer) -> None:
    document, layout = writer.document, writer.layout
    if not document.is_letter:
        writer.paragraph(None, "Title", wording.capitals(document.kind))
        summary = wording.clean(document.summary)
        paragraph = writer.paragraph(None, styles.SUMMARY, summary)
        words = len(summary) * SMALL * layout.summary * POINT
        lines = math.ceil(words / (layout.width * 0.85))
        if lines > 1:  # of about the same length
            words /= lines
            side = Mm(max(0.0, (layout.width - words * 1.15) / 2))
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        _rule(writer, None, words * layout.short_line, layout.width)
    writer.gap()
    if len(document.to) == 1:
        writer.paragraph(None, styles.ADDRESSED, f"{wording.ADDRESSED} {wording.clean(document.to[0])}")
    elif document.to:
        writer.paragraph(None, styles.ADDRESSED, wording.ADDRESSED)
        for paragraph in writer.items(document.to, counted=False):
            paragraph.paragraph_format.left_indent = Mm(ADDRESSED_LEFT)
    for line in wording.ground_lines(document):
        writer.paragraph(None, styles.GROUND, line)


def _signature(writer: Writer) -> None:
    document, layout = writer.document, writer.layout
    writer.keep_last_together()
    writer.gap(keeps=True)
    columns = [SIGNATURE_LEFT, layout.width - SIGNATURE_LEFT]
    table = xml.table(columns, inset=0, lines=False)
    left, right = xml.row(table, columns, whole=len(document.recipients.names) < 20)
    writer.paragraph(left, styles.RECIPIENTS_TITLE, wording.RECIPIENTS)
    for line in wording.recipient_lines(document.recipients):
        writer.paragraph(left, styles.RECIPIENT, line)
    for line in wording.signature_lines(document.signature):
        writer.paragraph(right, styles.SIGNATORY, line)
    name = writer.paragraph(right, styles.SIGNATORY, wording.clean(document.signature.name))
    name.paragraph_format.space_before = round(SIGNING_ROOM * 12700)
    writer.append(table)


def _annexes(writer: Writer) -> None:
    document, layout = writer.document, writer.layout
    for number, annex in enumerate(document.annexes, 1):
        first = writer.paragraph(
            None, styles.ANNEX_NUMBER, wording.annex_number(number, len(document.annexes))
        )
        first.paragraph_format.page_break_before = True
        writer.paragraph(None, styles.ANNEX_TITLE, wording.capitals(annex.title))
        writer.paragraph(None, styles.ANNEX_REFERENCE, wording.annex_reference(document))
        _rule(writer, None, layout.width * 0.9 * layout.short_line, layout.width)
        writer.gap()
        for block in annex.blocks:
            writer.block(block)
        if annex.blocks and isinstance(annex.blocks[-1], Figures):
            writer.gap()


def _repacked(content: bytes, day: dt.date) -> bytes:
    """Return the same package with the day of the document on every part: equal documents, equal bytes."""
    stream = io.BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)  # a ZIP knows no earlier year
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in given.namelist():
            part = zipfile.ZipInfo(name, moment)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            packed.writestr(part, given.read(name))
    return stream.getvalue()
