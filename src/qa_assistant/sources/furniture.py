"""What each line of an extracted page is: text, heading, table row, footnote, caption, running head.

Everything is told from the shape of the page and the order of its lines, never from what they say.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from qa_assistant.records import Page, Span
from qa_assistant.sources.lines import Line

Role = Literal["text", "heading", "contents", "caption", "note", "row", "footnote", "head"]

_footnote = re.compile(r"(?P<number>\d{1,3})(?P<bracket>[)）])\s*\S")
_digits = re.compile(r"\d+")
_note_goes_on = re.compile(r"[\[(]|https?:|www\.")


@dataclass
class PageRoles:
    """The role of each line of a page, and the footnote marks that stand in its text.

    `footnote_starts` holds, for the index of a footnote's first line, its number. `marks` holds the raw
    range of each footnote's mark in the text.
    """

    roles: list[Role]
    footnote_starts: dict[int, int]
    marks: dict[int, Span]


def find_roles(page_lines: list[list[Line]], pages: list[Page], full: int) -> list[PageRoles]:
    """The roles of the lines of all pages; `full` is the width of a full line of text."""
    heads = _running_heads(page_lines, pages)
    found: list[PageRoles] = []
    last_footnote = 0
    for lines, head in zip(page_lines, heads, strict=True):
        roles: list[Role] = ["text"] * len(lines)
        for number in head:
            roles[number] = "head"
        _mark_contents(lines, roles, full)
        starts, marks = _mark_footnotes(lines, roles, last_footnote)
        _mark_captions_and_notes(lines, roles)
        _mark_rows(lines, roles, full, set(starts))
        _mark_headings(lines, roles, full)
        starts = {number: note for number, note in starts.items() if roles[number] == "footnote"}
        last_footnote = max([last_footnote, *starts.values()])
        found.append(PageRoles(roles, starts, marks))
    return found


def _running_heads(page_lines: list[list[Line]], pages: list[Page]) -> list[set[int]]:
    """Indices of lines at the top or bottom of a page that come back on other pages or bear its number."""
    masked = Counter(
        _digits.sub("#", lines[edge].text) for lines in page_lines for edge in {0, len(lines) - 1} if lines
    )
    openings = {line.text for lines in page_lines for line in lines if len(line.text) >= 6}
    found: list[set[int]] = []
    for lines, page in zip(page_lines, pages, strict=True):
        number_at_end = re.compile(rf"(?:^|[\s․·|/\-–—]){page.number}[\s\-–—]*$")
        heads: set[int] = set()
        for edge in {0, len(lines) - 1} if lines else ():
            text = lines[edge].text
            other = lines[edge].is_note or lines[edge].is_caption or _footnote.match(text)
            repeated = masked[_digits.sub("#", text)] > 1 and not other
            numbered = number_at_end.search(text) is not None
            title_in_it = any(text != opening and text.startswith(opening) for opening in openings)
            if repeated or (numbered and (title_in_it or len(text) <= 10)):
                heads.add(edge)
        found.append(heads)
    return found


def _mark_contents(lines: list[Line], roles: list[Role], full: int) -> None:
    """A run of four and more numbered short lines is a table of contents."""
    run: list[int] = []
    for number in range(len(lines) + 1):
        line = lines[number] if number < len(lines) else None
        if line is not None and line.heading_level and not line.text.startswith("【") and line.width < 0.8 * full:
            run.append(number)
            continue
        if len(run) >= 4:
            for member in run:
                roles[member] = "contents"
        run = []


def _mark_footnotes(lines: list[Line], roles: list[Role], last: int) -> tuple[dict[int, int], dict[int, Span]]:
    """Footnotes run to the end of the page, from the first line numbered like a mark in the text above it.

    Their numbers go on from page to page, so `last` is the number of the last footnote before this page.
    """
    begins: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        match = _footnote.match(line.text)
        if match and roles[number] == "text":
            begins.setdefault(int(match["number"]), []).append(number)
    starts: dict[int, int] = {}
    marks: dict[int, Span] = {}
    first: int | None = None
    note = last + 1
    while note in begins:
        # A mark can fall on the start of a line too; the footnote itself is the last line that begins so.
        place = begins[note][-1]
        text_end = first if first is not None else place
        mark = _find_mark(lines[:text_end], note, after=max((end for _, end in marks.values()), default=0))
        if mark is None and first is None:
            break
        if first is not None and place < first:
            break
        first = place if first is None else first
        starts[place] = note
        if mark is not None:
            marks[note] = mark
        note += 1
    if first is not None:
        roles[first:] = ["footnote"] * (len(lines) - first)
    return starts, marks


def _find_mark(lines: list[Line], number: int, after: int) -> Span | None:
    # "(2)" and "3.2)" are no marks, "after that.2)" is one.
    pattern = re.compile(rf"(?<![\d(（])(?<!\d\.){number}\)")
    for line in lines:
        for match in pattern.finditer(line.text):
            start = line.start + match.start()
            if start >= after:
                return start, start + len(match.group())
    return None


def _mark_captions_and_notes(lines: list[Line], roles: list[Role]) -> None:
    for number, line in enumerate(lines):
        if roles[number] != "text":
            continue
        goes_on = (
            number > 0
            and roles[number - 1] == "note"
            and (line.indent >= 4 or _note_goes_on.match(line.text) is not None)
        )
        if line.is_note or goes_on:
            roles[number] = "note"
        elif line.is_caption:
            roles[number] = "caption"


def _mark_rows(lines: list[Line], roles: list[Role], full: int, footnote_starts: set[int]) -> None:
    """Rows run from a line with cells to the end of the page, or to the next running text or footnote.

    A single such line counts only at the end of the text of a page or below a caption: elsewhere it is a title,
    a date or a name in a footnote.
    """
    number = 0
    while number < len(lines):
        beginning = roles[number] in ("text", "footnote") and number not in footnote_starts
        if not (beginning and lines[number].has_cells):
            number += 1
            continue
        end = min([_rows_end(lines, roles, number, full), *(start for start in footnote_starts if start > number)])
        cells = sum(line.has_cells for line in lines[number:end])
        below_caption = number > 0 and roles[number - 1] in ("caption", "row")
        ends_page = end == len(lines) and roles[number] == "text"
        if ends_page or below_caption or cells >= 3:
            roles[number:end] = ["row"] * (end - number)
        number = end


def _rows_end(lines: list[Line], roles: list[Role], start: int, full: int) -> int:
    for number in range(start + 1, len(lines)):
        if roles[number] not in ("text", "footnote") or _is_text_heading(lines[number]):
            return number
        pair = lines[number : number + 2]
        if len(pair) == 2 and all(line.width >= 0.9 * full and not line.has_cells for line in pair):
            return number
    return len(lines)


def _is_text_heading(line: Line) -> bool:
    return bool(line.heading_level) and not line.has_cells


def _mark_headings(lines: list[Line], roles: list[Role], full: int) -> None:
    open_line: Line | None = None
    for number, line in enumerate(lines):
        if roles[number] != "text":
            continue
        inside_sentence = open_line is not None and open_line.width >= 0.9 * full and not open_line.ends_paragraph
        if line.heading_level and line.width < 0.8 * full and not inside_sentence:
            roles[number] = "heading"
        open_line = line
