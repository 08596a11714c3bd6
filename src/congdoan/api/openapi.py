"""What the description of the API says beyond what the code says by itself: errors and files."""

from __future__ import annotations

from typing import Any

from congdoan.api.problems import MEDIA_TYPE

DESCRIPTION = """
Open data of the federation, and what a program may do in the name of a mandate.

Reads of public data need no key. Everything else takes a session of the site or `Authorization: Bearer cd_…`, a key that
an officer makes on the desk for one mandate.

Storage is half-open everywhere: `valid_from` and `founded_on` are the first day with, `valid_to` and `ended_on` the first
day *without*. A unit that ended with the last of June 2025 has `ended_on` 2025-07-01. `on` asks how things stood on one day.

Figures have inclusive days (`from`, `to`). A value is reported (zero is a value), does not apply, or is missing; a figure says how
many of the expected reports gave a number. Writing into a report takes the `ETag` that was read as `If-Match`; sending one takes
an `Idempotency-Key`, so that a request may be repeated. A session needs the CSRF token (`X-CSRFToken`); a key does not.

Lists take `limit` (at most 500) and `offset` and answer `{count, items}`. Errors are `application/problem+json`; `errors`
names each parameter at fault. Sentences are Vietnamese, English with `lang=en`. More than 300 requests a minute are
answered with 429.
"""

_ERRORS = {
    "422": "A parameter is wrong.",
    "429": "Asked too often; Retry-After says when to come back.",
}

_STEPS = {
    "404": "There is no such thing, or it is not yours.",
    "409": "The report is not in the state that the step needs; `report` is how it stands.",
    "412": "The report has changed since it was read, nothing was done; `report` is how it stands, ETag its tag.",
    "428": "If-Match is missing.",
}
_OPEN = frozenset(
    f"/api/v1/{name}"
    for name in (
        "indicators", "indicators.csv", "indicators.xlsx", "indicators.json", "indicators/{code}", "figures",
        "figures.csv", "figures.xlsx", "figures.json", "figures/{id}", "figures/{id}/sources",
    )
)  # fmt: skip
"""Addresses that anybody may read, and that show more to somebody with a key."""


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Add to each operation the errors that it can answer with, and the type of a file where it sends one."""
    components = schema["components"].setdefault("schemas", {})
    components.setdefault("Problem", _PROBLEM)
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            responses = operation["responses"]
            errors = dict(_ERRORS)
            if "{" in path:
                errors["404"] = "There is no such thing, or it is not yours."
            if path in _OPEN:
                operation["security"] = [{}, *operation["security"]]
                errors |= {
                    "401": "The key opens nothing, or this is not public.",
                    "404": "There is no such thing.",
                }
            elif operation.get("security"):
                errors |= {"401": "Not signed in, or the key opens nothing.", "403": "Not allowed."}
            if operation.get("requestBody"):
                errors["400"] = "The body is no JSON."
            errors |= {status: _STEPS[status] for status in operation.pop("x-errors", [])}
            for status, words in errors.items():
                responses[status] = {
                    "description": words,
                    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            if kind := operation.pop("x-file", None):
                responses["200" if "200" in responses else 200] = {
                    "description": "The file.",
                    "content": {kind: {"schema": {"type": "array"} if kind == "application/json" else {}}},
                }
            operation["responses"] = {str(status): answer for status, answer in responses.items()}
    return schema


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
