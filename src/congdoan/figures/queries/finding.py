"""What an editor may put into a text: indicators of which something may be published, with their cells, units, and windows of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from congdoan import vntext
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries import openness
from congdoan.organisation.models import Term, Unit
from congdoan.organisation.queries.chart import federation
from congdoan.organisation.queries.units import coded, named, search
from congdoan.reporting.models import Category, Indicator, IndicatorVersion, Series
from congdoan.reporting.queries.overview import meanings

DAY = timedelta(days=1)
MOST = 40
"""So many indicators or units are offered at once; more words find fewer."""


@dataclass(slots=True)
class Found:
    """An indicator: its code, its name and measure unit of today, its topic, and its cells as (cell, name).

    ``totals_only``: it is not public, but its totals of provinces may be published; it has no cells then.
    """

    code: str
    name: str
    measure: str
    topic: str
    cells: list[tuple[str, str]] = field(default_factory=list)
    totals_only: bool = False


def find_indicators(text: str, today: date, most: int = MOST) -> list[Found]:
    """Return the indicators of which something may be published whose name, code, topic or measure unit has every word of
    ``text``, diacritics or not; those whose name begins with it first. Five queries."""
    words = vntext.fold(text).split()
    phrase = " ".join(words)
    ranked: list[tuple[bool, bool, int, Indicator, IndicatorVersion | None]] = []
    everything = list(Indicator.objects.filter(openness.named_ones()).order_by("sort_order", "code"))
    meaning_of = meanings([one.pk for one in everything], today)
    for place, one in enumerate(everything):
        meaning = meaning_of.get(one.pk)
        name = vntext.fold(meaning.name if meaning else one.code)
        said = " ".join(
            [name, vntext.fold(" ".join([one.code, one.topic, one.topic_en, *_more(meaning)])), _dots(one)]
        )
        if all(word in said for word in words):
            ranked.append((not name.startswith(phrase), phrase not in name, place, one, meaning))
    ranked.sort(key=lambda row: row[:3])
    chosen = ranked[:most]
    cells = cells_of([one.pk for *_order, one, _meaning in chosen if one.is_open])
    return [
        Found(
            one.code,
            str(meaning or one.code),
            _measure(one, meaning),
            one.topic,
            cells.get(one.pk, []),
            not one.is_open,
        )
        for *_order, one, meaning in chosen
    ]


def _more(meaning: IndicatorVersion | None) -> list[str]:
    return [meaning.name_en, meaning.measure_unit, meaning.measure_unit_en] if meaning else []


def _dots(one: Indicator) -> str:
    return one.code.replace(".", " ").replace("_", " ").lower()


def _measure(one: Indicator, meaning: IndicatorVersion | None) -> str:
    if one.kind == Indicator.Kind.RATE:
        return "%"
    return meaning.unit_words if meaning else ""


def cells_of(indicators: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the cells of indicators (by id) as (cell, name): ("sex=female", "Nữ"). Two queries."""
    rows = list(
        Series.objects.filter(indicator__in=indicators, part=Series.Part.VALUE)
        .exclude(cell="")
        .order_by("indicator", "pk")
        .values_list("indicator", "cell")
    )
    if not rows:
        return {}
    wanted = {part for _pk, cell in rows for part in cell.split("&")}
    names = {
        f"{one.breakdown.code}={one.code}": str(one)
        for one in Category.objects.filter(breakdown__code__in={part.split("=")[0] for part in wanted})
        .select_related("breakdown")
        .order_by("pk")
    }
    found: dict[int, list[tuple[str, str]]] = {}
    for pk, cell in rows:
        words = ", ".join(names.get(part, part) for part in cell.split("&"))
        found.setdefault(pk, []).append((cell, words))
    return found


def cell_names(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the names of cells, by (code of the indicator, cell). Three queries at most."""
    wanted = {code for code, cell in pairs if cell}
    if not wanted:
        return {}
    codes = dict(Indicator.objects.filter(code__in=wanted).values_list("pk", "code"))
    return {(codes[pk], cell): name for pk, cells in cells_of(list(codes)).items() for cell, name in cells}


def find_units(
    text: str, today: date, most: int = MOST, *, totals_only: bool = False
) -> list[tuple[str, str]]:
    """Return units as (code, name): the one with this code first, then those whose name or code has the words of ``text``; units
    that have ended too, since old windows are theirs. Without words the federation alone. ``totals_only``: provinces and above,
    whose totals may be published of indicators that are not public."""
    text = vntext.nfc(text).strip()
    if not text:
        top = federation(today)
        return [(top.code, _name(top))] if top else []
    units = Unit.objects.filter(kind__level__lte=openness.TOTALS_LEVEL) if totals_only else Unit.objects.all()
    exact = list(named(units.filter(coded(text)), today)[:1])
    others = [one for one in search(text, today, units=units, status="all")[:most] if one not in exact]
    return [(one.code, _name(one)) for one in [*exact, *others][:most]]


def _name(unit: Unit) -> str:
    return str(unit.shown_name)  # type: ignore[attr-defined]  # named


def default_unit(today: date) -> tuple[str, str] | None:
    """Return the federation as (code, name); ``None`` while there is no tree."""
    top = federation(today)
    return (top.code, _name(top)) if top else None


def unit_names(codes: set[str], today: date) -> dict[str, str]:
    """Return the names of units by their codes."""
    return (
        {one.code: _name(one) for one in named(Unit.objects.filter(code__in=codes), today)} if codes else {}
    )


def terms(today: date, most: int = 6) -> list[tuple[str, Window]]:
    """Return the terms (nhiệm kỳ) of the federation's bodies as (words, window), the newest first, each window once; a term that
    has no end yet ends today."""
    top = federation(today)
    rows = Term.objects.filter(Q(body__unit=top) if top else Q(), valid_from__lte=today)
    found: dict[Window, str] = {}
    for term in rows.order_by("-valid_from", "pk"):
        end = today if term.valid_to is None else min(term.valid_to - DAY, today)
        if end >= term.valid_from:
            found.setdefault(Window(term.valid_from, end), str(term))
    return [(words, window) for window, words in list(found.items())[:most]]
