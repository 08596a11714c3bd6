"""Kinds of Call: a kind is a record here, not a module of its own.

What a kind collects, and what its results may claim. Later kinds (member poll, dialogue, quiz, photo contest …) are
further records; see docs/decisions for the one-Call model.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of Call.

    ``collects`` names the model that takes what people hand in; ``is_secret`` says that it must lose its author;
    ``note`` is printed under every result of the kind.
    """

    code: str
    name: str | Promise
    collects: str
    is_secret: bool
    note: str | Promise


SITE_POLL = Kind(
    code="site_poll",
    name=_("Bình chọn trên trang"),
    collects="participation.Ballot",
    is_secret=True,
    note=_("Kết quả chỉ phản ánh ý kiến của người đã bấm chọn, không mang tính đại diện."),
)

KINDS: dict[str, Kind] = {kind.code: kind for kind in (SITE_POLL,)}
