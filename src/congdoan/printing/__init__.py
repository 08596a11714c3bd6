"""Administrative documents on paper: one description, written as DOCX, PDF and HTML.

The layout is that of decree 30/2020/NĐ-CP. Plain Python, no Django::

    document = Document(letterhead=…, kind="Báo cáo", summary=…, body=(Heading(1, "I. Kết quả"), Paragraph(…)), …)
    content = write_pdf(document)
"""

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
    Letterhead,
    Link,
    Paragraph,
    Picture,
    Quote,
    Recipients,
    Run,
    Signature,
    Table,
    Text,
    Words,
)
from congdoan.printing.errors import PictureError, PrintingError
from congdoan.printing.html import write_html
from congdoan.printing.layout import Layout
from congdoan.printing.pdf import write_pdf
from congdoan.printing.word import write_docx

__all__ = [
    "Annex",
    "Block",
    "Chart",
    "Document",
    "FigureRow",
    "FigureRun",
    "Figures",
    "Heading",
    "Items",
    "Layout",
    "Letterhead",
    "Link",
    "Paragraph",
    "Picture",
    "PictureError",
    "PrintingError",
    "Quote",
    "Recipients",
    "Run",
    "Signature",
    "Table",
    "Text",
    "Words",
    "write_docx",
    "write_html",
    "write_pdf",
]
