"""What is read from a saved page: an article as blocks, and the parts of the site around it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from congdoan import vntext

CAPTION_LIMIT = 400
HEADING_LIMIT = 160
TITLE_LIMIT = 255
FEWEST_WORDS = 5
"""Below it a text is no article."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text with its role ("title", "caption", "poll_option" …).

    Offsets are code points of ``ParsedPage.text``, half-open; ``text`` is exactly what stands there. ``raw_start`` and
    ``raw_end`` also hold the blanks at both ends of the line. ``order`` counts parts of the same role from 1.
    """

    role: str
    start: int
    end: int
    raw_start: int
    raw_end: int
    text: str
    zone: str
    widget: str = ""
    order: int | None = None
    key: str = ""
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        """The part for JSON, without what is empty."""
        shown: dict[str, Any] = {
            "role": self.role,
            "start": self.start,
            "end": self.end,
            "raw_start": self.raw_start,
            "raw_end": self.raw_end,
            "text": self.text,
            "zone": self.zone,
            "widget": self.widget,
            "order": self.order,
            "key": self.key,
            "value": self.value,
        }
        return {name: value for name, value in shown.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``html`` holds it with bold, italic and links only, ``text`` without them."""

    text: str
    html: str

    @classmethod
    def plain(cls, text: str) -> Paragraph:
        """A paragraph without any emphasis."""
        return cls(text, escape(text, quote=False))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the article, at most ``HEADING_LIMIT`` characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, at most ``CAPTION_LIMIT`` characters. The file of the picture may be missing.

    ``src`` is the address that the page names (a key of ``ParsedPage.pictures`` when the file was found).
    """

    caption: str
    src: str = ""
    alt: str = ""

    @property
    def text(self) -> str:
        """What readers see of it as words."""
        return self.caption


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, numbered when ``ordered``."""

    items: tuple[Paragraph, ...]
    ordered: bool = False

    @property
    def text(self) -> str:
        """The items, a line each."""
        return "\n".join(item.text for item in self.items)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; the first holds headings when ``has_head``."""

    rows: tuple[tuple[str, ...], ...]
    has_head: bool = False

    @property
    def text(self) -> str:
        """The rows, a line each."""
        return "\n".join("\t".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and who said them."""

    text: str
    attribution: str = ""


Block = Paragraph | Heading | Figure | ItemList | Table | Quote


@dataclass(frozen=True, slots=True)
class Poll:
    """A question of the site with its answers."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact about the province: "Dân số (2013): 656.900" has the label "Dân số" and holds for "2013"."""

    label: str
    value: str
    measure_unit: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Article:
    """The article alone, cleaned: NFC, no no-break spaces."""

    title: str
    lead: str
    blocks: tuple[Block, ...]
    byline: str = ""
    author: str = ""
    organisation: str = ""
    sources: str = ""

    @property
    def captions(self) -> list[str]:
        """Captions of the figures, in order."""
        return [block.caption for block in self.blocks if isinstance(block, Figure) and block.caption]

    @property
    def has_content(self) -> bool:
        """Whether there is anything to publish: a title in letters, and more than a few words."""
        words = sum(len(text.split()) for text in [self.lead, *(block.text for block in self.blocks)])
        return any(char.isalpha() for char in self.title) and words >= FEWEST_WORDS

    @property
    def digest(self) -> str:
        """SHA-256 of the words, the same for every encoding and spelling habit in which the page was saved."""
        words = [self.title, self.lead, *(block.text for block in self.blocks), self.byline]
        key = " ".join(vntext.match_key(" ".join(words)).split())
        return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A saved page of a portal.

    ``published_at`` is the article's own date as printed (naive: local time; midnight when ``has_time`` is False);
    ``captured_on`` the day that the page's clock showed when it was saved: the article is not later than that.
    ``breadcrumb`` leads from the top to the category. ``byline`` is as printed.
    ``text`` is what the offsets of ``parts`` count: the file itself, or for HTML the text read from it.
    """

    article: Article
    parts: tuple[Part, ...]
    text: str
    filename: str = ""
    encoding: str = "utf-8"
    source_url: str = ""
    breadcrumb: tuple[str, ...] = ()
    published_at: dt.datetime | None = None
    has_time: bool = False
    captured_on: dt.date | None = None
    missing_pictures: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Title of the article."""
        return self.article.title

    @property
    def lead(self) -> str:
        """Lead of the article (sapo)."""
        return self.article.lead

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The article below its lead."""
        return self.article.blocks

    @property
    def captions(self) -> list[str]:
        """Captions of the figures, in order."""
        return self.article.captions

    @property
    def byline(self) -> str:
        """The byline as printed: "Phương Anh(LĐLĐ tỉnh)"."""
        return self.article.byline

    @property
    def author(self) -> str:
        """Who wrote the article."""
        return self.article.author

    @property
    def organisation(self) -> str:
        """The author's organisation."""
        return self.article.organisation

    @property
    def source_digest(self) -> str:
        """Key of the article: importing it again finds it by this."""
        return self.article.digest

    @property
    def category(self) -> str | None:
        """Name of the category: the end of the breadcrumb."""
        return self.breadcrumb[-1] if self.breadcrumb else None

    @property
    def published_on(self) -> dt.date | None:
        """Day of publication that the page prints for the article."""
        return self.published_at.date() if self.published_at else None

    def _texts(self, role: str) -> list[str]:
        return [clean(part.text) for part in self.parts if part.role == role]

    @property
    def slogan(self) -> str:
        """The site's slogan without its quotation marks."""
        return "".join(self._texts("slogan")[:1]).strip("\"'“”«» ")

    @property
    def poll(self) -> Poll | None:
        """The site's poll, when it has a question and at least two answers."""
        questions = self._texts("poll_question")
        options = tuple(dict.fromkeys(self._texts("poll_option")))
        return Poll(questions[0], options) if questions and len(options) >= 2 else None

    @property
    def visits(self) -> int | None:
        """The site's visit counter."""
        values = [part.value or part.text for part in self.parts if part.role == "counter_value"]
        digits = "".join(char for value in values[:1] for char in value if char in "0123456789")
        return int(digits) if 0 < len(digits) <= 15 else None

    @property
    def facts(self) -> list[PrintedFact]:
        """Facts of the footer."""
        return [
            split_fact(clean(part.key), clean(part.value))
            for part in self.parts
            if part.role == "footer_fact"
        ]

    @property
    def offered_parts(self) -> list[str]:
        """Which site parts can be adopted: of "slogan", "poll", "visits", "facts"."""
        found = {"slogan": self.slogan, "poll": self.poll, "visits": self.visits, "facts": self.facts}
        return [name for name, value in found.items() if value]


_YEAR = re.compile(r"\s*\((?:nam |năm |tính đến )?(?P<year>[^()]*\d{4})\)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*")
_POWER = re.compile(r"(?P<base>k?m|cm)(?P<power>[23])", re.IGNORECASE)


def split_fact(key: str, value: str) -> PrintedFact:
    """ "Dân số (2013)", "656.900" → a fact with its label, number, unit of measure and year."""
    as_of = ""
    if found := _YEAR.search(key):
        as_of, key = found["year"].strip(), key[: found.start()]
    number = _NUMBER.match(value)
    digits = number[0].rstrip(".,") if number else value
    unit = value[len(digits) :].strip(" .,") if number else ""
    if power := _POWER.fullmatch(unit):
        unit = power["base"].lower() + {"2": "²", "3": "³"}[power["power"]]
    return PrintedFact(key.strip(), digits, unit, as_of)


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff\x00"))


def clean(text: str) -> str:
    """Text as it is stored: NFC, every run of blanks one plain space, nothing invisible."""
    return " ".join(vntext.nfc(text).translate(_INVISIBLE).split())


def cut_at_word(text: str, limit: int) -> str:
    """``text`` itself, or its first words with an ellipsis, ``limit`` characters at most."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rindex(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–-") + "…"
