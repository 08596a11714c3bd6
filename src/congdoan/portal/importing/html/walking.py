"""Flattening a document into pieces: paragraphs, headings, list items, tables, pictures, in the order of the page.

Old portals put text anywhere: in table cells, in <font>, between <br>. A piece is therefore what stands between two
borders of blocks, whatever they are. The walk keeps its own stack, because a hostile file nests deeper than Python may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from congdoan.portal.importing.html.runs import Run, plain, safe_address, tidy

_DROPPED_WORDS = (
    "script style noscript iframe object embed applet svg canvas template head map select textarea button audio video frame "
    "frameset noframes math link meta"
)
_DROPPED = frozenset(_DROPPED_WORDS.split())
_BLOCKS_WORDS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr "
    "ul label"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LINES_STAY = {"p", "li", "figcaption", *_HEADINGS}
"""A single line break inside these is part of the text; elsewhere it parts paragraphs."""
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CAPTION_NAME = re.compile(
    r"caption|chu-?thich|photo-?note|img-?note|image-?(?:note|desc)|desc-?(?:img|image)", re.IGNORECASE
)
_LIST_MARK = re.compile(r"^\s*(?:[·•▪■►§ØüÜ]|o(?=\u00a0))[\s\u00a0]+")
_SPLIT_AT = 120
_WIDEST = 50


@dataclass(slots=True)
class Piece:
    """One piece of the page. ``element`` is the block that it stands in, or the picture or table itself."""

    kind: str  # text, heading, item, table, image, quote, caption
    element: Tag
    runs: list[Run] = field(default_factory=list)
    rows: tuple[tuple[str, ...], ...] = ()
    has_head: bool = False
    ordered: bool = False
    group: int = 0
    src: str = ""
    alt: str = ""
    set_apart: bool = False
    level: int = 0

    @property
    def text(self) -> str:
        """The words of the piece."""
        if self.rows:
            return "\n".join("\t".join(row) for row in self.rows)
        return plain(self.runs)

    @property
    def linked(self) -> int:
        """How many characters are in links."""
        return sum(len(run.text) for run in self.runs if run.href)


def names_of(tag: Tag) -> str:
    """Class and id of an element, in one string."""
    classes = tag.get("class") or ""
    joined = " ".join(classes) if isinstance(classes, list) else str(classes)
    return f"{joined} {tag.get('id') or ''}"


def attribute(tag: Tag, name: str) -> str:
    """An attribute as text, empty when it is missing."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else str(value or "")


def walk(soup: BeautifulSoup, base: str) -> list[Piece]:
    """The pieces of ``soup``. ``base`` is the address that relative links start from; empty when it is not known."""
    return _Walk(base).of(soup)


class _Walk:
    def __init__(self, base: str) -> None:
        self.base = base
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.blocks: list[Tag] = []
        self.looks: list[tuple[bool, bool, str]] = [(False, False, "")]
        self.breaks = 0
        self.lists: list[tuple[int, bool]] = []
        self.list_count = 0

    def of(self, soup: BeautifulSoup) -> list[Piece]:
        stack: list[tuple[bool, PageElement]] = [(True, soup)]
        while stack:
            entering, node = stack.pop()
            if not isinstance(node, Tag):
                # Comments, declarations and Word's conditional marks are subclasses and say nothing to readers.
                if type(node) is NavigableString:
                    self._text(str(node))
                continue
            if not entering:
                self._leave(node)
            elif self._enter(node):
                stack.append((False, node))
                stack.extend((True, child) for child in reversed(node.contents))
        self._flush()
        return self.pieces

    def _enter(self, tag: Tag) -> bool:
        """Begin an element; False when what is inside is not walked."""
        name = tag.name.lower()
        style = attribute(tag, "style")
        if name in _DROPPED or tag.has_attr("hidden") or (style and _HIDDEN_STYLE.search(style)):
            return False
        if name == "br":
            self._break()
            return False
        if name == "img":
            self._image(tag)
            return False
        if name == "input":
            return False
        if name == "table" and (rows := _data_rows(tag)):
            self._flush()
            head = bool(tag.find("th"))
            self.pieces.append(Piece("table", tag, rows=rows, has_head=head))
            return False
        if name in _BLOCKS:
            self._flush()
            self.blocks.append(tag)
            if name in ("ul", "ol"):
                self.list_count += 1
                self.lists.append((self.list_count, name == "ol"))
        bold, italic, href = self.looks[-1]
        if name == "a":
            href = safe_address(attribute(tag, "href"), self.base) or href
        self.looks.append(
            (
                bold or name in _BOLD or bool(style and _BOLD_STYLE.search(style)),
                italic or name in _ITALIC or bool(style and _ITALIC_STYLE.search(style)),
                href,
            )
        )
        return True

    def _leave(self, tag: Tag) -> None:
        name = tag.name.lower()
        self.looks.pop()
        if name in _BLOCKS:
            self._flush()
            self.blocks.pop()
            if name in ("ul", "ol"):
                self.lists.pop()

    def _text(self, text: str) -> None:
        if text.strip():
            self.breaks = 0
        self.runs.append(Run(text.replace("\r", " ").replace("\n", " "), *self.looks[-1]))

    def _break(self) -> None:
        self.breaks += 1
        in_paragraph = bool(self.blocks) and self.blocks[-1].name in (
            "p",
            "li",
            "h1",
            "h2",
            "h3",
            "figcaption",
        )
        if self.breaks > 1 or not in_paragraph:
            self._flush()
        else:
            self.runs.append(Run("\n", *self.looks[-1]))

    def _image(self, tag: Tag) -> None:
        src = attribute(tag, "data-src") or attribute(tag, "data-original") or attribute(tag, "src")
        if not src or _is_ornament(tag, src):
            return
        self._flush()
        alt = attribute(tag, "alt") or attribute(tag, "title")
        self.pieces.append(Piece("image", tag, src=src, alt=alt))

    def _flush(self) -> None:
        runs, self.runs, self.breaks = tidy(self.runs), [], 0
        if not runs or not self.blocks:
            return
        element = self.blocks[-1]
        names = {tag.name for tag in self.blocks[-6:]}
        lines = _lines(runs)
        for line in lines:
            self.pieces.append(self._piece(element, names, line))

    def _piece(self, element: Tag, names: set[str], runs: list[Run]) -> Piece:
        text = plain(runs)
        italic = all(run.italic for run in runs if run.text.strip())
        piece = Piece(
            "text", element, runs=runs, set_apart=len(text) <= 300 and (italic or _is_centred(self.blocks))
        )
        if "figcaption" in names or any(_CAPTION_NAME.search(names_of(tag)) for tag in self.blocks[-2:]):
            piece.kind = "caption" if len(text) <= 600 else "text"
        elif heading := next((tag.name for tag in reversed(self.blocks[-3:]) if tag.name in _HEADINGS), ""):
            piece.kind, piece.level = "heading", int(heading[1])
        elif "li" in names and self.lists:
            piece.kind = "item"
            piece.group, piece.ordered = self.lists[-1]
        elif "blockquote" in names:
            piece.kind = "quote"
        elif mark := _LIST_MARK.match(text):
            piece.kind, piece.runs = "item", _without_start(runs, mark.end())
        elif _is_radio(element):
            piece.kind = "item"
        return piece


def _is_centred(blocks: list[Tag]) -> bool:
    return any(
        tag.name == "center"
        or attribute(tag, "align").lower() == "center"
        or bool(_CENTRED_STYLE.search(attribute(tag, "style")))
        for tag in blocks[-2:]
    )


def _is_radio(element: Tag) -> bool:
    """The answer of a poll: a label with a round button inside or right before it."""
    before = element.previous_sibling
    before = before.previous_sibling if isinstance(before, NavigableString) and not before.strip() else before
    own = next(
        (child for child in element.contents[:6] if isinstance(child, Tag) and child.name == "input"), None
    )
    nearby = own or before
    return (
        isinstance(nearby, Tag)
        and nearby.name == "input"
        and attribute(nearby, "type").lower() in ("radio", "checkbox")
        and len(element.contents) <= 6
    )


def _is_ornament(tag: Tag, src: str) -> bool:
    """Trackers, spacers, icons: too small to be a photo."""
    for side in ("width", "height"):
        digits = re.match(r"\s*(\d{1,5})", attribute(tag, side))
        if digits and int(digits[1]) < 60:
            return True
    return (
        re.search(
            r"(?:spacer|blank|pixel|icon|bullet|arrow|button|logo)[\w-]*\.(?:gif|png|jpe?g|svg)|\.svg(?:$|\?)",
            src.lower(),
        )
        is not None
    )


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Paragraphs that were only parted by single line breaks: split when they are long, joined when they are short."""
    if not any("\n" in run.text for run in runs):
        return [runs]
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.bold, run.italic, run.href))
        lines.extend([Run(text, run.bold, run.italic, run.href)] for text in others)
    tidied = [line for line in map(tidy, lines) if line]
    return tidied if any(len(plain(line)) >= _SPLIT_AT for line in tidied) else [runs]


def _without_start(runs: list[Run], count: int) -> list[Run]:
    kept = []
    for run in runs:
        text = run.text[count:]
        count = max(0, count - len(run.text))
        if text:
            kept.append(Run(text, run.bold, run.italic, run.href))
    return tidy(kept)


def _data_rows(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of a table of data; empty for a table that only lays out the page."""
    if (
        attribute(table, "role") == "presentation"
        or table.find(["table", "img", "form", "input", "iframe"]) is not None
    ):
        return ()
    rows: list[tuple[str, ...]] = []
    for row in table.find_all("tr", limit=2000):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            span = re.match(r"\d{1,2}", attribute(cell, "colspan"))
            cells.append(" ".join(cell.get_text(" ").split()))
            cells.extend([""] * (min(int(span[0]), _WIDEST) - 1 if span else 0))
        if any(cells):
            rows.append(tuple(cells[:_WIDEST]))
    texts = [cell for row in rows for cell in row if cell]
    linked = sum(len(link.get_text()) for link in table.find_all("a", limit=500))
    width = max(map(len, rows), default=0)
    is_data = (
        len(rows) >= 2
        and width >= 2
        and len(texts) >= len(rows) * width * 0.4
        and max(map(len, texts)) <= 400
        and linked <= sum(map(len, texts)) / 2
    )
    return tuple(row + ("",) * (width - len(row)) for row in rows) if is_data else ()
