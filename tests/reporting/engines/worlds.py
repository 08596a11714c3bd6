"""Small random federations: units that are founded, move, end, return and are divided; facts of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from congdoan.reporting.engine.periods import TILING, PeriodType, Span, spans_of
from congdoan.reporting.engine.summing import (
    Amount,
    Calendar,
    Fact,
    Heir,
    Key,
    Link,
    Nature,
    Slot,
    contributions_as_is,
    contributions_as_was,
    total,
)
from congdoan.reporting.engines import SCHEMAS, Basis, Tables
from congdoan.reporting.engines.sharing import Part
from congdoan.reporting.engines.tables import number_of, split_units, table

ROOT, MIDDLE, GRASSROOTS = 100, (101, 102, 103), (1, 2, 3, 4, 5)
NATURES = {
    1: Nature(),
    2: Nature(stock=True, stale_days=40),
    3: Nature(stock=True, stale_days=370),
    4: Nature(additive=False),
}
FIRST, TODAY = date(2018, 1, 1), date(2019, 7, 1)
DAYS = (TODAY - FIRST).days
KINDS = (PeriodType.MONTH, PeriodType.QUARTER, PeriodType.NINE_MONTHS, PeriodType.YEAR)


@dataclass
class World:
    """What both sides are given."""

    calendar: Calendar
    facts: dict[int, list[Fact]]
    links: dict[int, list[Link]]
    heirs: dict[int, list[Heir]]
    kept: set[int] = field(default_factory=set)

    def summed(self, basis: Basis) -> dict[Key, Amount]:
        """Sum in plain Python, without the rows that are not kept."""
        parts = []
        for unit, facts in self.facts.items():
            found = (
                contributions_as_was(facts, self.links[unit], NATURES, self.calendar)
                if basis is Basis.AS_WAS
                else contributions_as_is(facts, self.links[unit], self.heirs[unit], NATURES, self.calendar)
            )
            parts.append(
                {key: amount for key, amount in found.items() if key.node != unit or unit in self.kept}
            )
        return total(parts)

    def tables(self) -> Tables:
        """Return the same world as tables."""
        lives = [
            (unit, number_of(link.start), number_of(link.end))
            for unit, links in self.links.items()
            for link in links
            if link.itself
        ]
        rows = [(unit, *fact) for unit, facts in self.facts.items() for fact in facts]
        divided = {
            unit: [Part(heir.share, heir.above) for heir in heirs]
            for unit, heirs in self.heirs.items()
            if len(heirs) > 1
        }
        shared, more, above = split_units(
            [row for row in rows if row[0] in divided],
            divided,
            [life for life in lives if life[0] in divided],
        )
        above += [
            (unit, node) for unit, heirs in self.heirs.items() if len(heirs) == 1 for node in heirs[0].above
        ]
        made = Tables(table("facts", [*rows, *shared]).to_batches())
        slots = self.calendar.slots.values()
        made.put(
            "slots",
            [
                (one.id, one.chain, self.calendar.place[one.id], one.start.toordinal(), one.end.toordinal())
                for one in slots
            ],
        )
        made.put(
            "parents", [(one, longer) for one, found in self.calendar.parents.items() for longer in found]
        )
        made.put("natures", [(pk, one.stock, one.stale_days, one.additive) for pk, one in NATURES.items()])
        made.put("lives", [*lives, *more])
        made.put(
            "links",
            [
                (unit, link.ancestor, number_of(link.start), number_of(link.end))
                for unit, links in self.links.items()
                for link in links
            ],
        )
        made.put("above", above)
        for name in ("kept_as_was", "kept_as_is"):
            made.put(name, [(unit,) for unit in sorted(self.kept)])
        assert {*made.small, "facts"} == set(SCHEMAS)
        return made


def _calendar() -> Calendar:
    spans: list[Span] = [span for kind in KINDS for year in (2018, 2019) for span in spans_of(kind, year)]
    slots = [Slot(index, span.start, span.end, KINDS.index(span.type)) for index, span in enumerate(spans, 1)]
    parents = {
        index: [
            other
            for other, longer in enumerate(spans, 1)
            if other != index and span.type in TILING and longer.type in TILING and longer.holds(span)
        ]
        for index, span in enumerate(spans, 1)
    }
    return Calendar(slots, parents)


CALENDAR = _calendar()


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world."""
    links = {ROOT: [Link(ROOT, FIRST, None, True)]}
    for unit in MIDDLE:
        links[unit] = [Link(unit, FIRST, None, True), Link(ROOT, FIRST, None)]
    for unit in GRASSROOTS:
        links[unit] = draw(_links_of(unit))
    living = [unit for unit in GRASSROOTS if _above(links[unit])]
    heirs: dict[int, list[Heir]] = {}
    for unit, found in links.items():
        if _above(found):
            heirs[unit] = [Heir(unit, 1_000_000, _above(found))]
            continue
        takers = draw(st.lists(st.sampled_from([*living, MIDDLE[0]]), unique=True, max_size=3))
        shares = draw(st.lists(st.integers(1, 1_000_000), min_size=len(takers), max_size=len(takers)))
        heirs[unit] = [
            Heir(taker, part, _above(links[taker])) for taker, part in zip(takers, shares, strict=True)
        ]
    values = st.one_of(st.none(), st.integers(-50, 50), st.integers(-(10**15), 10**15))
    places = st.tuples(st.sampled_from(sorted(CALENDAR.slots)), st.sampled_from(sorted(NATURES)))
    facts = {
        unit: [
            Fact(period, series, value)
            for (period, series), value in draw(st.dictionaries(places, values, max_size=8)).items()
        ]
        for unit in [*GRASSROOTS, *MIDDLE[:2]]
    }
    return World(CALENDAR, facts, links, heirs, {ROOT, *MIDDLE, *draw(st.sets(st.sampled_from(GRASSROOTS)))})


def side_by_side(found: Sequence[World]) -> World:
    """Put worlds that know nothing of each other into one."""
    made = World(CALENDAR, {}, {}, {})
    for index, world in enumerate(found):
        off = 1000 * index
        made.facts |= {unit + off: facts for unit, facts in world.facts.items()}
        made.links |= {
            unit + off: [link._replace(ancestor=link.ancestor + off) for link in links]
            for unit, links in world.links.items()
        }
        made.heirs |= {
            unit + off: [
                Heir(heir.unit + off, heir.share, tuple(node + off for node in heir.above)) for heir in heirs
            ]
            for unit, heirs in world.heirs.items()
        }
        made.kept |= {unit + off for unit in world.kept}
    return made


@st.composite
def _links_of(draw: st.DrawFn, unit: int) -> list[Link]:
    """One or two lives, each cut into stays below different units of the middle."""
    cuts = sorted(draw(st.sets(st.integers(0, DAYS + 60), min_size=2, max_size=5)))
    ends_open = draw(st.booleans())
    found: list[Link] = []
    pause = draw(st.integers(0, 6))
    stays = list(zip(cuts, [*cuts[1:], None] if ends_open else cuts[1:], strict=False))
    for index, (start, end) in enumerate(stays):
        if index == pause:
            continue
        since = FIRST + timedelta(days=start)
        until = None if end is None else FIRST + timedelta(days=end)
        found += [
            Link(unit, since, until, True),
            Link(draw(st.sampled_from(MIDDLE)), since, until),
            Link(ROOT, since, until),
        ]
    return found


def _above(links: list[Link]) -> tuple[int, ...]:
    return tuple(sorted(link.ancestor for link in links if link.holds(TODAY)))
