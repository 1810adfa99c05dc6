"""The passages of an index for a query, found by what they say and by what they say in the query's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_assistant.index import Index
from qa_assistant.language import detect_language
from qa_assistant.lexical.query import query_units
from qa_assistant.lexical.translation import default_table
from qa_assistant.names import WIDE_KINDS
from qa_assistant.records import Hit
from qa_assistant.retrieve.query import DEFAULT_WEIGHTS, Query, SentenceScores, Weights
from qa_assistant.retrieve.searcher import Searcher


class Retriever:
    """Ranks the passages of an open index."""

    def __init__(self, index: Index, weights: Weights = DEFAULT_WEIGHTS) -> None:
        self._index = index
        self._weights = weights
        self._own = Searcher(index.collection, weights)
        self._rendered = {str(name): Searcher(one, weights) for name, one in index.rendered.items()}
        self._numbers = {str(name): one.numbers for name, one in index.rendered.items()}
        self._places = {
            name: {number: place for place, number in enumerate(numbers)} for name, numbers in self._numbers.items()
        }

    def read(self, text: str) -> Query:
        """Make a query ready."""
        units = query_units(text, default_table(), wide=True, names=self._names(text))
        language = detect_language(text)
        vector = self._index.encoder.encode([text], query=True)[0]
        words = self._index.collection.sentence_words.query(text)
        query = self._own.read(text, language, vector, words, units)
        if language not in self._rendered:
            return query
        return replace(query, rendered=self._rendered[language].read(text, language, vector, words, units))

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found. Ties are broken by id."""
        found, scores = self._own.scores(query, k)
        best = dict(zip(found.tolist(), scores.tolist(), strict=True))
        if query.rendered is not None:
            numbers = self._numbers[query.language]
            found, scores = self._rendered[query.language].scores(query.rendered, k)
            for place, score in zip(found.tolist(), scores.tolist(), strict=True):
                best[numbers[place]] = max(best.get(numbers[place], 0.0), self._weights.rendered * score)
        passages = self._index.passages
        scored = sorted(best.items(), key=lambda one: (-one[1], passages[one[0]].passage_id))
        return [
            Hit(passage=passages[number], score=round(score, 6), rank=rank, retriever="hybrid")
            for rank, (number, score) in enumerate(scored[:k], start=1)
            if score > 0
        ]

    def carried(self, query: Query, passages: Sequence[int]) -> list[float]:
        """How much of `query` the words of each of `passages` and of its best sentence carry, 0 to 1."""
        carried = self._own.carried(query, passages)
        if query.rendered is None:
            return carried
        places = self._places[query.language]
        rendered = [number for number in passages if number in places]
        again = self._rendered[query.language].carried(query.rendered, [places[number] for number in rendered])
        better = dict(zip(rendered, again, strict=True))
        return [max(one, better.get(number, 0.0)) for one, number in zip(carried, passages, strict=True)]

    def nearness(self, query: Query, passages: Sequence[int]) -> tuple[float, float]:
        """How near the words of `query` are to the nearest of any of `passages`, and of any one sentence, 0 to 1."""
        found = [self._own.nearness(query, passages)]
        if query.rendered is not None:
            places = self._places[query.language]
            rendered = [places[number] for number in passages if number in places]
            found.append(self._rendered[query.language].nearness(query.rendered, rendered))
        return max(near for near, _ in found), max(near for _, near in found)

    def known_share(self, query: Query, language: str) -> float:
        """The share of `query` whose words stand anywhere in the texts, or in what they say in its language.

        For another `language` than that of the query it is the share of their translations.
        """
        own = self._own.known_share(query, language)
        if query.rendered is None:
            return own
        return max(own, self._rendered[query.language].known_share(query.rendered, query.language))

    def sentences(self, query: Query, passages: Sequence[int]) -> dict[int, SentenceScores]:
        """The scores of the sentences of each of `passages`, by the number of the passage.

        They are those of the sentences themselves, or of their renderings where the best of these carries more.
        """
        found = self._own.sentences(query, passages)
        if query.rendered is None:
            return found
        places = self._places[query.language]
        rendered = [number for number in passages if number in places]
        again = self._rendered[query.language].sentences(query.rendered, [places[number] for number in rendered])
        for number in rendered:
            better = again[places[number]]
            if number not in found or better.best > found[number].best:
                first = self._index.collection.first_sentence[number]
                found[number] = replace(better, first=first, rendered=better.first)
        return found

    def _names(self, text: str) -> list[tuple[str, ...]]:
        """The short names, in all languages, of each thing that a query names; countries are named everywhere."""
        mentions = [one for one in self._index.names.find(text) if one.entities[0].kind not in WIDE_KINDS]
        entities = {one.entities[0].entity_id: one.entities[0] for one in mentions}
        return [tuple(min(names, key=len) for names in (one.zh, one.en) if names) for one in entities.values()]
