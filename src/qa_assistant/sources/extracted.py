"""Repair of text that was taken out of a PDF.

`furniture` says what each line is; here the running text of all pages is read as one stream, so that a sentence
goes on over page ends, footnotes and tables. Only white space is added; only running heads and footnote marks
are left out; every other character stays as it is.
"""

from __future__ import annotations

import re

from qa_assistant.records import BlockKind, Page, Span
from qa_assistant.sources.drafts import Draft
from qa_assistant.sources.furniture import PageRoles, find_roles
from qa_assistant.sources.lines import Line, full_width, is_spaced_out, split_pages

_latin_end = re.compile(r"[A-Za-z0-9\u00c0-\u024f,.;:)'’”]$")
_latin_start = re.compile(r"[A-Za-z0-9\u00c0-\u024f(“‘]")


def read_extracted(raw: str, lines: list[Line]) -> tuple[list[Draft], list[Page]]:
    """The blocks of an extracted text, in the order in which they begin in the raw file, and its pages."""
    page_lines, pages = split_pages(raw, lines)
    stream = _Stream(full_width(lines), is_spaced_out(lines))
    for lines_of_page, roles in zip(page_lines, find_roles(page_lines, pages, stream.full), strict=True):
        stream.read_page(lines_of_page, roles)
    stream.close()
    return [draft for draft in stream.drafts if draft.pieces], pages


class _Stream:
    """The blocks read so far, the paragraph that is open, and the table that further rows belong to."""

    def __init__(self, full: int, spaced_out: bool) -> None:
        self.full = full
        self.spaced_out = spaced_out
        self.drafts: list[Draft] = []
        self.last_text: Line | None = None
        self.paragraph = Draft("paragraph")
        self.float: Draft | None = None
        self.table: Draft | None = None
        self.notes: list[tuple[Draft, Line]] = []

    def close(self) -> None:
        """Put each table's notes below its rows; the page may have brought further rows after them."""
        for draft, line in self.notes:
            draft.add((line.start, line.end), "\n")

    def read_page(self, lines: list[Line], page: PageRoles) -> None:
        marks = sorted(page.marks.values())
        previous: Line | None = None
        for number, (line, role) in enumerate(zip(lines, page.roles, strict=True)):
            if role == "text":
                self._read_text(line, marks)
            elif role == "heading":
                self._begin(Draft("heading", level=line.heading_level), line, marks)
                self.last_text = None
            elif role == "contents":
                self._read_contents(line)
            elif role in ("caption", "note", "row"):
                self._read_float(role, line, marks)
            elif role == "footnote":
                self._read_footnote(line, previous, page, number)
            previous = line

    def _read_text(self, line: Line, marks: list[Span]) -> None:
        if self.last_text is not None and self._goes_on(self.last_text, line):
            _add_without_marks(self.paragraph, line, marks, self._join(self.last_text, line))
        else:
            self.paragraph = self._begin(Draft("matter" if self._stands_alone(line) else "paragraph"), line, marks)
        self.last_text = None if self.paragraph.kind == "matter" else line

    def _stands_alone(self, line: Line) -> bool:
        """Whether `line` is a title, a name or a date: it neither fills the page nor ends a sentence."""
        short = line.width < 0.8 * self.full and line.text[-1] not in "。！？；：.!?;:" and not line.trailing_space
        return short or line.has_gaps

    def _goes_on(self, last: Line, line: Line) -> bool:
        """Whether `line` goes on with the paragraph whose last line is `last`."""
        if not self.spaced_out and line.blank_before and last.ends_paragraph:
            return False
        if last.trailing_space and line.indent < 2:
            return True
        if not last.ends_paragraph:
            return last.width >= 0.8 * self.full
        # The first line of a Chinese paragraph is two characters shorter: its indentation, lost on the way.
        moved_in = self.full - 8 <= line.width <= self.full - 5 or line.indent >= 2
        return last.width >= 0.92 * self.full and not moved_in

    def _join(self, last: Line, line: Line) -> str:
        """What stands between two lines of a sentence: a space between words, nothing inside a word.

        A line filled to its last column was cut there, be it in the middle of a word or a number.
        """
        words = _latin_end.search(last.text) and _latin_start.match(line.text)
        number = last.text[-1].isdigit() and line.text[0].isdigit()
        cut = self.spaced_out and (number or last.width >= 0.95 * self.full)
        return " " if words and (last.trailing_space or not cut) else ""

    def _read_contents(self, line: Line) -> None:
        if not self.drafts or self.drafts[-1].kind != "contents":
            self.drafts.append(Draft("contents"))
        self.drafts[-1].add((line.start, line.end), "\n")
        self.last_text = None

    def _read_float(self, role: str, line: Line, marks: list[Span]) -> None:
        if role == "note":
            if self.float is None:
                self._begin(Draft("matter"), line, marks)
            else:
                self.notes.append((self.float, line))
            return
        if role == "caption":
            kind: BlockKind = "table" if line.is_table_caption else "caption"
            self.float = self._begin(Draft(kind, label=line.text, anchor=line.start), line, marks)
            self.table = self.float if kind == "table" else self.table
            return
        if self.table is None:
            self.table = Draft("table", anchor=line.start)
            self.drafts.append(self.table)
        self.float = self.table
        self.table.add((line.start, line.end), "\n")

    def _read_footnote(self, line: Line, previous: Line | None, page: PageRoles, number: int) -> None:
        if number in page.footnote_starts:
            note = page.footnote_starts[number]
            anchor = page.marks.get(note, (line.start, line.start))[0]
            self.drafts.append(Draft("footnote", label=str(note), anchor=anchor))
            self.drafts[-1].add((line.start, line.end))
        elif previous is not None:
            self.drafts[-1].add((line.start, line.end), self._join(previous, line))

    def _begin(self, draft: Draft, line: Line, marks: list[Span]) -> Draft:
        self.drafts.append(draft)
        _add_without_marks(draft, line, marks, "")
        return draft


def _add_without_marks(draft: Draft, line: Line, marks: list[Span], join: str) -> None:
    """Append a line, leaving out the footnote marks in it."""
    start = line.start
    for mark_start, mark_end in marks:
        if line.start <= mark_start < line.end:
            draft.add((start, mark_start), join)
            start, join = mark_end, ""
    draft.add((start, line.end), join)
