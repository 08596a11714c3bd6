"""The only way in which XML of a stranger's file is parsed: in small steps, without entities, without surprise.

A document type is refused at its first letter, so no entity can be declared, expanded or fetched. One token
(a tag with its attributes, a comment) may not grow past a limit, for the parser must hold it whole.
"""

from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

from congdoan.spreadsheets.errors import DamagedError

STEP = 64 * 1024
LARGEST_TOKEN = 512 * 1024
DEEPEST = 100

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
)


class Readable(Protocol):
    """Bytes that come in steps."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


Start = Callable[[str, dict[str, str]], None]


def local_name(name: str) -> str | None:
    """The bare name of an element of a workbook or its package; None for one of any other namespace."""
    namespace, _, local = name.rpartition("}")
    return local if namespace in _NAMESPACES else None


class Parser:
    """An expat parser with the guards on. Set ``start``, ``end`` and ``text`` on ``expat``; then feed it."""

    def __init__(self) -> None:
        self.expat = expat.ParserCreate(namespace_separator="}")
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._refuse_document_type
        self._fed = 0

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Parse the next piece. Raises ``DamagedError`` for what is not well-formed or not harmless."""
        self._fed += len(data)
        try:
            self.expat.Parse(data, final)
        except expat.ExpatError as error:
            raise DamagedError(f"XML: {error}") from error
        except (LookupError, UnicodeError) as error:
            raise DamagedError(f"XML in an unknown encoding: {error}") from error
        if self._fed - self.expat.CurrentByteIndex > LARGEST_TOKEN:
            raise DamagedError("a tag larger than any real one")

    def feed_from(self, stream: Readable) -> Iterator[None]:
        """Parse ``stream`` to its end, pausing after each step so that the caller can take what was found."""
        while data := stream.read(STEP):
            self.feed(data)
            yield
        self.feed(b"", final=True)
        yield

    @staticmethod
    def _refuse_document_type(*_: object) -> None:
        raise DamagedError("a document type declaration")


def walk(stream: Readable, start: Start) -> None:
    """Call ``start`` with the name and attributes of each element of the package's own vocabularies."""
    parser = Parser()
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise DamagedError("elements nested too deep")
        if local := local_name(name):
            start(local, attributes)

    def on_end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.expat.StartElementHandler = on_start
    parser.expat.EndElementHandler = on_end
    for _ in parser.feed_from(stream):
        pass


class _RootReachedError(Exception):
    """Ends the reading of a prolog."""


def check_prolog(stream: Readable) -> None:
    """Read up to the first element only: a document type can stand nowhere else."""
    parser = Parser()

    def stop(*_: object) -> None:
        raise _RootReachedError

    parser.expat.StartElementHandler = stop
    try:
        for _ in parser.feed_from(stream):
            pass
    except _RootReachedError:
        return
