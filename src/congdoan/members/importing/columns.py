"""The columns of a list of members, under the titles that federations give them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from congdoan.spreadsheets import Column

COLUMNS: tuple[Column, ...] = (
    Column(
        "full_name",
        _("Họ và tên"),
        example="Vàng Thị Mỷ",
        max_length=180,
        help=_("Họ, tên đệm và tên trong một cột; hoặc dùng hai cột “Họ đệm” và “Tên”."),
        aliases=("Họ tên", "Họ tên đoàn viên", "Họ và tên đoàn viên", "Tên đoàn viên", "Họ, tên"),
    ),
    Column(
        "last_name",
        _("Họ đệm"),
        max_length=120,
        example="Vàng Thị",
        aliases=("Họ và tên đệm", "Họ và đệm", "Họ, tên đệm", "Họ", "Họ lót", "Họ và chữ đệm"),
    ),
    Column("first_name", _("Tên"), max_length=60, example="Mỷ"),
    Column(
        "birth",
        _("Ngày sinh"),
        kind="date",
        year_only=True,
        example="17/10/1985",
        help=_("Nếu chỉ biết năm thì ghi năm."),
        aliases=("Năm sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Ngày/tháng/năm sinh", "Sinh ngày"),
    ),
    Column("sex", _("Giới tính"), example="Nữ", max_length=20, aliases=("Phái", "Nam/Nữ", "Giới")),
    Column(
        "is_female",
        _("Nữ (x)"),
        example="x",
        max_length=20,
        help=_("Đánh dấu x nếu là nữ. Ô trống được hiểu là chưa rõ."),
        aliases=("Nữ", "Là nữ", "Nữ (đánh dấu x)"),
    ),
    Column("is_male", _("Nam (x)"), example="", max_length=20, aliases=("Nam", "Là nam")),
    Column(
        "identity",
        _("Số CCCD/CMND"),
        kind="code",
        example="010185001234",
        help=_("12 số (căn cước) hoặc 9 số (chứng minh nhân dân cũ). Được mã hoá khi lưu."),
        aliases=(
            "CCCD", "CMND", "Số CCCD", "Số CMND", "CCCD/CMND", "CMND/CCCD", "Số CMND/CCCD", "Số định danh",
            "Số định danh cá nhân", "Căn cước công dân", "Số căn cước", "Số căn cước công dân",
        ),
    ),
    Column(
        "member_no",
        _("Mã số đoàn viên"),
        kind="code",
        max_length=40,
        example="LC-000123",
        aliases=("Mã đoàn viên", "Số thẻ đoàn viên", "Mã số thẻ", "Mã ĐV", "Số thẻ"),
    ),
    Column(
        "admitted",
        _("Ngày vào công đoàn"),
        kind="date",
        year_only=True,
        example="01/09/2010",
        help=_("Nếu chỉ biết năm thì ghi năm, khi đó được tính từ ngày 1 tháng 1."),
        aliases=(
            "Ngày vào CĐ", "Ngày gia nhập", "Ngày gia nhập công đoàn", "Ngày kết nạp", "Năm vào công đoàn",
            "Ngày tham gia công đoàn", "Ngày kết nạp công đoàn",
        ),
    ),
    Column(
        "unit",
        _("Đơn vị"),
        max_length=300,
        example="LC-SP-001",
        help=_("Mã hoặc tên đầy đủ của đơn vị. Ô trống được hiểu là đơn vị chọn khi gửi tệp."),
        aliases=("Mã đơn vị", "Tên đơn vị", "Công đoàn cơ sở", "CĐCS", "Nơi sinh hoạt", "Đơn vị sinh hoạt"),
    ),
    Column(
        "phone",
        _("Điện thoại"),
        kind="phone",
        max_length=40,
        example="0912345678",
        aliases=("Số điện thoại", "SĐT", "ĐTDĐ", "Di động", "Điện thoại di động"),
    ),
    Column(
        "email",
        _("Email"),
        kind="email",
        max_length=254,
        example="my@example.vn",
        aliases=("Thư điện tử", "E-mail", "Địa chỉ email", "Hộp thư"),
    ),
    Column(
        "category",
        _("Đối tượng"),
        max_length=80,
        example="Viên chức",
        help=_("Cán bộ, công chức, viên chức, công nhân (người lao động) hoặc lao động tự do."),
        aliases=("Đối tượng đoàn viên", "Loại lao động", "Nhóm đối tượng"),
    ),
    Column(
        "address",
        _("Địa chỉ"),
        max_length=300,
        example="Tổ 3, phường Sa Pa",
        aliases=("Nơi ở", "Chỗ ở hiện nay", "Nơi cư trú", "Địa chỉ thường trú"),
    ),
)  # fmt: skip

PASSED_OVER = (
    "Ghi chú", "Dân tộc", "Tôn giáo", "Đảng viên", "Trình độ", "Trình độ học vấn", "Trình độ chuyên môn",
    "Lý luận chính trị", "Chức vụ", "Chức vụ công đoàn", "Quê quán",
)  # fmt: skip
"""Columns of usual lists that are neither read nor kept: the register has no place for them, some are sensitive."""

MOST_ROWS = 100_000
"""Longer lists are to be cut by province or branch."""
