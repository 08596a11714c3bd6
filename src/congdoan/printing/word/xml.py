"""Small pieces of WordprocessingML that python-docx has no words for. Lengths in millimetres, sizes in points."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
EMU = 36000
"""English metric units in a millimetre."""


def element(name: str, /, **attributes: object) -> Any:
    """Return ``<w:name w:key="value">``; names with their prefix, keys in the namespace of ``w``."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS)


def field(paragraph: Any, code: str) -> None:
    """Add a field such as PAGE, which the word processor fills in."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = element("w:instrText")
            instruction.text = code
            run._r.append(instruction)
        elif kind == "text":
            run.text = "2"
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Name a paragraph, so that links can lead to it."""
    start, end = element("w:bookmarkStart", id=number, name=name), element("w:bookmarkEnd", id=number)
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.append(end)


def table(columns: list[float], *, inset: float, lines: bool, caption: str = "") -> Any:
    """Return a table without rows: fixed columns in millimetres, an inset at the sides of cells, lines or none."""
    made = element("w:tbl")
    properties = element("w:tblPr")  # children in the order of the schema
    properties.append(element("w:tblW", w=sum(map(twips, columns)), type="dxa"))
    properties.append(element("w:tblInd", w=0, type="dxa"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single" if lines else "nil", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side, room in (
        ("top", 0.4 if lines else 0),
        ("left", inset),
        ("bottom", 0.4 if lines else 0),
        ("right", inset),
    ):
        margins.append(element(f"w:{side}", w=twips(room), type="dxa"))
    properties.append(margins)
    properties.append(element("w:tblLook", val="0620" if lines else "0600"))
    if caption:
        properties.append(element("w:tblCaption", val=caption))
    grid = element("w:tblGrid")
    for width in columns:
        grid.append(element("w:gridCol", w=twips(width)))
    made.extend((properties, grid))
    return made


def row(made: Any, columns: list[float], *, head: bool = False, whole: bool = True) -> list[Any]:
    """Add a row and return its cells, still without paragraphs. A ``whole`` row stays on one page."""
    line = element("w:tr")
    if head or whole:
        properties = element("w:trPr")
        properties.append(element("w:cantSplit"))
        if head:  # repeated on each page, and read out as names of the columns
            properties.append(element("w:tblHeader"))
        line.append(properties)
    cells = []
    for width in columns:
        cell, own = element("w:tc"), element("w:tcPr")
        own.append(element("w:tcW", w=twips(width), type="dxa"))
        cell.append(own)
        line.append(cell)
        cells.append(cell)
    made.append(line)
    return cells


def rule(length: float, room: float) -> list[Any]:
    """Return what makes an empty paragraph a line of ``length`` in the middle of ``room``, to follow its style."""
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=0, color="000000"))
    side = twips(max(0.0, (room - length) / 2))
    return [
        borders,
        element("w:spacing", before=30, after=0, line=40, lineRule="exact"),
        element("w:ind", left=side, right=side, firstLine=0),
    ]
