"""What a page may load (Content Security Policy, https://www.w3.org/TR/CSP3/)."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

INLINE_SCRIPT = (
    Path(__file__).resolve().parent.parent / "ui" / "templates" / "ui" / "shell" / "early_script.js"
)
"""The one script that stands inside every page: it sets the reader's theme before anything is painted."""


def script_hashes() -> list[str]:
    """Return the CSP source of our inline script, e.g. ``["'sha256-…='"]``.

    A hash and not a nonce: a cached page is the same bytes for everyone.
    """
    digest = hashlib.sha256(INLINE_SCRIPT.read_bytes()).digest()
    return [f"'sha256-{base64.b64encode(digest).decode('ascii')}'"]


def admin_directives() -> dict[str, Any]:
    """Return the directives for the editors' admin, which is never cached.

    Wagtail's date fields and panels carry inline scripts and style attributes, so both stay open there. Only people
    who have signed in get these pages; see docs/decisions/0004-content-security-policy.md.
    """
    return {
        "default-src": [SELF],
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
