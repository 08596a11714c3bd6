"""Pictures inside a DOCX: always with words for those who do not see them; drawings as SVG with a PNG for old readers."""

from __future__ import annotations

import io
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from congdoan.printing.word.xml import EMU

SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def add(paragraph: Paragraph, content: bytes, *, width: float, alt: str, number: int) -> Any:
    """Put a picture into a paragraph, ``width`` millimetres wide; return its element."""
    inline = paragraph.add_run().add_picture(io.BytesIO(content), width=round(width * EMU))._inline
    for side in ("T", "B", "L", "R"):
        inline.set(f"dist{side}", "0")  # where it is not said, some readers keep 3 mm
    inline.docPr.set("id", str(number))
    inline.docPr.set("name", f"Hình {number}")
    inline.docPr.set("descr", alt)
    return inline


def add_svg(paragraph: Paragraph, svg: str, picture: bytes, *, width: float, alt: str, number: int) -> None:
    """Put a drawing into a paragraph: SVG for Word 2016 and later, ``picture`` (PNG) for all others."""
    inline = add(paragraph, picture, width=width, alt=alt, number=number)
    package = paragraph.part.package
    part = Part(PackURI(f"/word/media/drawing{number}.svg"), "image/svg+xml", svg.encode(), package)
    target = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = inline.find(f".//{qn('a:blip')}")
    blip.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" r:embed="{target}"/></a:ext>'
            "</a:extLst>"
        )
    )
