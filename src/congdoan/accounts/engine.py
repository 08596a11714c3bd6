"""A limit on attempts that cannot lock out anybody else.

Attempts are counted for a pair of account and network address, so whoever guesses at an account from elsewhere
only stops themselves. The address is kept as a keyed hash, in the cache, for a quarter of an hour.
"""

from __future__ import annotations

import hashlib
import hmac

LIMIT = 8
WINDOW_SECONDS = 900


def attempt_key(username: str, address: str, *, secret: str) -> str:
    """Return the cache key under which attempts of ``address`` on ``username`` are counted."""
    text = f"{username.strip().casefold()}\x00{address}"
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"sign-in:{digest[:32]}"
