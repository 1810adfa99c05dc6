"""Hits to sentences that answer: every statement is a quote, the words around the quotes only introduce them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from qa_assistant.answer.features import gather
from qa_assistant.answer.ranker import default_ranker
from qa_assistant.confidence import Signals, absent_year_factor, default_confidence
from qa_assistant.index import Index
from qa_assistant.language import compact_key, numbers, says_something
from qa_assistant.lexical.counts import Floats
from qa_assistant.records import Hit, Quote
from qa_assistant.retrieve import Query, Retriever

PASSAGES_READ: Final = 8
"""Hits whose sentences are looked at."""
MOST_QUOTES: Final = 3
NEW_SHARE: Final = 0.12
"""Share of the question that a further quote has to add."""
CLOSE: Final = 0.1
"""A further quote that adds nothing is shown where it is this likely to answer, beside the best one."""

ALIKE: Final = 0.75
"""Share of its pairs of characters in common with another from which a quote is left out."""


@dataclass(frozen=True)
class _Candidate:
    """A sentence that may be quoted: its score, and what it carries of each unit of the question.

    Differences of scores are logarithms of odds.
    """

    quote: Quote
    hit: Hit
    score: float
    carried: Floats


@dataclass(frozen=True)
class Quoted:
    """Sentences that answer a question, best first; none where the sources are not likely to speak of it.

    `confidence` is the probability that they do.
    """

    quotes: tuple[tuple[Quote, tuple[str, ...]], ...]
    confidence: float


NOTHING: Final = Quoted((), 0.0)


class PassageAnswerer:
    """Chooses the sentences that answer a question."""

    def __init__(self, index: Index, retriever: Retriever) -> None:
        self._index = index
        self._retriever = retriever
        self._ranker = default_ranker()
        self._numbers = {passage.passage_id: number for number, passage in enumerate(index.passages)}

    def answer(self, question: str, query: Query, hits: Sequence[Hit]) -> Quoted:
        """The sentences among `hits` that answer `question`, each with its headings."""
        sure = self._confidence(question, query, hits)
        if sure < default_confidence().threshold:
            return Quoted((), sure)
        return Quoted(self.best(query, hits), sure)

    def best(self, query: Query, hits: Sequence[Hit]) -> tuple[tuple[Quote, tuple[str, ...]], ...]:
        """The best sentences among `hits`, each with its headings, whether they are likely to answer or not."""
        candidates = self._candidates(query, hits[:PASSAGES_READ])
        chosen = _choose(candidates) if candidates else []
        return tuple((one.quote, one.hit.passage.heading) for one in chosen)

    def _candidates(self, query: Query, hits: Sequence[Hit]) -> list[_Candidate]:
        numbers = [self._numbers[hit.passage.passage_id] for hit in hits]
        sentences = self._retriever.sentences(query, numbers)
        evidence = gather(self._index, query, hits, numbers, sentences)
        if evidence is None:
            return []
        scores = dict(zip(evidence.layout.rows.tolist(), self._ranker.scores(evidence).tolist(), strict=True))
        candidates: list[_Candidate] = []
        for hit, number in zip(hits, numbers, strict=True):
            found = sentences[number]
            for place in range(found.carried.shape[1]):
                row = found.first + place
                quote = self._index.sentences[row]
                if says_something(quote.text):
                    candidates.append(_Candidate(quote, hit, scores[row], found.carried[:, place]))
        return sorted(candidates, key=lambda one: (-one.score, one.quote.doc_id, one.quote.start))

    def _confidence(self, question: str, query: Query, hits: Sequence[Hit]) -> float:
        signals = self.signals(query, hits)
        if signals is None:
            return 0.0
        sure = default_confidence().spoken_of(signals)
        return sure * absent_year_factor(question, [hit.passage.text for hit in hits[:3]])

    def signals(self, query: Query, hits: Sequence[Hit]) -> Signals | None:
        """What tells whether the sources speak of `query`; None where nothing was found."""
        if not hits:
            return None
        numbers = [self._numbers[hit.passage.passage_id] for hit in hits[:PASSAGES_READ]]
        near, near_sentence = self._retriever.nearness(query, numbers)
        return Signals(
            carried=max(self._retriever.carried(query, numbers)),
            known=self._retriever.known_share(query, self._index.collection.languages[numbers[0]]),
            near=near,
            near_sentence=near_sentence,
            score=max(hit.score for hit in hits),
            names=len(self._index.names.find(query.text)),
            language=query.language,
        )


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The best sentence, and up to two more that add to it or are as good; none says what another says."""
    chosen = [candidates[0]]
    carried = candidates[0].carried
    for candidate in candidates[1:]:
        if len(chosen) == MOST_QUOTES:
            break
        same_units = len(candidate.carried) == len(carried)
        added = float(np.maximum(candidate.carried - carried, 0).sum()) if same_units else 0.0
        worth_it = added >= NEW_SHARE or candidate.score >= candidates[0].score + math.log(CLOSE)
        if worth_it and not any(_alike(candidate.quote.text, other.quote.text) for other in chosen):
            chosen.append(candidate)
            carried = np.maximum(carried, candidate.carried) if same_units else carried
    return chosen


def _alike(text: str, other: str) -> bool:
    """Whether two sentences are the same but for a few words: the same numbers, most pairs of characters."""
    if numbers(text) != numbers(other):
        return False
    pairs, others = (set(pairwise(key)) for key in (compact_key(text), compact_key(other)))
    return len(pairs & others) >= ALIKE * max(min(len(pairs), len(others)), 1)
