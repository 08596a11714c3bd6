"""Rules of the organisation, in words for the log and for the reader."""

from __future__ import annotations

import abc
from collections.abc import Sequence

from django.utils.translation import gettext as _

from congdoan.organisation.engine.faults import TreeRuleError


class OrganisationError(Exception, abc.ABC):
    """A rule of the organisation was broken. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the reader."""


def sentence_of(fault: TreeRuleError) -> str:
    """Return what a rule of the tree says, in the reader's language."""
    return _(fault.sentence) % fault.values


class PlanRefusedError(OrganisationError):
    """A reorganisation would leave a tree that cannot be. ``problems`` are sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)

    @property
    def user_message(self) -> str:
        return " ".join(self.problems[:5])


class EmptyPlanError(OrganisationError):
    """The reorganisation has no operations."""

    @property
    def user_message(self) -> str:
        return _("Đợt này chưa có thao tác nào. Hãy thêm ít nhất một thao tác.")


class NotADraftError(OrganisationError):
    """The reorganisation was carried out or withdrawn before."""

    def __init__(self, *, current: str) -> None:
        super().__init__(f"the reorganisation is {current}")
        self.current = current

    @property
    def user_message(self) -> str:
        return _("Đợt sắp xếp này không còn ở trạng thái đang soạn. Hãy tải lại trang.")


class StalePlanError(OrganisationError):
    """Somebody (or the same person in another window) changed the draft after this page was opened."""

    @property
    def user_message(self) -> str:
        return _(
            "Đợt này vừa được sửa ở nơi khác nên thao tác của bạn chưa được lưu. Hãy xem lại rồi làm tiếp."
        )


class OvertakenError(OrganisationError):
    """Another batch changed the same units after this one was checked."""

    def __init__(self, *, by: str, units: Sequence[str]) -> None:
        super().__init__(f"overtaken by {by}: {', '.join(units)}")
        self.by = by
        self.units = list(units)

    @property
    def user_message(self) -> str:
        return _(
            "“%(by)s” vừa thay đổi đơn vị mà đợt này cũng thay đổi (%(units)s). Hãy kiểm tra lại đợt này rồi mới thực hiện."
        ) % {"by": self.by, "units": ", ".join(self.units[:5])}


class OutOfReachError(OrganisationError):
    """Something that the officer names lies outside their units."""

    def __init__(self, *, units: Sequence[str]) -> None:
        super().__init__(f"out of reach: {', '.join(units)}")
        self.units = list(units)

    @property
    def user_message(self) -> str:
        return _("Các đơn vị sau không thuộc phạm vi của bạn: %s.") % ", ".join(self.units[:10])


class NotAllowedError(OrganisationError):
    """The mandate in whose name one acts does not allow this."""

    @property
    def user_message(self) -> str:
        return _("Chức vụ bạn đang dùng không cho phép việc này.")


class MandateError(OrganisationError):
    """A mandate cannot be given or ended as asked. ``sentence`` is for the reader."""

    def __init__(self, message: str, sentence: str) -> None:
        super().__init__(message)
        self.sentence = sentence

    @property
    def user_message(self) -> str:
        return self.sentence


class InvitationError(OrganisationError):
    """A link of an invitation does not open anything: unknown, used, revoked, or out of date."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the invitation is {state}")
        self.state = state

    @property
    def user_message(self) -> str:
        sentences = {
            "used": _("Lời mời này đã được dùng. Hãy đăng nhập bằng tài khoản đã lập."),
            "expired": _("Lời mời này đã quá hạn. Hãy xin người mời gửi lời mời mới."),
            "revoked": _(
                "Lời mời này đã được thay hoặc thu hồi. Hãy dùng lời mời mới nhất, hoặc hỏi người mời."
            ),
        }
        return sentences.get(
            self.state, _("Liên kết mời này không đúng. Hãy kiểm tra xem đã chép đủ cả liên kết chưa.")
        )


class InvitationNeedsOwnerError(OrganisationError):
    """An account with these contacts exists already: its owner signs in and takes the post with it."""

    @property
    def user_message(self) -> str:
        return _(
            "Bạn đã có tài khoản. Hãy đăng nhập bằng tài khoản đó rồi mở lại liên kết này để nhận chức vụ."
        )


class DoubleOfficerError(OrganisationError):
    """Officers with the same phone, e-mail or staff code are there. ``officers`` are offered instead of making another."""

    def __init__(self, officers: Sequence[object]) -> None:
        super().__init__(f"{len(officers)} officers have these contacts")
        self.officers = list(officers)

    @property
    def user_message(self) -> str:
        return _(
            "Đã có cán bộ dùng số điện thoại, thư điện tử hoặc mã cán bộ này. Hãy chọn người đó nếu là cùng một người."
        )


class ImportDoneError(OrganisationError):
    """The uploaded list was carried out before."""

    @property
    def user_message(self) -> str:
        return _("Danh sách này đã được nhập, không nhập lần nữa.")


class ImportChangedError(OrganisationError):
    """The register changed after the dry run, and the file would do something else than was shown."""

    @property
    def user_message(self) -> str:
        return _(
            "Tổ chức vừa thay đổi nên kết quả chạy thử không còn đúng. Hãy xem lại kết quả mới bên dưới."
        )
