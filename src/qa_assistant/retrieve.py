"""Query to ranked Hits: lexical, sentence and dense scores in one.

The score of a passage is a weighted sum of three numbers between 0 and 1: how much of the query its words carry,
how much its best sentence carries, and the similarity of the vectors. A part that found nothing adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa_assistant.index import Index
from qa_assistant.language import detect_language
from qa_assistant.lexical.counts import Floats, Unit
from qa_assistant.lexical.query import own_units, translated_units
from qa_assistant.lexical.translation import default_table
from qa_assistant.records import Hit

SENTENCE_WEIGHT: Final = 0.3
"""Of the best sentence beside the whole passage (`docs/measurements.md`)."""
DENSE_WEIGHT: Final = 0.1
"""Of the vectors beside the words; greater where the words of the query are in another language."""
CANDIDATES: Final = 60
"""Passages of each part that are looked at closely."""


@dataclass(frozen=True)
class Query:
    """A query made ready: its units for texts in its own language and in others, each with its share.

    A share is the inverse document frequency of a unit over the sum of all, so that shares add up to 1.
    """

    text: str
    language: str
    own: tuple[Unit, ...]
    own_shares: Floats
    translated: tuple[Unit, ...]
    translated_shares: Floats

    def units_for(self, language: str) -> tuple[tuple[Unit, ...], Floats]:
        """The units, and their shares, that stand in texts of `language`."""
        if language == self.language:
            return self.own, self.own_shares
        return self.translated, self.translated_shares


@dataclass(frozen=True)
class SentenceScore:
    """How much of the query a sentence carries: in all, and of each unit (0 to its share)."""

    number: int
    score: float
    carried: Floats


class Retriever:
    """Ranks the passages of an open index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        languages = np.array(index.languages)
        self._passages_in = {str(name): np.flatnonzero(languages == name) for name in np.unique(languages)}

    def read(self, text: str) -> Query:
        """Make a query ready."""
        own, translated = own_units(text), translated_units(text, default_table())
        return Query(
            text, detect_language(text), own, self._shares(own), translated, self._shares(translated)
        )

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found."""
        lexical, dense = self._lexical(query), self._dense(query)
        best = np.argsort(-lexical, kind="stable")[:CANDIDATES]
        nearest = np.argsort(-dense, kind="stable")[:CANDIDATES]
        candidates = np.unique(np.concatenate([best, nearest]))
        total = lexical[candidates] + DENSE_WEIGHT * dense[candidates]
        for place, number in enumerate(candidates):
            if lexical[number] > 0:
                total[place] += SENTENCE_WEIGHT * max(score.score for score in self.sentences(query, int(number)))
        total /= 1 + DENSE_WEIGHT + SENTENCE_WEIGHT
        passages = self._index.passages
        order = sorted(range(len(candidates)), key=lambda place: (-total[place], passages[candidates[place]].passage_id))
        return [
            Hit(passage=passages[candidates[place]], score=round(float(total[place]), 6), rank=rank, retriever="hybrid")
            for rank, place in enumerate(order[:k], start=1)
            if total[place] > 0
        ]

    def sentences(self, query: Query, passage: int) -> list[SentenceScore]:
        """The sentences of the passage of that number, scored, in order."""
        first, last = self._index.first_sentence[passage : passage + 2]
        units, shares = query.units_for(self._index.languages[passage])
        found = self._index.sentence_counts.saturated(units, np.arange(first, last))
        carried = found * shares[:, None]
        return [
            SentenceScore(first + place, float(carried[:, place].sum()), carried[:, place])
            for place in range(last - first)
        ]

    def _shares(self, units: tuple[Unit, ...]) -> Floats:
        rarities = np.array([self._index.passage_counts.rarity(unit) for unit in units])
        total: float = rarities.sum()
        return rarities / total if total else rarities

    def _lexical(self, query: Query) -> Floats:
        scores = np.zeros(len(self._index.passages))
        for language, numbers in self._passages_in.items():
            units, _ = query.units_for(language)
            greatest = sum(self._index.passage_counts.rarity(unit) for unit in units)
            if greatest:
                scores[numbers] = self._index.passage_counts.scores(units)[numbers] / greatest
        return scores

    def _dense(self, query: Query) -> Floats:
        similarities = np.zeros(len(self._index.passages))
        vector = self._index.encoder.encode([query.text], query=True)[0]
        if vector.any():
            numbers, found = self._index.vectors.search(vector, 2 * CANDIDATES)
            similarities[numbers] = np.maximum(found, 0)
        return similarities


Numbers = NDArray[np.int64]
