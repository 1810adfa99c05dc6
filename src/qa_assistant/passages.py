"""Cut a Document into Passages that slice it exactly.

A passage holds whole sentences of one section and one kind of text. Footnotes, tables and running text never
mix. Headings are not passages; they are kept with each passage as its path.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Final

from qa_assistant.language import clause_spans, line_spans, stripped
from qa_assistant.records import Block, Document, Passage, Quote, Span

SPEAKER: Final = 24
"""Most characters of a sentence that only says who spoke."""

_never_cut_out = frozenset({"heading", "contents"})
_alone = frozenset({"table", "caption", "footnote"})


def cut_passages(document: Document, length: int) -> list[Passage]:
    """The passages of `document` in order of their place, each at most `length` wide characters long.

    A sentence, or a part of it up to a semicolon, that is longer stays whole.
    """
    passages: list[Passage] = []
    for blocks in _sections(document.blocks):
        units = [unit for block in blocks for unit in _units(document.text, block)]
        passages += [_passage(document, blocks, span) for span in _pack(document.text, units, length)]
    return sorted(passages, key=lambda passage: passage.start)


def cut_sentences(passages: Sequence[Passage]) -> tuple[tuple[Quote, ...], tuple[int, ...]]:
    """The sentences of all passages, and for each passage the number of its first one, the total at the end."""
    sentences: list[Quote] = []
    first = [0]
    for passage in passages:
        spans = line_spans(passage.text) if passage.kind == "table" else clause_spans(passage.text)
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


def indexed_text(passage: Passage) -> str:
    """What is indexed for a passage: the headings it stands under, then its own text."""
    return "\n".join([*passage.heading, passage.text])


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
    """The parts of a block that stay whole: lines of a table, sentences of everything else."""
    inside = text[block.start : block.end]
    spans = line_spans(inside) if block.kind in ("table", "caption") else clause_spans(inside)
    spans = [(block.start + start, block.start + end) for start, end in spans]
    return [span for span in (stripped(text, span) for span in spans) if span[0] < span[1]]


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
    )
