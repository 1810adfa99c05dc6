"""The tables of Markdown: their cells, their captions, and those that are written in HTML."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock

from qa_assistant.language import stripped
from qa_assistant.records import Span
from qa_assistant.sources.drafts import Draft

CAPTION: Final = 80
"""Most characters of a line that can be a caption."""

# As GFM has it, a pipe divides cells in inline code too, unless a backslash stands before it.
_pipe = re.compile(r"(?<!\\)\|")
_containers = re.compile(r"(?:[\s\ufeff]*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))*")
_emphasis = re.compile(r"(?P<mark>\*{1,3}|_{1,3}|~~|`+)(?=\S)(?P<text>(?:(?!(?P=mark)).)+)(?<=\S)(?P=mark)", re.DOTALL)
_link = re.compile(r"\[(?P<text>[^\[\]]+)\]\([^()\s]*\)")
_numbered = re.compile(
    r"[<〈《\[【（(]?\s*(?:附?表格?|(?i:Table|Tab\.))\s*(?:[A-Z]?[-.]?\d[\d.\-]*|[IVX]+\b|[一二三四五六七八九十]+)"
    # What follows sets a caption apart from a sentence: "Table 2 shows", "表3显示".
    r"\s*(?:$|[>〉》\]】）):：.、,，*_]|(?<=\s)(?![a-z]))"
)
_html_table = re.compile(r"\s*(?:</?[a-z][^>]*>\s*)*<table[\s>]", re.IGNORECASE)
_table_tag = re.compile(r"<(?P<end>/?)table\b", re.IGNORECASE)


def read_table(raw: str, lines: list[Span], nested: bool) -> Draft:
    """The table of these lines, its rule left out; `nested` where it stands in a list or a quotation."""
    draft = Draft("table", anchor=lines[0][0])
    for number, (start, end) in enumerate(lines):
        if number == 1:
            continue
        if nested and (match := _containers.match(raw, start, end)):
            start = match.end()
        start += raw.startswith("\ufeff", start)
        start, end = stripped(raw, (start, end))
        if start < end:
            draft.add_row((start, end), _cells(raw, (start, end)))
    return draft


def _cells(raw: str, line: Span) -> list[Span]:
    """The cells of a row; the pipes at its ends, if there are any, stand before the first and behind the last."""
    start, end = line
    pipes = [match.start() for match in _pipe.finditer(raw, start, end)]
    starts = [start, *(pipe + 1 for pipe in pipes)]
    cells = list(zip(starts, [*pipes, end], strict=True))
    if cells[0] == (start, start):
        cells.pop(0)
    if len(cells) > 1 and cells[-1] == (end, end):
        cells.pop()
    return [_without_marks(raw, cell) for cell in cells]


def _without_marks(raw: str, cell: Span) -> Span:
    """`cell` without white space, and without the emphasis or the link that is all of it."""
    start, end = stripped(raw, cell)
    while match := _emphasis.fullmatch(raw, start, end) or _link.fullmatch(raw, start, end):
        start, end = stripped(raw, match.span("text"))
    return start, end


def caption(raw: str, drafts: list[Draft]) -> str | None:
    """The caption that the last of `drafts` is for a table that follows: one short line, numbered or all bold."""
    if not drafts or drafts[-1].kind not in ("paragraph", "matter") or len(drafts[-1].pieces) != 1:
        return None
    (line,) = drafts[-1].pieces
    start, end = _without_marks(raw, line)
    text = raw[start:end]
    bold = raw.startswith(("**", "__"), line[0]) and (start, end) != line
    if not text or len(text) > CAPTION or text[-1] in "。，；,;" or not (bold or _numbered.match(text.lstrip("*_"))):
        return None
    return text


def find_html_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A rule for markdown-it: lines from one that opens a `<table>` to the one that closes it, blank ones too.

    CommonMark ends such a block at a blank line. A table in a list or a quotation, and one that nothing closes,
    is left to be read as text.
    """
    first = state.src[state.bMarks[start_line] : state.eMarks[start_line]]
    ends_container = silent and state.sCount[start_line] < state.blkIndent
    if (state.level and not ends_container) or not _html_table.match(first):
        return False
    depth = 0
    for number in range(start_line, end_line):
        for tag in _table_tag.finditer(state.src, state.bMarks[number], state.eMarks[number]):
            depth += -1 if tag["end"] else 1
        if depth <= 0:
            if not silent:
                token = state.push("html_table", "", 0)
                token.map = [start_line, number + 1]
                state.line = number + 1
            return True
    return False
