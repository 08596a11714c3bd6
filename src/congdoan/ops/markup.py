"""The short markup in which the texts that come with the product are written, read into the body of a page.

A blank line parts two blocks. ``## `` begins a heading, ``- `` a list, ``> `` a quotation whose last line may name
the speaker after a dash, ``![name] caption | alternative text`` a picture, ``|= caption`` with ``| a | b`` rows a table.
"""

from __future__ import annotations

import html
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from congdoan import vntext

Block = tuple[str, Any]
_PICTURE = re.compile(r"^!\[(?P<name>[^\]]+)\]\s*(?P<caption>[^|]*)(?:\|\s*(?P<alt>.*))?$")
_NUMERIC = re.compile(r"^[-–+]?[\d.,  ]+\s*%?$")


@dataclass(frozen=True, slots=True)
class PictureMark:
    """Where a picture stands: its name in the text, its caption and its alternative text."""

    name: str
    caption: str
    alt: str


def parse(text: str, picture: Callable[[PictureMark], Any] | None = None) -> list[Block]:
    """Return the blocks of ``text`` as the body of a page takes them: ``[(type, value)]``.

    ``picture`` turns a picture mark into the value of an image block. Raises ``ValueError`` for a picture without it.
    """
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", vntext.nfc(text.strip())):
        lines = [line.strip() for line in chunk.strip().splitlines() if line.strip()]
        if lines:
            blocks.extend(_blocks(lines, picture))
    return blocks


def as_stream(blocks: list[Block]) -> str:
    """Return ``blocks`` as a stream field stores them; the same blocks give the same bytes."""
    stored = []
    for index, (kind, value) in enumerate(blocks):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        stored.append(
            {
                "type": kind,
                "value": value,
                "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{index} {kind} {text}")),
            }
        )
    return json.dumps(stored, ensure_ascii=False)


def _blocks(lines: list[str], picture: Callable[[PictureMark], Any] | None) -> list[Block]:
    first = lines[0]
    if first.startswith("## "):
        rest = _blocks(lines[1:], picture) if lines[1:] else []
        return [("heading", first[3:].strip()), *rest]
    if first.startswith("|"):
        return [("table", _table(lines))]
    if first.startswith("![") and (match := _PICTURE.match(first)):
        mark = PictureMark(match["name"].strip(), match["caption"].strip(), (match["alt"] or "").strip())
        if picture is None:
            raise ValueError(f"a picture where none may stand: {mark.name}")
        rest = _blocks(lines[1:], picture) if lines[1:] else []
        return [("figure", {"image": picture(mark), "caption": mark.caption, "credit": ""}), *rest]
    if first.startswith(">"):
        return [("quote", _quote(lines))]
    if first.startswith("- "):
        return [("paragraph", _list(lines))]
    return [("paragraph", f"<p>{_inline(' '.join(lines))}</p>")]


def _inline(text: str) -> str:
    escaped = html.escape(text, quote=False)
    escaped = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escaped)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", escaped)


def _quote(lines: list[str]) -> dict[str, str]:
    words = [line.lstrip("> ").strip() for line in lines]
    attribution = ""
    if len(words) > 1 and words[-1][:1] in "—–-":
        attribution = words.pop().lstrip("—–- ").strip()
    return {"text": " ".join(words), "attribution": attribution}


def _list(lines: list[str]) -> str:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:].strip())
        else:
            items[-1] += f" {line}"
    return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</ul>"


def _table(lines: list[str]) -> dict[str, Any]:
    caption = ""
    if lines[0].startswith("|="):
        caption = lines[0][2:].strip()
        lines = lines[1:]
    rows = [[cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")] for line in lines]
    heading = rows[0]
    body = [(row + [""] * len(heading))[: len(heading)] for row in rows[1:]]
    columns = [
        {
            "type": "number"
            if body and all(_NUMERIC.match(row[index]) for row in body if row[index])
            else "text",
            "heading": title,
        }
        for index, title in enumerate(heading)
    ]
    return {"table": {"columns": columns, "rows": [{"values": row} for row in body], "caption": caption}}
