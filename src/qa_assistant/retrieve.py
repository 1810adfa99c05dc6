"""Query to ranked Hits: lexical scores, similarity of texts and likeness of words in one.

The score of a passage is a weighted sum of numbers between 0 and 1: how much of the query its words carry, how much
its best sentence carries; how near the query's words are to the nearest ones of the passage, and of its best
sentence; and the similarity of the vectors. A part that found nothing adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa_assistant.index import Index
from qa_assistant.language import detect_language
from qa_assistant.lexical.counts import Floats, Unit
from qa_assistant.lexical.query import QueryUnits, query_units
from qa_assistant.lexical.tokens import CHARACTER_MARK
from qa_assistant.lexical.translation import default_table
from qa_assistant.names import WIDE_KINDS
from qa_assistant.records import Hit

CANDIDATES: Final = 60
"""Least number of passages of each part that are looked at closely."""

CARRIED: Final = (1.0, 0.2, 0.03)
"""What a passage, its best sentence and the similarity of texts count in how much of a query is carried."""

LARGEST_CHARACTER_SHARE: Final = 0.02
"""Share of the passages from which a single character says nothing."""


@dataclass(frozen=True)
class Weights:
    """What each part counts in the score of a passage; set on development sets (`docs/measurements.md`).

    `words` of the passage, `sentence` for its best sentence; `near` and `near_sentence` for the nearest words of the
    passage and of its best sentence; `vectors` for the similarity of query and passage. What is carried in another
    language than the query's counts `into_chinese` or `from_chinese` times: a query in Chinese has more units, words
    and bigrams, of which a text carries less, so that its translation looks better than it is.
    """

    words: float = 1.0
    sentence: float = 0.2
    near: float = 0.4
    near_sentence: float = 0.5
    vectors: float = 0.15
    into_chinese: float = 1.2
    from_chinese: float = 0.65

    @property
    def greatest(self) -> float:
        """The score of a passage that has all."""
        return self.words + self.sentence + self.near + self.near_sentence + self.vectors

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
    `around` is what their passage carries with its headings, shape `(units,)`; `shares` are those of the units; `first`
    is the number of the first sentence.
    """

    first: int
    carried: Floats
    around: Floats
    shares: Floats

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
        units = self._without_common_characters(query_units(text, default_table(), wide=True, names=self._names(text)))
        return Query(
            text=text,
            language=detect_language(text),
            own=units.own,
            own_rarities=self._rarities(units.own, units.own_kin),
            translated=units.translated,
            translated_rarities=self._rarities(units.translated, units.translated_kin),
        )

    def _names(self, text: str) -> list[tuple[str, ...]]:
        """The short names, in all languages, of each thing that a query names; countries are named everywhere."""
        mentions = [one for one in self._index.names.find(text) if one.entities[0].kind not in WIDE_KINDS]
        entities = {one.entities[0].entity_id: one.entities[0] for one in mentions}
        return [tuple(min(names, key=len) for names in (one.zh, one.en) if names) for one in entities.values()]

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found."""
        looked_at = max(CANDIDATES, k)
        lexical = self._lexical(query)
        vector = self._index.encoder.encode([query.text], query=True)[0]
        best = np.argsort(-lexical, kind="stable")[:looked_at]
        nearest = self._index.vectors.search(vector, looked_at)[0] if vector.any() else best[:0]
        candidates = np.unique(np.concatenate([best, nearest]))
        passages, weights = self._index.passages, self._weights
        sentences = self.sentences(query, candidates.tolist())
        near, near_sentence = self._near(query, candidates)
        similarities = np.maximum(self._index.vectors.similarities(vector, candidates.tolist()), 0)
        scores = weights.words * lexical[candidates] + weights.near * near + weights.near_sentence * near_sentence
        scores += weights.sentence * np.array([sentences[number].best for number in candidates.tolist()])
        scores += weights.vectors * similarities
        scored = list(zip(scores.tolist(), candidates.tolist(), strict=True))
        scored.sort(key=lambda one: (-one[0], passages[one[1]].passage_id))
        return [
            Hit(
                passage=passages[number], score=round(float(score) / weights.greatest, 6), rank=rank, retriever="hybrid"
            )
            for rank, (score, number) in enumerate(scored[:k], start=1)
            if score > 0
        ]

    def carried(self, query: Query, passages: Sequence[int]) -> list[float]:
        """How much of `query` the words of each of `passages` and of its best sentence carry, 0 to 1.

        The similarity of texts in the language of the query counts a little: where all sources say nearly the same,
        no word is rare, and none weighs anything.
        """
        words, sentence, vectors = CARRIED
        lexical, sentences = self._lexical(query), self.sentences(query, passages)
        vector = self._index.encoder.encode([query.text], query=True)[0]
        similarities = np.maximum(self._index.vectors.similarities(vector, passages), 0).tolist()
        own = vectors * len(self._passages_in.get(query.language, ())) / max(len(self._index.passages), 1)
        return [
            (words * float(lexical[number]) + sentence * sentences[number].best + own * similarity)
            / (words + sentence + own)
            for number, similarity in zip(passages, similarities, strict=True)
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
                found[number] = SentenceScores(first_sentence[number], carried[:, start:end], around[:, place], shares)
                start = end
        return found

    def _without_common_characters(self, units: QueryUnits) -> QueryUnits:
        """Single characters are looked for where few texts have them; 打 and 点 stand everywhere in other words."""

        def rare(unit: Unit) -> Unit:
            share = self._index.passage_counts.share
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

    def _near(self, query: Query, passages: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """How near the query's words are to those of each of `passages`, and to those of its best sentence, 0 to 1.

        Words count by their length in the model, and by how few of `passages` have a near one.
        """
        directions, lengths = self._index.sentence_words.query(query.text)
        first = np.array(self._index.first_sentence)
        starts, ends = first[passages], first[passages + 1]
        places = np.concatenate([[0], np.cumsum(ends - starts)])
        filled = np.flatnonzero(ends > starts)
        near, best = np.zeros(len(passages)), np.zeros(len(passages))
        if not len(directions) or not len(filled):
            return near, best
        sentences = np.repeat(starts - places[:-1], ends - starts) + np.arange(places[-1])
        nearest = self._index.sentence_words.nearest(directions, sentences)
        of_passages = np.maximum.reduceat(nearest, places[:-1][filled], axis=1)
        importance = lengths * np.log(1 + len(passages) / (of_passages.sum(axis=1) + 0.5))
        importance /= max(float(importance.sum()), 1e-12)
        near[filled] = importance @ of_passages
        best[filled] = np.maximum.reduceat(importance @ nearest, places[:-1][filled])
        return near, best
