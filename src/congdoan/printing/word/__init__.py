"""A document as DOCX, which people open, change and sign in a word processor.

Everything that looks some way has a named style, so that an office can give it another look in one place. Letters are
Times New Roman by name; the file carries none. The same document gives the same bytes.
"""

from __future__ import annotations

from congdoan.printing.word.writing import write_docx

__all__ = ["write_docx"]
