"""Addresses without diacritics: "Liên đoàn Lao động" → "lien-doan-lao-dong".

The editor's JavaScript must make the same slug as the server while the title is typed. The rule is
therefore made of steps that both have:

1. normalise to NFKD and put into lower case;
2. drop the marks U+0300 to U+036F;
3. replace each character found in ``SLUG_MAP``;
4. turn every run of anything but a–z and 0–9 into one hyphen, and drop hyphens at both ends;
5. if nothing is left, take the code points (``u4e2d``) of the letters and numbers in the result of step 2,
   joined by hyphens.
"""

import re
import unicodedata

_LATIN = {
    "đ": "d", "ð": "d", "ɖ": "d", "₫": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ĸ": "k", "ŋ": "ng",
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ə": "e",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),  # noqa: SIM905 – reads as a table
        strict=True,
    )
)
_CYRILLIC = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщыэюяєіґђјљњћџ",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch y e yu ya ye i g dj j lj nj c dz".split(),  # noqa: SIM905 – reads as a table
        strict=True,
    )
) | {"ъ": "", "ь": ""}

SLUG_MAP: dict[str, str] = _LATIN | _GREEK | _CYRILLIC
"""Lower-case characters that do not decompose to ASCII, and what stands for them in an address."""

_MARKS = re.compile("[\u0300-\u036f]")
_OTHER = re.compile("[^a-z0-9]+")
_SLUG_TABLE = str.maketrans(SLUG_MAP)


def slugify(text: str, max_length: int | None = None) -> str:
    """An address part of a–z, 0–9 and single hyphens; empty only for a text without letters and numbers.

    ``max_length`` cuts at the border of a word; only a first word that is longer is cut inside.
    Raises ``ValueError`` for a ``max_length`` below 1.
    """
    if max_length is not None and max_length < 1:
        raise ValueError(f"a slug cannot be cut to {max_length} characters")
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    slug = _OTHER.sub("-", plain.translate(_SLUG_TABLE)).strip("-")
    if not slug:
        slug = "-".join(f"u{ord(char):x}" for char in plain if unicodedata.category(char)[0] in "LN")
    if max_length is None or len(slug) <= max_length:
        return slug
    cut = slug[:max_length]
    if slug[max_length] != "-" and "-" in cut:
        cut = cut[: cut.rindex("-")]
    return cut.strip("-")
