"""Names that hold words, from the index of words that each database keeps (migration 0004)."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models.expressions import RawSQL

from congdoan import vntext

_WORD = re.compile(r"[^\W_]+")

_SQLITE = """
SELECT rowid FROM organisation_unitname_words WHERE organisation_unitname_words MATCH %s
"""
_SQLITE_CODES = """
SELECT n.id FROM organisation_unit u JOIN organisation_unitname n ON n.unit_id = u.id
WHERE UPPER(u.code) >= %s AND UPPER(u.code) < (%s || char(1114111))
"""
_POSTGRESQL = """
SELECT id FROM organisation_unitname
WHERE to_tsvector('simple', regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g')) @@ to_tsquery('simple', %s)
"""
_POSTGRESQL_CODES = """
SELECT n.id FROM organisation_unit u JOIN organisation_unitname n ON n.unit_id = u.id
WHERE UPPER(u.code) ~>=~ %s AND UPPER(u.code) ~<~ (%s || chr(1114111))
"""


def names_with(text: str) -> RawSQL | None:
    """Return the ids of the names that have every word of ``text`` at the beginning of a word, diacritics or not.

    Names of units whose code begins with ``text`` are among them. ``None`` where there is nothing to look for.
    """
    text = vntext.nfc(text).strip()
    words = _WORD.findall(vntext.fold(text))
    if not words:
        return None
    code = text.upper()
    if connection.vendor == "postgresql":
        sql, by_code, asked = _POSTGRESQL, _POSTGRESQL_CODES, " & ".join(f"'{word}':*" for word in words)
    else:
        sql, by_code, asked = _SQLITE, _SQLITE_CODES, " ".join(f'"{word}"*' for word in words)
    parts, values = [sql], [asked]
    if " " not in code:
        parts.append(by_code)
        values += [code, code]
    return RawSQL(" UNION ALL ".join(parts), values)  # noqa: S611  # our own text; what was asked goes as parameters
