"""Reading saved pages of old portals: plain Python, no Django, nothing from the network.

``parse`` takes the bytes of a text or HTML file and gives a ``ParsedPage``: the article with its title, lead, blocks,
byline and date, and the parts of the site that stood around it. Errors are ``vntext.VntextError``: each carries a
sentence for the reader.
"""

from congdoan.portal.importing.errors import PageError
from congdoan.portal.importing.parsed import (
    Article,
    Block,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    ParsedPage,
    Part,
    Poll,
    PrintedFact,
    Quote,
    Table,
)
from congdoan.portal.importing.reading import parse, parse_file, refuse_too_large

__all__ = [
    "Article",
    "Block",
    "Figure",
    "Heading",
    "ItemList",
    "PageError",
    "Paragraph",
    "ParsedPage",
    "Part",
    "Poll",
    "PrintedFact",
    "Quote",
    "Table",
    "parse",
    "parse_file",
    "refuse_too_large",
]
