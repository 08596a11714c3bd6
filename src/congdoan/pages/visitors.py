"""Who is asking: the network address behind proxies, and whether it is a robot.

Addresses are used in memory for the moment of a request; they are never written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network


class TrustedProxies:
    """Believes ``X-Forwarded-For`` from the given networks alone: anyone else could write any address there."""

    def __init__(self, proxies: Iterable[str]) -> None:
        self._networks = [ip_network(proxy, strict=False) for proxy in proxies]

    def __bool__(self) -> bool:
        return bool(self._networks)

    def trusts(self, address: str) -> bool:
        """Say whether ``address`` is one of the proxies."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)

    def visitor(self, address: str, forwarded_for: str) -> str:
        """Return the visitor's address: the last one in ``forwarded_for`` that is not a proxy of ours.

        ``address`` is the peer of the connection; when it is no proxy of ours, it is the visitor.
        """
        if not self.trusts(address):
            return address
        hops = [part.strip() for part in forwarded_for.split(",") if part.strip()]
        while hops and self.trusts(hops[-1]):
            hops.pop()
        return hops[-1] if hops else address
