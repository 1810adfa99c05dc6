"""The learned order of the sentences that may answer a question."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, Self

import numpy as np

from qa_assistant.answer.features import Evidence, features
from qa_assistant.lexical.counts import Floats

FILE_NAME: Final = "ranker.npz"

MOST: Final = 4.0
"""Standard deviations from the mean at which a feature is cut off."""

FOREIGN: Final = 1.5
"""What a sentence in another language than the question's is set back, in logarithms of odds.

A quote that can be read without translation is the better one of two that are about as likely. The same for all
sentences where the sources have one language.
"""


@dataclass(frozen=True)
class Ranker:
    """A linear layer and one hidden layer beside it, over standardised features.

    Fitted so that the exponential of a score is the chance of a sentence, among the candidates of its question, to be
    the one that answers (listwise softmax: Cao et al. 2007). `means`, `scales` and `linear` have shape `(features,)`,
    `hidden` `(features, units)`, `bias` and `out` `(units,)`. `python -m qa_assistant.training.sentences` makes it.
    """

    means: Floats
    scales: Floats
    linear: Floats
    hidden: Floats
    bias: Floats
    out: Floats

    def scores(self, evidence: Evidence) -> Floats:
        """The score of each candidate, in the order of `evidence`; differences are the logarithms of odds."""
        same = evidence.same_language[evidence.layout.passage]
        return self.weigh(features(evidence)) - FOREIGN * (1 - same)

    def weigh(self, rows: Floats) -> Floats:
        """The scores of `rows` of features, shape `(candidates, features)`."""
        rows = np.clip((rows - self.means) / self.scales, -MOST, MOST)
        scores: Floats = rows @ self.linear + np.maximum(rows @ self.hidden + self.bias, 0) @ self.out
        return scores

    def save(self, path: Path) -> None:
        """Write to `path`: the same bytes for the same weights."""
        np.savez(path, **{field.name: getattr(self, field.name).astype(np.float32) for field in fields(self)})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{field.name: arrays[field.name].astype(np.float64) for field in fields(cls)})


@cache
def default_ranker() -> Ranker:
    """The ranker inside the package."""
    return Ranker.load(Path(str(resources.files("qa_assistant"))) / "answer" / FILE_NAME)
