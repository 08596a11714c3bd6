"""Rules of the portal, in words for the log and for the reader."""

from __future__ import annotations

import abc

from django.utils.translation import gettext as _


class PortalError(Exception, abc.ABC):
    """A rule of the portal was broken. ``user_message`` is safe to show."""

    @property
    @abc.abstractmethod
    def user_message(self) -> str:
        """The sentence for the reader."""


class NoNewsIndexError(PortalError):
    """The site has no news index, so articles have no place."""

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Trang chưa có mục tin tức để đặt bài vào. Hãy chạy “congdoan setup” trước.")


class MayNotImportError(PortalError):
    """The person may not write, or not publish, in that category."""

    def __init__(self, category: str, *, publishing: bool) -> None:
        super().__init__(f"may not {'publish' if publishing else 'write'} in {category!r}")
        self.category = category
        self.publishing = publishing

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        if self.publishing:
            return (
                _(
                    "Bạn chưa được quyền xuất bản trong chuyên mục “%s”. Hãy tạo bản nháp rồi nhờ người phụ trách duyệt."
                )
                % self.category
            )
        return (
            _(
                "Bạn chưa được quyền viết trong chuyên mục “%s”. Hãy chọn chuyên mục khác hoặc nhờ quản trị cấp quyền."
            )
            % self.category
        )


class MayNotAdoptError(PortalError):
    """The person may not change that part of the site."""

    def __init__(self, parts: list[str]) -> None:
        super().__init__(f"may not adopt {', '.join(parts)}")
        self.parts = parts

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _(
            "Bạn chưa được quyền sửa các thành phần chung của trang. Hãy bỏ chọn chúng hoặc nhờ quản trị làm."
        )


class MayNotChangeAlbumError(PortalError):
    """The person may not change that album."""

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Bạn chưa được quyền sửa album này. Hãy nhờ quản trị cấp quyền.")


class MayNotPublishAlbumError(PortalError):
    """The person may change the album but not put it before readers."""

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _("Bạn chưa được quyền xuất bản album này. Hãy lưu bản nháp rồi gửi duyệt.")


class AlbumLockedError(PortalError):
    """Somebody locked the album, or it waits for approval."""

    @property
    def user_message(self) -> str:
        """The sentence for the reader."""
        return _(
            "Album đang bị khoá hoặc đang chờ duyệt. Hãy nhờ người khoá mở ra rồi thử lại; ảnh đã tải vẫn còn trong kho."
        )
