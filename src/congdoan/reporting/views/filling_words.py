"""Words of a report's state, and what the script of the sheet needs to know to check and to speak without a network."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from congdoan.reporting.engine.rules import RuleKind
from congdoan.reporting.models import Report
from congdoan.reporting.queries.cells import Part, Screen

_OFFLINE = (RuleKind.EQUALS, RuleKind.AT_MOST)
_STATES = {
    Report.Status.OPEN: "neutral",
    Report.Status.SUBMITTED: "waiting",
    Report.Status.RETURNED: "late",
    Report.Status.ACCEPTED: "accepted",
}


def say_status(report: Report) -> tuple[str, str]:
    """Return the mood of ``status_label.html`` and the word."""
    if report.status == Report.Status.OPEN and report.is_correction:
        return "waiting", _("đang sửa số đã duyệt")
    if report.status == Report.Status.OPEN and report.revision:
        return "neutral", _("đang nhập")
    return _STATES[Report.Status(report.status)], str(Report.Status(report.status).label)


def script_words(found: Screen, part: Part) -> dict[str, Any]:
    """Return the rules whose cells all stand in this section, and the sentences that go with them."""
    here = {cell.key: cell.name for cell in part.cells}
    rules = [
        {
            "k": rule.kind.value,
            "l": [here[key] for key in rule.left],
            "r": [here[key] for key in rule.right],
            "e": int(rule.severity.value == "error"),
        }
        for rule in found.sheet.rules
        if rule.kind in _OFFLINE and all(key in here for key in rule.keys)
    ]
    return {
        "rules": json.dumps(rules, separators=(",", ":")),
        "words": json.dumps(
            {
                "at_most": _("“%(left)s” (%(found)s) nhiều hơn “%(right)s” (%(bound)s)."),
                "equals": _("“%(left)s” (%(found)s) không bằng %(right)s (%(bound)s)."),
                "sum": _("Các phần cộng lại: %(total)s"),
                "some": _("Các phần đã nhập cộng lại: %(total)s"),
                "negative": _("Số âm. Hãy nhập số từ 0 trở lên."),
                "unsaved": _("Chưa lưu – sẽ gửi khi có mạng"),
                "saving": _("Đang lưu…"),
                "saved": _("Đã lưu %(time)s"),
                "signed_out": _(
                    "Phiên làm việc đã hết. Số đã nhập được giữ trên máy này; hãy đăng nhập lại để lưu."
                ),
                "refused": _("Máy chủ chưa nhận. Số đã nhập được giữ trên máy này."),
                "spread": _("Đã dán %(count)s số vào các ô bên dưới."),
                "cut": _("Thừa %(count)s dòng không có ô để dán."),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ),
    }
