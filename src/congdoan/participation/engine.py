"""Plain rules of a poll: counting, keys of claims, a limit on votes from one network address."""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from ipaddress import ip_address

TOKEN = re.compile(r"[0-9A-Za-z_-]{16,64}")
"""What a voter's or a form's token looks like: random, drawn by us or by ``crypto.randomUUID``."""


def is_token(text: str) -> bool:
    """Say whether ``text`` can be a token."""
    return TOKEN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by option id. An option that nobody chose has zero votes: it was offered."""

    votes: Mapping[int, int]

    @property
    def total(self) -> int:
        """All votes."""
        return sum(self.votes.values())

    def percent(self, option_id: int) -> Decimal:
        """Share of an option in percent with one decimal, rounded half up; 0 while nobody has voted.

        Rounded shares need not add up to 100.
        """
        if not self.total:
            return Decimal(0)
        share = Decimal(self.votes[option_id] * 100) / self.total
        return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP).normalize() + 0


def tally(option_ids: Iterable[int], counted: Iterable[tuple[int, int]]) -> Tally:
    """Make the tally from pairs (option id, votes). Raises ``ValueError`` for votes of an option that was not offered."""
    votes = dict.fromkeys(option_ids, 0)
    for option_id, number in counted:
        if option_id not in votes:
            raise ValueError(f"votes for option {option_id}, which was not offered")
        votes[option_id] += number
    return Tally(votes)


def claim_key(call_id: int, slot: str, token: str, *, secret: str) -> str:
    """Return the keyed hash under which ``token`` claims one use of ``slot`` ("voter", "form") in a Call."""
    text = f"congdoan.participation.claim\x00{call_id}\x00{slot}\x00{token}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def voter_token_of_form(form_token: str, *, secret: str) -> str:
    """Return the token of a voter who has none yet.

    It follows from the form's token, so that parallel copies of one submission all hand out the same cookie.
    """
    text = f"congdoan.participation.voter\x00{form_token}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:43]


class AddressLimit:
    """At most ``limit`` votes in about ``window`` seconds from one network address; thread-safe, in memory only.

    Factories and schools share one address, so the limit is high, and the address is nobody's identity. It is kept as
    a hash under a key that is drawn when the process starts and never leaves it; an IPv6 address counts as its /64
    network, which one household owns. At most ``capacity`` addresses are remembered, the longest unseen is forgotten.
    Each web process counts by itself.
    """

    def __init__(
        self,
        limit: int = 300,
        window: float = 60.0,
        capacity: int = 20_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit = limit
        self.window = window
        self.capacity = capacity
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._lock = threading.Lock()
        # Key of the address: (start of its window, votes in it, votes in the window before).
        self._seen: OrderedDict[bytes, tuple[float, int, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def take(self, address: str) -> int:
        """Count one vote from ``address``. Returns 0 when it may pass, else the whole seconds to wait."""
        key = hmac.digest(self._key, _network(address).encode(), "sha256")[:16]
        with self._lock:
            now = self._clock()
            start, current, previous = self._seen.pop(key, (now, 0, 0))
            passed = int((now - start) // self.window)
            if passed:
                start += passed * self.window
                previous, current = (current if passed == 1 else 0), 0
            # The window before weighs less the further this one has gone, so there is no jump at its end.
            gone = (now - start) / self.window
            room = self.limit - 1 - current
            allowed = previous * (1 - gone) <= room + 1e-6  # what floats lose
            self._seen[key] = (start, current + allowed, previous)
            if len(self._seen) > self.capacity:
                self._seen.popitem(last=False)
        if allowed:
            return 0
        # How far the window must have gone for one more to fit: this one, or the next, where this one is the one before.
        needed = 1 - room / previous if room >= 0 else 2 - (self.limit - 1) / current
        return max(1, math.ceil((needed - gone) * self.window))


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(int(parsed) >> 64)
    return str(parsed.ipv4_mapped or parsed) if parsed.version == 6 else str(parsed)
