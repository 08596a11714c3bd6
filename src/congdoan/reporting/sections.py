"""Which rights open which part of reporting."""

from __future__ import annotations

from congdoan.organisation.rights import Right

FILLING = (Right.ENTER_REPORTS, Right.SIGN_REPORTS)
"""Rights that let one fill and send."""
