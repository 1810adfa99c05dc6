"""Where in a quote the answer stands: the values of the facts, or the one stretch of the kind that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qa_assistant.question.answer_types import TYPES, asked_types, typed_spans
from qa_assistant.records import Fact, Quote, Span

_markable: Final = frozenset(TYPES.index(name) for name in ("number", "date", "person", "place"))
_dated: Final = TYPES.index("date")


def value_spans(quote: Quote, facts: Iterable[Fact]) -> tuple[Span, ...]:
    """Where the values of `facts` are printed in `quote`, as ranges of its document.

    A value that is printed more than once in a fact's quote is left out: which one is meant is not known.
    """
    found: set[Span] = set()
    for fact in facts:
        for part in fact.quotes:
            if part.doc_id != quote.doc_id or not quote.start <= part.start <= part.end <= quote.end:
                continue
            if fact.text and part.text.count(fact.text) == 1 and not _in_longer_number(part.text, fact.text):
                start = part.start + part.text.index(fact.text)
                found.add((start, start + len(fact.text)))
    return _apart(found)


def typed_span(quote: Quote, question: str) -> tuple[Span, ...]:
    """The stretch of `quote` of the kind that `question` asks for: a number, date, person or place.

    Nothing where the question asks for several kinds, or where not exactly one stretch fits that the question does not
    say itself: a wrong mark misleads more than none.
    """
    asked = [kind for kind, is_asked in enumerate(asked_types(question)) if is_asked and kind in _markable]
    if len(asked) != 1:
        return ()
    spans = typed_spans(quote.text)
    dates = {(start, end) for kind, start, end in spans if kind == _dated}
    found = {
        (start, end) for kind, start, end in spans if kind == asked[0] and (kind == _dated or (start, end) not in dates)
    }
    new = [(start, end) for start, end in _apart(found) if quote.text[start:end].casefold() not in question.casefold()]
    return ((quote.start + new[0][0], quote.start + new[0][1]),) if len(new) == 1 else ()


def _in_longer_number(text: str, value: str) -> bool:
    """Whether `value` stands in `text` only as some digits of a longer number."""
    start = text.index(value)
    before, after = text[:start][-1:], text[start + len(value) :][:1]
    return (value[0].isdigit() and before.isdigit()) or (value[-1].isdigit() and after.isdigit())


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` in order, each that begins inside the one before it left out; of those that begin alike, the longest."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return tuple(apart)
