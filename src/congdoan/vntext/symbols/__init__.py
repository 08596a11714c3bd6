"""Symbols of documents (số, ký hiệu): found in text, read, put into their normal form, compared.

``find_symbols`` finds them, ``find_references`` adds the words beside them and short references to what the same text cites
in full, ``parse_symbol`` reads one, ``symbol_key`` makes a search key. All places count code points of the text as given.
"""

from congdoan.vntext.symbols.families import Symbol
from congdoan.vntext.symbols.finding import FoundSymbol, find_symbols, parse_symbol
from congdoan.vntext.symbols.keys import symbol_key
from congdoan.vntext.symbols.references import FoundReference, find_references

__all__ = [
    "FoundReference",
    "FoundSymbol",
    "Symbol",
    "find_references",
    "find_symbols",
    "parse_symbol",
    "symbol_key",
]
