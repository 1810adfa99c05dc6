"""A sentence with the facts and quotes that carry it, before it is an Answer; and how quotes are put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from qa_assistant.facts.reading import Reading
from qa_assistant.records import AnswerKind, Block, Document, Fact, Quote

_open: Final = "（("
_closed: Final = "）)"
_close_by: Final = 8
_sentence_end = re.compile(r"\n|。|\. ")
_clause_end = re.compile(r"[。！？；;，,\n]|[.:] ")
_running: Final = frozenset({"paragraph", "list", "footnote"})
LONGEST_CLAUSE: Final = 60
"""Characters of a clause that is quoted whole where a part of it is cited."""
_between_cells = re.compile(r"[\s、，,;；|·/()（）\[\]:：]*")
MARK = "\u0000"
"""Stands in a sentence for the numbers of the quotes at that place: one mark for each entry of `marks`."""


@dataclass(frozen=True)
class Said:
    """What is said: `text` with a `MARK` for each entry of `marks`, the quotes that carry what stands before it.

    `quoted` is set where the quotes are to be read below the text, `open` where the question asked for no kind of
    value, so that further sentences of the sources may help. `reading` is the lookup that a refusal comes of.
    """

    kind: AnswerKind
    text: str
    marks: tuple[tuple[Quote, ...], ...] = ()
    facts: tuple[Fact, ...] = ()
    confidence: float = 0.0
    quoted: bool = False
    open: bool = False
    reading: Reading | None = None


def closed(document: Document, start: int, end: int) -> Quote:
    """The quote from `start` to `end`, and on to the bracket that closes one in it, where that is close by."""
    text = document.text[start:end]
    if sum(text.count(char) for char in _open) > sum(text.count(char) for char in _closed):
        following = document.text[end : end + _close_by]
        places = [following.index(char) for char in _closed if char in following]
        if places and not any(char in following[: min(places)] for char in _open + "\n；。"):
            end += min(places) + 1
    return document.quote(start, end)


def in_clause(document: Document, quote: Quote) -> Quote:
    """`quote` with the rest of its clause, where it stands in running text: （12/40） alone tells a reader nothing.

    A clause that is too long for that, or a quote in a table, stays as it is.
    """
    block = document.blocks[max(bisect_right(document.blocks, quote.start, key=_block_start) - 1, 0)]
    if block.kind not in _running or not block.start <= quote.start < quote.end <= block.end:
        return quote
    text = document.text
    start = max((match.end() for match in _clause_end.finditer(text, block.start, quote.start)), default=block.start)
    start += len(text[start : quote.start]) - len(text[start : quote.start].lstrip())
    # The mark at the end of a quote ends its clause.
    following = _clause_end.search(text, quote.end - 1, block.end)
    end = max(following.start(), quote.end) if following else block.end
    return document.quote(start, end) if end - start <= LONGEST_CLAUSE else quote


def _block_start(block: Block) -> int:
    return block.start


def join_quotes(quotes: Iterable[Quote], documents: Mapping[str, Document]) -> tuple[Quote, ...]:
    """`quotes` with those put together that overlap or have nothing but separators between them, in order."""
    joined: list[Quote] = []
    whole = {in_clause(documents[quote.doc_id], quote) for quote in quotes}
    for quote in sorted(whole, key=lambda one: (one.doc_id, one.start, -one.end)):
        last = joined[-1] if joined else None
        if last is not None and last.doc_id == quote.doc_id:
            document = documents[quote.doc_id]
            if quote.end <= last.end:
                continue
            if quote.start <= last.end or _between_cells.fullmatch(document.text, last.end, quote.start):
                joined[-1] = closed(document, last.start, quote.end)
                continue
        joined.append(quote)
    return tuple(joined)


def number_quotes(said: Said, documents: Mapping[str, Document]) -> tuple[str, tuple[Quote, ...]]:
    """The text with its numbers, and the quotes in the order of the numbers, each once.

    Where marks that follow one another carry the same quotes, the last one says so for all.
    """
    joined = join_quotes((quote for mark in said.marks for quote in mark), documents)
    starts = [(quote.doc_id, quote.start) for quote in joined]
    wholes = [
        tuple(dict.fromkeys(bisect_right(starts, (quote.doc_id, quote.start)) - 1 for quote in mark))
        for mark in said.marks
    ]
    numbers = {whole: number for number, whole in enumerate(dict.fromkeys(chain.from_iterable(wholes)), start=1)}
    parts: list[str] = []
    pieces = said.text.split(MARK)
    for place, piece in enumerate(pieces):
        parts.append(piece)
        goes_on = place + 1 < len(pieces) and not _sentence_end.search(pieces[place + 1])
        if place < len(wholes) and not (goes_on and wholes[place : place + 1] == wholes[place + 1 : place + 2]):
            found = sorted(numbers[whole] for whole in wholes[place])
            parts.append("".join(f"[{number}]" for number in found).join((" ", "")) if found else "")
    return "".join(parts), tuple(joined[whole] for whole in numbers)
