"""A quote with what belongs to it: the other clauses of its sentence, the other points of its enumeration.

Sentences are searched in parts, but who asks for problems, suggestions or a difference wants all of them: "first ...",
"second ...", or what stands behind the semicolon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from qa_assistant.index import Index
from qa_assistant.question.asked import Asked
from qa_assistant.records import Passage, Quote

LONGEST: Final = 300
"""Characters of a quote that is made longer."""
FARTHEST: Final = 12
"""Sentences between a point of an enumeration and the next."""
MOST: Final = 6
"""Points that are quoted."""
_SEVERAL: Final = frozenset({"list", "each", "difference", "common"})
_clause_ends: Final = ("；", ";")
_digits: Final = {char: number for number, char in enumerate("一二三四五六七八九", start=1)}
_words: Final = {
    "首先": 1, "其次": 2, "first": 1, "firstly": 1, "second": 2, "secondly": 2, "third": 3, "thirdly": 3, "fourth": 4,
    "fourthly": 4, "fifth": 5, "fifthly": 5, "첫째": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5,
}  # fmt: skip
# A point begins a sentence or stands behind a colon: "in three ways: first, ...".
_point = re.compile(
    r"(?:^|(?<=[：:；;。]))\s*(?:"
    r"[第其](?P<ordinal>[一二三四五六七八九])(?=[，、,：:])|(?P<one>[一二三四五六七八九])是(?=\w)"
    r"|[（(](?P<number>[1-9])[)）]|(?P<word>首先|其次)(?=[，、,])"
    r"|(?P<latin>(?:First|Second|Third|Fourth|Fifth)(?:ly)?)(?=,)|(?P<korean>첫째|둘째|셋째|넷째|다섯째)(?=[,，]))"
)


def asks_for_all(asked: Asked) -> bool:
    """Whether a question may want several things that are told together, and not one date, name or number."""
    return not asked.kinds or bool(asked.operations.keys() & _SEVERAL)


class Wholes:
    """Finds what belongs to quotes of the sentences of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._places: dict[str, tuple[list[int], list[int]]] = {}
        for row, sentence in enumerate(index.sentences):
            starts, rows = self._places.setdefault(sentence.doc_id, ([], []))
            starts.append(sentence.start)
            rows.append(row)
        for doc_id, (starts, rows) in self._places.items():
            order = sorted(range(len(starts)), key=starts.__getitem__)
            self._places[doc_id] = ([starts[one] for one in order], [rows[one] for one in order])

    def sentence(self, quote: Quote) -> Quote:
        """`quote` with the other clauses of its sentence; as it is where that is too long, or in a table."""
        row = self._row(quote)
        if row is None:
            return quote
        first = last = row
        while self._text(first - 1).endswith(_clause_ends) and self._together(first - 1, first):
            first -= 1
        while self._text(last).endswith(_clause_ends) and self._together(last, last + 1):
            last += 1
        return self._joined(quote, first, last) or quote

    def points(self, quote: Quote) -> tuple[Quote, ...]:
        """The points of the enumeration that `quote` is one of, in order, those that touch in one; none without one."""
        row = self._row(quote)
        numbers = _numbers(self._text(row)) if row is not None else []
        if row is None or not numbers:
            return ()
        rows = [*self._points(row, numbers[0], -1), row, *self._points(row, numbers[-1], 1)]
        rows = sorted(rows)[:MOST]
        if len(rows) < 2 or row not in rows or not self._begins(rows[0]):
            return ()
        quotes: list[Quote] = []
        for one in rows:
            sentence = self._index.sentences[one]
            previous = quotes[-1] if quotes else None
            touching = previous is not None and previous.end == self._index.sentences[one - 1].end
            joined = self._joined(previous, None, one) if previous is not None and touching else None
            quotes[-1:] = [joined] if joined is not None else [*quotes[-1:], sentence]
        return tuple(quotes)

    def _points(self, row: int, number: int, step: int) -> Iterator[int]:
        """The sentences with the points after `number`, or before it."""
        wanted, place, left = number + step, row, FARTHEST
        while left and wanted > 0 and self._same_section(row, place + step):
            place, left = place + step, left - 1
            found = _numbers(self._text(place))
            if found and found[0 if step > 0 else -1] == wanted:
                yield place
                wanted, left = found[-1 if step > 0 else 0] + step, FARTHEST
            elif found and step > 0:
                return

    def _begins(self, row: int) -> bool:
        return _numbers(self._text(row))[0] == 1

    def _row(self, quote: Quote) -> int | None:
        starts, rows = self._places.get(quote.doc_id, ([], []))
        place = bisect_right(starts, quote.start) - 1
        if place < 0 or self._index.sentences[rows[place]].end < quote.end:
            return None
        return None if self._passage(rows[place]).kind == "table" else rows[place]

    def _passage(self, row: int) -> Passage:
        return self._index.passages[bisect_right(self._index.collection.first_sentence, row) - 1]

    def _text(self, row: int) -> str:
        return self._index.sentences[row].text if 0 <= row < len(self._index.sentences) else ""

    def _same_section(self, row: int, other: int) -> bool:
        if not 0 <= other < len(self._index.sentences):
            return False
        one, two = self._passage(row), self._passage(other)
        return (one.doc_id, one.heading, one.kind) == (two.doc_id, two.heading, two.kind)

    def _together(self, row: int, following: int) -> bool:
        """Whether nothing but blanks stands between two sentences."""
        if row < 0 or not self._same_section(row, following):
            return False
        one, two = self._index.sentences[row], self._index.sentences[following]
        between = self._index.document(one.doc_id).text[one.end : two.start]
        return one.end <= two.start and not between.strip() and "\n" not in between

    def _joined(self, quote: Quote, first: int | None, last: int) -> Quote | None:
        """The stretch from `quote` or sentence `first` to sentence `last`; None where it is too long."""
        start = quote.start if first is None else min(self._index.sentences[first].start, quote.start)
        end = max(self._index.sentences[last].end, quote.end)
        return self._index.document(quote.doc_id).quote(start, end) if end - start <= LONGEST else None


def whole_quotes(wholes: Wholes, quotes: Sequence[Quote]) -> list[tuple[Quote, ...]]:
    """For each of `quotes`, best first, the quotes to show in its place: whole sentences, and once all points.

    None for a quote that is part of one shown before it.
    """
    shown: list[tuple[Quote, ...]] = []
    taken: list[Quote] = []
    enumerated = False
    for quote in quotes:
        points = () if enumerated else wholes.points(quote)
        found = points or (wholes.sentence(quote),)
        if any(overlapping(one, other) for one in found for other in taken):
            found = () if any(overlapping(quote, other) for other in taken) else (quote,)
        enumerated = enumerated or found == points
        shown.append(found)
        taken += found
    return shown


def _numbers(text: str) -> list[int]:
    """The numbers of the points that begin in a sentence."""
    return [_number(match) for match in _point.finditer(text)]


def _number(match: re.Match[str]) -> int:
    if match["ordinal"] or match["one"]:
        return _digits[match["ordinal"] or match["one"]]
    if match["number"]:
        return int(match["number"])
    return _words[(match["word"] or match["latin"] or match["korean"]).lower()]


def overlapping(one: Quote, other: Quote) -> bool:
    """Whether two quotes have a character of a document in common."""
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end
