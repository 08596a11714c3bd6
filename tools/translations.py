"""The English of our sentences: collect them, check them, compile them. In Python alone, so that it runs anywhere.

Sentences (msgids) are Vietnamese; ``src/congdoan/locale/en/LC_MESSAGES/django.po`` holds their English.

    python tools/translations.py update    collect sentences into the catalogue, keeping what is translated
    python tools/translations.py check     fail on a sentence without English, a stale catalogue, or a bare sentence
    python tools/translations.py compile   write the catalogue that the product reads
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "src" / "congdoan"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
MARKERS = SINGLE | PLURAL | CONTEXT

VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr]|%[sd]|%%|\{\w+\}")

BARE_ALLOWED = {
    # path below src/congdoan: why Vietnamese stands there without English
    "vntext/": "the Vietnamese language itself; its errors are marked and translated where they are shown",
    "portal/importing/": "patterns that recognise Vietnamese pages",
    "portal/weather_codes.py": "both languages stand side by side",
    "portal/live_parts.py": "both languages stand side by side: one answer serves both sites",
    "participation/live_parts.py": "both languages stand side by side: one answer serves both sites",
    "ops/demo/": "demonstration content",
    "ops/content/": "first content of a site, both languages side by side",
    "config/settings.py": "read before translations can be; says it in both languages",
    "config/cli/main.py": "read before translations can be; says it in both languages",
    "config/views.py": "the last resort, when translating may be what failed; says it in both languages",
    "search/queries.py": "read before translations can be; says it in both languages",
    "ui/views.py": "sample texts of the gallery",
    "ui/templates/ui/gallery.html": "sample texts of the gallery",
    "ui/desk_samples.py": "sample texts of the gallery",
    "ui/record_samples.py": "sample texts of the gallery",
    "ui/charts/widths.py": "letters and how wide they are",
    "config/newsroom.py": "read before translations can be: the name of the site until somebody writes one, names of languages",
    "config/personal.py": "read before translations can be; says it in both languages",
    "members/importing/": "titles and words of Vietnamese lists, as federations write them",
    "organisation/importing/": "titles and words of Vietnamese lists, as federations write them",
    "api/shapes_reporting.py": "examples of answers in the description of the API",
    "api/asked_reporting.py": "examples of requests in the description of the API",
    "api/shapes_published.py": "examples of answers in the description of the API",
    "figures/engine/titles.py": "patterns of Vietnamese titles, and what takes their place in a copy",
    "printing/": "the words of an administrative document, which is always Vietnamese",
}

BARE_TEXTS = {
    # Texts that stay Vietnamese within files that are otherwise checked, and why.
    "Hệ thống": "stored: who did what nobody did by hand",
    "Liên đoàn Lao động": "stored: the name of a new site until somebody writes one",
    "Lào Cai": "stored: a place",
    "Tin tức chung": "stored: the title of a category",
    "Album ảnh": "stored: the name of a collection",
    "Trang cũ": "stored: the source of a fact",
    "Trang cũ (": "stored: the source of a fact",
    ", lưu ngày ": "stored: the source of a fact",
    "Văn bản: ": "stored: the source of a value",
    "12.076 buổi": "an example of a figure in a text",
    "66,11%, vượt 6,11 điểm phần trăm so với chỉ tiêu": "an example of a figure in a text",
    "tăng 5,2% so với kỳ trước": "an example of a figure in a text",
    "tăng": "an example of a figure in a text",
    "1.280 trong 1.289 báo cáo": "an example of a figure in a text",
    "Tổ chức công đoàn": "stored: the name of the tree",
    "Đơn vị kết thúc hoạt động": "stored: why a mandate ended",
    "Sổ đoàn viên": "stored: what an entry of the trail is about",
    "Hồ sơ đoàn viên số ": "stored: what an entry of the trail is about",
    "(?:năm |nam )?([0-9]{4})": "a pattern of dates as people write them",
    "(?:tháng |thang )?([0-9]{1,2})\\s?[/.\\-]\\s?([0-9]{4})": "a pattern of dates as people write them",
    "không áp dụng": "what people type into a cell",
    "Mã ô": "a title of the template of a report, the same in both languages",
    "Số": "a title of the template of a report, the same in both languages",
    " số ": "a citation, which is always Vietnamese",
    " của ": "a citation, which is always Vietnamese",
    " hoà thuỷ kỹ quý khoá 05/NQ-ĐCT": "sample words that tell one format of the index from another",
}

HEADER = "# The English of Congdoan. The sentences stand in the source; `make translations` collects them."
UNWANTED = re.compile(
    rb'"(Project-Id|Report-Msgid|POT-Creation|PO-Revision|Last-Trans|Language-Team|Generated)'
)

Found = tuple[str | None, str | tuple[str, str]]
"""A context or none, and a sentence or its two forms."""


def sentences() -> Iterator[tuple[Found, str]]:
    """Yield every marked sentence with the file it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            for found in _in_python(ast.parse(path.read_text(encoding="utf-8"))):
                yield found, str(path.relative_to(PROJECT))
    for path in _templates():
        for found in _in_template(path.read_text(encoding="utf-8")):
            yield found, str(path.relative_to(PROJECT))


def _templates() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.html") if "templates" in path.parts)


def _in_python(tree: ast.AST) -> Iterator[Found]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in MARKERS:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name in PLURAL and len(texts) >= 2:
                yield None, (texts[0], texts[1])
            elif name in CONTEXT and len(texts) >= 2:
                yield texts[0], texts[1]
            elif name in SINGLE and texts:
                yield None, texts[0]


def _called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


_CALL = re.compile(r"\b(_|gettext|ngettext|pgettext)\s*\(")


def _in_template(text: str) -> Iterator[Found]:
    """Read what Django makes of a template for xgettext: Python calls among filler."""
    python = templatize(text)
    for match in _CALL.finditer(python):
        depth, end = 0, match.end() - 1
        for end in range(match.end() - 1, len(python)):
            depth += (python[end] == "(") - (python[end] == ")")
            if depth == 0:
                try:
                    tree = ast.parse(python[match.start() : end + 1].strip(), mode="eval")
                except SyntaxError:
                    continue  # a bracket inside the sentence; go on to the next one
                yield from _in_python(tree)
                break


def read() -> Catalog:
    """Return the catalogue; an empty one when there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="Congdoan", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Collect all sentences; keep the English that is there; drop sentences that are gone."""
    before = read()
    fresh = Catalog(locale="en", charset="utf-8", header_comment=HEADER, fuzzy=False)
    places: dict[Found, set[str]] = {}
    for found, place in sentences():
        places.setdefault(found, set()).add(place)
    for (context, text), where in sorted(places.items(), key=lambda item: (min(item[1]), str(item[0][1]))):
        known = before.get(text[0] if isinstance(text, tuple) else text, context)
        empty: str | tuple[str, str] = ("", "") if isinstance(text, tuple) else ""
        string = known.string if known and isinstance(known.string, type(empty)) else empty
        fresh.add(text, string, locations=[(place, 0) for place in sorted(where)], context=context)
    write(fresh)


def write(catalogue: Catalog) -> None:
    """Write the catalogue as it is kept: without lines that change at every run, or that Babel fills with samples."""
    output = BytesIO()
    write_po(output, catalogue, width=120, include_lineno=False, omit_header=False)
    lines = [line for line in output.getvalue().splitlines(keepends=True) if not UNWANTED.match(line)]
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(b"".join(lines))


def compile_catalogue() -> bytes:
    """Return the catalogue as the product reads it."""
    catalogue = read()
    # Babel writes its dates into the header: left to the clock, they would make every minute's result another.
    catalogue.creation_date = catalogue.revision_date = datetime.fromtimestamp(0, UTC)
    output = BytesIO()
    write_mo(output, catalogue)
    return output.getvalue()


def faults() -> Iterator[str]:
    """Yield everything that is wrong, one sentence each."""
    catalogue = read()
    used = {found for found, _ in sentences()}
    for context, text in sorted(used, key=str):
        message = catalogue.get(text[0] if isinstance(text, tuple) else text, context)
        if message is None:
            yield f"not in the catalogue (run `make translations`): {text!r}"
        else:
            yield from _faults_of(message)
    for message in catalogue:
        if message.id and (message.context, message.id) not in used:
            yield f"in the catalogue, but nowhere in the source (run `make translations`): {message.id!r}"
    if not COMPILED.exists() or COMPILED.read_bytes() != compile_catalogue():
        yield f"{COMPILED.relative_to(PROJECT)} is older than the catalogue (run `make translations`)"
    yield from _bare_sentences()


def _faults_of(message: Message) -> Iterator[str]:
    stored = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    strings = [string or "" for string in stored]
    if not all(strings) or message.fuzzy:
        yield f"without English: {message.id!r}"
        return
    source = message.id[-1] if isinstance(message.id, (tuple, list)) else message.id
    for string in strings:
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(string)):
            yield f"placeholders differ: {source!r} / {string!r}"


def _bare_sentences() -> Iterator[str]:
    """Yield Vietnamese that a reader of English would meet, because nobody marked it."""
    for path in _templates():
        relative = str(path.relative_to(SOURCE))
        if any(relative.startswith(allowed) for allowed in BARE_ALLOWED):
            continue
        for number, line in enumerate(_without_marked(path.read_text(encoding="utf-8")).splitlines(), 1):
            if VIETNAMESE.search(line):
                yield f"{relative}:{number}: not marked for translation: {line.strip()[:90]}"
    for path in sorted(SOURCE.rglob("*.py")):
        relative = str(path.relative_to(SOURCE))
        if "migrations" in path.parts or any(relative.startswith(allowed) for allowed in BARE_ALLOWED):
            continue
        for number, text in _bare_in_python(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{relative}:{number}: not marked for translation: {text[:90]!r}"


_MARKED = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


def _without_marked(template: str) -> str:
    """Return what is left of a template without tags, comments and marked text; lines stay where they are."""
    return _MARKED.sub(lambda match: "\n" * match.group().count("\n"), template)


def _bare_in_python(tree: ast.Module) -> Iterator[tuple[int, str]]:
    excused: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in MARKERS:
            excused.update(id(part) for part in ast.walk(node))
        # A string that is a statement is a docstring.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in excused
            and node.value not in BARE_TEXTS
            and VIETNAMESE.search(node.value)
        ):
            yield node.lineno, node.value


def main(arguments: list[str]) -> int:
    """Do what the one argument says; 0 done, 1 faults found, 2 wrong use."""
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            COMPILED.write_bytes(compile_catalogue())
        case ["check"]:
            found = list(faults())
            for fault in found:
                print(fault)
            print(f"translations: {len(found)} faults" if found else "translations: complete")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
