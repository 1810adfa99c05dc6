"""Counts of index terms in texts, and the BM25 scores of texts for query units.

A query unit stands for one thing asked, by one index term or several with weights (its translations). Its
term and document frequencies are the weighted sums over its terms, scored once by BM25: the probabilistic
structured query of Darwish and Oard (2003). A unit with one term of weight 1 gives plain BM25
(Robertson and Zaragoza 2009, with Lucene's document frequency), equal to that of bm25s; bm25s itself scores
terms when it builds and so cannot score a unit of several (`docs/measurements.md`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from qa_assistant.errors import IndexCorrupt
from qa_assistant.lexical.tokens import CHARACTER_MARK, characters, terms

Floats = NDArray[np.float64]
Unit = tuple[tuple[str, float], ...]
"""Index terms that stand for one thing asked, with weights between 0 and 1."""


@dataclass(frozen=True)
class Saturation:
    """BM25's constants: `k1`, how slowly repetition stops to count; `b`, how much length counts against a text."""

    k1: float
    b: float


DENSE: Final = 200_000
"""Units times texts up to which all are added up."""
PASSAGES: Final = Saturation(k1=1.2, b=0.75)
SENTENCES: Final = Saturation(k1=0.8, b=0.1)
"""A sentence that answers is often a long one, so that length is no argument against it."""


class TermCounts:
    """How often each index term stands in each of a list of texts."""

    def __init__(self, vocabulary: Sequence[str], matrix: csc_matrix, saturation: Saturation) -> None:
        self._vocabulary = list(vocabulary)
        self._columns = {term: number for number, term in enumerate(self._vocabulary)}
        self._matrix = matrix
        self._frequencies: list[int] = np.diff(matrix.indptr).tolist()
        # Single characters are there besides the words; they make no text longer.
        whole = np.array([not term.startswith(CHARACTER_MARK) for term in self._vocabulary], dtype=np.float64)
        lengths: Floats = np.asarray(matrix @ whole, dtype=np.float64).ravel()
        relative = lengths / max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)
        self._saturation: Floats = saturation.k1 * (1 - saturation.b + saturation.b * relative)

    @classmethod
    def count(cls, texts: Sequence[str], saturation: Saturation = PASSAGES) -> Self:
        """Count the terms of `texts`."""
        counts = [Counter(terms(text) + characters(text)) for text in texts]
        vocabulary = sorted(set().union(*counts))
        columns = {term: number for number, term in enumerate(vocabulary)}
        rows = [row for row, count in enumerate(counts) for _ in count]
        entries = [(columns[term], times) for count in counts for term, times in count.items()]
        shape = (len(texts), len(vocabulary))
        if not entries:
            return cls(vocabulary, csc_matrix(shape, dtype=np.int32), saturation)
        numbers, times = zip(*entries, strict=True)
        matrix = csc_matrix((np.array(times, dtype=np.int32), (rows, numbers)), shape=shape)
        matrix.sort_indices()
        return cls(vocabulary, matrix, saturation)

    def __len__(self) -> int:
        return int(self._matrix.shape[0])

    def rarities(self, units: Sequence[Unit]) -> Floats:
        """The inverse document frequency of each unit, greatest for one that stands in no text."""
        found = [
            sum(weight * self._frequencies[self._columns[term]] for term, weight in unit if term in self._columns)
            for unit in units
        ]
        containing = np.minimum(np.array(found, dtype=np.float64), len(self))
        rarities: Floats = np.log(1 + (len(self) - containing + 0.5) / (containing + 0.5))
        return rarities

    def share(self, term: str) -> float:
        """The share of the texts that a term stands in."""
        column = self._columns.get(term)
        return 0.0 if column is None else self._frequencies[column] / max(len(self), 1)

    def known(self, units: Sequence[Unit]) -> NDArray[np.bool_]:
        """Whether any term of each unit stands in any of the texts, shape `(units,)`."""
        return np.array([any(term in self._columns for term, _ in unit) for unit in units], dtype=bool)

    def scores(self, units: Sequence[Unit], importance: Floats) -> Floats:
        """The score of every text for the sum of `units`, each times its `importance`, shape `(texts,)`.

        With `rarities` for importance this is BM25.
        """
        rows, numbers, found = self._found(units, len(self))
        saturated = found / (found + self._saturation[rows])
        total: Floats = np.bincount(rows, saturated * importance[numbers], minlength=len(self)).astype(np.float64)
        return total

    def saturated(self, units: Sequence[Unit], rows: NDArray[np.int64]) -> Floats:
        """How far each unit is found in each of the texts `rows`, from 0 to 1, shape `(units, rows)`."""
        places = np.full(len(self), -1, dtype=np.int64)
        places[rows] = np.arange(len(rows))
        found_places, numbers, found = self._found(units, len(rows), places)
        result: Floats = np.zeros((len(units), len(rows)))
        result[numbers, found_places] = found / (found + self._saturation[rows[found_places]])
        return result

    def _found(
        self, units: Sequence[Unit], size: int, places: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Places of texts, units and how often each text has that unit, in the order of units and places.

        The place of a text is its row, or what stands there in `places`; where that is negative, it is left out. All
        are below `size`. The arrays of the matrix are read as they are: scipy's products of sparse matrices take a
        millisecond each, however small they are.
        """
        known = [
            (self._columns[term], number, weight)
            for number, unit in enumerate(units)
            for term, weight in unit
            if term in self._columns
        ]
        columns = np.array([column for column, _, _ in known], dtype=np.int64)
        starts = self._matrix.indptr[columns]
        lengths = self._matrix.indptr[columns + 1] - starts
        offsets = np.cumsum(lengths) - lengths
        entries = np.repeat(starts - offsets, lengths) + np.arange(int(lengths.sum()))
        rows = self._matrix.indices[entries].astype(np.int64)
        numbers = np.repeat(np.array([number for _, number, _ in known], dtype=np.int64), lengths)
        times = self._matrix.data[entries] * np.repeat(np.array([weight for *_, weight in known]), lengths)
        if places is not None:
            rows = places[rows]
            wanted = rows >= 0
            rows, numbers, times = rows[wanted], numbers[wanted], times[wanted]
        keys, cells = numbers * size + rows, len(units) * size
        if cells <= DENSE:  # Adding up all there could be is faster than sorting what there is.
            found: Floats = np.bincount(keys, times, minlength=cells).astype(np.float64)
            keys = np.flatnonzero(found)
            found = found[keys]
        else:
            keys, inverse = np.unique(keys, return_inverse=True)
            found = np.bincount(inverse, times, minlength=len(keys)).astype(np.float64)
        return keys % max(size, 1), keys // max(size, 1), found

    def save(self, path: Path) -> None:
        """Write to `path`: the same bytes for the same counts."""
        np.savez(
            path,
            vocabulary=np.frombuffer("\n".join(self._vocabulary).encode("utf-8"), dtype=np.uint8),
            shape=np.array(self._matrix.shape, dtype=np.int64),
            starts=self._matrix.indptr.astype(np.int64),
            rows=self._matrix.indices.astype(np.int32),
            times=self._matrix.data.astype(np.int32),
        )

    @classmethod
    def load(cls, path: Path, saturation: Saturation = PASSAGES) -> Self:
        """Read what `save` wrote. Raises `IndexCorrupt`."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                shape = tuple(arrays["shape"].tolist())
                matrix = csc_matrix((arrays["times"], arrays["rows"], arrays["starts"]), shape=shape)
                joined = arrays["vocabulary"].tobytes().decode("utf-8")
        except (OSError, ValueError, KeyError) as error:
            raise IndexCorrupt(f"{path} is damaged ({error}); run: qa-assistant build") from error
        return cls(joined.split("\n") if shape[1] else [], matrix, saturation)
