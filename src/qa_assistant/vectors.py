"""Build, save, load and search vectors: a FAISS file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from qa_assistant.encoder import Vectors
from qa_assistant.errors import IndexCorrupt


class VectorIndex:
    """Unit vectors by their number; the similarity is the inner product. Search is exact."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """The index of the rows of `vectors`, shape `(texts, dimension)`."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Numbers and similarities of the `k` nearest to `vector`, shape `(dimension,)`, best first."""
        if not len(self):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        similarities, numbers = self._index.search(vector[None, :], min(k, len(self)))
        return numbers[0], similarities[0]

    def similarities(self, vector: Vectors, numbers: Sequence[int]) -> Vectors:
        """The similarities of the vectors `numbers` to `vector`, in their order."""
        if not len(numbers):
            return np.zeros(0, dtype=np.float32)
        found: Vectors = self._index.reconstruct_batch(np.asarray(numbers, dtype=np.int64)) @ vector
        return found

    def save(self, path: Path) -> None:
        """Write a FAISS index file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote. Raises `IndexCorrupt`."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexCorrupt(f"{path} is not a FAISS index; run: qa-assistant build") from error
