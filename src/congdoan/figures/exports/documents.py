"""A report page as an administrative document (decree 30/2020/NĐ-CP): letterhead, text, signature, annex of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.rich_text import RichText

from congdoan.figures import wording
from congdoan.figures.engine.specs import Spec
from congdoan.figures.engine.windows import Window
from congdoan.figures.exports import tables
from congdoan.figures.exports.texts import blocks_of
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.printing import Entry, Printable
from congdoan.figures.rendering import NO_DATA
from congdoan.printing import (
    Annex,
    Block,
    Document,
    FigureRow,
    FigureRun,
    Figures,
    Heading,
    Letterhead,
    Paragraph,
    Picture,
    PictureError,
    Quote,
    Recipients,
    Signature,
    Table,
    Text,
)
from congdoan.printing.document import Run
from congdoan.printing.pictures import prepared
from congdoan.reporting.models import Indicator
from congdoan.ui.templatetags.ui import vi_number
from congdoan.vntext.dates import format_date

AT_AN_END = (Indicator.Kind.STOCK, Indicator.Kind.TREE)
"""Kinds of indicators that speak of the last day of a window, not of its length."""


def document_of(printable: Printable) -> Document:
    """Return a report page as a document. Its words are Vietnamese whatever language the reader speaks."""
    with override("vi"):
        return _Writer(printable).document()


def window_words(window: Window, kind: str) -> str:
    """Write a window: "01/10/2013 – 30/09/2019"; of what is counted on a day that day alone."""
    if kind in AT_AN_END or window.start == window.end:
        return _("đến ngày %s") % format_date(window.end)
    return f"{format_date(window.start)} – {format_date(window.end)}"


class _Writer:
    def __init__(self, printable: Printable) -> None:
        self.printable, self.page = printable, printable.page

    def document(self) -> Document:
        page = self.page
        body = tuple(self._body())
        return Document(
            letterhead=Letterhead(
                superior=self.printable.superior,
                issuer=self.printable.issuer,
                symbol=page.report_symbol,
                place=page.report_place or "……",
                day=self.printable.day,
            ),
            kind=page.report_kind.name if page.report_kind else _("Báo cáo"),
            summary=page.title,
            grounds=tuple(self._grounds()),
            body=body or (Paragraph(page.lead or page.title),),
            signature=Signature(
                tuple(line.strip() for line in page.report_capacity.splitlines() if line.strip()),
                page.report_signer_title,
                page.report_signer,
            ),
            recipients=Recipients(tuple(self._recipients())),
            annexes=tuple(self._annexes()),
            site=settings.BASE_URL,
        )

    def _grounds(self) -> Iterator[str]:
        programme = self.page.report_programme
        if programme is not None:
            words = {
                "kind": programme.kind.name if programme.kind else _("Văn bản"),
                "symbol": programme.symbol,
                "day": format_date(programme.issued_on) if programme.issued_on else "",
                "issuer": programme.issuer,
                "title": programme.title,
            }
            yield _("Căn cứ %(kind)s số %(symbol)s ngày %(day)s của %(issuer)s: %(title)s") % words

    def _recipients(self) -> Iterator[str]:
        for line in self.page.report_recipients.splitlines():
            name = line.strip(" -;.")
            if name and not name.casefold().startswith(_("Lưu:").casefold()):
                yield name

    def _body(self) -> Iterator[Block]:
        if self.page.lead:
            yield Paragraph(self.page.lead)
        for child in self.page.body:
            yield from self._block(child.block, child.block_type, child.value)

    def _block(self, block: Any, name: str, value: Any) -> Iterator[Block]:
        if hasattr(block, "figure_specs"):
            yield from tables.blocks_of(block, value, self.printable.figures, self._place)
        elif isinstance(value, RichText):
            yield from blocks_of(value.source, self._place)
        elif name == "heading":
            yield Heading(1, str(value))
        elif name == "figure":
            yield from self._picture(value)
        elif name == "quote":
            words = f"“{value['text']}”" + (f" ({value['attribution']})" if value.get("attribution") else "")
            yield Quote(words)
        elif name == "table":
            yield from self._table(value["table"])
        elif name in ("attachment", "video"):
            title = value.get("title") or value.get("caption") or str(value.get("file") or "")
            if title:
                yield Paragraph((Text(_("(Kèm theo: %s)") % title, italic=True),))

    def _picture(self, value: Any) -> Iterator[Block]:
        image = value.get("image")
        caption = " ".join(part for part in (value.get("caption"), value.get("credit")) if part)
        if not image:
            return
        alt = getattr(image, "contextual_alt_text", "") or image.description or caption or image.title
        try:
            with image.file.open("rb") as file:
                content = file.read()
            prepared(content)
        except (OSError, PictureError):  # a lost or damaged picture must not keep a report from paper
            if caption:
                yield Paragraph((Text(_("(Ảnh: %s)") % caption, italic=True),))
            return
        yield Picture(content, alt, caption)

    def _table(self, table: Any) -> Iterator[Block]:
        header = tuple(str(column["heading"]) for column in table.columns)
        if not header:
            return
        numeric = frozenset(at for at, column in enumerate(table.columns) if column["block"].name == "number")
        rows = tuple(tuple(str(cell.value) for cell in row) for row in table.rows)
        yield Table(header, rows, caption=str(table.caption or ""), numeric=numeric)

    def _place(self, spec: Spec) -> Run:
        figures = self.printable.figures
        found = figures.of(spec)
        words = wording.worded(found, spec.form, figures.scope.compare)
        number = self.printable.number_of(spec)
        if number is None:
            return Text(NO_DATA)
        return FigureRun(words or NO_DATA, number, found[0].url if found[0] else "")

    def _annexes(self) -> Iterator[Annex]:
        entries = self.printable.entries
        if not entries:
            return
        blocks: list[Block] = [
            Figures(
                tuple(self._row(entry) for entry in entries),
                codes=any(entry.shown and entry.shown.url for entry in entries),
            )
        ]
        if self.printable.without_data:
            blocks.append(
                Paragraph(_("Dấu %s: kỳ này chưa có số liệu; không có nghĩa là bằng không.") % NO_DATA)
            )
        yield Annex(_("Số liệu trong văn bản"), tuple(blocks))

    def _row(self, entry: Entry) -> FigureRow:
        shown, asked = entry.shown, entry.asked
        if shown is None:
            return FigureRow(
                number=entry.number,
                name=entry.name,
                definition=f"{entry.unit_name}.",
                value=NO_DATA,
                coverage="–",
                window=window_words(asked.window, ""),
                source=entry.why_missing,
                address="",
            )
        meaning = shown.meaning
        definition = f"{meaning.definition} " if meaning else ""
        return FigureRow(
            number=entry.number,
            name=entry.name,
            definition=f"{definition}{entry.unit_name}.".strip(),
            value=wording.with_unit(shown),
            # With blanks: the column is narrow, and "30.390/30.390" would not break.
            coverage=f"{vi_number(shown.reported)} / {vi_number(shown.expected)}" if shown.expected else "–",
            window=window_words(asked.window, shown.indicator.kind),
            source=_source(entry),
            address=shown.url,
        )


def _source(entry: Entry) -> str:
    shown = entry.shown
    figure = shown.figure if shown else None
    if figure is None:
        return _("chưa công bố")
    origin = PublishedFigure.Origin(figure.origin).label
    words = f"{origin}: {figure.source}" if figure.source else str(origin)
    return f"{words}, {format_date(figure.source_on)}" if figure.source_on else words
