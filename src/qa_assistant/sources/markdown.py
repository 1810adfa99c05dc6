"""Blocks of Markdown and of plain text with blank lines between paragraphs."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa_assistant.language import HAN
from qa_assistant.records import Span
from qa_assistant.sources.drafts import Draft, space_between
from qa_assistant.sources.html import read_html
from qa_assistant.sources.markdown_tables import caption, find_html_table, read_table

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "reference"])
_parser.block.ruler.before("table", "html_table", find_html_table, {"alt": ["paragraph", "blockquote"]})
_physical_line = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
_inner_mark = re.compile(r"[，。；,;]")
_goes_on = re.compile(rf"[{HAN}a-z，、；]")
_unfinished = re.compile(rf"[{HAN}A-Za-z0-9，、]$")


def read_markdown(raw: str) -> list[Draft]:
    """The blocks of a Markdown or plain text file, in order."""
    lines = [(match.start(), match.end()) for match in _physical_line.finditer(raw) if match.group()]
    # markdown-it counts lines by "\n" alone; all other line ends are turned into it, one for one.
    tokens = _parser.parse("".join(_with_newline(raw[start:end]) for start, end in lines))
    drafts: list[Draft] = []
    table_end = 0
    for position, token in enumerate(tokens):
        if token.map is None:
            continue
        first, last = token.map[0], min(token.map[1], len(lines))
        if token.type == "table_open":
            table_end = last
            label = caption(raw, drafts)
            drafts.append(read_table(raw, lines[first:last], token.level > 0))
            drafts[-1].label = label
        elif token.type == "html_table":
            label = caption(raw, drafts)
            found, _ = read_html(raw, (lines[first][0], lines[last - 1][1]))
            if found and found[0].kind == "table" and not found[0].label:
                found[0].label = label
            drafts += found
        elif token.type == "fence":
            drafts.append(_whole_lines(raw, lines[first:last]))
        elif token.type == "inline" and first >= table_end:
            drafts.append(_inline(token, tokens[position - 1], raw, lines[first:last]))
    return _join_torn(raw, [draft for draft in drafts if draft.pieces])


def _with_newline(line: str) -> str:
    return line.rstrip("\r\n").lstrip("\ufeff") + "\n"


def _whole_lines(raw: str, lines: list[Span]) -> Draft:
    draft = Draft("paragraph")
    for start, end in lines:
        draft.add((start, start + len(raw[start:end].rstrip())), "\n")
    return draft


def _inline(token: Token, parent: Token, raw: str, lines: list[Span]) -> Draft:
    """The block of an inline token: its lines without the Markdown before them (`#`, `-`, `>`)."""
    contents = token.content.split("\n")
    if parent.type == "heading_open":
        draft = Draft("heading", level=int(parent.tag[1:]))
    elif _is_matter(contents):
        draft = Draft("matter")
    else:
        draft = Draft("list" if parent.level > 1 else "paragraph")
    following = iter(lines)
    for content in contents:
        text = content.strip()
        # The parser leaves out lines of ideographic spaces: content and lines need not match one for one.
        # Looked for from the right, because "1. 1" begins with a marker that looks like its text.
        place = next((place for line in following if (place := raw.rfind(text, *line)) >= 0), -1) if text else -1
        if place >= 0:
            draft.add((place, place + len(text)), _join(draft, raw, content, place))
    return draft


def _join(draft: Draft, raw: str, content: str, place: int) -> str:
    """A space between the lines of a paragraph, none inside Chinese text, a line end after a hard break."""
    if not draft.pieces:
        return ""
    end = draft.pieces[-1][1]
    if raw.startswith(("  ", "\\"), end) or draft.kind == "matter":
        return "\n"
    return space_between(raw[end - 1], raw[place])


def _is_matter(contents: list[str]) -> bool:
    """Whether lines are a byline or place line: short, and without a mark that a sentence has."""
    return all(len(line) < 30 and not re.search(r"[，。；：！？,;:!?.|]", line) for line in contents)


def _join_torn(raw: str, drafts: list[Draft]) -> list[Draft]:
    """Join a paragraph that stops in the middle of a sentence with the one that goes on."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last is not None and last.kind == draft.kind == "paragraph":
            text, following = last.text(raw), draft.text(raw)
            torn = _inner_mark.search(text) and _unfinished.search(text) and _goes_on.match(following)
            if torn and len(text) >= 20:
                space = space_between(text, following)
                for piece, join in zip(draft.pieces, [space, *draft.joins[1:]], strict=True):
                    last.add(piece, join)
                continue
        joined.append(draft)
    return joined
