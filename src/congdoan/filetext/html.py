"""Visible text of an HTML page, by one pass over its bytes' text.

Not a browser: no tree is built, so that a page nested a million deep or never closed costs no more than its length.
"""

import re
from html import unescape

from congdoan.filetext.errors import empty

# What holds no visible text. Its end tag is looked for as browsers do, whatever stands between.
_RAW = frozenset(("script", "style", "textarea", "template", "noscript", "svg", "iframe", "object", "select"))
_RAW_ENDS = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in _RAW}
_BREAKING = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section summary table tbody tfoot thead title
    tr ul
    """.split()  # noqa: SIM905 – reads as a table
)
_CELLS = frozenset(("td", "th"))
# Any other < is a letter.
_OPENING = re.compile("<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
# Collapsed as a browser does; a no-break space is a letter like any other.
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LONGEST_TAG = 64 * 1024
_END_OF_TAG = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")


def read_html(markup: str) -> str:
    """The text, one block a line; cells of a row are separated by tabs. Character references are resolved.

    Raises ``FileTextError`` for a page without text.
    """
    lines = _Lines()
    at, end = 0, len(markup)
    missing: set[str] = set()
    kept_as_is = 0
    while at < end:
        tag_or_odd = _OPENING.search(markup, at)
        opening = tag_or_odd.start() if tag_or_odd else end
        if opening > at:
            lines.write(markup[at:opening], as_it_is=kept_as_is > 0)
        if opening == end:
            break
        name = _NAME.match(markup, opening + 1)
        if name is None:
            at = _after_odd(markup, opening, missing)
            continue
        at = _after_tag(markup, name.end())
        closes, tag = markup[opening + 1] == "/", name[1].lower()
        if tag == "pre":
            kept_as_is = max(0, kept_as_is + (-1 if closes else 1))
        if tag in _RAW and not closes:
            at = _after_raw(markup, at, tag, missing)
        elif tag == "br":
            lines.break_line(always=True)
        elif tag in _CELLS and not closes:
            lines.next_cell()
        elif tag in _BREAKING:
            lines.break_line()
    text = lines.finished()
    if not text.strip():
        raise empty("a page without text")
    return text


def _after_tag(markup: str, at: int) -> int:
    """Behind the ``>`` that ends a tag; quoted ones in its attributes do not."""
    found = _END_OF_TAG.match(markup, at, at + _LONGEST_TAG)
    if found:
        return found.end()
    closing = markup.find(">", at, at + _LONGEST_TAG)
    return closing + 1 if closing >= 0 else min(len(markup), at + _LONGEST_TAG)


def _after_odd(markup: str, at: int, missing: set[str]) -> int:
    """Behind a comment, a declaration or a processing instruction."""
    if markup.startswith("<!--", at):
        return _after(markup, "-->", at + 4, missing)
    if markup.startswith("<![CDATA[", at):
        return _after(markup, "]]>", at + 9, missing)
    return _after(markup, ">", at + 2, missing)


def _after(markup: str, mark: str, at: int, missing: set[str]) -> int:
    """Behind ``mark``; the end of the page where it is missing, and looked for in vain only once."""
    found = -1 if mark in missing else markup.find(mark, at)
    if found < 0:
        missing.add(mark)
        return len(markup)
    return found + len(mark)


def _after_raw(markup: str, at: int, tag: str, missing: set[str]) -> int:
    closing = None if tag in missing else _RAW_ENDS[tag].search(markup, at)
    if closing is None:
        # Never closed: a browser would swallow the page, a reader wants the rest of it.
        missing.add(tag)
        return at
    return _after_tag(markup, closing.end())


class _Lines:
    """Gathers letters into lines, blanks collapsed."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._letters: list[str] = []
        self._cells = 0

    def write(self, letters: str, *, as_it_is: bool = False) -> None:
        letters = unescape(letters)
        self._letters.append(letters if as_it_is else _BLANKS.sub(" ", letters))

    def break_line(self, *, always: bool = False) -> None:
        self._cells = 0
        if not self._letters and not always:
            return
        line = "".join(self._letters)
        if "\n" not in line:
            line = re.sub(" {2,}", " ", line)
            line = re.sub(" ?\t ?", "\t", line).strip(" ")
        if line.strip() or always:
            self._done.append(line.rstrip(" "))
        self._letters.clear()

    def next_cell(self) -> None:
        if "".join(self._letters[-1:]).strip() or self._cells:
            self._letters.append("\t")
        self._cells += 1

    def finished(self) -> str:
        self.break_line()
        return "\n".join(self._done)
