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
from qa_assistant.lexical.query import query_units
from qa_assistant.lexical.translation import default_table
from qa_assistant.records import Hit

CANDIDATES: Final = 60
"""Least number of passages of each part that are looked at closely."""


@dataclass(frozen=True)
class Weights:
    """What each part counts in the score of a passage; set on development sets (`docs/measurements.md`).

    `words` of the passage, `sentence` for its best sentence, `vectors` times the share of passages in the query's
    language (the model made from the corpus knows each word in one language only). What is carried in
    another language than the query's counts `into_chinese` or `from_chinese` times: a query in Chinese has more units,
    words and bigrams, of which a text carries less, so that its translation looks better than it is.
    """

    words: float = 1.0
    sentence: float = 0.2
    vectors: float = 0.03
    into_chinese: float = 1.2
    from_chinese: float = 0.65

    def across(self, query_language: str, language: str) -> float:
        """What counts of what is carried in a text of `language`."""
        if language == query_language:
            return 1.0
        return self.into_chinese if language == "zh" else self.from_chinese


DEFAULT_WEIGHTS: Final = Weights()


@dataclass(frozen=True)
class Query:
    """A query made ready: its units for texts in its own language and in others, each with its rarity."""

    text: str
    language: str
    own: tuple[Unit, ...]
    own_rarities: Floats
    translated: tuple[Unit, ...]
    translated_rarities: Floats

    def units_for(self, language: str) -> tuple[tuple[Unit, ...], Floats]:
        """The units that stand in texts of `language`, and the share of each in the query; shares add up to 1."""
        own = language == self.language
        rarities = self.own_rarities if own else self.translated_rarities
        total = float(rarities.sum())
        return self.own if own else self.translated, rarities / total if total else rarities


@dataclass(frozen=True)
class SentenceScores:
    """How much of a query the sentences of a passage carry.

    `carried` is what each sentence carries of each unit, from 0 to the unit's share, shape `(units, sentences)`;
    `around` is what their passage carries with its headings, shape `(units,)`; `first` is the number of the first
    sentence.
    """

    first: int
    carried: Floats
    around: Floats

    @property
    def best(self) -> float:
        """What the best sentence carries in all."""
        return float(self.carried.sum(axis=0).max(initial=0.0))


class Retriever:
    """Ranks the passages of an open index."""

    def __init__(self, index: Index, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._index = index
        self._weights = weights
        languages = np.array(index.languages)
        self._passages_in = {str(name): np.flatnonzero(languages == name) for name in np.unique(languages)}

    def read(self, text: str) -> Query:
        """Make a query ready."""
        units = query_units(text, default_table())
        return Query(
            text=text,
            language=detect_language(text),
            own=units.own,
            own_rarities=self._rarities(units.own, units.own_kin),
            translated=units.translated,
            translated_rarities=self._rarities(units.translated, units.translated_kin),
        )

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found."""
        looked_at = max(CANDIDATES, k)
        lexical, dense = self._lexical(query), self._dense(query, looked_at)
        best = np.argsort(-lexical, kind="stable")[:looked_at]
        nearest = np.argsort(-dense, kind="stable")[:looked_at]
        candidates = np.unique(np.concatenate([best, nearest])).tolist()
        sentences = self.sentences(query, candidates)
        passages, weights = self._index.passages, self._weights
        in_own_language = len(self._passages_in.get(query.language, ())) / max(len(passages), 1)
        vectors = weights.vectors * in_own_language
        scored = [
            (
                weights.words * lexical[number] + weights.sentence * sentences[number].best + vectors * dense[number],
                number,
            )
            for number in candidates
        ]
        scored.sort(key=lambda one: (-one[0], passages[one[1]].passage_id))
        greatest = weights.words + weights.sentence + vectors
        return [
            Hit(passage=passages[number], score=round(float(score) / greatest, 6), rank=rank, retriever="hybrid")
            for rank, (score, number) in enumerate(scored[:k], start=1)
            if score > 0
        ]

    def known_share(self, query: Query, language: str) -> float:
        """The share of `query` whose words stand anywhere in the texts; of their translations for another language."""
        units, shares = query.units_for(language)
        return float(self._index.passage_counts.known(units) @ shares) if units else 0.0

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
            shares = shares * self._weights.across(query.language, language)
            carried = self._index.sentence_counts.saturated(units, np.array(rows)) * shares[:, None]
            around = self._index.passage_counts.saturated(units, np.array(own)) * shares[:, None]
            start = 0
            for place, number in enumerate(own):
                end = start + first_sentence[number + 1] - first_sentence[number]
                found[number] = SentenceScores(first_sentence[number], carried[:, start:end], around[:, place])
                start = end
        return found

    def _rarities(self, units: tuple[Unit, ...], kin: tuple[tuple[Unit, ...], ...]) -> Floats:
        """The rarity of each unit in the language, its own or another, in which it is more common."""
        counts = self._index.passage_counts
        rarities = counts.rarities(units)
        for number, relatives in enumerate(kin):
            if relatives:
                rarities[number] = min(rarities[number], counts.rarities(relatives).max())
        return rarities

    def _lexical(self, query: Query) -> Floats:
        scores = np.zeros(len(self._index.passages))
        for language, numbers in self._passages_in.items():
            units, shares = query.units_for(language)
            shares = shares * self._weights.across(query.language, language)
            scores[numbers] = self._index.passage_counts.scores(units, shares)[numbers]
        return scores

    def _dense(self, query: Query, looked_at: int) -> Floats:
        similarities = np.zeros(len(self._index.passages))
        vector = self._index.encoder.encode([query.text], query=True)[0]
        if vector.any():
            numbers, found = self._index.vectors.search(vector, 2 * looked_at)
            similarities[numbers] = np.maximum(found, 0)
        return similarities
