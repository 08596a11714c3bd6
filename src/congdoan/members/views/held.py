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
        uses: dict[classification.Use, list[str]] = {}
        for field in meta.local_fields:
            use = classification.use_of(meta.model_name or "", field.name)
            if use.sensitivity is not classification.Sensitivity.NONE:
                uses.setdefault(use, []).append(str(field.verbose_name))
        # Fields of one class, ground and purpose share a line: a list of two hundred would be read by nobody.
        rows = [
            {
                "cells": [
                    _sentence("; ".join(names)),
                    str(use.sensitivity.label),
                    str(use.ground.label),
                    _sentence(str(use.purpose)),
                ]
            }
            for use, names in uses.items()
        ]
        if rows:
            groups.append({"title": _sentence(str(meta.verbose_name)), "rows": rows, "id": meta.model_name})
    return groups


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
