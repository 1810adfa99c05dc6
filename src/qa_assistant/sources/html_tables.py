"""The tables of an HTML file: which of them hold data, and their cells as the grid that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from qa_assistant.records import Span
from qa_assistant.sources.drafts import Draft
from qa_assistant.sources.html_events import Tag, Text

COLUMNS: Final = 1000
"""Most columns that one cell spans, as the standard has it."""
ROWS: Final = 65534

_groups = frozenset("thead tbody tfoot colgroup col".split())
_heading = re.compile(r"h[1-6]")


@dataclass
class _Look:
    """What tells a table of data from one that only arranges the page."""

    place: int
    marked: bool = False
    layout: bool = False
    cells_in_row: int = 0
    columns: int = 0

    def read_tag(self, tag: Tag) -> None:
        if tag.name in ("td", "th"):
            self.cells_in_row += 1
            self.columns = max(self.columns, self.cells_in_row)
        elif tag.name == "tr":
            self.cells_in_row = 0
        self.marked |= tag.name in ("th", "caption")
        self.layout |= _heading.fullmatch(tag.name) is not None


def data_tables(events: Iterable[Tag | Text]) -> set[int]:
    """The places of the tables that hold data.

    One that holds another table, or a heading, or a single column without a header, arranges the page: its cells are
    read as the paragraphs they are.
    """
    looks: list[_Look] = []
    stack: list[_Look] = []
    for tag in events:
        if not isinstance(tag, Tag):
            continue
        if tag.name != "table":
            if stack and tag.opens:
                stack[-1].read_tag(tag)
        elif tag.opens:
            for outer in stack[-1:]:
                outer.layout = True
            stack.append(_Look(tag.place, layout=tag.attributes.get("role") in ("presentation", "none")))
            looks.append(stack[-1])
        elif stack:
            stack.pop()
    return {look.place for look in looks if not look.layout and (look.marked or look.columns > 1)}


@dataclass
class _Cell:
    columns: int
    rows: int
    text: Draft = field(default_factory=lambda: Draft("table"))


@dataclass
class _Row:
    group: int
    cells: list[_Cell] = field(default_factory=list)


class Table:
    """A table as it is read. `open` takes the words that come next; None between cells."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.open: Draft | None = None
        self._caption = Draft("table")
        self._rows: list[_Row] = []
        self._group = 0
        self._in_row = False

    def read_tag(self, tag: Tag) -> bool:
        """Begin or end a cell, a row, a group of rows or the caption; whether the tag does so."""
        if tag.name in ("td", "th"):
            self.open = self._begin_cell(tag) if tag.opens else None
        elif tag.name == "tr":
            self._end_row()
            if tag.opens:
                self._begin_row()
        elif tag.name == "caption":
            self._end_row()
            self.open = self._caption if tag.opens else None
        elif tag.name in _groups:
            self._end_row()
            self._group += 1
        else:
            return False
        return True

    def draft(self, raw: str) -> Draft:
        """The block of the table: its caption, then a line for each row that says something, tabs between cells."""
        draft = Draft("table", label=self._caption.text(raw) or None, anchor=self.place)
        draft.append(self._caption, "")
        join = "\n"
        grid = _Grid()
        for row in self._rows:
            places: list[Span] = []
            if says_something := any(cell.text.pieces for cell in row.cells):
                for number, cell in enumerate(row.cells):
                    join += "\t" if number else ""
                    place = draft.length + len(join) if draft.pieces else 0
                    draft.append(cell.text, join)
                    join = "" if cell.text.pieces else join
                    places.append((place, place + cell.text.length))
                join += "\n"
            filled = grid.fill(row, places or [(draft.length, draft.length)] * len(row.cells))
            if says_something:
                draft.rows.append(filled)
        # Empty cells at the end of the last row stand behind the text.
        draft.rows = [tuple((min(a, draft.length), min(b, draft.length)) for a, b in row) for row in draft.rows]
        return draft

    def _begin_cell(self, tag: Tag) -> Draft:
        if not self._in_row:
            self._begin_row()
        columns = min(max(tag.number("colspan"), 1), COLUMNS)
        self._rows[-1].cells.append(_Cell(columns, tag.number("rowspan") or ROWS))
        return self._rows[-1].cells[-1].text

    def _begin_row(self) -> None:
        self._rows.append(_Row(self._group))
        self._in_row = True

    def _end_row(self) -> None:
        self.open = None
        self._in_row = False


class _Grid:
    """The cells of earlier rows that reach down: by column, for how many rows more, and their range."""

    def __init__(self) -> None:
        self._group = 0
        self._from_above: dict[int, tuple[int, Span]] = {}

    def fill(self, row: _Row, places: list[Span]) -> tuple[Span, ...]:
        """The ranges of a row, column by column; `places` are those of its own cells."""
        above = self._from_above if row.group == self._group else {}
        self._group = row.group
        self._from_above = {column: (rows - 1, span) for column, (rows, span) in above.items() if rows > 1}
        filled: list[Span] = []
        for cell, span in zip(row.cells, places, strict=True):
            for _ in range(cell.columns):
                while len(filled) in above:
                    filled.append(above[len(filled)][1])
                if cell.rows > 1:
                    self._from_above[len(filled)] = (cell.rows - 1, span)
                filled.append(span)
        end = places[-1][1] if places else 0
        while len(filled) <= max(above, default=-1):
            filled.append(above[len(filled)][1] if len(filled) in above else (end, end))
        return tuple(filled)
