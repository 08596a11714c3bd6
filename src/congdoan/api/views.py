"""The page that explains the API, made from the same description that programs read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.api import problems
from congdoan.api.v1 import api


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every address with its parameters and answers; nothing is fetched from elsewhere and no script runs."""
    schema = api.get_openapi_schema()
    operations = [
        _operation(schema, path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(
        request,
        "api/docs.html",
        {
            "operations": operations,
            "base": request.build_absolute_uri(reverse("api:index")).rstrip("/"),
            "description": [_parts(text) for text in schema["info"]["description"].strip().split("\n\n")],
            "crumbs": [{"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}],
        },
    )


def unknown(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an address that the API does not have."""
    return problems.not_found(request)


def _parts(text: str) -> list[dict[str, Any]]:
    """Cut a paragraph at its backticks: what stood between two is code."""
    pieces = text.replace("*", "").split("`")
    return [{"text": piece, "is_code": bool(number % 2)} for number, piece in enumerate(pieces) if piece]


def _operation(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {
            "name": parameter["name"],
            "words": parameter.get("description") or parameter["schema"].get("description", ""),
            "default": parameter["schema"].get("default"),
            "values": parameter["schema"].get("enum", []),
            "is_required": parameter.get("required", False),
        }
        for parameter in operation.get("parameters", [])
    ]
    return {
        "anchor": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "words": operation.get("description", ""),
        "needs_key": {} not in operation.get("security", [{}]),
        "parameters": parameters,
        "fields": _fields(schema, operation),
        "statuses": sorted(operation["responses"]),
    }


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, str]]:
    """The fields of one row of the answer (of ``items`` where it is a list)."""
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    shape = _resolved(schema, content.get("schema", {}))
    items = shape.get("properties", {}).get("items")
    if items:
        shape = _resolved(schema, items.get("items", {}))
    return [
        {"name": name, "words": about.get("description", ""), "kind": _kind(about)}
        for name, about in shape.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    name = shape.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = schema["components"]["schemas"].get(name, shape)
    return found


def _kind(about: dict[str, Any]) -> str:
    choices = about.get("anyOf", [about])
    kinds = [
        str(each.get("format") or each.get("type") or each.get("$ref", "").rsplit("/", 1)[-1])
        for each in choices
    ]
    return " | ".join(kinds)
