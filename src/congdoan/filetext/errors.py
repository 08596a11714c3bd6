"""What a person is told when no text can be taken out of a file, or when something was done to it on the way.

As in ``vntext``, sentences are Vietnamese, marked for translation here and translated where they are shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from congdoan.vntext.errors import gettext_noop

Translate = Callable[[str], str]
"""Turns a Vietnamese sentence into the reader's language; Django's ``gettext``, or nothing at all."""


def as_it_stands(sentence: str) -> str:
    """Leave the sentence in Vietnamese."""
    return sentence


class FileTextError(ValueError):
    """No text can be taken out of the file. ``user_message`` is safe to show.

    ``reason`` is one of ``empty``, ``too_large``, ``wrong_name``, ``unsupported``, ``binary``, ``encoding``, ``encrypted``,
    ``macros``, ``swells`` (a zip bomb), ``damaged``, ``no_text``, ``too_many_pages``, ``too_slow``. ``sentence`` is a
    Vietnamese sentence with ``%(name)s`` places, ``params`` fills them.
    """

    def __init__(self, message: str, *, reason: str, sentence: str, **params: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.sentence = sentence
        self.params = params

    def translated(self, translate: Translate) -> str:
        """What is wrong and how to mend it, in the language of ``translate``."""
        return translate(self.sentence) % self.params

    @property
    def user_message(self) -> str:
        """What is wrong and how to mend it, in Vietnamese."""
        return self.translated(as_it_stands)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done to the text, or is missing from it, which its reader should know."""

    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)

    def translated(self, translate: Translate) -> str:
        """The sentence in the language of ``translate``."""
        return translate(self.sentence) % self.params

    @property
    def text(self) -> str:
        """The sentence in Vietnamese."""
        return self.translated(as_it_stands)


def damaged(message: str, kind: str) -> FileTextError:
    """The refusal of a file that breaks the rules of its own format. ``kind`` as people name it: PDF, DOCX."""
    return FileTextError(
        message,
        reason="damaged",
        sentence=gettext_noop(
            "Tệp %(kind)s bị hỏng nên không đọc được. Hãy lấy lại bản gốc, hoặc mở bằng chương trình đã soạn nó, lưu thành tệp mới rồi thử lại."
        ),
        kind=kind,
    )


def encrypted(message: str) -> FileTextError:
    """The refusal of a file that is locked with a password."""
    return FileTextError(
        message,
        reason="encrypted",
        sentence=gettext_noop("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu, lưu lại rồi thử lại."),
    )


def swells(message: str) -> FileTextError:
    """The refusal of a small file that becomes huge when it is unpacked."""
    return FileTextError(
        message,
        reason="swells",
        sentence=gettext_noop(
            "Tệp nén bất thường: nội dung khi mở ra quá lớn. Hãy chép phần chữ sang một tệp .docx mới rồi thử lại."
        ),
    )


def macros(found: str) -> FileTextError:
    """The refusal of a document with macros."""
    return FileTextError(
        f"macros: {found}",
        reason="macros",
        sentence=gettext_noop(
            "Tệp có chứa macro nên không được nhận. Hãy lưu lại thành “Word Document (.docx)” không có macro."
        ),
    )


def empty(message: str) -> FileTextError:
    """The refusal of a file in which nothing is written."""
    return FileTextError(
        message,
        reason="empty",
        sentence=gettext_noop("Tệp trống, không có chữ nào để đọc. Hãy kiểm tra lại tệp đã chọn."),
    )


def unsupported(message: str) -> FileTextError:
    """The refusal of a kind of file that is not read."""
    return FileTextError(
        message,
        reason="unsupported",
        sentence=gettext_noop("Không đọc được loại tệp này. Hãy chọn tệp .txt, .html, .docx hoặc .pdf."),
    )
