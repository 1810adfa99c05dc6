"""Cut a Document into Passages that slice it exactly.

A passage holds whole sentences of one section and one kind of text. Footnotes, tables and running text never
mix. Headings are not passages; they are kept with each passage as its path.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Final

from qa_assistant.language import clause_spans, line_spans, stripped
from qa_assistant.records import Block, Document, Passage, Quote, Span

SPEAKER: Final = 24
"""Most characters of a sentence that only says who spoke."""

LEAD_LINES: Final = 2
"""Lines at the beginning of a table that tell what the rest is about."""
LONGEST_LEAD: Final = 120
_never_cut_out = frozenset({"heading", "contents"})
_alone = frozenset({"table", "caption", "footnote"})


def cut_passages(document: Document, length: int) -> list[Passage]:
    """The passages of `document` in order of their place, each at most `length` wide characters long.

    A sentence, or a part of it up to a semicolon, that is longer stays whole, and so does a row of a table.
    """
    passages: list[Passage] = []
    for blocks in _sections(document.blocks):
        units = [unit for block in blocks for unit in _units(document.text, block)]
        passages += [_passage(document, blocks, span) for span in _pack(document.text, units, length)]
    return sorted(passages, key=lambda passage: passage.start)


def cut_sentences(
    passages: Sequence[Passage], documents: Iterable[Document] = ()
) -> tuple[tuple[Quote, ...], tuple[int, ...]]:
    """The sentences of all passages, and for each passage the number of its first one, the total at the end.

    The sentences of a table are its rows. Those that stand on several lines are known from the passage's document; a
    passage whose document is not among `documents` has a row on each line.
    """
    sentences: list[Quote] = []
    first = [0]
    rows = _Rows(documents)
    for passage in passages:
        spans = rows.within(passage) if passage.kind == "table" else clause_spans(passage.text)
        spans = [stripped(passage.text, span) for span in spans]
        for start, end in _with_speakers(passage.text, [span for span in spans if span[0] < span[1]]):
            sentences.append(
                Quote(
                    doc_id=passage.doc_id,
                    start=passage.start + start,
                    end=passage.start + end,
                    text=passage.text[start:end],
                )
            )
        first.append(len(sentences))
    return tuple(sentences), tuple(first)


def segments(document: Document) -> list[Span]:
    """What a translation memory of `document` is aligned with, in order: its sentences, headings and rows."""
    return [span for block in document.blocks for span in _units(document.text, block)]


def indexed_text(passage: Passage) -> str:
    """What is indexed for a passage: the headings it stands under, the head of its table, then its own text."""
    return "\n".join([*passage.heading, *filter(None, [passage.lead]), passage.text])


class _Rows:
    """Finds the rows of a passage in the table that it was cut from."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.doc_id: document for document in documents}
        self._units: dict[tuple[str, int], list[Span]] = {}

    def within(self, passage: Passage) -> list[Span]:
        """The rows of a passage, as ranges of its text."""
        document = self._documents.get(passage.doc_id)
        if document is None:
            return line_spans(passage.text)
        block = document.blocks[bisect_right(document.blocks, passage.start, key=_block_start) - 1]
        key = (document.doc_id, block.start)
        if key not in self._units:
            self._units[key] = _units(document.text, block)
        units = self._units[key]
        first, last = bisect_left(units, (passage.start, 0)), bisect_left(units, (passage.end, 0))
        return [(start - passage.start, end - passage.start) for start, end in units[first:last]]


def _block_start(block: Block) -> int:
    return block.start


def _with_speakers(text: str, spans: list[Span]) -> list[Span]:
    """The few words after a speech that say whose it was belong to its last sentence."""
    joined: list[Span] = []
    for start, end in spans:
        if (
            joined
            and end - start <= SPEAKER
            and text[joined[-1][1] - 1] in '”’」』"'
            and "\n" not in text[joined[-1][1] : start]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _sections(blocks: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Neighbouring blocks whose text may share a passage."""
    # Headings are counted, not compared: two sections of the same name are two sections.
    headings = accumulate(block.kind in _never_cut_out for block in blocks)
    numbered = zip(range(len(blocks)), headings, blocks, strict=True)
    for _, group in groupby((entry for entry in numbered if entry[2].kind not in _never_cut_out), key=_section_key):
        yield [block for *_, block in group]


def _section_key(numbered: tuple[int, int, Block]) -> tuple[object, ...]:
    number, section, block = numbered
    if block.kind in _alone:
        return (number,)
    return (section, block.kind == "matter")


def _units(text: str, block: Block) -> list[Span]:
    """The parts of a block that stay whole: rows of a table, sentences of everything else."""
    inside = text[block.start : block.end]
    spans = line_spans(inside) if block.kind in ("table", "caption") else clause_spans(inside)
    spans = [(block.start + start, block.start + end) for start, end in spans]
    if block.rows:
        spans = _whole_rows(spans, block)
    return [span for span in (stripped(text, span) for span in spans) if span[0] < span[1]]


def _whole_rows(lines: list[Span], block: Block) -> list[Span]:
    """The lines of a table, those joined on which the same row stands."""
    joined: list[Span] = []
    rows = _row_extents(block)
    row = next(rows, None)
    for start, end in lines:
        while row is not None and row[1] <= start:
            row = next(rows, None)
        if joined and row is not None and row[0] < start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _row_extents(block: Block) -> Iterator[Span]:
    """Where the cells begin and end that each row adds to the table, those from rows above left out."""
    reached = block.start
    for row in block.rows:
        own = [cell for cell in row if cell[0] >= reached and cell[0] < cell[1]]
        if own:
            yield own[0][0], own[-1][1]
            reached = own[-1][1]


def _pack(text: str, units: list[Span], length: int) -> list[Span]:
    """Put neighbouring units together as long as they fit, in parts of about the same size."""
    total = sum(_width(text[start:end]) for start, end in units)
    parts = max(1, -(-total // (2 * length)))
    target = min(2 * length, total / parts * 1.15)
    packed: list[Span] = []
    filled = 0
    for start, end in units:
        width = _width(text[start:end])
        if packed and filled + width <= target:
            packed[-1] = (packed[-1][0], end)
            filled += width
        else:
            packed.append((start, end))
            filled = width
    return packed


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _passage(document: Document, blocks: list[Block], span: Span) -> Passage:
    start, end = span
    block = next(block for block in blocks if start < block.end)
    labelled = block.kind in ("table", "caption") and block.label is not None
    return Passage(
        doc_id=document.doc_id,
        start=start,
        end=end,
        text=document.text[start:end],
        passage_id=f"{document.doc_id}:{start}-{end}",
        kind=block.kind,
        heading=(*block.path, block.label) if labelled and block.label else block.path,
        page=document.page_at(start),
        lead=_lead(document.text, block, start) if block.kind == "table" else "",
    )


def _lead(text: str, block: Block, start: int) -> str:
    """The caption and the header of a table that goes on before `start`: its first lines, as far as they are short."""
    before = text[block.start : start]
    lines = [before[first:last].strip() for first, last in line_spans(before)[:LEAD_LINES]]
    return "\n".join(line for line in lines if line and len(line) <= LONGEST_LEAD)
