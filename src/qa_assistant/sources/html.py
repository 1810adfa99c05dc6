"""Blocks of an HTML file.

White space is collapsed as a browser does it. A character reference (`&amp;`, `&#x4e2d;`) is no slice of the raw file
when it is resolved, so it reads as it is written there; one that stands for white space reads as a space, one that
shows nothing (`&shy;`) is left out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from qa_assistant.records import Span
from qa_assistant.sources.drafts import Draft, space_between
from qa_assistant.sources.html_events import Tag, Text, read_events, title_span, without_skipped
from qa_assistant.sources.html_tables import Table, data_tables

HTML: Final = (".html", ".htm")

BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
"""Elements that stand on lines of their own."""
_lists = frozenset("ul ol dl menu dir".split())
_heading = re.compile(r"h[1-6]")
_part = re.compile(r"\s+|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?|[^\s&]+(?: [^\s&]+)*|&")


def read_html(raw: str, span: Span | None = None) -> tuple[list[Draft], str]:
    """The blocks of an HTML file, or of the part of one that `span` gives, and the title it names; "" without one."""
    start, end = span or (0, len(raw))
    events = read_events(raw, (start + raw.startswith("\ufeff", start), end))
    shown = list(without_skipped(events))
    reader = _Reader(raw, data_tables(shown))
    for event in shown:
        if isinstance(event, Text):
            reader.read_text(event)
        else:
            reader.read_tag(event)
    reader.end_block()
    drafts = [draft for draft in reader.drafts if draft.pieces]
    first = next((draft.text(raw) for draft in drafts if draft.kind == "heading" and draft.level == 1), "")
    title = html.unescape(raw[slice(*title_span(events))])
    return drafts, " ".join(title.split()) or first


class _Reader:
    """The blocks read so far, the one that is open, and the white space since its last word."""

    def __init__(self, raw: str, data_tables: set[int]) -> None:
        self.raw = raw
        self.data_tables = data_tables
        self.drafts: list[Draft] = []
        self.table: Table | None = None
        self.text = Draft("paragraph")
        self.space = ""
        self.breaks = 0
        self.heading = 0
        self.lists = 0
        self.preformatted = 0
        self.figure_caption = False

    def read_text(self, text: Text) -> None:
        """Add the words of a text to the open block."""
        for match in _part.finditer(self.raw, text.place, text.end):
            part = match.group()
            shown = html.unescape(part) if part[0] == "&" else part
            if part[0] != "&" and part.isspace():
                self.space += part
                self.breaks += self.preformatted > 0 and "\n" in part
            elif shown.isspace():
                self.space = " "
            elif any(unicodedata.category(char) != "Cf" for char in shown):
                self._add(match.span())

    def read_tag(self, tag: Tag) -> None:
        """Take a tag into account: it ends a block, begins one, or stands within one."""
        if tag.name == "table":
            self._read_table(tag)
        elif self.table is not None:
            self._read_tag_in_table(self.table, tag)
        elif tag.name == "br":
            self.breaks += 1
            if self.breaks > 1 and not self.preformatted:
                self.end_block()
        elif tag.name in BLOCKS and not (self.heading and tag.name == "div"):
            self.end_block()
            level = int(tag.name[1]) if _heading.fullmatch(tag.name) else 0
            self.heading = level if tag.opens else 0
            if tag.name in ("figure", "figcaption"):
                self.figure_caption = tag.opens and tag.name == "figcaption"
            if tag.name in _lists:
                self.lists = max(0, self.lists + (1 if tag.opens else -1))
            if tag.name == "pre":
                self.preformatted = int(tag.opens)

    def end_block(self) -> None:
        """End the open block, and the table in which it stands."""
        self.drafts.append(self.text)
        self.text = Draft("paragraph")
        self.space = ""
        self.breaks = 0
        if self.table is not None:
            # Words that stand in the table but in no cell are shown above it, so they come first.
            self.drafts.append(self.table.draft(self.raw))
            self.table = None

    def _read_table(self, tag: Tag) -> None:
        self.end_block()
        if tag.opens and tag.place in self.data_tables:
            self.table = Table(tag.place)

    def _read_tag_in_table(self, table: Table, tag: Tag) -> None:
        if table.read_tag(tag):
            self.space = ""
        elif tag.name == "br" or tag.name in BLOCKS:
            self.space = " "

    def _add(self, piece: Span) -> None:
        draft = self.text if self.table is None else self.table.open or self.text
        if draft is self.text and not draft.pieces:
            self._set_kind(draft, piece)
        join = self._join(draft, piece)
        if draft.pieces and not join and draft.pieces[-1][1] == piece[0]:
            draft.extend(piece[1])
        else:
            draft.add(piece, join)
        self.space = ""
        self.breaks = 0

    def _set_kind(self, draft: Draft, piece: Span) -> None:
        if self.heading:
            draft.kind, draft.level = "heading", self.heading
        elif self.figure_caption:
            draft.kind, draft.anchor = "caption", piece[0]
        elif self.lists:
            draft.kind = "list"

    def _join(self, draft: Draft, piece: Span) -> str:
        if self.breaks and draft.kind not in ("heading", "table"):
            return "\n"
        if "\n" in self.space or "\r" in self.space:
            return space_between(self.raw[draft.pieces[-1][1] - 1], self.raw[piece[0]]) if draft.pieces else ""
        return " " if self.space or self.breaks else ""
