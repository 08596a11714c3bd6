"""Run as a program of its own by ``pdf``: reads a PDF on standard input, writes JSON to standard output.

Pdfium is native code that parses whatever a stranger made. Here it may loop, crash or ask for all memory, and no more
comes of it than the end of this process. It imports nothing of the product, so that it starts in a tenth of a second.

Arguments: seconds of processor time, bytes of memory, bytes of output, pages. Answers ``{"error": word}`` or
``{"pages": [text, ...]}``, lines of one paragraph joined.
"""

import json
import resource
import sys
from typing import Any

_PASSWORD_ERROR = 4
_PARAGRAPH_GAP = 1.9
"""Lines whose feet are farther apart than so many letter heights belong to different paragraphs."""


def _limit(seconds: int, memory: int, output: int) -> None:
    for kind, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def _read(data: bytes, most_pages: int) -> dict[str, Any]:
    import pypdfium2  # after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code == _PASSWORD_ERROR or "password" in str(error).lower()
        return {"error": "encrypted" if locked else "damaged"}
    count = len(document)
    if count > most_pages:
        return {"error": "too_many_pages", "count": count}
    return {"pages": [_page_text(document, at) for at in range(count)]}


def _page_text(document: Any, at: int) -> str:
    import pypdfium2  # the same

    try:
        page = document[at]
        try:
            text_page = page.get_textpage()
            try:
                return _joined(text_page)
            finally:
                text_page.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        # One page that cannot be opened does not spoil the others; it counts as a page without text.
        return ""


def _joined(text_page: Any) -> str:
    """Text of a page with lines joined that only the edge of the page has broken."""
    text = text_page.get_text_range()
    # Pdfium marks a hyphen that it takes for a division of a word; Vietnamese divides none.
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")
    lines = text.split("\r\n")
    if len(text) != text_page.count_chars() or len(lines) < 2:
        # Positions of letters cannot be told: lines stay as they are.
        return "\n".join(line.rstrip() for line in lines)
    boxes = _boxes(text_page, lines)
    right = max((box[2] for box in boxes if box), default=0.0)
    parts = [lines[0].rstrip()]
    for line, before, box in zip(lines[1:], boxes, boxes[1:], strict=False):
        broken_by_edge = before and box and _is_continued(before, box, right)
        parts.append(" " if broken_by_edge else "\n")
        parts.append(line.rstrip())
    return "".join(parts)


_Box = tuple[float, float, float, float, float]


def _boxes(text_page: Any, lines: list[str]) -> list[_Box | None]:
    """For each line: left, foot, right, height of its first letter, width of its first word. ``None`` for a blank one."""
    boxes: list[_Box | None] = []
    start = 0
    for line in lines:
        words = line.split()
        if not words:
            boxes.append(None)
        else:
            first = start + line.index(words[0])
            left, bottom, right, top = text_page.get_charbox(first, loose=True)
            word_right = text_page.get_charbox(first + len(words[0]) - 1, loose=True)[2]
            line_right = text_page.get_charbox(start + len(line.rstrip()) - 1, loose=True)[2]
            boxes.append((left, bottom, max(right, line_right), top - bottom, word_right - left))
        start += len(line) + 2
    return boxes


def _is_continued(before: _Box, box: _Box, right: float) -> bool:
    """Whether the line ``before`` ended only because the next word had no room left beside it."""
    height = max(before[3], 1.0)
    below = 0 < before[1] - box[1] < _PARAGRAPH_GAP * height
    alike = abs(before[3] - box[3]) < 0.25 * height
    blank = 0.2 * height
    return below and alike and before[2] + blank + box[4] > right


def main() -> None:
    """Read, answer."""
    seconds, memory, output, pages = (int(argument) for argument in sys.argv[1:5])
    _limit(seconds, memory, output)
    try:
        answer = _read(sys.stdin.buffer.read(), pages)
    except MemoryError:
        answer = {"error": "too_slow"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
