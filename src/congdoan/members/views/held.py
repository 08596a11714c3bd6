"""Which personal data we hold, on what ground and for what: the table of classification, for everybody who signed in."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.members import classification
from congdoan.members.access import requires
from congdoan.members.sections import tabs
from congdoan.ui import tables

STATUS = {
    classification.Sensitivity.NONE: "neutral",
    classification.Sensitivity.BASIC: "waiting",
    classification.Sensitivity.SENSITIVE: "error",
}


@require_safe
@requires()
def held(request: HttpRequest) -> HttpResponse:
    """Show what each kind of record holds about people."""
    columns = [
        tables.Column("thong-tin", _("Thông tin")),
        tables.Column("loai", _("Loại")),
        tables.Column("can-cu", _("Căn cứ")),
        tables.Column("muc-dich", _("Dùng để làm gì")),
    ]
    return render(
        request,
        "members/held.html",
        {"tabs": tabs(request, "held"), "columns": columns, "groups": list(_groups())},
    )


def _groups() -> list[dict[str, Any]]:
    groups = []
    for model in apps.get_app_config("members").get_models():
        meta = model._meta  # noqa: SLF001  # Django documents _meta as public
        rows = []
        for field in meta.local_fields:
            use = classification.use_of(meta.model_name or "", field.name)
            if use.sensitivity is classification.Sensitivity.NONE:
                continue
            note = _("mã hoá khi lưu") if field.name in classification.ENCRYPTED else ""
            rows.append(
                {
                    "cells": [
                        {"text": str(field.verbose_name).capitalize(), "note": note},
                        {"text": str(use.sensitivity.label), "status": STATUS[use.sensitivity]},
                        str(use.ground.label),
                        str(use.purpose),
                    ]
                }
            )
        if rows:
            groups.append({"title": str(meta.verbose_name).capitalize(), "rows": rows, "id": meta.model_name})
    return groups
