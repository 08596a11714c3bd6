"""XML of a stranger's document, parsed in small steps, without entities.

A document type is refused at its first letter, so no entity can be declared, expanded or fetched. One token (a tag with
its attributes, a comment) may not grow past a limit, for the parser must hold it whole.
"""

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from congdoan.filetext.errors import damaged

STEP = 64 * 1024
LARGEST_TOKEN = 512 * 1024
DEEPEST = 500

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Readable(Protocol):
    """Bytes that come in steps."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


def walk(stream: Readable, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call ``start``, ``end`` and ``text`` for all elements, by their names without namespace.

    Raises the refusal of a damaged DOCX for what is not well-formed or not harmless.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged("elements nested too deep", "DOCX")
        start(_local(name), attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_local(name))

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    fed = 0
    try:
        while data := stream.read(STEP):
            fed += len(data)
            parser.Parse(data, False)
            if fed - parser.CurrentByteIndex > LARGEST_TOKEN:
                raise damaged("a tag larger than any real one", "DOCX")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(f"XML: {error}", "DOCX") from error
    except (LookupError, UnicodeError) as error:
        raise damaged(f"XML in an unknown encoding: {error}", "DOCX") from error


def attribute(attributes: dict[str, str], name: str) -> str:
    """The value of an attribute by its name without namespace; empty where it is missing."""
    for key, value in attributes.items():
        if key == name or key.endswith("}" + name):
            return value
    return ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_document_type(*_: object) -> None:
    raise damaged("a document type declaration", "DOCX")
