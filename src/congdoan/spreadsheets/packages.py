"""The zip package that an XLSX file is, opened only if nothing about it is a trap.

Nothing is ever unpacked to disk under a name from the file. Sizes are checked twice: as declared before
anything is inflated, and as they really are while parts are read.
"""

import posixpath
import zipfile
import zlib
from pathlib import Path
from typing import IO, Self

from congdoan.spreadsheets.errors import (
    ActiveContentError,
    DamagedError,
    EncryptedError,
    NotSpreadsheetError,
    ZipBombError,
)
from congdoan.spreadsheets.files import count_in, macros, not_a_spreadsheet
from congdoan.spreadsheets.markup import check_prolog, walk
from congdoan.vntext.errors import gettext_noop

MAX_ENTRIES = 1_000
MAX_INFLATED = 400 * 2**20
# A sheet of empty formatted rows reaches about 40; deflate itself could do 1.032.
MAX_RATIO = 250
_RATIO_FROM = 4 * 2**20

_ENTRY_MARK = b"PK\x01\x02"
_CONTENT_TYPES = "[content_types].xml"
_MACRO_NAMES = ("vbaproject", "/macrosheets/", "/dialogsheets/", "vbadata.xml")
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "dialogsheet")
_OUTSIDE_NAMES = ("/externallinks/", "/querytables/", "xl/connections.xml", "/webextensions/")
_EMBEDDED_NAMES = ("/embeddings/", "/activex/", "/ctrlprops/", "oleobject")
_EMBEDDED_TYPES = ("oleobject", "activex", "controlproperties")
_HYPERLINK = "/hyperlink"

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


class Package:
    """An opened package. Parts are found by name without regard to case, as Excel does."""

    def __init__(self, path: Path) -> None:
        if count_in(path, _ENTRY_MARK, at_most=MAX_ENTRIES + 1) > MAX_ENTRIES:
            raise ZipBombError(f"more than {MAX_ENTRIES} entries")
        try:
            # Kept open as long as the package is; ``close`` ends both.
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise DamagedError(f"zip: {error}") from error
        try:
            self._entries = _checked_entries(self._zip.infolist(), path.stat().st_size)
            self._check_kind()
            self._check_parts()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._entries

    def open(self, name: str) -> "Part":
        """A part as a stream. Raises ``DamagedError`` if there is none."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise DamagedError(f"part {name!r} is missing")
        try:
            return Part(self._zip.open(entry), entry.file_size)
        except _BROKEN as error:
            raise DamagedError(f"part {name!r}: {error}") from error

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to within the package: id → last word of the type, name of the part."""
        folder, base = posixpath.split(name)
        relations: dict[str, tuple[str, str]] = {}
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(listing):
            return relations

        def on_start(element: str, attributes: dict[str, str]) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                relations[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        with self.open(listing) as stream:
            walk(stream, on_start)
        return relations

    def _check_kind(self) -> None:
        names = self._entries.keys()
        if _CONTENT_TYPES not in names:
            if "content.xml" in names and "mimetype" in names:
                raise NotSpreadsheetError(
                    "OpenDocument",
                    sentence=gettext_noop(
                        "Tệp ở định dạng OpenDocument (.ods). Hãy mở bằng chương trình bảng tính rồi lưu lại thành .xlsx."
                    ),
                )
            raise not_a_spreadsheet("a zip file of something else")
        if not any(name.startswith("xl/") for name in names):
            raise not_a_spreadsheet("an Office file that is no workbook")

    def _check_parts(self) -> None:
        for name in self._entries:
            _refuse_active(f"/{name}", _MACRO_NAMES, _OUTSIDE_NAMES, _EMBEDDED_NAMES)
        with self.open(_CONTENT_TYPES) as stream:
            walk(stream, _check_content_type)
        for name in self._entries:
            with self.open(name) as stream:
                if stream.read(4) == b"PK\x03\x04":
                    raise ZipBombError(f"{name!r} is a package within the package")
            if name.endswith(".rels"):
                with self.open(name) as stream:
                    walk(stream, _check_relation)
            elif name.endswith(".xml"):
                with self.open(name) as stream:
                    check_prolog(stream)


class Part:
    """A part being read, held to the size that it declares, and whose damage has a sentence."""

    def __init__(self, stream: IO[bytes], declared: int) -> None:
        self._stream = stream
        self._left = declared

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``."""
        try:
            data = self._stream.read(size)
        except _BROKEN as error:
            raise DamagedError(f"inflating: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise ZipBombError("inflates to more than it declares")
        return data


def _checked_entries(entries: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    named: dict[str, zipfile.ZipInfo] = {}
    if sum(entry.compress_size for entry in entries) > size:
        raise ZipBombError("entries overlap")
    if sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise ZipBombError("declares more than its limit")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise EncryptedError("an encrypted zip entry")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedError(f"compression method {entry.compress_type}")
        if entry.file_size > max(_RATIO_FROM, entry.compress_size * MAX_RATIO):
            raise ZipBombError(f"{entry.compress_size} bytes declare to become {entry.file_size}")
        # Some old writers use backslashes between folders.
        name = entry.filename.replace("\\", "/").lower()
        if name.endswith("/"):
            continue
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise DamagedError(f"a name that leads elsewhere: {entry.filename!r}")
        if name in named:
            raise DamagedError(f"two entries named {name!r}")
        named[name] = entry
    return named


def _refuse_active(
    text: str, for_macros: tuple[str, ...], outside: tuple[str, ...], embedded: tuple[str, ...]
) -> None:
    if any(mark in text for mark in for_macros):
        raise macros(text)
    if any(mark in text for mark in outside):
        raise _links_outside(text)
    if any(mark in text for mark in embedded):
        raise ActiveContentError(
            text,
            sentence=gettext_noop(
                "Tệp có đối tượng nhúng bên trong nên không được nhận. Hãy chép riêng bảng dữ liệu sang một tệp .xlsx mới."
            ),
        )


def _check_content_type(element: str, attributes: dict[str, str]) -> None:
    if element in ("Default", "Override"):
        content_type = attributes.get("ContentType", "").lower()
        _refuse_active(
            content_type, _MACRO_TYPES, ("externallink", "connections+", "querytable"), _EMBEDDED_TYPES
        )


def _check_relation(element: str, attributes: dict[str, str]) -> None:
    if element != "Relationship":
        return
    kind = attributes.get("Type", "")
    # Excel makes every e-mail address a hyperlink; it is never followed here.
    if attributes.get("TargetMode") == "External" and not kind.endswith(_HYPERLINK):
        raise _links_outside(kind)


def _links_outside(found: str) -> ActiveContentError:
    return ActiveContentError(
        found,
        sentence=gettext_noop(
            "Tệp có liên kết tới tệp hoặc nguồn dữ liệu khác nên không được nhận. Hãy ngắt liên kết (Break Links) hoặc chép giá trị sang một tệp .xlsx mới."
        ),
    )
