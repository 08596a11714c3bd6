"""A document as one HTML file that needs nothing else: the twin of the PDF for screens, and for those who hear it."""

from __future__ import annotations

from congdoan.printing.html.writing import write_html

__all__ = ["write_html"]
