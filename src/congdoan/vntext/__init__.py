"""Vietnamese text in plain Python: search keys, addresses, numbers, dates, order, old encodings.

The lowest layer: it imports nothing of this product and nothing of Django. Errors are ``VntextError``; each
carries a sentence for the reader, marked for translation, in ``user_message``.
"""

from congdoan.vntext.collation import dictionary_key, name_key, sort_key
from congdoan.vntext.dates import (
    format_administrative,
    format_date,
    format_datetime,
    format_long,
    format_time,
    parse_date,
    weekday_name,
)
from congdoan.vntext.encodings import MAX_BYTES, Decoded, decode
from congdoan.vntext.errors import DateError, EncodingError, NumberError, VntextError
from congdoan.vntext.folding import (
    UNSEEN,
    Word,
    fold,
    has_diacritics,
    highlight_spans,
    match_key,
    nfc,
    words,
)
from congdoan.vntext.languages import looks_vietnamese
from congdoan.vntext.numbers import (
    NARROW_SPACE,
    format_decimal,
    format_int,
    format_money,
    format_percent,
    parse_money,
    parse_number,
)
from congdoan.vntext.slugs import SLUG_MAP, slugify
from congdoan.vntext.spelling import spell
from congdoan.vntext.syllables import is_syllable

__all__ = [
    "MAX_BYTES",
    "NARROW_SPACE",
    "SLUG_MAP",
    "UNSEEN",
    "DateError",
    "Decoded",
    "EncodingError",
    "NumberError",
    "VntextError",
    "Word",
    "decode",
    "dictionary_key",
    "fold",
    "format_administrative",
    "format_date",
    "format_datetime",
    "format_decimal",
    "format_int",
    "format_long",
    "format_money",
    "format_percent",
    "format_time",
    "has_diacritics",
    "highlight_spans",
    "is_syllable",
    "looks_vietnamese",
    "match_key",
    "name_key",
    "nfc",
    "parse_date",
    "parse_money",
    "parse_number",
    "slugify",
    "sort_key",
    "spell",
    "weekday_name",
    "words",
]
