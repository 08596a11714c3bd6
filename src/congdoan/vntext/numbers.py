"""Numbers and amounts of money as Vietnamese writes them, both ways.

A dot groups thousands, a comma begins decimals: 12.076; 6.383,9; 66,11%. Words of magnitude follow the
number: "55,294 tỷ đồng" is 55 294 000 000 đồng. Nothing is ever rounded unless places are asked for.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from congdoan.vntext.errors import NumberError, gettext_noop
from congdoan.vntext.folding import match_key

NARROW_SPACE = "\u202f"
"""Goes between number and % on screens: 66,11 %."""

_MAGNITUDES = {
    "chục": 10,
    "trăm": 10**2,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tr": 10**6,
    # The match key writes tỷ as tỉ.
    "tỉ": 10**9,
}
_LARGEST_UNIT = 10**15
_LONGEST = 80
_EXACT = Context(prec=_LONGEST + 40)

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_GROUPED_BY_SPACES = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_THOUSANDS_OR_DECIMALS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_ENGLISH_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)")
_ENGLISH_DECIMAL = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+")

_PART = re.compile(r"([0-9][0-9., ]*)((?:[^\W\d_]+ ?)*)")
_CURRENCY = re.compile(r"(?<![^\W\d_])(?:đồng|vnđ|vnd|đ)$|₫$")


def _grouped(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")


def format_int(value: int) -> str:
    """12076 → "12.076"."""
    return f"{value:,}".replace(",", ".")


def format_decimal(value: Decimal | int, places: int | None = None) -> str:
    """Decimal("6383.9") → "6.383,9".

    Without ``places`` all digits are written, as many as the value has. With ``places`` the value is
    rounded (half away from zero) or padded to so many decimals. Raises ``ValueError`` for NaN and infinity.
    """
    value = Decimal(value)
    if not value.is_finite():
        raise ValueError(f"{value} cannot be written as a number")
    if places is not None:
        context = Context(prec=max(1, value.adjusted() + 2) + max(0, places))
        value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=context)
    whole, _, decimals = f"{value.copy_abs():f}".partition(".")
    sign = "-" if value < 0 else ""
    return sign + _grouped(whole) + ("," + decimals if decimals else "")


def format_percent(value: Decimal | int, places: int | None = None, *, space: str = "") -> str:
    """Decimal("66.11"), already in percent, → "66,11%". Screens pass ``space=NARROW_SPACE``."""
    return f"{format_decimal(value, places)}{space}%"


def format_money(dong: int) -> str:
    """55_294_000_000 → "55,294 tỷ đồng", never rounded.

    The largest of tỷ and triệu that writes the amount exactly with at most three decimals; nghìn only for
    whole thousands; otherwise every digit: "55.294.000.001 đồng".
    """
    amount = abs(dong)
    sign = "-" if dong < 0 else ""
    for unit, name in ((10**9, "tỷ"), (10**6, "triệu")):
        if amount >= unit and amount * 1000 % unit == 0:
            thousandths = amount * 1000 // unit
            decimals = f"{thousandths % 1000:03}".rstrip("0")
            return f"{sign}{format_int(thousandths // 1000)}{',' + decimals if decimals else ''} {name} đồng"
    if 1000 <= amount < 10**6 and amount % 1000 == 0:
        return f"{sign}{amount // 1000} nghìn đồng"
    return f"{sign}{format_int(amount)} đồng"


def parse_number(text: str) -> Decimal:
    """Read one number: "6.383,9", "12.076", "02", "3,715,641", "55,294 tỷ", "99.8%" (→ 99.8).

    Raises ``NumberError`` for what is no number and for what can be read in two ways, such as "1,289".
    """
    number = _tidy(text)
    negative, number = _split_sign(number)
    if number.endswith("%"):
        value = _parse_digits(number[:-1].rstrip(), text, scaled=True)
    else:
        value = _parse_magnitudes(number, text)
    # Unlike a product, a copy never rounds to the precision of the context.
    return value.copy_negate() if negative and value else value


def parse_money(text: str) -> int:
    """Read an amount in whole đồng: "119 tỷ 214 triệu đồng", "33.500.000đ", "55,294 tỷ".

    Raises ``NumberError`` as ``parse_number`` does, and for parts of one đồng.
    """
    negative, number = _split_sign(_tidy(text))
    amount = _parse_magnitudes(_CURRENCY.sub("", number).rstrip(), text)
    if amount != amount.to_integral_value():
        raise NumberError(
            f"not whole dong: {text!r}",
            sentence=gettext_noop("“%(text)s” có phần lẻ nhỏ hơn một đồng. Hãy nhập số đồng tròn."),
            text=text.strip(),
        )
    return -int(amount) if negative else int(amount)


def _tidy(text: str) -> str:
    """Match key with single spaces; refuses what is empty or far too long to be a number."""
    if len(text) > _LONGEST:
        raise NumberError(
            f"too long for a number: {len(text)} characters",
            sentence=gettext_noop(
                "Nội dung quá dài, không phải là một số. Hãy chỉ nhập số, ví dụ 12.076 hoặc 6.383,9."
            ),
        )
    number = " ".join(match_key(text).split())
    if not number:
        raise NumberError("no number", sentence=gettext_noop("Bạn chưa nhập số. Ví dụ: 12.076 hoặc 6.383,9."))
    return number


def _split_sign(number: str) -> tuple[bool, str]:
    if number[0] in "-−+":
        return number[0] != "+", number[1:].lstrip()
    return False, number


def _parse_magnitudes(number: str, text: str) -> Decimal:
    """Sum of parts such as "119 tỷ 214 triệu", each smaller than the unit of the one before."""
    total = Decimal(0)
    ceiling: Decimal | None = None
    at = 0
    while at < len(number) or ceiling is None:
        part = _PART.match(number, at)
        if part is None:
            raise _unreadable(text)
        at = part.end()
        unit = _magnitude(part[2].split(), text)
        value = _parse_digits(part[1].strip(), text, scaled=unit > 1)
        amount = _EXACT.multiply(value, Decimal(unit))
        # "1 tỷ 200" may mean 1 tỷ 200 triệu; "1,5 tỷ 20 triệu" is a slip: neither is guessed at.
        if ceiling is not None and (unit == 1 or amount >= ceiling or _EXACT.remainder(total, ceiling)):
            raise NumberError(
                f"parts do not add up to one number: {text!r}",
                sentence=gettext_noop(
                    "Không đọc được “%(text)s” thành một số. Hãy ghi rõ đơn vị của từng phần từ lớn đến nhỏ, ví dụ 119 tỷ 214 triệu."
                ),
                text=text.strip(),
            )
        total = _EXACT.add(total, amount)
        ceiling = Decimal(unit)
    if ceiling > 1 and total == total.to_integral_value():
        return total.to_integral_value()
    return total


def _magnitude(names: list[str], text: str) -> int:
    """The product of the words, so that "nghìn tỷ" is 10¹²."""
    unit = 1
    for name in names:
        if name not in _MAGNITUDES:
            raise _unreadable(text)
        unit *= _MAGNITUDES[name]
    if unit > _LARGEST_UNIT:
        raise _unreadable(text)
    return unit


def _parse_digits(digits: str, text: str, *, scaled: bool) -> Decimal:
    """Read digits with their separators; ``scaled`` when a magnitude or % follows.

    With it a comma before three digits can only be a decimal comma, and a dot before one or two digits
    only an English decimal point: dates have neither.
    """
    if _PLAIN.fullmatch(digits):
        return Decimal(digits)
    if _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _GROUPED_BY_SPACES.fullmatch(digits):
        return Decimal(digits.replace(" ", "").replace(",", "."))
    if _THOUSANDS_OR_DECIMALS.fullmatch(digits) and not scaled:
        raise NumberError(
            f"ambiguous: {text!r}",
            sentence=gettext_noop(
                "“%(text)s” có thể hiểu theo hai cách. Nếu là hàng nghìn, hãy viết %(thousands)s; nếu là số thập phân, hãy viết %(decimal)s."
            ),
            text=text.strip(),
            thousands=digits.replace(",", "."),
            decimal=digits + "0",
        )
    if _DECIMAL.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    if _ENGLISH_GROUPED.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _ENGLISH_DECIMAL.fullmatch(digits):
        if scaled:
            return Decimal(digits)
        raise NumberError(
            f"English decimal point, or a date: {text!r}",
            sentence=gettext_noop(
                "“%(text)s” dùng dấu chấm cho phần thập phân. Hãy dùng dấu phẩy: %(decimal)s."
            ),
            text=text.strip(),
            decimal=digits.replace(".", ","),
        )
    raise _unreadable(text)


def _unreadable(text: str) -> NumberError:
    return NumberError(
        f"not a number: {text!r}",
        sentence=gettext_noop("“%(text)s” không phải là số. Hãy nhập theo mẫu 12.076 hoặc 6.383,9."),
        text=text.strip(),
    )
