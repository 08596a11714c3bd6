"""How often one may try, and how long one waits: plain arithmetic. ``limits`` keeps the counts.

Every rule names a pair, never an account alone, so that nobody can be locked out by somebody else. The reasons are in
docs/decisions/0009-sign-in-with-allauth.md.
"""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address, ip_network

LIMIT = 8
"""Wrong attempts that one pair (account and address, or account and known device) has within ``WINDOW_SECONDS``."""
WINDOW_SECONDS = 900

ADDRESS_FREE = 30
"""Wrong attempts of one address over all accounts before it is slowed down; an office shares one address."""
ADDRESS_MOST_SECONDS = 60

ACCOUNT_FREE = 20
"""Wrong attempts on one account from anywhere before a device that is new to it has to wait before it tries."""
ACCOUNT_WINDOW_SECONDS = 3600
ACCOUNT_MOST_SECONDS = 300


def keyed(purpose: str, *parts: str, secret: str) -> str:
    """Return a cache key that tells nobody which account or address it stands for."""
    digest = hmac.new(secret.encode(), "\x00".join(parts).encode(), hashlib.sha256).hexdigest()
    return f"{purpose}:{digest[:32]}"


def network(address: str) -> str:
    """Return what counts as one address: an IPv6 visitor has a whole /64 and would never run out."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


def address_wait(failures: int) -> int:
    """Return the seconds between two attempts of an address after ``failures`` wrong ones: 0, then 1, 2, 4 … 60."""
    if failures < ADDRESS_FREE:
        return 0
    return int(min(2.0 ** min((failures - ADDRESS_FREE) // 5, 16), ADDRESS_MOST_SECONDS))


def account_wait(failures: int) -> int:
    """Return the seconds that a new device waits before each attempt on an account: 0, then 5, 10, 20 … 300."""
    if failures < ACCOUNT_FREE:
        return 0
    return int(min(5 * 2.0 ** min((failures - ACCOUNT_FREE) // 10, 16), ACCOUNT_MOST_SECONDS))
