"""The editor's browser makes the same address as the server."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from congdoan import vntext
from congdoan.portal.slug_widget import VietnameseSlugInput, formatters

VIETNAMESE = "aăâeêioôơuưyđáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵbcghklmnpqrstvx"


def in_the_browser(title: str) -> str:
    """Do what Wagtail's script does with the patterns it is given."""
    for pattern, replacement in formatters():
        title = pattern.sub(replacement, title)
    return re.sub("-+", "-", title.lower()).strip("-")


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ,.-–“”/0123456789", min_size=1))
def test_browser_and_server_agree_on_every_vietnamese_title(title):
    assert in_the_browser(vntext.nfc(title)) == vntext.slugify(title)


def test_the_widget_carries_the_patterns_to_the_browser():
    attrs = VietnameseSlugInput().attrs
    assert "đ" in attrs["data-w-slug-formatters-value"] or "\\u0111" in attrs["data-w-slug-formatters-value"]
