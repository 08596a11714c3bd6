"""Health, files, and the pages that tell of an error."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

import structlog
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

PUBLIC_MEDIA = re.compile(r"^images/[^/]+$")
"""Renditions. Originals and documents are never served from here."""


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the installation can serve: database reachable and up to date. 503 when not."""
    try:
        executor = MigrationExecutor(connection)
        pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        state = {"database": "ok", "migrations": "pending" if pending else "ok"}
    except DatabaseError:
        structlog.get_logger(__name__).exception("not ready")
        state = {"database": "unreachable"}
    ready = set(state.values()) == {"ok"}
    return JsonResponse({"ready": ready, **state}, status=200 if ready else 503)


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """Send a rendition of an image. Anything else in the media folder does not exist for readers."""
    clean = posixpath.normpath(path)
    if not PUBLIC_MEDIA.match(clean) or not default_storage.exists(clean):
        raise Http404
    response = FileResponse(default_storage.open(clean), filename=Path(clean).name)
    # The name of a rendition changes with its picture, so a browser may keep it for ever.
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response


def _error(request: HttpRequest, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "status": status,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    return render(request, f"ui/errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long."""
    return _error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with a search box: the shell has it."""
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the id under which the log knows it. Needs neither database nor session: they may be the fault."""
    try:
        return _error(request, 500)
    except Exception:  # noqa: BLE001  # the page itself may need what has just failed
        structlog.get_logger(__name__).exception("error page failed")
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        return HttpResponse(
            f"Máy chủ gặp lỗi. Mã lỗi: {request_id}\nServer error. Error code: {request_id}\n",
            status=500,
            content_type="text/plain; charset=utf-8",
        )
