"""The columns of one kind of table: declared once, for the template, for reading, and for what is given back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from congdoan.spreadsheets.strings import clean
from congdoan.vntext import UNSEEN, fold
from congdoan.vntext.errors import gettext_noop

ColumnKind = Literal["text", "integer", "date", "code", "choice", "email", "phone"]
Choices = Mapping[str, str] | Sequence[str]

REASON_TITLE = gettext_noop("Lý do")
OTHER_REASON_TITLE = gettext_noop("Lý do bị từ chối")
REQUIRED_MARK = "(*)"

# Nearly every Vietnamese table begins with a running number; it says nothing.
_NUMBERING = ("stt", "tt", "so tt", "so thu tu")


def title_key(title: str) -> str:
    """What two spellings of one title share: no diacritics, case, spaces, line breaks or mark of a required column."""
    key = "".join(fold(clean(title)).replace(UNSEEN, "").split())
    shorter = key.removesuffix(REQUIRED_MARK).rstrip("*:")
    return shorter or key


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` in our rows, ``title`` in the file.

    ``choices`` is a mapping from value to label, or labels that are their own values. ``aliases`` are other titles
    under which a federation's own files have the column. ``year_only`` lets a date be a bare year, which is then
    read as an ``int``. ``help`` says in the template what the column means.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    required: bool = False
    choices: Choices | None = None
    help: str = ""
    example: str = ""
    max_length: int | None = None
    aliases: tuple[str, ...] = ()
    year_only: bool = False

    def __post_init__(self) -> None:
        if not title_key(self.title):
            raise ValueError(f"column {self.key!r} has no title")
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(
                f"column {self.key!r}: choices belong to a column of kind choice, and only there"
            )
        if len({clean(label).casefold() for label in self.labels.values()}) != len(self.labels):
            raise ValueError(f"column {self.key!r}: two choices read the same")
        if self.year_only and self.kind != "date":
            raise ValueError(f"column {self.key!r}: only a date can be a year")

    @property
    def labels(self) -> dict[str, str]:
        """The choices as value → label; empty for other kinds."""
        if isinstance(self.choices, Mapping):
            return {str(value): str(label) for value, label in self.choices.items()}
        return {str(label): str(label) for label in self.choices or ()}

    @property
    def marked_title(self) -> str:
        """The title as the template prints it: "Họ và tên (*)" when the column is required."""
        return f"{self.title} {REQUIRED_MARK}" if self.required else self.title


class Titles:
    """Finds the column that a title in a file means."""

    def __init__(self, columns: Sequence[Column], ignored: Iterable[str] = ()) -> None:
        self._columns: dict[str, Column] = {}
        for column in columns:
            for title in (column.title, *column.aliases):
                other = self._columns.setdefault(title_key(title), column)
                if other is not column:
                    raise ValueError(f"columns {other.key!r} and {column.key!r} share the title {title!r}")
        if len({column.key for column in columns}) != len(columns):
            raise ValueError("two columns have the same key")
        self._ignored = {
            title_key(title) for title in (REASON_TITLE, OTHER_REASON_TITLE, *_NUMBERING, *ignored)
        }

    def column(self, title: str) -> Column | None:
        """The column of this title, or None."""
        return self._columns.get(title_key(title))

    def is_ignored(self, title: str) -> bool:
        """Whether a column of this title is passed over: running numbers, reasons of refusal, and what was asked for."""
        key = title_key(title)
        return key not in self._columns and key in self._ignored

    def fit(self, titles: Iterable[str]) -> int:
        """How many of our columns a row of cells would name, were it the header row."""
        return len({column.key for title in titles if (column := self.column(title))})


def reason_title(columns: Sequence[Column]) -> str:
    """The title of the column with reasons; another one where the table has a reason of its own."""
    return OTHER_REASON_TITLE if Titles(columns).column(REASON_TITLE) else REASON_TITLE
