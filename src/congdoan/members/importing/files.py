"""Files of lists while they are needed: encrypted, out of reach of the web, gone when the import is over."""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from congdoan.members import crypto

_PIECE = 512 * 1024


def folder() -> Path:
    """Return where the files are kept; only this server may look into it."""
    path = Path(settings.DATA_DIR) / "private" / "member-imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def digest(path: Path) -> str:
    """Return the hash by which the same file is recognised."""
    with path.open("rb") as file:
        hashed = sha256()
        while piece := file.read(_PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def keep(path: Path) -> str:
    """Keep an encrypted copy of ``path``; return under which name."""
    name = f"{uuid.uuid4().hex}.kept"
    with path.open("rb") as source, open(folder() / name, "w", opener=_private, encoding="ascii") as target:
        while piece := source.read(_PIECE):
            target.write(crypto.encrypt(base64.b64encode(piece).decode()) + "\n")
    return name


@contextmanager
def opened(name: str, suffix: str) -> Iterator[Path]:
    """Lend the readable file for as long as the block lasts.

    Each reader has a copy of its own, so that two workers do not take it from each other; copies that a killed worker
    left behind are swept away by ``sweep`` and when the import is over.
    """
    path = folder() / f"{name}.{uuid.uuid4().hex}.open{suffix}"
    try:
        with (
            (folder() / name).open(encoding="ascii") as source,
            open(path, "wb", opener=_private) as target,
        ):
            target.writelines(base64.b64decode(crypto.decrypt(line.rstrip("\n"))) for line in source)
        yield path
    finally:
        path.unlink(missing_ok=True)


def forget(name: str) -> None:
    """Delete a kept file and readable copies of it."""
    if name:
        for path in folder().glob(f"{name}*"):
            path.unlink(missing_ok=True)


def sweep(kept: set[str]) -> int:
    """Delete everything that belongs to none of the names ``kept``; return how many files went."""
    gone = [path for path in folder().iterdir() if path.name.partition(".kept")[0] + ".kept" not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
