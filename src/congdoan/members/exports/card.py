"""The card of a member as a PDF of the size of a bank card, typeset with Typst."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import segno
import typst

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "card.typ"


def code_picture(address: str) -> bytes:
    """Return the QR picture of an address as SVG."""
    stream = io.BytesIO()
    segno.make(address, micro=False, error="m").save(stream, kind="svg", border=2, xmldecl=True)
    return stream.getvalue()


def as_pdf(data: dict[str, Any], address: str) -> bytes:
    """Return the card. Only Typst's own fonts are used, which know Vietnamese, so every machine makes the same.

    Raises ``ValueError`` when Typst warns: a missing glyph would be seen by the member first.
    """
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    with tempfile.TemporaryDirectory(prefix="congdoan-card-") as folder:
        root = Path(folder)
        source = root / "main.typ"
        source.write_bytes(TEMPLATE.read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (root / "code.svg").write_bytes(code_picture(address))
        compiler = typst.Compiler(str(source), root=str(root), font_paths=fonts, ignore_system_fonts=True)
        pdf, warnings = compiler.compile_with_warnings(format="pdf", timestamp=0)
    if warnings:
        raise ValueError(f"card.typ: {warnings[0].message}")
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no bytes")
    return pdf
