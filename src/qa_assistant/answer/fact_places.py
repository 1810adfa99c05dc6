"""Passages where the facts stand that answer a question: they come first among its hits."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from qa_assistant.answer.said import Said
from qa_assistant.records import Hit, Passage, Quote

BY_FACTS: Final = "facts"
"""The `retriever` of a hit that was moved up for the facts in it."""
LEAST_SURE: Final = 0.6
"""Confidence of facts from which their passages come first."""
MOST_MOVED: Final = 4
"""A rank over all rows of a table stands in many passages."""


class FactPlaces:
    """Finds the passages that facts stand in."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=_place)

    def first(self, said: Said | None, hits: Sequence[Hit], k: int) -> list[Hit]:
        """`k` of `hits`, those with the quotes of `said` before the others, the most quoted first.

        Ranks and scores stay and passages change places, as with a reranker.
        """
        if said is None or said.kind != "fact" or said.confidence < LEAST_SURE or not hits:
            return list(hits[:k])
        holding = self._holding([quote for mark in said.marks for quote in mark])
        behind = [hit.passage for hit in hits if hit.passage not in holding]
        scores = [hit.score for hit in hits]
        scores += scores[-1:] * len(holding)
        placed = enumerate(zip([*holding, *behind], scores, strict=False), start=1)
        return [
            Hit(
                passage=passage,
                score=score,
                rank=rank,
                retriever=BY_FACTS if rank <= len(holding) else hits[0].retriever,
            )
            for rank, (passage, score) in placed
        ][:k]

    def _holding(self, quotes: Sequence[Quote]) -> list[Passage]:
        quoted: Counter[int] = Counter()
        for quote in quotes:
            place = bisect_right(self._passages, (quote.doc_id, quote.start), key=_place) - 1
            if place >= 0 and self._passages[place].doc_id == quote.doc_id and quote.start < self._passages[place].end:
                quoted[place] += quote.end - quote.start
        best = sorted(quoted, key=lambda place: (-quoted[place], place))[:MOST_MOVED]
        return [self._passages[place] for place in best]


def _place(passage: Passage) -> tuple[str, int]:
    return passage.doc_id, passage.start
