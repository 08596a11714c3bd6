"""Links that open something never stand in the log."""

from __future__ import annotations

import pytest

from congdoan.config.logs import redact


@pytest.mark.parametrize(
    "path", ["/moi/{}/", "/en/moi/{}/", "/the-doan-vien/{}/", "/dang-nhap/mat-khau-moi/Mg/{}/"]
)
def test_the_secret_part_of_a_link_is_covered(path):
    line = redact(None, "info", {"request": f"GET {path.format('s3cr3t-t0ken')}"})
    assert "s3cr3t" not in line["request"]
    assert line["request"].startswith("GET /")


def test_other_addresses_stay_as_they_are():
    assert redact(None, "info", {"request": "GET /tin-tuc/moi-nhat/"})["request"] == "GET /tin-tuc/moi-nhat/"
    assert redact(None, "info", {"event": "x"}) == {"event": "x"}
