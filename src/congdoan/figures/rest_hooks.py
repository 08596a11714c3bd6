"""What published figures rest on is not deleted: editors are told which pages would lose their ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from congdoan.documents.models import Document
from congdoan.figures.queries import resting


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def keep_sources(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete a document that figures were taken from."""
    for one in instances:
        names = resting.on_document(one) if isinstance(one, Document) else []
        if names:
            messages.error(
                request,
                _("Không xoá được “%(document)s”: số liệu đã công bố lấy từ văn bản này, ở %(pages)s.")
                % {"document": one, "pages": ", ".join(names)},
            )
            return redirect(one.snippet_viewset.get_url_name("list"))
    return None
