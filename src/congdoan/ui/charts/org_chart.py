"""Where the boxes of an organisation stand: one or more tops, what is below side by side, leaves stacked in columns.

For some forty boxes in up to four levels; larger trees are lists. All numbers are pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from congdoan.ui.charts import lettering

BOX = 192
PADDING = 12
TITLE_SIZE, TITLE_LINE, TITLE_WEIGHT = 15.0, 21, 700
NOTE_SIZE, NOTE_LINE = 14.0, 20
ACROSS = 24
"""Between boxes side by side."""
DOWN = 40
"""Between a box and what is below it."""
BETWEEN_LEAVES = 12
INDENT = 20
"""Room at the left of stacked leaves for the line that holds them."""
STACK = 8
"""So many leaves stand in one column before the next begins."""
EDGE = 2


@dataclass(frozen=True, slots=True)
class Node:
    """One body, unit or department. ``kind`` colours it: "main", "side", or nothing."""

    title: str
    note: str = ""
    url: str = ""
    kind: str = ""
    children: Sequence[Node] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, by its baseline."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """One box with its text."""

    node: Node
    level: int
    x: float
    y: float
    width: float
    height: float
    title: tuple[Line, ...]
    note: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture. ``links`` are the paths of the lines between boxes."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[str, ...]

    @property
    def has_urls(self) -> bool:
        """Say whether any box leads somewhere."""
        return any(box.node.url for box in self.boxes)


@dataclass(slots=True)
class _Block:
    """A node and all below it, before it knows its place. Columns stand side by side below the box."""

    node: Node
    level: int
    title: list[str]
    note: list[str]
    columns: list[list[_Block]] = field(default_factory=list)
    box_height: float = 0
    width: float = BOX


def layout(nodes: Iterable[Node]) -> Chart:
    """Place the boxes of ``nodes``, the tops of the picture, and of all below them. No nodes make an empty picture."""
    blocks = [_measure(node, 0) for node in nodes]
    boxes: list[Box] = []
    links: list[str] = []
    left = float(EDGE)
    _even_heights(blocks)
    for block in blocks:
        _place(block, left, EDGE, boxes, links)
        left += block.width + ACROSS
    return Chart(
        width=left - ACROSS + EDGE if blocks else 0,
        height=max((box.y + box.height for box in boxes), default=-EDGE) + EDGE,
        boxes=tuple(boxes),
        links=tuple(links),
    )


def _measure(node: Node, level: int) -> _Block:
    room = BOX - 2 * PADDING
    block = _Block(
        node,
        level,
        lettering.wrap(node.title, room, TITLE_SIZE, TITLE_WEIGHT),
        lettering.wrap(node.note, room, NOTE_SIZE, most=3),
    )
    block.box_height = 2 * PADDING + TITLE_LINE * len(block.title) + NOTE_LINE * len(block.note)
    block.columns = list(_columns([_measure(child, level + 1) for child in node.children]))
    if block.columns:
        block.width = max(BOX, sum(map(_column_width, block.columns)) + ACROSS * (len(block.columns) - 1))
    return block


def _columns(children: list[_Block]) -> Iterator[list[_Block]]:
    """Yield what stands side by side: a child with children alone, leaves that follow each other in even stacks."""
    run: list[_Block] = []
    for child in [*children, None]:
        if child is not None and not child.node.children:
            run.append(child)
            continue
        # Two leaves beside larger parts stand by themselves; more would make the picture wide.
        alone = len(run) <= 2 and len(run) < len(children)
        stacks = len(run) if alone else -(-len(run) // STACK)
        for number in range(stacks):
            yield run[len(run) * number // stacks : len(run) * (number + 1) // stacks]
        run = []
        if child is not None:
            yield [child]


def _is_stack(column: list[_Block]) -> bool:
    return len(column) > 1


def _column_width(column: list[_Block]) -> float:
    return BOX + INDENT if _is_stack(column) else column[0].width


def _even_heights(blocks: list[_Block]) -> None:
    """Give boxes side by side one height; stacked leaves keep their own."""
    tallest = max((block.box_height for block in blocks), default=0)
    for block in blocks:
        block.box_height = tallest
        _even_heights([column[0] for column in block.columns if not _is_stack(column)])


def _place(block: _Block, left: float, top: float, boxes: list[Box], links: list[str]) -> float:
    """Add the box of ``block`` and all below it; return the middle of the box."""
    position = len(boxes)
    below = top + block.box_height + DOWN
    ends: list[float] = []
    x = left + (block.width - _below_width(block)) / 2
    for column in block.columns:
        if _is_stack(column):
            ends.append(x + INDENT / 2)
            _stack(column, x, below, boxes, links)
        else:
            ends.append(_place(column[0], x, below, boxes, links))
        x += _column_width(column) + ACROSS
    middle = _middle(block, left, ends)
    # Parents stand before their children, as a reader of the list would meet them.
    boxes.insert(position, _box(block, middle - BOX / 2, top))
    if len(ends) == 1:
        links.append(f"M{ends[0]:g} {top + block.box_height:g}V{below:g}")
    elif ends:
        bus = below - DOWN / 2
        links.append(f"M{middle:g} {top + block.box_height:g}V{bus:g}")
        links.append(f"M{min(*ends, middle):g} {bus:g}H{max(*ends, middle):g}")
        links.extend(f"M{end:g} {bus:g}V{below:g}" for end in ends)
    return middle


def _below_width(block: _Block) -> float:
    return sum(map(_column_width, block.columns)) + ACROSS * max(len(block.columns) - 1, 0)


def _middle(block: _Block, left: float, ends: list[float]) -> float:
    """Return where the box of ``block`` has its middle: over what is below it, and inside its own room."""
    if not ends:
        return left + block.width / 2
    wanted = (ends[0] + ends[-1]) / 2
    if len(block.columns) == 1 and _is_stack(block.columns[0]):
        wanted = ends[0] - INDENT / 2 + BOX / 2
    return min(max(wanted, left + BOX / 2), left + block.width - BOX / 2)


def _stack(column: list[_Block], left: float, top: float, boxes: list[Box], links: list[str]) -> None:
    trunk, y, last = left + INDENT / 2, top, top
    for leaf in column:
        boxes.append(_box(leaf, left + INDENT, y))
        last = y + leaf.box_height / 2
        links.append(f"M{trunk:g} {last:g}H{left + INDENT:g}")
        y += leaf.box_height + BETWEEN_LEAVES
    links.append(f"M{trunk:g} {top:g}V{last:g}")


def _box(block: _Block, x: float, y: float) -> Box:
    text_height = TITLE_LINE * len(block.title) + NOTE_LINE * len(block.note)
    line = y + (block.box_height - text_height) / 2
    title, note = [], []
    for text in block.title:
        line += TITLE_LINE
        title.append(Line(text, x + PADDING, line - 5.5))
    for text in block.note:
        line += NOTE_LINE
        note.append(Line(text, x + PADDING, line - 5.5))
    return Box(block.node, block.level, x, y, BOX, block.box_height, tuple(title), tuple(note))
