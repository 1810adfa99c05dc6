"""Vectors of words made of vectors of their parts, as in fastText (Bojanowski et al. 2017).

A row of the embedding is the sum of a vector of its own and of those of its parts: characters and known words of two
characters for Chinese, runs of three and four letters for English, syllables for Korean. Rare words, known from one
gloss only, are so learned together with those they share parts with; what ships are the sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from qa_assistant.training.vocabulary import PART, script

LEAST_RUN: Final = 8
"""Words that have to share a run of letters before it counts as a part."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Composition:
    """The parts of each row: `parts[starts[r]:starts[r + 1]]` with `weights`; the first is the row itself."""

    starts: Integers
    parts: Integers
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def of(cls, keys: Sequence[str]) -> Self:
        """The parts of the rows that `keys` name."""
        numbers = {key: number for number, key in enumerate(keys)}
        runs = Counter(run for key in keys if _is_latin(key) for run in _runs(key))
        common = {run for run, times in runs.items() if times >= LEAST_RUN}
        extra: dict[str, int] = {}
        parts: list[int] = []
        weights: list[float] = []
        sizes: list[int] = []
        for number, key in enumerate(keys):
            found = [] if number == 0 else _parts(key, numbers, common)
            places = [
                numbers[name] if name in numbers else len(keys) + extra.setdefault(name, len(extra)) for name in found
            ]
            parts += [number, *places]
            weights += [1.0, *([len(places) ** -0.5] * len(places) if places else [])]
            sizes.append(1 + len(places))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        return cls(starts, np.array(parts, dtype=np.int64), np.array(weights, dtype=np.float32), len(keys) + len(extra))

    def rows(self, numbers: Integers) -> tuple[Integers, Integers, NDArray[np.float32]]:
        """Starts, parts and weights of the rows `numbers` only."""
        sizes = np.diff(self.starts)[numbers]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        places = np.repeat(self.starts[:-1][numbers] - starts[:-1], sizes) + np.arange(starts[-1])
        return starts, self.parts[places], self.weights[places]

    def summed(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The rows, shape `(rows, dimension)`, of the vectors of all parts."""
        matrix = csr_matrix((self.weights, self.parts, self.starts), shape=(len(self.starts) - 1, self.size))
        summed: NDArray[np.float32] = np.asarray(matrix @ vectors, dtype=np.float32)
        return summed


def _is_latin(key: str) -> bool:
    return not key.startswith((PART, "[")) and script(key) == "latin"


def _runs(word: str) -> list[str]:
    marked = f"<{word}>"
    return [marked[start : start + length] for length in (3, 4) for start in range(len(marked) - length + 1)]


def _parts(key: str, numbers: Mapping[str, int], common: set[str]) -> list[str]:
    """Names of the parts of a word: `PART` and the part, but for Chinese words, which are rows themselves."""
    if key.startswith(PART):
        return []
    kind = script(key)
    if kind == "latin":
        return ["<" + PART + run for run in _runs(key) if run in common]
    if kind == "number":
        return []
    characters = ["<" + PART + character for character in key]
    pairs = [key[start : start + 2] for start in range(len(key) - 1)] if kind == "han" and len(key) > 2 else []
    return characters + [pair for pair in pairs if pair in numbers]
