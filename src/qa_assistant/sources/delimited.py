"""The table of a CSV or TSV file: its lines as they stand, and where the cells are in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qa_assistant.language import stripped
from qa_assistant.records import Span
from qa_assistant.sources.drafts import Draft

DELIMITED: Final = (".csv", ".tsv")

_quoted = re.compile(r'"(?:[^"]|"")*"')
_line = re.compile(r"[^\r\n]*\S[^\r\n]*")


def read_delimited(raw: str, suffix: str) -> Draft:
    """The table of a file whose name ends in `suffix`; rows in which no cell says anything are left out.

    Cells are quoted as RFC 4180 has it. A quotation mark that is never closed, or is closed in the middle of a cell,
    is a character like any other, so that a broken line does not swallow those below it.
    """
    start = int(raw.startswith("\ufeff"))
    draft = Draft("table", anchor=start)
    for line, cells in _rows(raw, start, "\t" if suffix == ".tsv" else _delimiter(raw)):
        if any(left < right for left, right in cells):
            draft.add_row(line, cells)
    return draft


def _delimiter(raw: str) -> str:
    """The comma, or where the first line has none, the semicolon or tab that stands in it most often."""
    header = _line.search(_quoted.sub("", raw[:10_000]))
    counts = {mark: header.group().count(mark) if header else 0 for mark in ";\t"}
    if header is None or "," in header.group() or not any(counts.values()):
        return ","
    return max(counts, key=lambda mark: counts[mark])


def _rows(raw: str, start: int, delimiter: str) -> Iterator[tuple[Span, list[Span]]]:
    """The range of each row, its line end left out, and its cells without quotation marks and white space."""
    cells: list[Span] = []
    row_start = place = start
    while place < len(raw) or cells:
        match = _cell(delimiter).match(raw, place)
        assert match is not None, "a cell can be empty"  # noqa: S101
        cells.append(stripped(raw, match.span("quoted" if match["quoted"] is not None else "plain")))
        place = match.end()
        if match["end"] != delimiter:
            yield (row_start, match.start("end")), cells
            cells, row_start = [], place


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?: *"(?P<quoted>(?:[^"]|"")*+)" *(?={delimiter}|[\r\n]|\Z)|(?P<plain>[^{delimiter}\r\n]*))'
        rf"(?P<end>{delimiter}|\r\n|[\r\n]|\Z)"
    )
