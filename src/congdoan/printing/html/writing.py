"""From a document to HTML. Nothing is ever put into the page but escaped words and pictures as data."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

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
    Link,
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
from congdoan.printing.layout import DEFAULT, Layout

POINTS = (
    *("body", "nation", "motto", "superior", "issuer", "symbol", "about", "place", "summary", "signatory"),
    *("recipients", "recipients_title", "table", "figures", "page_number"),
)


def write_html(document: Document, layout: Layout = DEFAULT) -> str:
    """Return the document as one page: styles inside, pictures as data, no scripts, nothing fetched.

    Raises ``PictureError`` for a picture that cannot be read.
    """
    writer = _Writer(document, layout)
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(document.title)}</title>\n"
        f"<style>\n{_sizes(layout)}\n{_styles().replace('var(--margins)', _margins(layout))}</style>\n"
        f"</head>\n<body>\n<main>\n{writer.whole()}\n</main>\n</body>\n</html>\n"
    )


@cache
def _styles() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def _margins(layout: Layout) -> str:
    return f"{layout.top:g}mm {layout.right:g}mm {layout.bottom:g}mm {layout.left:g}mm"


def _sizes(layout: Layout) -> str:
    points = [f"--{name.replace('_', '-')}: {getattr(layout, name):g}pt;" for name in POINTS]
    rest = (
        f"--gap: {layout.paragraph_gap:g}pt; --indent: {layout.indent:g}mm; --head: {layout.head_left:g}mm; "
        f"--code: {layout.code:g}mm;"
    )
    return f":root {{ {' '.join(points)} {rest} }}"


def _said(text: str) -> str:
    return escape(wording.clean(text))


def _data(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


class _Writer:
    def __init__(self, document: Document, layout: Layout) -> None:
        self.document, self.layout = document, layout
        self._level = 0

    def whole(self) -> str:
        document = self.document
        parts = [self._letterhead(), self._opening()]
        if len(document.to) == 1:
            parts.append(f'<p class="to">{wording.ADDRESSED} {_said(document.to[0])}</p>')
        elif document.to:
            parts += [f'<p class="to">{wording.ADDRESSED}</p>', self._items(document.to, counted=False)]
        parts += [f'<p class="ground">{_said(line)}</p>' for line in wording.ground_lines(document)]
        parts += [self.block(block) for block in closed(document.body)]
        parts.append(self._signature())
        parts += [self._annex(annex, number) for number, annex in enumerate(document.annexes, 1)]
        return "\n".join(part for part in parts if part)

    def _letterhead(self) -> str:
        document, head = self.document, self.document.letterhead
        superior = (
            f'<p class="superior">{escape(wording.capitals(head.superior))}</p>' if head.superior else ""
        )
        about = f'<p class="about">{_said(wording.about_line(document))}</p>' if document.is_letter else ""
        return (
            '<header class="head">\n'
            f'<div>{superior}<p class="issuer line">{escape(wording.capitals(head.issuer))}</p></div>\n'
            f'<div><p class="nation">{wording.NATION}</p><p class="motto line whole">{wording.MOTTO}</p></div>\n'
            f'<div><p class="symbol">{_said(wording.number_line(document))}</p>{about}</div>\n'
            f'<div><p class="place">{_said(wording.place_line(document))}</p></div>\n'
            "</header>"
        )

    def _opening(self) -> str:
        document = self.document
        if document.is_letter:
            return ""
        kind = escape(wording.capitals(document.kind))
        return (
            f'<div class="opening"><h1><span>{kind}</span> '
            f'<span class="line">{_said(document.summary)}</span></h1></div>'
        )

    def _signature(self) -> str:
        lines = "".join(f"<p>{escape(line)}</p>" for line in wording.signature_lines(self.document.signature))
        names = "".join(
            f"<li>{_said(line)}</li>" for line in wording.recipient_lines(self.document.recipients)
        )
        return (
            '<footer class="foot">\n'
            f'<div class="recipients"><h2>{wording.RECIPIENTS}</h2><ul>{names}</ul></div>\n'
            f'<div class="signature">{lines}<p class="name">{_said(self.document.signature.name)}</p></div>\n'
            "</footer>"
        )

    def _annex(self, annex: Annex, number: int) -> str:
        self._level = 1
        blocks = "\n".join(self.block(block) for block in annex.blocks)
        return (
            '<section class="annex">\n<div class="opening"><h2>'
            f"<span>{wording.annex_number(number, len(self.document.annexes))}</span> "
            f"<span>{escape(wording.capitals(annex.title))}</span></h2>"
            f'<p class="line"><i>{_said(wording.annex_reference(self.document))}</i></p></div>\n{blocks}\n</section>'
        )

    def block(self, block: Block) -> str:
        match block:
            case Heading(level, text):
                self._level = min(level, self._level + 1)
                capitals = ' class="capitals"' if level == 1 else ""
                return f"<h{self._level + 1}{capitals}>{_said(text)}</h{self._level + 1}>"
            case Paragraph(words):
                return f"<p>{self._words(words)}</p>"
            case Quote(words):
                return f"<blockquote><p>{self._words(words)}</p></blockquote>"
            case Items(items, counted):
                return self._items(items, counted=counted)
            case Table():
                return self._table(block)
            case Chart(svg, alt, caption):
                return self._image(_data(svg.encode(), "svg+xml"), alt, caption, share=1)
            case Picture(content, alt, caption):
                picture = pictures.prepared(content)
                kind = "jpeg" if picture.kind == "jpg" else "png"
                return self._image(_data(picture.content, kind), alt, caption, share=pictures.share(picture))
            case Figures():
                return self._figures(block)

    def _words(self, words: Words) -> str:
        return "".join(self._run(run) for run in as_runs(words))

    def _run(self, run: Run) -> str:
        match run:
            case Text(text, bold, italic):
                said = _said(text)
                said = f"<i>{said}</i>" if italic else said
                return f"<b>{said}</b>" if bold else said
            case Link(text, address):
                return self._link(_said(text), address)
            case FigureRun(text, number, address, bold):
                said = self._link(_said(text), address)
                said = f"<b>{said}</b>" if bold else said
                if not self.document.explains(number):
                    return said
                return f'{said}<sup><a href="#so-{number}">[{number}]</a></sup>'

    def _link(self, said: str, address: str) -> str:
        if not address:
            return said
        return f'<a href="{escape(self.document.absolute(address))}">{said}</a>'

    def _items(self, items: Iterable[Words], *, counted: bool) -> str:
        name = "ol" if counted else "ul"
        said = "".join(f"<li>{self._words(item)}</li>" for item in items)
        return f"<{name}>{said}</{name}>"

    def _table(self, table: Table) -> str:
        caption = f"<caption>{_said(table.caption)}</caption>" if table.caption else ""
        looks = [' class="number"' if column in table.numeric else "" for column in range(len(table.header))]
        rows = "\n".join(self._row(row, looks) for row in table.rows)
        return (
            f'<div class="wide"><table>{caption}{_head(table.header)}<tbody>\n{rows}\n</tbody></table></div>'
        )

    def _row(self, row: Iterable[Words], looks: Iterable[str]) -> str:
        cells = (f"<td{look}>{self._words(cell)}</td>" for look, cell in zip(looks, row, strict=True))
        return f"<tr>{''.join(cells)}</tr>"

    def _image(self, source: str, alt: str, caption: str, *, share: float) -> str:
        said = f"<figcaption>{_said(caption)}</figcaption>" if caption else ""
        return f'<figure><img src="{source}" alt="{_said(alt)}" style="width:{share:.1%}">{said}</figure>'

    def _figures(self, figures: Figures) -> str:
        header = [*wording.FIGURE_COLUMNS, *([wording.CODE_COLUMN] if figures.codes else [])]
        rows = "\n".join(self._figure(row, has_code=figures.codes) for row in figures.rows)
        return (
            f'<div class="wide"><table class="figures">{_head(header)}<tbody>\n{rows}\n</tbody></table></div>'
        )

    def _figure(self, row: FigureRow, *, has_code: bool) -> str:
        definition = f"<br>{_said(row.definition)}" if row.definition else ""
        address = self.document.absolute(row.address)
        code = ""
        if has_code:
            code = "<td></td>"
        if has_code and address:
            source = _data(codes.as_svg(address).encode(), "svg+xml")
            code = f'<td><img class="code" src="{source}" alt="{wording.code_alt(row.number)}"></td>'
        return (
            f'<tr id="so-{row.number}"><td>{row.number}</td>'
            f'<th scope="row"><b>{self._link(_said(row.name), row.address)}</b>{definition}</th>'
            f'<td class="number">{_said(row.value)}</td><td class="number">{_said(row.coverage)}</td>'
            f"<td>{_said(row.window)}</td><td>{_said(row.source)}</td>{code}</tr>"
        )


def _head(names: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col">{_said(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"
