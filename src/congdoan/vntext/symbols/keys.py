"""A search key that is equal for all spellings of one symbol."""

import re

from congdoan.vntext.folding import UNSEEN, fold, nfc

_TU = re.compile(r"(?i)(?<![^\W\d_])((?:vp|ubkt|btc|btg|bdv|bnc)?)tư(?![^\W\d_])")
_RUN = re.compile(r"[0-9]+|[a-z]+")


def symbol_key(text: str) -> str:
    """The numbers and letters of a symbol without case, marks, separators and leading zeros.

    "993/CTr- LĐLĐ", "993/ctr-ldld" → "993 ctrldld"; "05-CT/TW", "5 CT TƯ" → "5 cttw".
    """
    folded = fold(_TU.sub(r"\1tw", nfc(text))).replace(UNSEEN, "")
    folded = re.sub(r"^\s*so\b\s*:?", "", folded)
    runs: list[str] = []
    for run in _RUN.findall(folded):
        if run.isdigit():
            runs.append(run.lstrip("0") or "0")
        elif runs and not runs[-1].isdigit():
            runs[-1] += run
        else:
            runs.append(run)
    return " ".join(runs)
