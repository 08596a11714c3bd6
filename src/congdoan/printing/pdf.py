"""A document as PDF, typeset with Typst: tagged for screen readers (PDF/UA-1), fit for archives (PDF/A-2a).

The same document gives the same bytes: its fonts are our own and its time is the day of the document.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst

from congdoan.printing import codes, pictures, wording
from congdoan.printing.document import (
    Annex,
    Block,
    Chart,
    Document,
    FigureRow,
    FigureRun,
    Figures,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Text,
    Words,
    as_runs,
    closed,
)
from congdoan.printing.errors import PrintingError
from congdoan.printing.layout import CARRIED, DEFAULT, SIGNATURE_LEFT, Layout
from congdoan.printing.wording import capitals, printable

FOLDER = Path(__file__).resolve().parent
STANDARDS: list[Any] = ["ua-1", "a-2a"]
TALL_ROW = 900
"""Letters after which a row of figures may break over two pages."""


def write_pdf(document: Document, layout: Layout = DEFAULT) -> bytes:
    """Return the document as PDF.

    Raises ``PictureError`` for a picture that cannot be read, and ``PrintingError`` when Typst complains: what it
    warns of would be seen by the reader first.
    """
    files: dict[str, bytes] = {}
    data = _Composer(document, layout, files).data()
    with tempfile.TemporaryDirectory(prefix="congdoan-print-") as name:
        root = Path(name)
        main = root / "document.typ"
        main.write_bytes((FOLDER / "typst" / "document.typ").read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for file, content in files.items():
            (root / file).write_bytes(content)
        return typeset(main, standards=STANDARDS, day=document.letterhead.day)


@cache
def _fonts() -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER / "fonts")]
    )


def typeset(main: Path, *, standards: list[Any], day: dt.date) -> bytes:
    """Return ``main`` as PDF, made at midnight of ``day``. Raises ``PrintingError``."""
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(main),
            root=str(main.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=standards,
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise PrintingError(f"{main.name}: {error.message}") from error
    if warnings:
        raise PrintingError(f"{main.name}: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no bytes")
    return pdf


def picture_of(svg: str, ppi: int = 220) -> bytes:
    """Return a drawing as PNG, 165 mm wide, for readers that cannot draw. Raises ``PrintingError``."""
    source = f'#set page(width: 165mm, height: auto, margin: 0pt)\n#set text(font: "{CARRIED}")\n#image("chart.svg", width: 100%)'
    with tempfile.TemporaryDirectory(prefix="congdoan-print-") as name:
        main = Path(name) / "chart.typ"
        main.write_text(source, encoding="utf-8")
        main.with_name("chart.svg").write_text(svg, encoding="utf-8")
        try:
            png = typst.compile(
                str(main), root=name, font_paths=_fonts(), ignore_system_fonts=True, format="png", ppi=ppi
            )
        except typst.TypstError as error:
            raise PrintingError(f"a chart cannot be drawn: {error.message}") from error
    first = png[0] if isinstance(png, list) else png
    if not isinstance(first, bytes):
        raise TypeError("Typst gave no picture")
    return first


class _Composer:
    """Turns a document into what the template reads."""

    def __init__(self, document: Document, layout: Layout, files: dict[str, bytes]) -> None:
        self.document, self.layout, self.files = document, layout, files
        self._level = 0

    def data(self) -> dict[str, Any]:
        document, head = self.document, self.document.letterhead
        # The signs that end the body stand before the signature, so annexes are not closed.
        body = [self.block(block) for block in closed(document.body)]
        return {
            "sizes": asdict(self.layout),
            "signature_left": SIGNATURE_LEFT,
            "font": CARRIED,
            "title": printable(document.title),
            "author": printable(head.issuer),
            "day": [head.day.year, head.day.month, head.day.day],
            "nation": wording.NATION,
            "motto": wording.MOTTO,
            "superior": printable(capitals(head.superior)),
            "issuer": printable(capitals(head.issuer)),
            "number": printable(wording.number_line(document)),
            "place": printable(wording.place_line(document)),
            "kind": printable(capitals(document.kind)),
            "summary": printable(document.summary),
            "about": printable(wording.about_line(document)) if document.is_letter else "",
            "grounds": [printable(line) for line in wording.ground_lines(document)],
            "to": [printable(name) for name in document.to],
            "body": body,
            "recipients_title": wording.RECIPIENTS,
            "recipients": [printable(line) for line in wording.recipient_lines(document.recipients)],
            "signature": [printable(line) for line in wording.signature_lines(document.signature)],
            "signatory": printable(document.signature.name),
            "annexes": [self._annex(annex, number) for number, annex in enumerate(document.annexes, 1)],
        }

    def _annex(self, annex: Annex, number: int) -> dict[str, Any]:
        self._level = 1
        return {
            "number": wording.annex_number(number, len(self.document.annexes)),
            "title": printable(capitals(annex.title)),
            "reference": printable(wording.annex_reference(self.document)),
            "blocks": [self.block(block) for block in annex.blocks],
        }

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(level, text):
                # Screen readers, and so PDF/UA, want no level left out.
                self._level = min(level, self._level + 1)
                return {
                    "kind": "heading",
                    "level": self._level,
                    "capitals": level == 1,
                    "text": printable(text),
                }
            case Paragraph(words):
                return {"kind": "paragraph", "runs": self.runs(words)}
            case Quote(words):
                return {"kind": "quote", "runs": self.runs(words)}
            case Items(items, counted):
                return {"kind": "items", "counted": counted, "items": [self.runs(item) for item in items]}
            case Table():
                return self._table(block)
            case Chart(svg, alt, caption):
                return {"kind": "chart", "svg": svg, "alt": printable(alt), "caption": printable(caption)}
            case Picture(content, alt, caption):
                return self._picture(content, alt, caption)
            case Figures():
                return self._figures(block)

    def runs(self, words: Words) -> list[dict[str, Any]]:
        return [self._run(run) for run in as_runs(words)]

    def _run(self, run: Run) -> dict[str, Any]:
        entry = run.number if isinstance(run, FigureRun) and self.document.explains(run.number) else 0
        return {
            "text": printable(run.text),
            "bold": isinstance(run, (Text, FigureRun)) and run.bold,
            "italic": isinstance(run, Text) and run.italic,
            "address": "" if isinstance(run, Text) else self.document.absolute(run.address),
            "entry": entry,
        }

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": printable(table.caption),
            "header": [printable(name) for name in table.header],
            "widths": list(table.widths or [1.0] * len(table.header)),
            "numeric": sorted(table.numeric),
            "rows": [[self._cell(cell) for cell in row] for row in table.rows],
        }

    def _cell(self, cell: Words) -> str | dict[str, Any]:
        return printable(cell) if isinstance(cell, str) else {"runs": self.runs(cell)}

    def _picture(self, content: bytes, alt: str, caption: str) -> dict[str, Any]:
        picture = pictures.prepared(content)
        name = f"picture-{len(self.files)}.{picture.kind}"
        self.files[name] = picture.content
        return {
            "kind": "picture",
            "file": name,
            "width": pictures.share(picture),
            "alt": printable(alt),
            "caption": printable(caption),
        }

    def _figures(self, figures: Figures) -> dict[str, Any]:
        header = [*wording.FIGURE_COLUMNS, *([wording.CODE_COLUMN] if figures.codes else [])]
        return {
            "kind": "figures",
            "codes": figures.codes,
            "header": header,
            "widths": list(self.layout.figure_widths(codes=figures.codes)),
            "rows": [self._figure(row, codes_too=figures.codes) for row in figures.rows],
        }

    def _figure(self, row: FigureRow, *, codes_too: bool) -> dict[str, Any]:
        address = self.document.absolute(row.address)
        words = {name: printable(getattr(row, name)) for name in wording.FIGURE_FIELDS}
        has_code = codes_too and bool(address)
        code = {"code": codes.as_svg(address), "code_alt": wording.code_alt(row.number)} if has_code else {}
        fits = sum(map(len, words.values())) <= TALL_ROW
        return {"number": row.number, "address": address, "breakable": not fits, **words, **code}
