"""Numbers in words: as Vietnamese reads them aloud, and as English does.

Vietnamese has its traps: 21 is hai mươi *mốt* but 11 mười *một*; 24 hai mươi *tư*; 15 and 25 end in *lăm*; an empty place inside
a number is read (12.076: mười hai nghìn *không trăm* bảy mươi sáu; 105: một trăm *linh* năm), an empty group is not
(1.000.005: một triệu không trăm linh năm).
"""

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 10**9
_ENGLISH = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_GROUPS = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")
MOST = 10**21
"""Numbers from here on are not read aloud."""


def spell(value: int | Decimal, language: str = "vi") -> str:
    """Return a number in words: 12076 → "mười hai nghìn không trăm bảy mươi sáu"; 66.11 → "sáu mươi sáu phẩy mười một".

    Decimals are read as they are written, a zero at the end too. Raises ``ValueError`` for NaN, infinity and from 10²¹ on.
    """
    number = Decimal(value)
    if not number.is_finite() or abs(number) >= MOST:
        raise ValueError(f"{value} is not read aloud")
    whole, _, decimals = f"{number.copy_abs():f}".partition(".")
    is_english = language == "en"
    words = _english(int(whole)) if is_english else _vietnamese(int(whole))
    if decimals:
        words += _english_decimals(decimals) if is_english else _decimals(decimals)
    if number < 0:
        words = f"{'minus' if is_english else 'âm'} {words}"
    return words


def _vietnamese(number: int, *, inside: bool = False) -> str:
    if number >= _BILLION:
        above, rest = divmod(number, _BILLION)
        return " ".join(
            part
            for part in (
                _vietnamese(above, inside=inside),
                "tỷ",
                _vietnamese(rest, inside=True) if rest else "",
            )
            if part
        )
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words.append(_group(group, inside=inside or bool(words)))
            words.append(_GROUPS[power])
    return " ".join(word for word in words if word)


def _group(group: int, *, inside: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = []
    if hundreds or inside:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if tens == 0:
        if ones:
            words.append(f"linh {_DIGITS[ones]}" if words else _DIGITS[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones == 5:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones:
        words.append(_DIGITS[ones])
    return " ".join(words)


def _decimals(digits: str) -> str:
    """Two decimals are read as a number (phẩy mười một), others, and those that begin with zero, digit by digit."""
    if len(digits) == 2 and digits[0] != "0":
        return f" phẩy {_group(int(digits), inside=False)}"
    return " phẩy " + " ".join(_DIGITS[int(digit)] for digit in digits)


def _english(number: int) -> str:
    if number == 0:
        return _ENGLISH[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words: list[str] = []
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power]
        if not group:
            continue
        said = _english_group(group)
        if power == 0 and words and group < 100:
            said = f"and {said}"
        words.append(f"{said} {_ENGLISH_GROUPS[power]}".strip())
    return " ".join(words)


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        said = (
            _ENGLISH[rest]
            if rest < len(_ENGLISH)
            else _ENGLISH_TENS[tens] + (f"-{_ENGLISH[ones]}" if ones else "")
        )
        words.append(f"and {said}" if words else said)
    return " ".join(words)


def _english_decimals(digits: str) -> str:
    return " point " + " ".join(_ENGLISH[int(digit)] for digit in digits)
