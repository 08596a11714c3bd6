"""Bulletins and documents of the demonstration as PDF, typeset with Typst."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).resolve().parent / "typst"
COVER_PPI = 110


def typeset(
    template: str, data: dict[str, Any], files: dict[str, bytes] | None = None
) -> tuple[bytes, bytes]:
    """Return a PDF and its first page as PNG. ``files`` are laid beside the template under their names.

    Only Typst's own fonts are used (Libertinus Serif knows Vietnamese), so every machine makes the same pages.
    Raises ``ValueError`` when Typst warns: a missing font or glyph would be seen by readers first.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    with tempfile.TemporaryDirectory(prefix="congdoan-typst-") as folder:
        root = Path(folder)
        source = root / "main.typ"
        source.write_bytes((TEMPLATES / template).read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in (files or {}).items():
            (root / name).write_bytes(content)
        compiler = typst.Compiler(str(source), root=str(root), font_paths=fonts, ignore_system_fonts=True)
        pdf, warnings = compiler.compile_with_warnings(format="pdf", timestamp=0)
        if warnings:
            raise ValueError(f"{template}: {warnings[0].message}")
        pages = compiler.compile(format="png", ppi=COVER_PPI)
    first = pages[0] if isinstance(pages, list) else pages
    if not isinstance(pdf, bytes) or first is None:
        raise TypeError("Typst gave no bytes")
    return pdf, first
