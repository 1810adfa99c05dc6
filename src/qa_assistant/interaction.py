"""Texts compared word by word: each word of a query with the nearest one of a sentence.

Late interaction (Khattab and Zaharia 2020) with the vectors of a static model: it finds a passage that says one thing
asked beside nine others, which the mean of its words hides, and words near a translation that no table lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from qa_assistant.encoder import Integers, Vectors, WordVectors
from qa_assistant.errors import IndexCorrupt

Floats = NDArray[np.float64]

LEAST_SIMILARITY: Final = 0.15
"""Cosine up to which two words have nothing to do with each other."""


class SentenceWords:
    """The words of each of a list of sentences: those of sentence `s` are `numbers[starts[s]:starts[s + 1]]`."""

    def __init__(self, numbers: Integers, starts: NDArray[np.int64], vectors: WordVectors | None) -> None:
        self._starts = starts
        self._vectors = vectors
        self._known, places = np.unique(numbers, return_inverse=True)
        self._places = places.astype(np.int64)
        self._directions = vectors.directions(self._known)[0] if vectors else np.zeros((0, 0), dtype=np.float32)

    @classmethod
    def read(cls, sentences: Sequence[str], vectors: WordVectors | None) -> Self:
        """The words of `sentences`; none where the model has no vectors of words."""
        found = vectors.numbers(sentences) if vectors else []
        starts = np.concatenate([[0], np.cumsum([len(numbers) for numbers in found])]).astype(np.int64)
        return cls(np.concatenate([np.zeros(0, dtype=np.int32), *found]), starts, vectors)

    def query(self, text: str) -> tuple[Vectors, Vectors]:
        """Directions and lengths of the words of a query, as `nearest` takes them; none without vectors of words."""
        if self._vectors is None:
            return np.zeros((0, 0), dtype=np.float32), np.zeros(0, dtype=np.float32)
        return self._vectors.directions(self._vectors.numbers([text])[0])

    def focused(self, text: str, part: str) -> tuple[Vectors, Vectors, NDArray[np.bool_]]:
        """What `query` gives for `text`, and which of its words stand in a `part` of it."""
        if self._vectors is None:
            return *self.query(text), np.zeros(0, dtype=bool)
        whole, some = self._vectors.numbers([text, part])
        return *self._vectors.directions(whole), np.isin(whole, some)

    def nearest(self, directions: Vectors, sentences: NDArray[np.int64]) -> Floats:
        """How near the nearest word of each sentence is to each word of a query, 0 to 1, shape `(words, sentences)`."""
        found: Floats = np.zeros((len(directions), len(sentences)))
        if self._vectors is None:
            return found
        starts, ends = self._starts[sentences], self._starts[sentences + 1]
        sizes = ends - starts
        first = np.concatenate([[0], np.cumsum(sizes)])
        places = self._places[np.repeat(starts - first[:-1], sizes) + np.arange(first[-1])]
        if not len(places) or not len(directions):
            return found
        known = self._directions
        if len(known) > len(places):  # Only those that are needed; of a small vocabulary all are.
            used, places = np.unique(places, return_inverse=True)
            known = known[used]
        # Words of the query side by side: the greatest of many rows is found faster than that of many columns.
        similarities = known @ directions.T
        filled = np.flatnonzero(sizes)
        nearest = np.maximum.reduceat(similarities[places], first[:-1][filled], axis=0)
        found[:, filled] = np.maximum(nearest.T - LEAST_SIMILARITY, 0) / (1 - LEAST_SIMILARITY)
        return found

    def save(self, path: Path) -> None:
        """Write to `path`: the same bytes for the same words."""
        np.savez(path, numbers=self._known[self._places], starts=self._starts)

    @classmethod
    def load(cls, path: Path, vectors: WordVectors | None) -> Self:
        """Read what `save` wrote. Raises `IndexCorrupt`."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return cls(arrays["numbers"].astype(np.int32), arrays["starts"].astype(np.int64), vectors)
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise IndexCorrupt(f"{path} is damaged ({error}); run: qa-assistant build") from error
