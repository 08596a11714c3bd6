"""What a symbol of a document is made of, and in which order each family writes it.

State and union: ``15/QĐ-BNV``, ``30/2020/NĐ-CP``, ``993/CTr-LĐLĐ`` (NĐ 30/2020/NĐ-CP, appendices I and III). Party: ``25-NQ/TW``.
Heads of bodies set their own abbreviations, so issuers are told by their shape; types are a list.
"""

import re
from dataclasses import dataclass

# NĐ 30/2020, art. 7 and appendix III; copies; legal acts; Party; what unions write beside.
TYPES = """
    NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB SY TrS SL
    NĐ TT TTLT TTLN NQLT VBHN AL PL L KL QĐi BS CV ĐL QT HDLT HDLN KHLT KHPH CTrPH CTPH CTrHĐ QCPH QCLT BCLT NQLN
    """.split()  # noqa: SIM905 – reads as a table
BARE_TYPES = {"QD": "QĐ", "ND": "NĐ"}
"""Typed without Đ; only before a known body."""
_TYPE_BY_SMALL = {name.lower(): name for name in TYPES} | {
    bare.lower(): name for bare, name in BARE_TYPES.items()
}

_PARTY = re.compile(
    r"(?:VP|UBKT|BTC|BTG|BTGDV|BDV|BNC|BKT|BCĐ|BĐN|BCSĐ|ĐUK|HĐLL)?(?:TW|TU|HU|ĐU|QU|ThU)|ĐU[A-ZĐ&]*|BCSĐ[A-ZĐ&]*|UBKT|TW[A-ZĐ]+"
)
_NOT_PARTY = re.compile(
    r"(?:LĐLĐ|TLĐ|CĐ|ĐCT|UBND|HĐND|CP|TTg|QH|UBTVQH|VPCP|B[A-ZĐ]{1,6}|S[A-ZĐ]{1,6}|BHXH|TAND|VKS|NHNN|MTTQ|ĐHCĐ|BCH|BTV)[A-ZĐ&0-9]*"
)
KNOWN_ISSUERS = [
    "VPTW",
    "UBKTTW",
    "TW",
    "VPTU",
    "UBKTTU",
    "TU",
    "HU",
    "ĐU",
    "ĐUK",
    "TLĐ",
    "ĐCT",
    "LĐLĐ",
    "CĐN",
    "CĐCS",
    "CĐVN",
    "CP",
    "TTg",
    "UBND",
    "HĐND",
    "UBTVQH",
    "VPCP",
    "VPQH",
    "CTN",
    "BTP",
    "BNV",
    "BTC",
    "BLĐTBXH",
    "BGDĐT",
    "BYT",
    "BCT",
    "BXD",
    "BGTVT",
    "BCA",
    "BQP",
    "BTNMT",
    "BNNPTNT",
    "BVHTTDL",
    "BKHĐT",
    "BTTTT",
    "NHNN",
    "BHXH",
    "TTCP",
    "TANDTC",
    "VKSNDTC",
    "MTTW",
    "MTTQ",
    "VP",
    "BTV",
    "BCH",
]
BARE_ISSUERS = {"LDLD": "LĐLĐ", "TLD": "TLĐ", "HDND": "HĐND"}
_ISSUER_BY_SMALL = {name.lower(): name for name in KNOWN_ISSUERS} | {
    bare.lower(): name for bare, name in BARE_ISSUERS.items()
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in its normal form, and its parts as abbreviations.

    ``number`` is an ``int`` where it is one, else as printed ("06b", "66.19"). ``type`` is None for official letters and for
    laws, which print none; ``issuer`` is None for case law and decrees of 1945-1960. ``year`` only if printed inside. A symbol
    does not name a document: numbers begin anew each year, or each term of a Party committee.
    """

    symbol: str
    type: str | None
    issuer: str | None
    number: int | str
    year: int | None = None


def is_party(issuer: str) -> bool:
    """Whether the body belongs to the Party, which writes ``number-TYPE/BODY``."""
    return _PARTY.fullmatch(issuer) is not None


def made(
    number: str,
    kind: str | None,
    issuer: str | None,
    *,
    year: str | None = None,
    year_last: bool = False,
    party_order: bool = False,
) -> Symbol:
    """Put the parts together in the order of their family.

    ``party_order`` is how it was printed; it decides only for a body of which nothing else is known.
    """
    read_number = int(number) if number.isdigit() else number
    head = f"{number}/{year}" if year and not year_last else number
    tail = f"/{year}" if year and year_last else ""
    if kind and issuer:
        party = is_party(issuer) or (party_order and not _NOT_PARTY.fullmatch(issuer.split("-")[0]))
        body = f"-{kind}/{issuer}" if party and not year else f"/{kind}-{issuer}"
    else:
        body = f"/{kind or issuer}"
    return Symbol(f"{head}{body}{tail}", kind, issuer, read_number, int(year) if year else None)


def type_of(printed: str) -> str | None:
    """The type in its right case: "ctr" → "CTr"; None for what is no known type."""
    return _TYPE_BY_SMALL.get(printed.lower())


def issuer_of(printed: str) -> str:
    """The body in its right case, TƯ as TW: "ttg" → "TTg", "tư" → "TW"."""
    return "-".join(_one_issuer(part) for part in printed.split("-"))


def _one_issuer(part: str) -> str:
    part = re.sub(r"(?i)tư$", "TW", part) if len(part) < 8 else part
    known = _ISSUER_BY_SMALL.get(part.lower())
    if known:
        return known
    return part if any(map(str.isupper, part)) else part.upper()
