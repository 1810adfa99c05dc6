"""How sure an answer is: the probability that it is right, and that the sources speak of what was asked at all.

Both are fitted by `python -m qa_assistant.training.confidence`, cross-validated, on the project's questions and on
questions about other things; what came of it stands in `docs/measurements.md`.

That the sources speak of a thing is a logistic function of `Signals`. It tells another subject well and a near miss
not at all: where the sources speak of the subject but not of the detail, its words are all there. That is the matter of
`answer/support.py`. How often an answer with such a score is right is read off a rising curve (isotonic regression).
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from qa_assistant.language import matching_key
from qa_assistant.records import Record

Route = Literal["table", "statement", "passage"]
"""Where an answer comes from: rows of a table, facts of running text, or passages."""

FILE_NAME: Final = "confidence.json"
_FLOOR: Final = 0.02
_MOST_NAMES: Final = 2
_ABSENT_YEAR: Final = 0.4

_year = re.compile(r"(?<!\d)(?:1[89]|20|21)\d{2}(?!\d)")


@dataclass(frozen=True)
class Signals:
    """What tells whether the sources speak of a question; all but `names` between 0 and 1.

    `carried` is how much of the question the words of the best passage carry, `known` the share of its words that the
    sources have at all; `near` and `near_sentence` how near its words are to those of a passage and of a sentence;
    `score` that of the best passage; `names` how many things it names that are known.
    """

    carried: float
    known: float
    near: float
    near_sentence: float
    score: float
    names: int
    language: str

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers that are weighed."""
        return (
            math.log(self.carried + _FLOOR),
            self.known,
            self.near,
            self.near_sentence,
            math.log(self.score + _FLOOR),
            min(self.names, _MOST_NAMES),
            float(self.language == "zh"),
            float(self.language == "ko"),
        )


class Curve(Record):
    """A rising line through points: `shares[i]` of the answers with a score of `scores[i]` are right."""

    scores: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, score: float) -> float:
        """The share at `score`; that of the first or last point beyond them."""
        place = bisect_right(self.scores, score)
        if place == 0:
            return self.shares[0]
        if place == len(self.scores):
            return self.shares[-1]
        low, high = self.scores[place - 1], self.scores[place]
        part = (score - low) / (high - low) if high > low else 1.0
        return self.shares[place - 1] + part * (self.shares[place] - self.shares[place - 1])


class Confidence(Record):
    """The fitted numbers: weights of `Signals.features`, the least probability of an answer, and a curve a path."""

    weights: tuple[float, ...]
    constant: float
    threshold: float
    curves: Mapping[Route, Curve]

    def spoken_of(self, signals: Signals) -> float:
        """The probability that the sources speak of what was asked."""
        logit = self.constant + sum(
            weight * value for weight, value in zip(self.weights, signals.features, strict=True)
        )
        return 1 / (1 + math.exp(-logit))

    def right(self, path: Route, score: float) -> float:
        """The probability that an answer of this path and score is right."""
        return self.curves[path].at(score)


@cache
def default_confidence() -> Confidence:
    """The numbers inside the package."""
    text = resources.files("qa_assistant").joinpath(FILE_NAME).read_text(encoding="utf-8")
    return Confidence.model_validate(json.loads(text))


def absent_year_factor(question: str, texts: Sequence[str]) -> float:
    """Less than 1 where the question names a year that none of `texts` has: they speak of another time."""
    years = set(_year.findall(matching_key(question)))
    found = set(_year.findall(matching_key("\n".join(texts))))
    return _ABSENT_YEAR if years and not years & found else 1.0
