"""Reading a page that was saved as HTML.

``walking`` flattens the document into pieces, ``metadata`` reads what the page says of itself, ``finding`` tells which
pieces are the article, ``reading`` puts it together.
"""

from congdoan.portal.importing.html.reading import looks_like_html, parse_html

__all__ = ["looks_like_html", "parse_html"]
