"""Every address of the product, and the table that says what each role gets there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

TABLE = Path(__file__).with_name("access_matrix.txt")
ROLES = (
    "visitor",
    "admin",
    "editor",
    "approver",
    "statistics",
    "leader",
    "middle",
    "chair",
    "deputy",
    "member",
    "records",
)
NEWSROOM = "quan-tri/"
"""Below it stands Wagtail's admin, which is judged as one: see ``test_access_matrix``."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address: ``name`` as in ``reverse`` (its pattern where it has none), and how it is written."""

    name: str
    pattern: str
    converters: tuple[tuple[str, str], ...]

    @property
    def is_newsroom(self) -> bool:
        """Whether it belongs to Wagtail's admin."""
        return self.pattern.startswith(NEWSROOM)


def routes() -> list[Route]:
    """Return every address that the resolver knows, Wagtail's and the API's included, each once."""
    return list(dict.fromkeys(_walk(get_resolver(), "", (), ())))


def _walk(
    resolver: URLResolver, prefix: str, spaces: tuple[str, ...], converters: tuple[tuple[str, str], ...]
) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry.pattern, RoutePattern):
            named = tuple((name, type(each).__name__) for name, each in entry.pattern.converters.items())
        else:
            named = ()
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, pattern, inner, converters + named)
        elif isinstance(entry, URLPattern):
            name = ":".join([*spaces, entry.name]) if entry.name else pattern
            yield Route(name, pattern, converters + named)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how a route is asked, with which object, and what each role gets."""

    line: int
    route: str
    method: str
    objects: tuple[tuple[str, str], ...]
    answers: dict[str, str]

    @property
    def is_foreign(self) -> bool:
        """Whether the object belongs to another province."""
        return any(value.startswith("foreign.") for _name, value in self.objects)

    @property
    def is_own(self) -> bool:
        """Whether the object belongs to the unit that all but the administrator work for."""
        return any(value.startswith("own.") for _name, value in self.objects)


def table(text: str | None = None) -> list[Row]:
    """Read the table: route, method, objects, then one answer for each of ``ROLES``."""
    rows = []
    for number, line in enumerate((text or TABLE.read_text(encoding="utf-8")).splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if len(words) != 3 + len(ROLES):
            raise ValueError(f"line {number}: {len(words)} words, expected {3 + len(ROLES)}: {line}")
        route, method, objects, *answers = words
        named = () if objects == "-" else tuple(_pair(each) for each in objects.split(","))
        rows.append(Row(number, route, method, named, dict(zip(ROLES, answers, strict=True))))
    return rows


def _pair(text: str) -> tuple[str, str]:
    name, _equals, value = text.partition("=")
    return name, value


def line_of(route: str, method: str, objects: tuple[tuple[str, str], ...], answers: dict[str, str]) -> str:
    """Return a line of the table, to be read, judged and put there."""
    named = ",".join(f"{name}={value}" for name, value in objects) or "-"
    cells = " ".join(f"{answers[role]:>{max(len(role), 3)}}" for role in ROLES)
    return f"{route:<46} {method:<4} {named:<44} {cells}"


def unlisted(known: list[Route], rows: list[Row]) -> list[str]:
    """Return the routes outside Wagtail's admin that no line speaks of."""
    listed = {row.route for row in rows}
    return sorted({route.name for route in known if not route.is_newsroom} - listed)


def gone(known: list[Route], rows: list[Row]) -> list[str]:
    """Return what lines speak of and no address has."""
    return sorted({row.route for row in rows} - {route.name for route in known})
