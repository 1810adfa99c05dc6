"""Query to ranked Hits: lexical, sentence and dense scores in one.

The score of a passage is a weighted sum of three numbers between 0 and 1: how much of the query its words carry,
how much its best sentence carries, and the similarity of the vectors. A part that found nothing adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

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
class SentenceScores:
    """How much of a query the sentences of a passage carry.

    `carried` is what each sentence carries of each unit, from 0 to the unit's share, shape `(units, sentences)`;
    `first` is the number of the first sentence.
    """

    first: int
    carried: Floats

    @property
    def best(self) -> float:
        """What the best sentence carries in all."""
        return float(self.carried.sum(axis=0).max(initial=0.0))


class Retriever:
    """Ranks the passages of an open index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        languages = np.array(index.languages)
        self._passages_in = {str(name): np.flatnonzero(languages == name) for name in np.unique(languages)}

    def read(self, text: str) -> Query:
        """Make a query ready."""
        own, translated = own_units(text), translated_units(text, default_table())
        return Query(text, detect_language(text), own, self._shares(own), translated, self._shares(translated))

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found."""
        lexical, dense = self._lexical(query), self._dense(query)
        best = np.argsort(-lexical, kind="stable")[:CANDIDATES]
        nearest = np.argsort(-dense, kind="stable")[:CANDIDATES]
        candidates = np.unique(np.concatenate([best, nearest])).tolist()
        sentences = self.sentences(query, candidates)
        passages = self._index.passages
        scored = [
            (lexical[number] + SENTENCE_WEIGHT * sentences[number].best + DENSE_WEIGHT * dense[number], number)
            for number in candidates
        ]
        scored.sort(key=lambda one: (-one[0], passages[one[1]].passage_id))
        greatest = 1 + SENTENCE_WEIGHT + DENSE_WEIGHT
        return [
            Hit(passage=passages[number], score=round(float(score) / greatest, 6), rank=rank, retriever="hybrid")
            for rank, (score, number) in enumerate(scored[:k], start=1)
            if score > 0
        ]

    def sentences(self, query: Query, passages: Sequence[int]) -> dict[int, SentenceScores]:
        """The scores of the sentences of each of `passages`, by the number of the passage."""
        found: dict[int, SentenceScores] = {}
        first_sentence, languages = self._index.first_sentence, self._index.languages
        for language in self._passages_in:
            own = [number for number in passages if languages[number] == language]
            rows = [row for number in own for row in range(first_sentence[number], first_sentence[number + 1])]
            if not rows:
                continue
            units, shares = query.units_for(language)
            carried = self._index.sentence_counts.saturated(units, np.array(rows)) * shares[:, None]
            start = 0
            for number in own:
                end = start + first_sentence[number + 1] - first_sentence[number]
                found[number] = SentenceScores(first_sentence[number], carried[:, start:end])
                start = end
        return found

    def _shares(self, units: tuple[Unit, ...]) -> Floats:
        rarities = self._index.passage_counts.rarities(units)
        total = float(rarities.sum())
        return rarities / total if total else rarities

    def _lexical(self, query: Query) -> Floats:
        scores = np.zeros(len(self._index.passages))
        for language, numbers in self._passages_in.items():
            units, _ = query.units_for(language)
            greatest = float(self._index.passage_counts.rarities(units).sum())
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
