"""What search takes and gives: weights of its parts, a query made ready, and the scores of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qa_assistant.encoder import Vectors
from qa_assistant.lexical.counts import Floats, Unit


@dataclass(frozen=True)
class Weights:
    """What each part counts in the score of a passage; set on development sets (`docs/measurements.md`).

    `words` of the passage, `sentence` for its best sentence; `near` and `near_sentence` for the nearest words of the
    passage and of its best sentence; `vectors` for the similarity of query and passage. What is carried in another
    language than the query's counts `into_chinese` or `from_chinese` times: a query in Chinese has more units, words
    and bigrams, of which a text carries less, so that its translation looks better than it is. What a passage's
    rendering in the language of the query scores counts `rendered` times: the better of the two is the passage's.
    """

    words: float = 1.0
    sentence: float = 0.2
    near: float = 0.4
    near_sentence: float = 0.5
    vectors: float = 0.15
    into_chinese: float = 1.2
    from_chinese: float = 0.65
    rendered: float = 0.7

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


@dataclass(frozen=True, eq=False)
class Query:
    """A query made ready: its units for texts in its own language and in others, each with its rarity.

    `vector` is the encoder's, `words` are the directions and lengths of its words, as `SentenceWords.query` gives
    them. `rendered` is the query for what the sources say in its language; None where they say nothing in it.
    """

    text: str
    language: str
    vector: Vectors
    words: tuple[Vectors, Vectors]
    own: tuple[Unit, ...]
    own_rarities: Floats
    translated: tuple[Unit, ...]
    translated_rarities: Floats
    rendered: Query | None = None

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
    `around` is what their passage carries with its headings, shape `(units,)`; `shares` are those of the units in the
    query, shape `(units,)`; `first` is the number of the first sentence. `language` is that in which they were read;
    where it is that of a rendering, `rendered` is the number of the first sentence in the collection of renderings.
    """

    first: int
    carried: Floats
    around: Floats
    shares: Floats
    language: str
    rendered: int | None = None

    @property
    def passage(self) -> float:
        """What the passage carries in all."""
        return float(self.around.sum())

    @property
    def best(self) -> float:
        """What the best sentence carries in all."""
        return float(self.carried.sum(axis=0).max(initial=0.0))
