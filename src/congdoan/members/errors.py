"""What can go wrong with members, in words for people."""

from __future__ import annotations

import abc

from django.utils.translation import gettext as _


class MembersError(Exception, abc.ABC):
    """A rule of the register was broken. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """A sentence for the reader."""


class UnreadableError(MembersError):
    """An encrypted field that none of the keys opens."""

    def __init__(self) -> None:
        super().__init__("no key of FIELD_KEYS opens this field")

    @property
    def user_message(self) -> str:
        """A sentence for the reader."""
        return _(
            "Không giải mã được trường này: máy chủ thiếu khoá đã dùng khi ghi. Hãy báo người quản trị hệ thống."
        )
