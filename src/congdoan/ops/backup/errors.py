"""Why a backup or a restore stopped. In every case the installation is as it was."""

from __future__ import annotations

from django.utils.translation import gettext as _

from congdoan.ops.errors import OpsError


class BackupError(OpsError):
    """A backup or restore stopped. The message is made when the error is raised, in the language of the command."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def user_message(self) -> str:
        return self.message


class ArchiveError(BackupError):
    """The archive cannot be trusted: cut off, changed, or not one of ours."""

    @classmethod
    def incomplete(cls) -> ArchiveError:
        """The archive ends too early."""
        return cls(_("Tệp sao lưu bị cắt cụt hoặc hỏng. Hãy dùng bản khác; dữ liệu hiện có không thay đổi."))

    @classmethod
    def changed(cls, member: str) -> ArchiveError:
        """A member is not what the manifest says."""
        return cls(
            _("Phần “%s” của tệp sao lưu đã bị thay đổi. Hãy dùng bản khác; dữ liệu hiện có không thay đổi.")
            % member
        )

    @classmethod
    def foreign(cls) -> ArchiveError:
        """The file was not made by ``congdoan backup``."""
        return cls(_("Tệp này không phải tệp sao lưu của Congdoan."))
