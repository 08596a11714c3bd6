"""What a line of the log must not hold: links that open something for whoever has them."""

from __future__ import annotations

import re
from typing import Any

SECRET_LINKS = re.compile(r"(/moi/|/the-doan-vien/|/dang-nhap/mat-khau-moi/[^/]+/)[^/\s]+")
"""Invitations, member cards and links that set a new password."""


def redact(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cover the secret part of an address in the line of a request (a processor of structlog)."""
    request = event.get("request")
    if isinstance(request, str):
        event["request"] = SECRET_LINKS.sub(r"\1…", request)
    return event
