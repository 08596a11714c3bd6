"""Blocks of a document as paragraphs and tables of WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from congdoan.printing import codes, pictures, wording
from congdoan.printing.document import (
    Block,
    Chart,
    Document,
    FigureRow,
    FigureRun,
    Figures,
    Heading,
    Items,
    Link,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Text,
    Words,
    as_runs,
)
from congdoan.printing.layout import Layout
from congdoan.printing.pdf import picture_of
from congdoan.printing.word import drawings, styles, xml
from congdoan.printing.wording import clean

INSET = 1.2
"""Millimetres at the sides of a cell."""


class Writer:
    """Adds blocks to a word-processor document, in order."""

    def __init__(self, made: Any, document: Document, layout: Layout) -> None:
        self.made, self.document, self.layout = made, document, layout
        self._body = made.element.body
        self._ids = {style.name: style.style_id for style in made.styles}
        self._numbers = {"pictures": 0, "bookmarks": 0}
        self._links: dict[str, str] = {}
        self._lists = _Lists(made, layout)

    def append(self, node: Any) -> None:
        """Add an element at the end of the body."""
        self._body.insert(len(self._body) - 1, node)

    def paragraph(self, parent: Any, style: str, words: Words = ()) -> WordParagraph:
        """Add a paragraph to a cell, or to the body when ``parent`` is None."""
        node = xml.element("w:p")
        properties = xml.element("w:pPr")
        properties.append(xml.element("w:pStyle", val=self._ids[style]))
        node.append(properties)
        if parent is None:
            self.append(node)
        else:
            parent.append(node)
        paragraph = WordParagraph(node, self.made._body)
        for run in as_runs(words):
            self._run(paragraph, run)
        return paragraph

    def gap(self, *, keeps: bool = False) -> None:
        """Add an empty line: between two tables there must be one."""
        paragraph = self.paragraph(None, "Normal")
        paragraph.paragraph_format.keep_with_next = keeps or None

    def keep_last_together(self) -> None:
        """Keep the last paragraph of the body with what follows, so that no signature stands alone on its page."""
        last = self._body[-2] if len(self._body) > 1 else None
        if last is not None and last.tag == qn("w:p"):
            WordParagraph(last, self.made._body).paragraph_format.keep_with_next = True

    def block(self, block: Block) -> None:
        """Add one block."""
        match block:
            case Heading(level, text):
                self.paragraph(None, f"Heading {level}", clean(text))
            case Paragraph(words):
                self.paragraph(None, styles.BODY, words)
            case Quote(words):
                self.paragraph(None, "Quote", words)
            case Items(items, counted):
                self.items(items, counted=counted)
            case Table():
                self._table(block)
            case Chart(svg, alt, caption):
                self._image(caption, self._drawing(svg, alt))
            case Picture(content, alt, caption):
                self._image(caption, self._photo(content, alt))
            case Figures():
                self._figures(block)

    def items(self, items: Sequence[Words], *, counted: bool) -> list[WordParagraph]:
        """Add a list and return its paragraphs; a counted one begins at 1."""
        added = []
        number = self._lists.counted() if counted else self._lists.dashed
        for item in items:
            paragraph = self.paragraph(None, "List Number" if counted else "List Bullet", item)
            properties = xml.element("w:numPr")
            properties.append(xml.element("w:ilvl", val=0))
            properties.append(xml.element("w:numId", val=number))
            paragraph._p.get_or_add_pPr().append(properties)
            added.append(paragraph)
        return added

    def _run(self, paragraph: WordParagraph, run: Run) -> None:
        match run:
            case Text(text, bold, italic):
                made = paragraph.add_run(clean(text))
                made.bold, made.italic = bold or None, italic or None
            case Link(text, address):
                self._link(paragraph, text, address=address)
            case FigureRun(text, number, address, bold):
                self._named(paragraph, text, address=address, bold=bold)
                if self.document.explains(number):
                    self._link(paragraph, f"[{number}]", anchor=_anchor(number))

    def _named(self, paragraph: WordParagraph, text: str, *, address: str, bold: bool) -> None:
        """Write a figure, or the name of one: with its address where it was published."""
        if address:
            self._link(paragraph, text, address=address, bold=bold)
        else:
            paragraph.add_run(clean(text)).bold = bold or None

    def _link(
        self, paragraph: WordParagraph, text: str, *, address: str = "", anchor: str = "", bold: bool = False
    ) -> None:
        node = xml.element("w:hyperlink")
        if anchor:
            node.set(qn("w:anchor"), anchor)
        else:
            node.set(qn("r:id"), self._target(self.document.absolute(address)))
        node.set(qn("w:history"), "1")
        made = WordRun(xml.element("w:r"), paragraph)
        made.text = clean(text)
        look = self._ids[styles.FIGURE_MARK if anchor else styles.FIGURE_LINK]
        made._r.get_or_add_rPr().insert(0, xml.element("w:rStyle", val=look))
        made.bold = bold or None
        node.append(made._r)
        paragraph._p.append(node)

    def _target(self, address: str) -> str:
        if address not in self._links:
            self._links[address] = self.made.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._links[address]

    def _next(self, what: str) -> int:
        self._numbers[what] += 1
        return self._numbers[what]

    def _table(self, table: Table) -> None:
        if table.caption:
            self.paragraph(None, "Caption", clean(table.caption))
        shares = table.widths or (1.0,) * len(table.header)
        columns = [self.layout.width * share / sum(shares) for share in shares]
        made = xml.table(columns, inset=INSET, lines=True, caption=clean(table.caption))
        for cell, name in zip(xml.row(made, columns, head=True), table.header, strict=True):
            self.paragraph(cell, styles.TABLE_HEAD, name)
        looks = [
            styles.TABLE_NUMBER if at in table.numeric else styles.TABLE_TEXT for at in range(len(columns))
        ]
        for row in table.rows:
            for cell, words, look in zip(xml.row(made, columns), row, looks, strict=True):
                self.paragraph(cell, look, words)
        self.append(made)
        self.gap()

    def _figures(self, figures: Figures) -> None:
        columns = list(self.layout.figure_widths(codes=figures.codes))
        header = [*wording.FIGURE_COLUMNS, *([wording.CODE_COLUMN] if figures.codes else [])]
        made = xml.table(columns, inset=1, lines=True)
        for cell, name in zip(xml.row(made, columns, head=True), header, strict=True):
            self.paragraph(cell, styles.FIGURE_HEAD, name)
        for row in figures.rows:
            self._figure(xml.row(made, columns), row, has_code=figures.codes)
        self.append(made)
        self.gap()

    def _figure(self, cells: list[Any], row: FigureRow, *, has_code: bool) -> None:
        number = self.paragraph(cells[0], styles.FIGURE_TEXT, str(row.number))
        xml.bookmark(number, self._next("bookmarks"), _anchor(row.number))
        name = self.paragraph(cells[1], styles.FIGURE_TEXT)
        self._named(name, row.name, address=row.address, bold=True)
        if row.definition:
            self.paragraph(cells[1], styles.FIGURE_TEXT, row.definition)
        self.paragraph(cells[2], styles.FIGURE_NUMBER, row.value)
        self.paragraph(cells[3], styles.FIGURE_NUMBER, row.coverage)
        self.paragraph(cells[4], styles.FIGURE_TEXT, row.window)
        self.paragraph(cells[5], styles.FIGURE_TEXT, row.source)
        place = self.paragraph(cells[6], styles.FIGURE_HEAD) if has_code else None
        if place is not None and row.address:
            drawings.add(
                place,
                codes.as_png(self.document.absolute(row.address)),
                width=self.layout.code,
                alt=wording.code_alt(row.number),
                number=self._next("pictures"),
            )

    def _image(self, caption: str, paragraph: WordParagraph) -> None:
        if caption:
            paragraph.paragraph_format.keep_with_next = True
            below = self.paragraph(None, "Caption", clean(caption))
            below.paragraph_format.keep_with_next = False

    def _drawing(self, svg: str, alt: str) -> WordParagraph:
        paragraph = self.paragraph(None, styles.IMAGE)
        drawings.add_svg(
            paragraph,
            svg,
            picture_of(svg),
            width=self.layout.width,
            alt=clean(alt),
            number=self._next("pictures"),
        )
        return paragraph

    def _photo(self, content: bytes, alt: str) -> WordParagraph:
        picture = pictures.prepared(content)
        paragraph = self.paragraph(None, styles.IMAGE)
        width = self.layout.width * pictures.share(picture)
        drawings.add(paragraph, picture.content, width=width, alt=clean(alt), number=self._next("pictures"))
        return paragraph


def _anchor(number: int) -> str:
    return f"so_{number}"


class _Lists:
    """Numbering of lists: one way with dashes, and one that begins at 1 again for each counted list."""

    def __init__(self, made: Any, layout: Layout) -> None:
        self._root = made.part.numbering_part.element
        known = [int(node.get(qn("w:abstractNumId"))) for node in self._root.findall(qn("w:abstractNum"))]
        self._next = (
            max((int(node.get(qn("w:numId"))) for node in self._root.findall(qn("w:num"))), default=0) + 1
        )
        first = max(known, default=0) + 1
        dashes, self._digits = _way(first, "bullet", "-", layout), _way(first + 1, "decimal", "%1.", layout)
        place = len(known)  # all ways stand before all numbers
        self._root.insert(place, dashes)
        self._root.insert(place + 1, self._digits)
        self._counted_way = first + 1
        self.dashed = self._number(first)

    def counted(self) -> int:
        """Return a new number, so that its list begins at 1."""
        return self._number(self._counted_way, starts=True)

    def _number(self, way: int, *, starts: bool = False) -> int:
        made = xml.element("w:num", numId=self._next)
        made.append(xml.element("w:abstractNumId", val=way))
        if starts:
            over = xml.element("w:lvlOverride", ilvl=0)
            over.append(xml.element("w:startOverride", val=1))
            made.append(over)
        self._root.append(made)
        self._next += 1
        return self._next - 1


def _way(number: int, kind: str, text: str, layout: Layout) -> Any:
    made = xml.element("w:abstractNum", abstractNumId=number)
    made.append(xml.element("w:multiLevelType", val="singleLevel"))
    level = xml.element("w:lvl", ilvl=0)
    for name, value in (("w:start", 1), ("w:numFmt", kind), ("w:lvlText", text), ("w:lvlJc", "left")):
        level.append(xml.element(name, val=value))
    properties = xml.element("w:pPr")
    left = xml.twips(layout.indent + 6)
    properties.append(xml.element("w:ind", left=left, hanging=xml.twips(6)))
    level.append(properties)
    made.append(level)
    return made
