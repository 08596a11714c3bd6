"""Rules of taking part, in words for the log and for the reader."""

from __future__ import annotations

import abc

from django.utils.translation import gettext as _


class ParticipationError(Exception, abc.ABC):
    """A rule of a Call was broken. ``user_message`` is safe to show; ``code`` names the rule for programs."""

    code: str

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the reader."""


class NoSuchCallError(ParticipationError):
    """There is no such Call, or it is a draft: to a visitor the same."""

    code = "no_such_call"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Không có bình chọn này. Hãy xem danh sách các bình chọn.")


class NotOpenError(ParticipationError):
    """The Call takes nothing now. ``state`` is a value of ``Call.State``."""

    code = "not_open"

    def __init__(self, state: str) -> None:
        super().__init__(f"the call is {state}")
        self.state = state

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        if self.state == "announced":
            return _("Bình chọn này chưa mở. Hãy quay lại khi đến ngày mở.")
        if self.state == "cancelled":
            return _("Bình chọn này đã huỷ, phiếu của bạn không được ghi.")
        return _("Bình chọn này đã đóng, phiếu của bạn không được ghi. Bạn có thể xem kết quả.")


class AlreadyVotedError(ParticipationError):
    """This voter has a Claim on the Call."""

    code = "already_voted"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Bạn đã bình chọn rồi. Mỗi người bình chọn một lần; dưới đây là kết quả.")


class NoOptionError(ParticipationError):
    """Nothing was chosen."""

    code = "no_option"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Hãy chọn một phương án trước khi bình chọn.")


class UnknownOptionError(ParticipationError):
    """The option is none of this Call's."""

    code = "unknown_option"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Phương án này không có trong bình chọn. Hãy chọn lại một phương án dưới đây.")


class BadTokenError(ParticipationError):
    """The form came without the mark that tells one submission from another, or with a broken one."""

    code = "bad_token"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Biểu mẫu này đã cũ nên phiếu của bạn chưa được ghi. Hãy bấm Bình chọn một lần nữa.")


class TooManyVotesError(ParticipationError):
    """More votes came from one network address than a minute allows. ``seconds`` says how long to wait."""

    code = "too_many"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many votes from one address, wait {seconds} s")
        self.seconds = seconds

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _(
            "Mạng bạn đang dùng có quá nhiều lượt bình chọn cùng lúc, phiếu của bạn chưa được ghi. "
            "Hãy chờ %(seconds)d giây rồi bấm lại."
        ) % {"seconds": self.seconds}


class CrossSiteError(ParticipationError):
    """Another site's page sent the form."""

    code = "cross_site"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _(
            "Phiếu được gửi từ một trang khác nên không được ghi. Hãy mở trang bình chọn này và chọn lại."
        )


class BadQuestionError(ParticipationError):
    """A poll cannot be made as it was asked for. ``field`` names what is wrong: question, options, closes_at, slug."""

    code = "bad_question"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self._message = message

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return self._message


class HasBallotsError(ParticipationError):
    """People have voted: what they voted on can neither change nor disappear."""

    code = "has_ballots"

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _(
            "Đã có người bình chọn nên không thể xoá hoặc sửa câu hỏi và các phương án. "
            "Hãy đóng hoặc huỷ bình chọn này, rồi tạo bình chọn mới."
        )


class WrongStatusError(ParticipationError):
    """The step does not fit the state of the Call."""

    code = "wrong_status"

    def __init__(self, state: str) -> None:
        super().__init__(f"the call is {state}")
        self.state = state

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Bình chọn không còn ở trạng thái đó. Hãy tải lại trang.")
