"""The one table of personal data: each field of each model is basic, sensitive or not personal; on what ground, for what.

Membership of a union is treated as sensitive, so every row that shows it is. The class stands in the schema of the
database as the comment of its column; ``docs/personal-data.md`` is made from this table, and the desk shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Sensitivity(Enum):
    """How the law looks at a field; the value is what stands in the schema."""

    NONE = "not personal"
    BASIC = "basic personal data"
    SENSITIVE = "sensitive personal data"

    @property
    def label(self) -> Promise:
        """The class in words."""
        return _LABELS[self]


_LABELS = {
    Sensitivity.NONE: _("không phải dữ liệu cá nhân"),
    Sensitivity.BASIC: _("dữ liệu cá nhân cơ bản"),
    Sensitivity.SENSITIVE: _("dữ liệu cá nhân nhạy cảm"),
}


class Ground(Enum):
    """On what ground a field is kept."""

    NOT_NEEDED = "not needed"
    MEMBERSHIP = "membership"
    CONSENT = "consent"
    LEGAL_DUTY = "legal duty"

    @property
    def label(self) -> Promise:
        """The ground in words."""
        return _GROUNDS[self]


_GROUNDS = {
    Ground.NOT_NEEDED: _("không cần"),
    Ground.MEMBERSHIP: _("đơn gia nhập của đoàn viên và Điều lệ Công đoàn Việt Nam"),
    Ground.CONSENT: _("sự đồng ý của người đó"),
    Ground.LEGAL_DUTY: _("Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """How a field is classified, why it may be kept and what it is kept for."""

    sensitivity: Sensitivity
    ground: Ground
    purpose: Promise


_none = Use(Sensitivity.NONE, Ground.NOT_NEEDED, _("vận hành sổ đoàn viên"))
_account = Use(Sensitivity.BASIC, Ground.MEMBERSHIP, _("nối hồ sơ với tài khoản của chính người đó"))
_name = Use(Sensitivity.BASIC, Ground.MEMBERSHIP, _("biết là ai, tìm và xếp tên"))
_born = Use(Sensitivity.BASIC, Ground.MEMBERSHIP, _("phân biệt người trùng tên, thống kê theo tuổi và giới"))
_contact = Use(Sensitivity.BASIC, Ground.CONSENT, _("liên hệ với đoàn viên"))
_work = Use(Sensitivity.BASIC, Ground.MEMBERSHIP, _("thống kê theo đối tượng"))
_identity = Use(
    Sensitivity.BASIC, Ground.MEMBERSHIP, _("tránh một người có hai hồ sơ; luôn mã hoá, che khi hiện")
)
_number = Use(Sensitivity.SENSITIVE, Ground.MEMBERSHIP, _("số do Tổng Liên đoàn cấp; cho biết là đoàn viên"))
_member = Use(Sensitivity.SENSITIVE, Ground.MEMBERSHIP, _("quản lý đoàn viên: ở đơn vị nào, từ ngày nào"))
_card = Use(Sensitivity.SENSITIVE, Ground.MEMBERSHIP, _("cấp và kiểm tra thẻ đoàn viên"))
_request = Use(Sensitivity.SENSITIVE, Ground.LEGAL_DUTY, _("thực hiện yêu cầu của người có dữ liệu"))
_proof = Use(Sensitivity.SENSITIVE, Ground.LEGAL_DUTY, _("chứng minh đã hỏi và được đồng ý"))
_actor = Use(Sensitivity.BASIC, Ground.LEGAL_DUTY, _("biết cán bộ nào đã làm"))
_log = Use(Sensitivity.SENSITIVE, Ground.LEGAL_DUTY, _("kiểm soát việc đọc dữ liệu"))
_import = Use(Sensitivity.SENSITIVE, Ground.MEMBERSHIP, _("trả lại dòng bị loại cho người nhập danh sách"))
_merged = Use(
    Sensitivity.SENSITIVE, Ground.LEGAL_DUTY, _("chứng minh hai hồ sơ đã gộp thế nào, tìm lại giá trị cũ")
)
_pairs = Use(Sensitivity.SENSITIVE, Ground.MEMBERSHIP, _("tìm người có hai hồ sơ"))

_TABLE: dict[str, tuple[tuple[Use, str], ...]] = {
    "person": (
        (_none, "id uid merged_into tombstoned_at row_version created_at updated_at"),
        (_name, "last_name first_name sort_key folded"),
        (_born, "birth_date birth_precision sex"),
        (_contact, "phone email address"),
        (_work, "employment_category"),
        (_identity, "identity_cipher identity_hash"),
        (_number, "member_no"),
        (_account, "user officer"),
        (_request, "restricted_at"),
    ),
    "memberposition": (
        (_none, "id"),
        (_member, "person unit position valid_from valid_to decision_symbol decision_on"),
    ),
    "membercard": (
        (_none, "id"),
        (
            _card,
            "person unit number version issued_on revoked_on revoked_reason token_cipher token_hash",
        ),
        (_actor, "issued_by"),
    ),
    "membership": (
        (_none, "id created_at"),
        (
            _member,
            (
                "person unit admitted_on ended_on entry_kind entry_symbol entry_signed_on leaving_reason leaving_symbol"
                " leaving_signed_on"
            ),
        ),
    ),
    "membershipevent": (
        (_none, "id recorded_at"),
        (_member, "membership person unit kind happened_on decision_symbol decision_on reason"),
        (_actor, "actor_text"),
    ),
    "transfer": (
        (_none, "id status"),
        (_member, "person membership from_unit to_unit effective_on note refused_reason reached"),
        (
            _actor,
            (
                "requested_at requested_by requested_mandate_id requested_mandate released_at released_by"
                " released_mandate_id accepted_at accepted_by accepted_mandate_id closed_at refused_by"
            ),
        ),
    ),
    "headcountsnapshot": (
        (_none, "id unit month opening incoming outgoing closing women sex_unknown taken_at"),
    ),
    "correctionrequest": (
        (_none, "id"),
        (_request, "person field old_cipher new_cipher note status requested_at due_on reason"),
        (_actor, "requested_by decided_by decided_mandate_id decided_at"),
    ),
    "datarequest": (
        (_none, "id recorded_at"),
        (
            _request,
            (
                "person kind channel details_cipher status received_on acknowledge_due_on acknowledged_on due_on"
                " extended_days extension_reason closed_on answer"
            ),
        ),
        (_actor, "recorded_by handled_by handled_mandate_id"),
    ),
    "consenttext": ((_none, "id purpose version text text_en is_sensitive published_on"),),
    "consent": (
        (_none, "id"),
        (_proof, "person purpose text given_at method paper_ref withdrawn_at withdrawn_method"),
        (_actor, "actor_text actor_mandate_id withdrawn_by"),
    ),
    "readentry": (
        (_none, "id request_id"),
        (_actor, "at reader_id reader_text mandate_id mandate_text unit_id"),
        (_log, "subject_id kind fields rows reason"),
    ),
    "export": (
        (_none, "id watermark needs_approval status row_count row_limit fields"),
        (
            _actor,
            (
                "unit requester_id requester_text mandate_id mandate_text requested_at reason filters approver_id"
                " approver_text decided_at refused_reason done_at"
            ),
        ),
    ),
    "retentionrule": ((_none, "id kind months ground"),),
    "tombstone": ((_none, "id uid erased_at ground"), (_actor, "by_id by_mandate_id")),
    "importrun": (
        (
            _none,
            (
                "id scope file_name file_digest stored_as options is_dry_run status total_rows next_row rows_read created"
                " updated refused created_at started_at seen_at finished_at error"
            ),
        ),
        (_actor, "created_by mandate_id mandate_text"),
    ),
    "importrow": ((_none, "id run number"), (_import, "cipher")),
    "merge": (
        (_none, "id"),
        (_merged, "kept other at reason cipher"),
        (_actor, "by_text mandate_id"),
    ),
    "duplicateproposal": (
        (_none, "id run found_at"),
        (_pairs, "first second score reasons status note"),
        (_actor, "decided_by decided_mandate_id decided_at"),
    ),
}

TABLE: dict[tuple[str, str], Use] = {
    (model, field): use for model, rows in _TABLE.items() for use, names in rows for field in names.split()
}
"""(model, field) → how it is classified."""

ENCRYPTED = frozenset(
    {"identity_cipher", "token_cipher", "old_cipher", "new_cipher", "details_cipher", "cipher"}
)
"""Columns that hold nothing readable."""


def use_of(model: str, field: str) -> Use:
    """Return how ``field`` of ``model`` (names in small letters) is classified. Raises ``KeyError`` when nobody said."""
    return TABLE[model, field]


def mark(found: Iterable[type[models.Model]]) -> None:
    """Write the class of each field into the schema, as the comment of its column."""
    for model in found:
        for field in model._meta.local_fields:  # noqa: SLF001  # Django documents _meta as public
            use = TABLE.get((model._meta.model_name or "", field.name))  # noqa: SLF001  # the same
            if use is not None:
                field.db_comment = use.sensitivity.value
