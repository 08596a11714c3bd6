"""Whose address is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.pages.visitors import TrustedProxies

PROXIES = TrustedProxies(["127.0.0.1", "10.0.0.0/8", "::1"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.1.2.3", "127.0.0.1"),
        ("not an address", "198.51.100.1", "not an address"),
    ],
)
def test_the_last_address_before_our_proxies_is_the_visitors(peer, forwarded, visitor):
    assert PROXIES.visitor(peer, forwarded) == visitor


@given(st.ip_addresses().map(str), st.text(max_size=60))
def test_without_proxies_no_header_changes_the_address(peer, forwarded):
    assert TrustedProxies([]).visitor(peer, forwarded) == peer
