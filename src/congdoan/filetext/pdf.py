"""Text of a PDF, read by Pdfium in a process of its own with limits, so that no file can hang or crash the server.

That process costs about a tenth of a second; a page of text some seven thousandths. It may use ``SECONDS`` of the
processor and ``MEMORY`` bytes, write one file of ``OUTPUT`` bytes, and knows nothing of the product or its settings.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from congdoan.filetext.errors import FileTextError, Note, damaged, encrypted
from congdoan.vntext import format_int
from congdoan.vntext.errors import gettext_noop

MAX_PAGES = 2_000
SECONDS = 25
MEMORY = 1024 * 2**20
OUTPUT = 96 * 2**20

_PROGRAM = Path(__file__).with_name("pdfium.py")
_NAMED_AT_MOST = 10


def read_pdf(data: bytes, *, max_pages: int = MAX_PAGES) -> tuple[list[str], list[Note]]:
    """The text of each page, paragraphs by newline, and notes about pages without text.

    Raises ``FileTextError`` for a file that is damaged, locked, too long, too slow to read, or only pictures.
    """
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 – the program and its arguments are ours, the file comes by a pipe
                [sys.executable, "-I", str(_PROGRAM), *map(str, (SECONDS, MEMORY, OUTPUT, max_pages))],
                input=data,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=SECONDS + 5,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as error:
            raise _too_slow("out of time") from error
        output.seek(0)
        answer = output.read(OUTPUT)
    if done.returncode:
        # By a signal: the processor time is used up (SIGXCPU, SIGKILL), or Pdfium has crashed on the file.
        if done.returncode in (-9, -24):
            raise _too_slow(f"ended by signal {-done.returncode}")
        raise damaged(f"pdfium ended with {done.returncode}", "PDF")
    return _pages_of(answer, max_pages)


def _pages_of(answer: bytes, max_pages: int) -> tuple[list[str], list[Note]]:
    try:
        said = json.loads(answer)
    except ValueError as error:
        raise damaged("pdfium gave no answer", "PDF") from error
    error_word = said.get("error")
    if error_word == "encrypted":
        raise encrypted("a PDF with a password")
    if error_word == "too_many_pages":
        raise FileTextError(
            f"{said['count']} pages",
            reason="too_many_pages",
            sentence=gettext_noop(
                "Tệp PDF có %(count)s trang, vượt giới hạn %(limit)s trang. Hãy tách thành nhiều tệp nhỏ hơn."
            ),
            count=format_int(said["count"]),
            limit=format_int(max_pages),
        )
    if error_word == "too_slow":
        raise _too_slow("out of memory")
    if error_word or not said["pages"]:
        raise damaged("pdfium cannot open it", "PDF")
    # Half of a pair of surrogates cannot be stored.
    pages = [page.encode("utf-8", "replace").decode("utf-8") for page in said["pages"]]
    silent = [number for number, page in enumerate(pages, 1) if not any(map(str.isalnum, page))]
    if len(silent) == len(pages):
        raise FileTextError(
            "no text layer",
            reason="no_text",
            sentence=gettext_noop(
                "Tệp PDF chỉ có hình ảnh, không có lớp chữ để đọc. Hãy dùng bản PDF xuất từ máy tính, hoặc nhận dạng chữ (OCR) rồi thử lại."
            ),
        )
    return pages, [_silent_pages(silent)] if silent else []


def _silent_pages(numbers: list[int]) -> Note:
    shown = ", ".join(map(str, numbers[:_NAMED_AT_MOST])) + ("…" if len(numbers) > _NAMED_AT_MOST else "")
    return Note(
        gettext_noop("Trang %(pages)s không có lớp chữ (trang trống hoặc ảnh quét) nên không đọc được."),
        {"pages": shown},
    )


def _too_slow(message: str) -> FileTextError:
    return FileTextError(
        message,
        reason="too_slow",
        sentence=gettext_noop(
            "Tệp PDF quá phức tạp, không đọc xong trong thời gian cho phép. Hãy in lại thành PDF mới hoặc tách nhỏ tệp rồi thử lại."
        ),
    )
