"""The named styles of a document. Built-in ones keep their names, so that Word's own tools know headings and captions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from congdoan.printing.layout import LINE_OF_FORM, Layout
from congdoan.printing.word.xml import element, twips
from congdoan.vntext.folding import fold

NATION = "Quốc hiệu"
MOTTO = "Tiêu ngữ"
SUPERIOR = "Cơ quan cấp trên"
ISSUER = "Cơ quan ban hành"
SYMBOL = "Số và ký hiệu"
ABOUT = "Trích yếu công văn"
PLACE = "Địa danh và thời gian"
SUMMARY = "Trích yếu"
GROUND = "Căn cứ"
ADDRESSED = "Kính gửi"
SIGNATORY = "Người ký"
RECIPIENTS_TITLE = "Nơi nhận"
RECIPIENT = "Danh sách nơi nhận"
ANNEX_NUMBER = "Phụ lục"
ANNEX_TITLE = "Tên phụ lục"
ANNEX_REFERENCE = "Kèm theo"
RULE = "Đường kẻ"
TABLE_HEAD = "Đầu bảng"
TABLE_TEXT = "Chữ trong bảng"
TABLE_NUMBER = "Số trong bảng"
FIGURE_HEAD = "Đầu bảng số liệu"
FIGURE_TEXT = "Chữ bảng số liệu"
FIGURE_NUMBER = "Số bảng số liệu"
IMAGE = "Hình"
PAGE_NUMBER = "Header"
BODY = "Body Text"
FIGURE_LINK = "Số liệu"
FIGURE_MARK = "Số thứ tự số liệu"


@dataclass(frozen=True, slots=True)
class Look:
    """How paragraphs of a style look. Gaps in points, indents in millimetres."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "center"
    before: float = 0
    after: float = 0
    indent: float = 0
    left: float = 0
    spacing: float = 1
    capitals: bool = False
    keeps: bool = False
    outline: int | None = None


def looks(layout: Layout) -> list[Look]:
    """Return every style of paragraphs with the sizes of a layout."""
    gap, spacing, indent = layout.paragraph_gap, layout.line_spacing, layout.indent
    body = {"align": "both", "after": gap, "indent": indent, "spacing": spacing}
    headings = [
        Look(f"Heading {level}", layout.body, bold=True, capitals=level == 1, align="left", before=2, after=gap,
             indent=indent, spacing=spacing, keeps=True, outline=level - 1)
        for level in (1, 2, 3)
    ]  # fmt: skip
    return [
        Look("Normal", layout.body, align="left"),
        Look(BODY, layout.body, **body),  # type: ignore[arg-type]  # one dict for names and numbers
        Look("Quote", layout.body, italic=True, align="both", after=gap, left=indent, spacing=spacing),
        Look("List Bullet", layout.body, **{**body, "indent": 0}),  # type: ignore[arg-type]  # as above
        Look("List Number", layout.body, **{**body, "indent": 0}),  # type: ignore[arg-type]  # as above
        Look("Caption", layout.table, italic=True, before=gap, after=3, keeps=True),
        Look("Title", layout.kind, bold=True, before=layout.body),
        *headings,
        Look(NATION, layout.nation, bold=True),
        Look(MOTTO, layout.motto, bold=True),
        Look(SUPERIOR, layout.superior),
        Look(ISSUER, layout.issuer, bold=True),
        Look(SYMBOL, layout.symbol),
        Look(ABOUT, layout.about, before=6),
        Look(PLACE, layout.place, italic=True),
        Look(SUMMARY, layout.summary, bold=True),
        Look(GROUND, layout.body, italic=True, **body),  # type: ignore[arg-type]  # as above
        Look(ADDRESSED, layout.body, after=gap, before=gap),
        Look(SIGNATORY, layout.signatory, bold=True, keeps=True),
        Look(RECIPIENTS_TITLE, layout.recipients_title, bold=True, italic=True, align="left"),
        Look(RECIPIENT, layout.recipients, align="left"),
        Look(ANNEX_NUMBER, layout.annex_number, bold=True, keeps=True, outline=0),
        Look(ANNEX_TITLE, layout.annex_title, bold=True, keeps=True),
        Look(ANNEX_REFERENCE, layout.body, italic=True, keeps=True),
        Look(RULE, 2),
        Look(TABLE_HEAD, layout.table, bold=True, keeps=True),
        Look(TABLE_TEXT, layout.table, align="left"),
        Look(TABLE_NUMBER, layout.table, align="right"),
        Look(FIGURE_HEAD, layout.figures, bold=True, keeps=True),
        Look(FIGURE_TEXT, layout.figures, align="left"),
        Look(FIGURE_NUMBER, layout.figures, align="right"),
        Look(IMAGE, layout.body, before=gap, after=gap),
        Look(PAGE_NUMBER, layout.page_number),
    ]  # fmt: skip


def apply(document: Any, layout: Layout) -> None:
    """Write all styles into a document: the language, the letter, each style of ``looks``."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    run.clear()
    _letters(run)
    run.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    known = {style.name for style in document.styles}
    for look in looks(layout):
        _write(document.styles, look, is_known=look.name in known)
    for name in (FIGURE_LINK, FIGURE_MARK):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.element.styleId = _plain(name)
        style.quick_style = True
        if name == FIGURE_MARK:
            style.font.superscript = True


def _plain(name: str) -> str:
    """Return the identifier of a style: its name without diacritics and spaces, which every reader takes."""
    return fold(name).title().replace(" ", "")


def _letters(properties: Any) -> None:
    fonts = element("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), LINE_OF_FORM)
    properties.insert(0, fonts)


def _write(styles: Any, look: Look, *, is_known: bool) -> None:
    if is_known:
        style = styles[look.name]
    else:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = _plain(look.name)
        style.base_style = styles["Normal"]
        style.quick_style = True
    node = style.element
    for name in ("w:pPr", "w:rPr"):
        old = node.find(qn(name))
        if old is not None:
            node.remove(old)
    style.hidden, style.unhide_when_used = False, False
    node.append(_paragraph(look))
    node.append(_run(look))


def _paragraph(look: Look) -> Any:
    """Paragraph properties in the order of the schema."""
    made = element("w:pPr")
    if look.keeps:
        made.append(element("w:keepNext"))
        made.append(element("w:keepLines"))
    made.append(
        element(
            "w:spacing",
            before=round(look.before * 20),
            after=round(look.after * 20),
            line=round(look.spacing * 240),
            lineRule="auto",
        )
    )
    made.append(element("w:ind", left=twips(look.left), right=twips(look.left), firstLine=twips(look.indent)))
    made.append(element("w:jc", val=look.align))
    if look.outline is not None:
        made.append(element("w:outlineLvl", val=look.outline))
    return made


def _run(look: Look) -> Any:
    made = element("w:rPr")
    _letters(made)
    for name, on in (("w:b", look.bold), ("w:bCs", look.bold), ("w:i", look.italic), ("w:iCs", look.italic)):
        made.append(element(name, val=int(on)))
    if look.capitals:
        made.append(element("w:caps"))
    made.append(element("w:color", val="000000"))
    for name in ("w:sz", "w:szCs"):
        made.append(element(name, val=round(look.size * 2)))
    return made
