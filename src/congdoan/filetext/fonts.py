"""Text that only looked Vietnamese in an old font (.VnTime of TCVN3, VNI-Times), put into Unicode.

In a DOCX, PDF or HTML such text is a run of Western letters ("C«ng ®oµn"); nothing but the font said what they mean.
Fonts are inherited through styles and often lost, so the words themselves decide, paragraph by paragraph: a document
typed over the years holds both kinds.
"""

from collections import Counter
from collections.abc import Callable

from congdoan.vntext.languages import Reading, read_as_vietnamese
from congdoan.vntext.legacy import decode_tcvn3, decode_vni

_DECODERS: dict[str, Callable[[bytes], str]] = {"TCVN3 (ABC)": decode_tcvn3, "VNI": decode_vni}
_LEAST_SHARE = 0.75
_LEAST_MARGIN = 0.25
_LEAST_SYLLABLES = 3
_SAMPLE = 4_000


def to_unicode(text: str) -> tuple[str, list[str]]:
    """The text with its paragraphs in old fonts converted, and the names of the old encodings that were met.

    The number of lines stays the same. A paragraph of few words follows the others of its document.
    """
    if text.isascii():
        return text, []
    lines = text.split("\n")
    verdicts = [_verdict(line) for line in lines]
    met = Counter(name for name in verdicts if name)
    if not met:
        return text, []
    [(usual, _)] = met.most_common(1)
    for at, line in enumerate(lines):
        name = verdicts[at]
        if name is None and _could_be(line, usual):
            name = usual
        if name:
            lines[at] = _DECODERS[name](_as_bytes(line) or b"")
    return "\n".join(lines), [name for name in _DECODERS if name in met]


def _as_bytes(line: str) -> bytes | None:
    """The bytes that stood for these letters; ``None`` where a letter never had one."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        pass
    try:
        return line.encode("cp1252")
    except UnicodeEncodeError:
        return None


def _readings(line: str) -> tuple[Reading, dict[str, Reading]] | None:
    sample = line[:_SAMPLE]
    if sample.isascii() or (data := _as_bytes(line)) is None:
        return None
    sampled = data[:_SAMPLE]
    return read_as_vietnamese(sample), {
        name: read_as_vietnamese(decode_as(sampled)) for name, decode_as in _DECODERS.items()
    }


def _verdict(line: str) -> str | None:
    """The old encoding that this paragraph is surely in."""
    readings = _readings(line)
    if readings is None:
        return None
    as_it_is, decoded = readings
    (best, name), (second, _) = sorted(
        ((reading, name) for name, reading in decoded.items()), key=lambda found: found[0].share, reverse=True
    )
    certain = (
        best.good >= _LEAST_SYLLABLES
        and best.share >= _LEAST_SHARE
        and best.share - max(second.share, as_it_is.share) >= _LEAST_MARGIN
    )
    return name if certain else None


def _could_be(line: str, name: str) -> bool:
    """Whether a short paragraph reads better in the encoding of its neighbours than as it stands."""
    readings = _readings(line)
    if readings is None:
        return False
    as_it_is, decoded = readings
    return decoded[name].share >= _LEAST_SHARE and decoded[name].share > as_it_is.share
