"""What can go wrong with an account, in words for the log and for the person."""

from __future__ import annotations

import abc

from django.utils.translation import gettext as _


class AccountsError(Exception, abc.ABC):
    """A rule of accounts was broken. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the person."""


class WaitError(AccountsError):
    """One has to wait before the next attempt. ``seconds`` says how long."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s before the next attempt")
        self.seconds = max(1, seconds)

    def _time(self) -> str:
        if self.seconds < 90:
            return _("%(seconds)d giây") % {"seconds": self.seconds}
        return _("%(minutes)d phút") % {"minutes": -(-self.seconds // 60)}


class TooManyAttemptsError(WaitError):
    """Someone tries passwords or codes."""

    @property
    def user_message(self) -> str:
        """The sentence for the person."""
        return _("Bạn đã thử quá nhiều lần. Hãy chờ %(time)s rồi thử lại.") % {"time": self._time()}


class NewDeviceMustWaitError(WaitError):
    """Wrong passwords come in from many places; a device that is new to the account waits before it tries."""

    @property
    def user_message(self) -> str:
        """The sentence for the person. The same for an account that does not exist."""
        return _(
            "Tài khoản này đang bị thử mật khẩu từ nhiều nơi, nên thiết bị mới phải chờ. Hãy chờ %(time)s rồi bấm "
            "lại. Thiết bị bạn từng đăng nhập thì không phải chờ."
        ) % {"time": self._time()}


class AccountRefusedError(AccountsError):
    """The account cannot be made, or the password cannot be set, as asked."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons

    @property
    def user_message(self) -> str:
        """The sentences for the person."""
        return " ".join(self.reasons)
