"""An uploaded file as a file with a path, as the reader of spreadsheets wants it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


class Upload(Protocol):
    """What a web framework gives: a name and chunks of bytes."""

    def chunks(self) -> Iterable[bytes]:
        """Return the content piece by piece."""
        ...


@contextmanager
def as_file(upload: Upload | bytes, name: str) -> Iterator[Path]:
    """Give the content a path for as long as the block lasts. The end of ``name`` stays: it says what the file claims to
    be, and the reader refuses what claims to carry macros."""
    suffix = _SUFFIX.search(name)
    with tempfile.NamedTemporaryFile(suffix=suffix[0].lower() if suffix else "") as file:
        for chunk in [upload] if isinstance(upload, bytes) else upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
