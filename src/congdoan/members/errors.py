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


class SentenceError(MembersError):
    """A rule with one sentence of its own."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(reason)
        self._sentence = sentence

    @property
    def user_message(self) -> str:
        """A sentence for the reader."""
        return self._sentence


class OutOfReachError(SentenceError):
    """The capacity has no such right over the unit."""

    def __init__(self) -> None:
        super().__init__("the unit is out of reach", _("Đơn vị này không thuộc phạm vi bạn được giao."))


class DateRuleError(SentenceError):
    """A day that cannot be; ``field`` names the field of the form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field} cannot be", sentence)
        self.field = field


class KnownPersonError(SentenceError):
    """The register has somebody with this number, or it may: ``likely`` says it is not certain."""

    def __init__(self, *, likely: bool = False) -> None:
        super().__init__(
            "somebody in the register may be this person" if likely else "the register has this person",
            _("Có thể người này đã có hồ sơ. Hãy xem gợi ý bên dưới.")
            if likely
            else _("Số định danh hoặc mã số đoàn viên này đã có trong sổ đoàn viên."),
        )


class AlreadyMemberError(SentenceError):
    """The person is a member somewhere on that day."""

    def __init__(self) -> None:
        super().__init__(
            "the person is a member already",
            _("Người này đang là đoàn viên, hoặc đã được ghi là đoàn viên sau ngày đó. Hãy xem quá trình."),
        )


class NotMemberError(SentenceError):
    """The person is not a member, or no longer in the unit."""

    def __init__(self) -> None:
        super().__init__(
            "the person is no member there",
            _("Người này không còn là đoàn viên của đơn vị. Hãy tải lại trang để xem thay đổi mới nhất."),
        )


class StaleError(SentenceError):
    """Somebody else changed the record meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "the record was changed meanwhile",
            _("Có người vừa sửa hồ sơ này. Hãy xem lại thông tin mới rồi sửa tiếp."),
        )


class RestrictedError(SentenceError):
    """The person asked that their data be only kept."""

    def __init__(self) -> None:
        super().__init__(
            "processing is restricted",
            _("Hồ sơ đang được hạn chế xử lý theo yêu cầu của đoàn viên, nên chưa sửa được."),
        )


class ReasonMissingError(SentenceError):
    """Something that is only done with a reason."""

    def __init__(self) -> None:
        super().__init__("no reason given", _("Hãy ghi lý do."))


class TransferClosedError(SentenceError):
    """The transfer no longer waits."""

    def __init__(self) -> None:
        super().__init__(
            "the transfer is closed",
            _("Đề nghị chuyển sinh hoạt này đã kết thúc. Hãy tải lại trang để xem kết quả."),
        )


class TransferOpenError(SentenceError):
    """The person has an open transfer already."""

    def __init__(self) -> None:
        super().__init__(
            "there is an open transfer",
            _("Người này đang có một đề nghị chuyển sinh hoạt chờ trả lời."),
        )


class NotAskedError(SentenceError):
    """The side that asked cannot refuse, the side that is asked cannot take back."""

    def __init__(self) -> None:
        super().__init__(
            "the other side decides this",
            _("Bên đề nghị chỉ rút lại được, bên được hỏi mới từ chối được."),
        )


class SameFileError(SentenceError):
    """This very file was sent for this unit before; ``run_id`` says when it was."""

    def __init__(self, run_id: int) -> None:
        super().__init__(
            "the same file was sent before",
            _("Tệp này đã được gửi cho đơn vị này. Hãy mở đợt nhập đó, hoặc gửi tệp đã sửa."),
        )
        self.run_id = run_id


class ImportStateError(SentenceError):
    """The import is no longer where this step belongs."""

    def __init__(self) -> None:
        super().__init__(
            "the import has moved on", _("Đợt nhập đã chuyển sang bước khác. Hãy tải lại trang để xem.")
        )


class ImportRightLostError(SentenceError):
    """Whoever sent the list may no longer import into the unit."""

    def __init__(self) -> None:
        super().__init__(
            "the sender lost the right", _("Người gửi không còn quyền nhập danh sách cho đơn vị này.")
        )
