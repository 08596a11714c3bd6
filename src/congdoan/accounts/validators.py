"""Rules of passwords by NIST SP 800-63B-4: length, and nothing that is guessed first. No composition, no expiry."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from congdoan import vntext

CONTEXT_WORDS = (
    # Folded, without spaces. What people here think of first.
    *(
        "congdoan",
        "congdoanvietnam",
        "laocai",
        "yenbai",
        "liendoan",
        "laodong",
        "liendoanlaodong",
        "tongliendoan",
    ),
    *("doanvien", "canbo", "chutich", "vietnam", "tinhlaocai", "congdoanlaocai", "ldld", "tld", "cdcs"),
    *("matkhau", "matkhaucuatoi", "password", "passwort", "admin", "administrator", "quantri", "dangnhap"),
    *(
        "anhyeuem",
        "emyeuanh",
        "iloveyou",
        "hanoi",
        "saigon",
        "hochiminh",
        "bachho",
        "welcome",
        "qwerty",
        "qwertyuiop",
    ),
    *("asdfghjkl", "zxcvbnm", "abcdefghijkl", "abc", "abcd", "xyz", "one", "mot", "hai", "ba"),
)
_SEQUENCES = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class LengthValidator:
    """At least ``least`` characters, at most ``most``: a limit against abuse, far above what anyone types."""

    def __init__(self, least: int = 12, most: int = 256) -> None:
        self.least = least
        self.most = most

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ``ValidationError`` for a password that is too short or too long; a composed letter counts as one."""
        length = len(vntext.nfc(password))
        if length < self.least:
            raise ValidationError(
                _("Mật khẩu cần ít nhất %(least)d ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
                % {"least": self.least},
                code="password_too_short",
            )
        if length > self.most:
            raise ValidationError(
                _("Mật khẩu dài quá %(most)d ký tự.") % {"most": self.most}, code="password_too_long"
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return _(
            "Ít nhất %(least)d ký tự; dùng được dấu cách và chữ có dấu. Không cần chữ hoa, số hay ký tự đặc biệt."
        ) % {"least": self.least}


class GuessableValidator:
    """Nothing that an attacker tries first: common passwords, names of the person and of the place, mere rows of keys."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ``ValidationError`` when the password is, but for digits and signs around, on the list."""
        plain = vntext.fold(password)
        letters = "".join(re.findall(r"[^\W\d_]+", plain))
        # What stands between the signs, without the digits and signs in front and behind: "Matkhau@2026!" is "matkhau".
        core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
        if plain in _common() or core in _common() or letters in _common() or _is_row(plain):
            raise ValidationError(
                _("Mật khẩu này nằm trong danh sách hay bị đoán nhất. Hãy chọn một câu khác."),
                code="password_too_common",
            )
        phone = str(getattr(user, "phone", "") or "")[-9:]
        digits = re.sub(r"\D", "", plain)
        is_phone = not letters and bool(phone) and phone in digits
        if is_phone or (letters and _is_made_of(letters, {*CONTEXT_WORDS, *_words_of(user)})):
            raise ValidationError(
                _(
                    "Mật khẩu chỉ gồm tên của bạn, của đơn vị hoặc những từ ai cũng đoán được. Hãy thêm vài từ khác."
                ),
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        """Say the rule."""
        return _("Không dùng tên của bạn, tên đơn vị hay mật khẩu thường gặp.")


@cache
def _common() -> frozenset[str]:
    """Return Django's list of the 20.000 most common passwords."""
    return frozenset(CommonPasswordValidator().passwords)


def _words_of(user: AbstractBaseUser | None) -> set[str]:
    """Return what is known of ``user``, folded and cut into letters."""
    if user is None:
        return set()
    known = [
        str(getattr(user, name, "") or "") for name in ("username", "first_name", "last_name", "staff_code")
    ]
    local, _at, domain = str(getattr(user, "email", "") or "").partition("@")
    known += [local, domain]
    words: set[str] = set()
    for text in known:
        parts = re.findall(r"[^\W\d_]+", vntext.fold(text))
        words.update(part for part in parts if len(part) > 1)
        words.add("".join(parts))
    words.discard("")
    return words


def _is_made_of(letters: str, words: set[str]) -> bool:
    """Say whether ``letters`` is nothing but ``words`` one after the other."""
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            reached.update(start + len(word) for word in words if letters.startswith(word, start))
    return len(letters) in reached


def _is_row(plain: str) -> bool:
    """Say whether the password is a row of neighbours or a short piece repeated: 123456789012, abcabcabcabc."""
    text = unicodedata.normalize("NFC", re.sub(r"\s", "", plain))
    if len(text) < 2:
        return True
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5)):
        return True
    rows = [*_SEQUENCES, *(row[::-1] for row in _SEQUENCES)]
    return any(text in row * 2 for row in rows)
