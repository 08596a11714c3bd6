"""What the editors' verbs in the trail are called, for "what I did last". Other apps say their own verbs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NEWSROOM = {
    "wagtail.create": _("Viết nháp"),
    "wagtail.edit": _("Sửa"),
    "wagtail.publish": _("Xuất bản"),
    "wagtail.publish.schedule": _("Hẹn giờ xuất bản"),
    "wagtail.schedule.cancel": _("Bỏ hẹn giờ xuất bản"),
    "wagtail.unpublish": _("Ngừng xuất bản"),
    "wagtail.delete": _("Xoá"),
    "wagtail.move": _("Chuyển chỗ"),
    "wagtail.workflow.start": _("Gửi duyệt"),
    "wagtail.workflow.approve": _("Duyệt"),
    "wagtail.workflow.reject": _("Trả lại"),
    "wagtail.workflow.resume": _("Gửi duyệt lại"),
    "wagtail.workflow.cancel": _("Rút bài chờ duyệt"),
    "article.imported": _("Nhập bài từ trang cũ"),
    "album.photos_added": _("Thêm ảnh vào album"),
    "document.created": _("Thêm văn bản"),
    "document.changed": _("Sửa văn bản"),
    "document.deleted": _("Xoá văn bản"),
    "call.created": _("Tạo bình chọn"),
    "call.opened": _("Mở bình chọn"),
    "call.closed": _("Đóng bình chọn"),
    "call.cancelled": _("Huỷ bình chọn"),
    "picture.created": _("Tải ảnh lên"),
    "file.created": _("Tải tệp lên"),
}
