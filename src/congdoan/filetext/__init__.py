"""Text out of files: TXT, HTML, DOCX and PDF, in plain Python.

The one way in which the product takes text out of a file that somebody gives it::

    try:
        found = read_text(path)
    except FileTextError as error:
        form.add_error("file", error.translated(_))
    for note in found.notes:
        messages.info(request, note.translated(_))

A file is judged before it is read: another kind than its name says, passwords, macros, too many bytes, packages that
swell when unpacked and damaged ones are ``FileTextError`` with a Vietnamese sentence for the reader, and never another
exception. XML is parsed without entities; PDF is parsed in a process of its own with limits (``pdf``). Nothing is
fetched, and nothing is unpacked to disk.
"""

from congdoan.filetext.errors import FileTextError, Note
from congdoan.filetext.kinds import Kind
from congdoan.filetext.reading import MAX_BYTES, FileText, read_bytes, read_text

__all__ = ["MAX_BYTES", "FileText", "FileTextError", "Kind", "Note", "read_bytes", "read_text"]
