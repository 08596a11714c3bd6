"""What can go wrong with an account, in words for the log and for the person."""

from __future__ import annotations

from django.utils.translation import gettext as _


class TooManyAttemptsError(Exception):
    """Someone tries passwords. ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many attempts to sign in, wait {seconds} s")
        self.seconds = seconds

    @property
    def user_message(self) -> str:
        """The sentence for the person."""
        minutes = max(1, -(-self.seconds // 60))
        return _("Bạn đã thử quá nhiều lần. Hãy chờ %(minutes)d phút rồi thử lại.") % {"minutes": minutes}
