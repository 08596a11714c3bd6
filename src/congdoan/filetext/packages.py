"""The zip package that a DOCX file is, opened only if nothing about it is a trap.

Nothing is ever unpacked to disk. Sizes are checked twice: as declared before anything is inflated, and as they really
are while a part is read.
"""

import io
import posixpath
import zipfile
import zlib
from typing import IO

from congdoan.filetext.errors import damaged, encrypted, macros, swells, unsupported
from congdoan.filetext.markup import attribute, walk

MAX_ENTRIES = 5_000
MAX_INFLATED = 400 * 2**20
"""Of all parts together, in bytes."""
MAX_PART = 50 * 2**20
"""Of one part that is read, in bytes: some ten million letters of text."""
# Long tables of empty cells reach about 60; deflate itself could do 1.032.
MAX_RATIO = 250
_RATIO_FROM = 4 * 2**20

_ENTRY_MARK = b"PK\x01\x02"
_CONTENT_TYPES = "[content_types].xml"
_ROOT_RELATIONS = "_rels/.rels"
_MACRO_NAMES = ("vbaproject", "vbadata.xml")
_MACRO_TYPES = ("macroenabled", "vbaproject")

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,  # with it what zipfile has not implemented
)


class Package:
    """An opened package. Parts are found by name without regard to case, as Word does."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY_MARK) > MAX_ENTRIES:
            raise swells(f"more than {MAX_ENTRIES} entries")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise damaged(f"zip: {error}", "DOCX") from error
        self._entries = _checked_entries(entries, len(data))
        if _CONTENT_TYPES not in self._entries or not any(name.startswith("word/") for name in self._entries):
            raise unsupported("a zip file that is no Word document")
        for name in self._entries:
            if any(mark in name for mark in _MACRO_NAMES):
                raise macros(name)
        with self.open(_CONTENT_TYPES) as stream:
            walk(stream, _refuse_macro_types)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def open(self, name: str) -> "Part":
        """A part as a stream. Raises the refusal of a damaged file if there is none."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise damaged(f"part {name!r} is missing", "DOCX")
        if entry.file_size > MAX_PART:
            raise swells(f"part {name!r} declares {entry.file_size} bytes")
        try:
            return Part(self._zip.open(entry), entry.file_size)
        except _BROKEN as error:
            raise damaged(f"part {name!r}: {error}", "DOCX") from error

    def main_part(self) -> str:
        """The name of the part that holds the body: as the package says, else the usual one."""
        found = self._targets("", _ROOT_RELATIONS, "officeDocument")
        return next((name for name in found if name in self), "word/document.xml")

    def parts_beside(self, main: str, kind: str) -> list[str]:
        """The parts of a ``kind`` (footnotes, endnotes) that the main part refers to and that are there."""
        folder, base = posixpath.split(main)
        found = self._targets(folder, posixpath.join(folder, "_rels", f"{base}.rels"), kind)
        return [name for name in dict.fromkeys(found) if name in self]

    def _targets(self, folder: str, listing: str, kind: str) -> list[str]:
        if listing not in self:
            return []
        found: list[str] = []

        def on_start(element: str, attributes: dict[str, str]) -> None:
            if element != "Relationship" or attribute(attributes, "TargetMode") == "External":
                return
            if attribute(attributes, "Type").rpartition("/")[2] == kind:
                target = posixpath.normpath(posixpath.join("/", folder, attribute(attributes, "Target")))
                found.append(target.lstrip("/"))

        with self.open(listing) as stream:
            walk(stream, on_start)
        return found


class Part:
    """A part being read, held to the size that it declares, and whose damage has a sentence."""

    def __init__(self, stream: IO[bytes], declared: int) -> None:
        self._stream = stream
        self._left = declared

    def __enter__(self) -> "Part":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``."""
        try:
            data = self._stream.read(size)
        except _BROKEN as error:
            raise damaged(f"inflating: {error}", "DOCX") from error
        self._left -= len(data)
        if self._left < 0:
            raise swells("inflates to more than it declares")
        return data


def _checked_entries(entries: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    if sum(entry.compress_size for entry in entries) > size:
        raise swells("entries overlap")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise swells("declares more than its limit")
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        _check_entry(entry)
        # Some old writers use backslashes between folders.
        name = entry.filename.replace("\\", "/").lower()
        if name.endswith("/"):
            continue
        if name in named:
            raise damaged(f"two entries named {name!r}", "DOCX")
        named[name] = entry
    return named


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise encrypted("an encrypted zip entry")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(f"compression method {entry.compress_type}", "DOCX")
    if entry.file_size > max(_RATIO_FROM, entry.compress_size * MAX_RATIO):
        raise swells(f"{entry.compress_size} bytes declare to become {entry.file_size}")


def _refuse_macro_types(element: str, attributes: dict[str, str]) -> None:
    if element in ("Default", "Override"):
        content_type = attribute(attributes, "ContentType").lower()
        if any(mark in content_type for mark in _MACRO_TYPES):
            raise macros(content_type)
