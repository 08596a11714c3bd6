"""What a drawing may hold: shapes and words, nothing that runs and nothing that is fetched."""

from __future__ import annotations

from xml.parsers import expat

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "pattern",
        "clipPath",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
    ]
)


def check(svg: str) -> None:
    """Raise ``ValueError`` for what is no SVG, or holds more than shapes and words. A DOCX hands a drawing on as it is."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _element
    parser.StartDoctypeDeclHandler = _refused
    parser.ProcessingInstructionHandler = _refused
    try:
        parser.Parse(svg.encode(), True)
    except expat.ExpatError as error:
        raise ValueError(f"not a drawing: {error}") from error


def _element(name: str, attributes: dict[str, str]) -> None:
    if name not in ELEMENTS:
        raise ValueError(f"a drawing with {name}")
    for key, value in attributes.items():
        if key.startswith("on") or key.endswith("href") or "url(" in value.replace("url(#", ""):
            raise ValueError(f"a drawing with {key}={value!r}")


def _refused(name: str, *_rest: object) -> None:
    raise ValueError(f"a drawing with a declaration: {name}")
