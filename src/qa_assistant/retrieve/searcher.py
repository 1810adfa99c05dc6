"""Search in one collection: lexical scores, similarity of texts and likeness of words in one.

The score of a text is a weighted sum of numbers between 0 and 1: how much of the query its words carry, how much
its best sentence carries; how near the query's words are to the nearest ones of the text, and of its best
sentence; and the similarity of the vectors. A part that found nothing adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa_assistant.encoder import Vectors
from qa_assistant.index import Collection
from qa_assistant.lexical.counts import Floats, Unit
from qa_assistant.lexical.query import QueryUnits
from qa_assistant.lexical.tokens import CHARACTER_MARK
from qa_assistant.retrieve.query import Query, SentenceScores, Weights

CANDIDATES: Final = 60
"""Least number of texts of each part that are looked at closely."""

CARRIED: Final = (1.0, 0.2, 0.03)
"""What a text, its best sentence and the similarity of texts count in how much of a query is carried."""

REMEMBERED: Final = 4
"""Queries whose sentences are kept."""

LARGEST_CHARACTER_SHARE: Final = 0.02
"""Share of the texts from which a single character says nothing."""


class Searcher:
    """Scores the texts of one collection; texts are named by their place in it."""

    def __init__(self, collection: Collection, weights: Weights) -> None:
        self._collection = collection
        self._weights = weights
        # The sentences of the best texts are asked for twice: how likely they are to answer, and which one does.
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._sentences)
        self._languages = np.array(collection.languages)
        self._first_sentence = np.array(collection.first_sentence, dtype=np.int64)
        self._texts_in = {str(one): np.flatnonzero(self._languages == one) for one in np.unique(self._languages)}

    def read(
        self, text: str, language: str, vector: Vectors, words: tuple[Vectors, Vectors], units: QueryUnits
    ) -> Query:
        """Make a query ready that is in `language` and has `vector`, `words` and `units`."""
        units = self._without_common_characters(units)
        return Query(
            text=text,
            language=language,
            vector=vector,
            words=words,
            own=units.own,
            own_rarities=self._rarities(units.own, units.own_kin),
            translated=units.translated,
            translated_rarities=self._rarities(units.translated, units.translated_kin),
        )

    def scores(self, query: Query, least: int) -> tuple[NDArray[np.int64], Floats]:
        """The best texts for `query` and their scores, 0 to 1; at least `least` where there are so many."""
        looked_at = max(CANDIDATES, least)
        collection, weights = self._collection, self._weights
        lexical = self._lexical(query)
        best = np.argsort(-lexical, kind="stable")[:looked_at]
        nearest = collection.vectors.search(query.vector, looked_at)[0] if query.vector.any() else best[:0]
        candidates = np.unique(np.concatenate([best, nearest]))
        near, near_sentence = self._near(query, candidates)
        similarities = np.maximum(collection.vectors.similarities(query.vector, candidates.tolist()), 0)
        scores = weights.words * lexical[candidates] + weights.near * near + weights.near_sentence * near_sentence
        scores += weights.sentence * self._best_sentences(query, candidates)
        scores += weights.vectors * similarities
        return candidates, scores / weights.greatest

    def carried(self, query: Query, texts: Sequence[int]) -> list[float]:
        """How much of `query` the words of each of `texts` and of its best sentence carry, 0 to 1.

        The similarity of texts in the language of the query counts a little: where all sources say nearly the same,
        no word is rare, and none weighs anything.
        """
        words, sentence, vectors = CARRIED
        sentences = self.sentences(query, texts)
        similarities = np.maximum(self._collection.vectors.similarities(query.vector, texts), 0).tolist()
        own = vectors * len(self._texts_in.get(query.language, ())) / max(len(self._collection.numbers), 1)
        return [
            (words * sentences[number].passage + sentence * sentences[number].best + own * similarity)
            / (words + sentence + own)
            for number, similarity in zip(texts, similarities, strict=True)
        ]

    def nearness(self, query: Query, texts: Sequence[int]) -> tuple[float, float]:
        """How near the words of `query` are to those of the best of `texts`, and of its best sentence, 0 to 1."""
        near, sentence = self._near(query, np.array(texts, dtype=np.int64))
        return float(near.max(initial=0.0)), float(sentence.max(initial=0.0))

    def known_share(self, query: Query, language: str) -> float:
        """The share of `query` whose words stand anywhere in the texts; of their translations for another language."""
        units, shares = query.units_for(language)
        return float(self._collection.passage_counts.known(units) @ shares) if units else 0.0

    def sentences(self, query: Query, texts: Sequence[int]) -> dict[int, SentenceScores]:
        """The scores of the sentences of each of `texts`, by the place of the text."""
        return dict(self._remembered(query, tuple(texts)))

    def _sentences(self, query: Query, texts: tuple[int, ...]) -> dict[int, SentenceScores]:
        found: dict[int, SentenceScores] = {}
        for language, own, starts, carried in self._carried_by_sentences(query, np.array(texts, dtype=np.int64)):
            units, shares = query.units_for(language)
            around = self._collection.passage_counts.saturated(units, own)
            around = around * (shares * self._weights.across(query.language, language))[:, None]
            for place, (number, start, end) in enumerate(zip(own.tolist(), starts, starts[1:], strict=False)):
                first = int(self._first_sentence[number])
                found[number] = SentenceScores(first, carried[:, start:end], around[:, place], shares, language)
        return found

    def _best_sentences(self, query: Query, texts: NDArray[np.int64]) -> Floats:
        """How much of `query` the best sentence of each of `texts`, in order, carries."""
        best = np.zeros(len(texts))
        for _, own, starts, carried in self._carried_by_sentences(query, texts):
            filled = np.diff(starts) > 0
            best[np.searchsorted(texts, own[filled])] = np.maximum.reduceat(carried.sum(axis=0), starts[:-1][filled])
        return best

    def _carried_by_sentences(
        self, query: Query, texts: NDArray[np.int64]
    ) -> Iterator[tuple[str, NDArray[np.int64], NDArray[np.int64], Floats]]:
        """How much of each unit of `query` each sentence of `texts` carries, one language of the texts after another.

        Yields the language; the texts; where the sentences of each begin, and the last one's end, shape
        `(texts + 1,)`; and what they carry, shape `(units, sentences)`.
        """
        for language in self._texts_in:
            own = texts[self._languages[texts] == language]
            sizes = self._first_sentence[own + 1] - self._first_sentence[own]
            starts = np.concatenate([[0], np.cumsum(sizes)])
            if not starts[-1]:
                continue
            rows = np.repeat(self._first_sentence[own] - starts[:-1], sizes) + np.arange(starts[-1])
            units, shares = query.units_for(language)
            weighted = shares * self._weights.across(query.language, language)
            yield language, own, starts, self._collection.sentence_counts.saturated(units, rows) * weighted[:, None]

    def _without_common_characters(self, units: QueryUnits) -> QueryUnits:
        """Single characters are looked for where few texts have them; 打 and 点 stand everywhere in other words."""

        def rare(unit: Unit) -> Unit:
            share = self._collection.passage_counts.share
            return tuple(
                (term, weight)
                for term, weight in unit
                if not term.startswith(CHARACTER_MARK) or share(term) < LARGEST_CHARACTER_SHARE
            )

        return QueryUnits(
            own=units.own,
            own_kin=tuple(tuple(map(rare, kin)) for kin in units.own_kin),
            translated=tuple(map(rare, units.translated)),
            translated_kin=units.translated_kin,
        )

    def _rarities(self, units: tuple[Unit, ...], kin: tuple[tuple[Unit, ...], ...]) -> Floats:
        """The rarity of each unit in the language, its own or another, in which it is more common."""
        counts = self._collection.passage_counts
        rarities = counts.rarities(units)
        of_relatives = counts.rarities([one for relatives in kin for one in relatives]).tolist()
        for number, relatives in enumerate(kin):
            if relatives:
                own, of_relatives = of_relatives[: len(relatives)], of_relatives[len(relatives) :]
                rarities[number] = min(rarities[number], max(own))
        return rarities

    def _lexical(self, query: Query) -> Floats:
        scores = np.zeros(len(self._collection.numbers))
        for language, numbers in self._texts_in.items():
            units, shares = query.units_for(language)
            shares = shares * self._weights.across(query.language, language)
            scores[numbers] = self._collection.passage_counts.scores(units, shares)[numbers]
        return scores

    def _near(self, query: Query, passages: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """How near the query's words are to those of each of `passages`, and to those of its best sentence, 0 to 1.

        Words count by their length in the model, and by how few of `passages` have a near one.
        """
        directions, lengths = query.words
        starts, ends = self._first_sentence[passages], self._first_sentence[passages + 1]
        places = np.concatenate([[0], np.cumsum(ends - starts)])
        filled = np.flatnonzero(ends > starts)
        near, best = np.zeros(len(passages)), np.zeros(len(passages))
        if not len(directions) or not len(filled):
            return near, best
        sentences = np.repeat(starts - places[:-1], ends - starts) + np.arange(places[-1])
        nearest = self._collection.sentence_words.nearest(directions, sentences)
        of_passages = np.maximum.reduceat(nearest, places[:-1][filled], axis=1)
        importance = lengths * np.log(1 + len(passages) / (of_passages.sum(axis=1) + 0.5))
        importance /= max(float(importance.sum()), 1e-12)
        near[filled] = importance @ of_passages
        best[filled] = np.maximum.reduceat(importance @ nearest, places[:-1][filled])
        return near, best
