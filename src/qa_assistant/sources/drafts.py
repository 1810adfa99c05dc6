"""Drafts of blocks, and their assembly into the reading text with its map to the raw file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qa_assistant.language import HAN
from qa_assistant.records import Block, BlockKind, Span

BETWEEN_BLOCKS = "\n\n"

_han_edge = re.compile(rf"[{HAN}，。、；：！？“”‘’（）《》]")


@dataclass
class Draft:
    """A block before it has a place: pieces of the raw file, and what stands between them.

    `joins[i]` stands before `pieces[i]`. `level` is that of a heading, 1 for the outermost. `anchor` is the
    place in the raw file that a footnote, table or caption belongs to. `rows` are the cells of a table, as ranges of
    the draft's own text, because an empty cell has no place in the pieces. `length` is that of the text.
    """

    kind: BlockKind
    pieces: list[Span] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    level: int = 0
    label: str | None = None
    anchor: int | None = None
    rows: list[tuple[Span, ...]] = field(default_factory=list)
    length: int = field(default=0, init=False)

    def add(self, piece: Span, join: str = "") -> None:
        """Append a piece of the raw file, `join` before it; an empty piece is left out."""
        if piece[0] < piece[1]:
            self.joins.append(join if self.pieces else "")
            self.pieces.append(piece)
            self.length += len(self.joins[-1]) + piece[1] - piece[0]

    def extend(self, end: int) -> None:
        """Let the last piece go on to `end`."""
        start = self.pieces[-1][0]
        self.length += end - self.pieces[-1][1]
        self.pieces[-1] = (start, end)

    def append(self, draft: Draft, join: str) -> None:
        """Append what another draft holds, `join` before it."""
        for piece, inner in zip(draft.pieces, [join, *draft.joins[1:]], strict=False):
            self.add(piece, inner)

    def add_row(self, piece: Span, cells: Iterable[Span]) -> None:
        """Append a row of a table on a line of its own; `cells` are ranges of the raw file within `piece`."""
        self.add(piece, "\n")
        shift = self.length - piece[1]
        self.rows.append(tuple((start + shift, end + shift) for start, end in cells))

    def text(self, raw: str) -> str:
        """The block as it will read."""
        return "".join(join + raw[start:end] for join, (start, end) in zip(self.joins, self.pieces, strict=True))


@dataclass(frozen=True)
class Reading:
    """A reading text, its blocks, and its map to the raw file (see `records.Document`)."""

    text: str
    blocks: tuple[Block, ...]
    raw_map: tuple[tuple[int, int, int], ...]


def space_between(last: str, following: str) -> str:
    """What stands for a line end between two lines of a sentence: a space, or nothing beside Chinese text."""
    return "" if _han_edge.match(last[-1]) or _han_edge.match(following) else " "


def in_reading_order(drafts: list[Draft]) -> list[Draft]:
    """Within each section: text first, then tables and captions, then footnotes, each in their own order.

    The section of a draft with an anchor is the one its anchor stands in, wherever the page put the draft.
    """
    ranks = {"table": 1, "caption": 1, "footnote": 2}
    section = 0
    starts: list[int] = []
    sections: list[int] = []
    for draft in drafts:
        section += draft.kind == "heading"
        if draft.anchor is None:
            starts.append(draft.pieces[0][0])
            sections.append(section)
    keyed: list[tuple[int, int, int, Draft]] = []
    section = 0
    for order, draft in enumerate(drafts):
        section += draft.kind == "heading"
        place = section
        if draft.anchor is not None:
            before = bisect_right(starts, draft.anchor)
            place = sections[before - 1] if before else 0
        keyed.append((place, ranks.get(draft.kind, 0), order, draft))
    return [draft for *_, draft in sorted(keyed, key=lambda entry: entry[:3])]


def assemble(raw: str, drafts: list[Draft]) -> Reading:
    """Write the drafts one after another and keep, for every character, where it came from."""
    text: list[str] = []
    length = 0
    raw_map: list[tuple[int, int, int]] = []
    places: list[tuple[int, int]] = []
    for draft in drafts:
        if length:
            text.append(BETWEEN_BLOCKS)
            length += len(BETWEEN_BLOCKS)
        begin = length
        for join, (start, end) in zip(draft.joins, draft.pieces, strict=True):
            text += [join, raw[start:end]]
            raw_map.append((length + len(join), start, end - start))
            length += len(join) + end - start
        places.append((begin, length))
    return Reading("".join(text), _blocks(raw, drafts, places, raw_map), tuple(raw_map))


def _blocks(
    raw: str, drafts: list[Draft], places: list[Span], raw_map: list[tuple[int, int, int]]
) -> tuple[Block, ...]:
    # Anchors are looked up among the text alone: a footnote belongs to a sentence, not to another footnote.
    body = [
        run
        for draft, own in zip(drafts, _by_draft(drafts, raw_map), strict=True)
        if draft.anchor is None
        for run in own
    ]
    runs = sorted((run[1], run) for run in body)
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for draft, (start, end) in zip(drafts, places, strict=True):
        if draft.kind == "heading":
            path = [(level, title) for level, title in path if level < draft.level]
        blocks.append(
            Block(
                kind=draft.kind,
                start=start,
                end=end,
                path=tuple(title for _, title in path),
                label=draft.label,
                anchor=None if draft.anchor is None else _in_text(draft.anchor, runs),
                rows=tuple(tuple((start + left, start + right) for left, right in row) for row in draft.rows),
            )
        )
        if draft.kind == "heading":
            path.append((draft.level, draft.text(raw)))
    return tuple(blocks)


def _by_draft(drafts: list[Draft], raw_map: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    first = 0
    for draft in drafts:
        yield raw_map[first : first + len(draft.pieces)]
        first += len(draft.pieces)


def _in_text(raw_offset: int, runs: list[tuple[int, tuple[int, int, int]]]) -> int:
    """The end, in the reading text, of the last character that stands before `raw_offset` in the raw file."""
    place = bisect_right(runs, raw_offset, key=lambda run: run[0] + 1) - 1
    if place < 0:
        return 0
    text_start, raw_start, length = runs[place][1]
    return text_start + min(raw_offset - raw_start, length)
