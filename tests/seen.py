"""What a person sees of a page. The source holds random letters too (tokens, nonces, hashes of files), and three of them
make somebody's name sooner or later: whoever looks for a short word that must not be there looks here.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_UNSEEN = re.compile(
    r"<(script|style|template)\b.*?</\1>|<input\b[^>]*\btype=.?hidden[^>]*>|<!--.*?-->", re.DOTALL
)
_ADDRESS = re.compile(r'\b(?:href|src|srcset|action|nonce|integrity|content)="[^"]*"')


def seen(response: Any) -> str:
    """Return the text and the field values of the main part of a page, or of the whole where there is no main part.

    Markup stays, so that a label beside a word can be looked for; hidden fields, scripts and addresses do not.
    """
    page = response.content.decode()
    found = _MAIN.search(page)
    main = found[0] if found else page
    return unescape(_ADDRESS.sub("", _UNSEEN.sub("", main)))
