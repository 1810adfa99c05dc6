"""A sentence with the facts and quotes that carry it, before it is an Answer; and how quotes are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa_assistant.records import AnswerKind, Document, Fact, Quote

_between_cells = re.compile(r"[\s、，,;；|·/()（）\[\]:：]*")
MARK = "\u0000"
"""Stands in a sentence for the numbers of the quotes at that place: one mark for each entry of `marks`."""


@dataclass(frozen=True)
class Said:
    """What is said: `text` with a `MARK` for each entry of `marks`, the quotes that carry what stands before it.

    `quoted` is set where the quotes are to be read below the text, `open` where the question asked for no kind of
    value, so that further sentences of the sources may help.
    """

    kind: AnswerKind
    text: str
    marks: tuple[tuple[Quote, ...], ...] = ()
    facts: tuple[Fact, ...] = ()
    confidence: float = 0.0
    quoted: bool = False
    open: bool = False


def join_quotes(quotes: Iterable[Quote], documents: Mapping[str, Document]) -> tuple[Quote, ...]:
    """`quotes` with those put together that overlap or have nothing but separators between them, in order."""
    joined: list[Quote] = []
    for quote in sorted(set(quotes), key=lambda one: (one.doc_id, one.start, -one.end)):
        last = joined[-1] if joined else None
        if last is not None and last.doc_id == quote.doc_id:
            document = documents[quote.doc_id]
            if quote.end <= last.end:
                continue
            if quote.start <= last.end or _between_cells.fullmatch(document.text, last.end, quote.start):
                joined[-1] = document.quote(last.start, quote.end)
                continue
        joined.append(quote)
    return tuple(joined)


def number_quotes(said: Said, documents: Mapping[str, Document]) -> tuple[str, tuple[Quote, ...]]:
    """The text with its numbers, and the quotes in the order of the numbers, each once."""
    joined = join_quotes((quote for mark in said.marks for quote in mark), documents)
    ordered: list[Quote] = []
    parts: list[str] = []
    pieces = said.text.split(MARK)
    for piece, mark in zip(pieces, (*said.marks, ()), strict=True):
        parts.append(piece)
        numbers: list[int] = []
        for quote in mark:
            whole = _holding(quote, joined)
            if whole not in ordered:
                ordered.append(whole)
            number = ordered.index(whole) + 1
            if number not in numbers:
                numbers.append(number)
        parts += [f" [{number}]" if place == 0 else f"[{number}]" for place, number in enumerate(sorted(numbers))]
    return "".join(parts), tuple(ordered)


def _holding(quote: Quote, joined: Sequence[Quote]) -> Quote:
    return next(
        one for one in joined if one.doc_id == quote.doc_id and one.start <= quote.start and quote.end <= one.end
    )
