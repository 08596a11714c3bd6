"""An uploaded file as a file with a path, as the reader of spreadsheets wants it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol


class Upload(Protocol):
    """What a web framework gives: a name and chunks of bytes."""

    def chunks(self) -> Iterable[bytes]:
        """Return the content piece by piece."""
        ...


@contextmanager
def as_file(upload: Upload | bytes) -> Iterator[Path]:
    """Give the content a path for as long as the block lasts."""
    with tempfile.NamedTemporaryFile(suffix=".tmp") as file:
        for chunk in [upload] if isinstance(upload, bytes) else upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
