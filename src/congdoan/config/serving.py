"""How Granian serves the WSGI application."""

from __future__ import annotations

from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

APPLICATION = "congdoan.config.wsgi:application"


def granian_options(*, host: str, port: int, workers: int) -> dict[str, Any]:
    """Return the arguments of ``granian.Granian`` for ``workers`` web processes at ``host`` and ``port``."""
    return {
        "target": APPLICATION,
        "address": host,
        "port": port,
        "interface": Interfaces.WSGI,
        "workers": workers,
        "blocking_threads": 4,
        "backlog": 2048,
        "http": HTTPModes.http1,
        "websockets": False,
        "workers_kill_timeout": 30,
        "log_level": LogLevels.warning,
    }
