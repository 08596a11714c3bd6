"""What can go wrong when people are told something."""

from __future__ import annotations

import abc

from django.utils.translation import gettext as _


class NoticesError(Exception, abc.ABC):
    """Somebody could not be told. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the reader."""


class MailServerError(NoticesError):
    """The mail server cannot be reached; no address is at fault."""

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Không kết nối được máy chủ thư. Thư sẽ được gửi lại khi máy chủ hoạt động.")


class RemindersError(NoticesError):
    """Some sources of reminders failed; ``names`` says which. The others were done."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"sources of reminders failed: {', '.join(names)}")
        self.names = names

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Chưa nhắc hạn được cho: %s. Hãy xem nhật ký của máy chủ.") % ", ".join(self.names)
