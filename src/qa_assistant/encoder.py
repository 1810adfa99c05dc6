"""The `Encoder` protocol and its sentence-transformers adapter."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from qa_assistant.config import BUILTIN_MODEL
from qa_assistant.errors import ModelUnavailable
from qa_assistant.records import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Integers = NDArray[np.int32]

_BUILTIN_FOLDER: Final = "models/builtin"
_BATCH: Final = 32
_LARGE_BATCH: Final = 2048
"""Texts at a time; a static model has next to nothing to compute, so that each batch costs most for being one."""

_FEW: Final = 8
"""Texts, such as a query and its parts, that are cut into words one after the other."""

_DIGEST: Final = "digest.txt"

# Here and not where a model is loaded: huggingface_hub, which Gradio imports too, reads it once, and without it asks
# its host for a list of agents even where only local files are wanted.
os.environ.setdefault("HF_HUB_OFFLINE", "1")


class WordVectors:
    """The vectors of single words that a static model sums up, for comparing texts word by word.

    A word is a token of the model. Its vector's direction is its meaning, its length how much it counts in a text.
    """

    def __init__(self, tokenizer: Tokenizer, vectors: Vectors) -> None:
        self._tokenizer = tokenizer
        self._vectors = vectors

    def numbers(self, texts: Sequence[str]) -> list[Integers]:
        """The numbers of the known words of each text, each once, in order."""
        if len(texts) <= _FEW:
            # A batch wakes threads and waits for them, on a busy machine for milliseconds.
            encodings = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        else:
            encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        found = [np.unique(np.array(encoding.ids, dtype=np.int32)) for encoding in encodings]
        return [numbers[self._vectors[numbers].any(axis=1)] for numbers in found]

    def places(self, text: str) -> list[tuple[int, Span]]:
        """The known words of `text` in order, each with its place."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        known = zip(encoding.ids, encoding.offsets, strict=True)
        return [(number, (start, end)) for number, (start, end) in known if end > start and self._vectors[number].any()]

    def sums(self, texts: Sequence[str]) -> Vectors:
        """The sum of the vectors of the words of each text, shape `(len(texts), dimension)`."""
        sums: Vectors = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for place, text in enumerate(texts):
            numbers = self._tokenizer.encode(text, add_special_tokens=False).ids
            sums[place] = self._vectors[numbers].sum(axis=0)
        return sums

    def directions(self, numbers: Integers) -> tuple[Vectors, Vectors]:
        """Unit vectors of words, shape `(words, dimension)`, and the lengths they had, shape `(words,)`."""
        vectors = self._vectors[numbers]
        lengths = np.linalg.norm(vectors, axis=1)
        return vectors / np.maximum(lengths, 1e-12)[:, None], lengths


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their similarity."""

    name: str
    dimension: int
    words: WordVectors | None
    """The vectors of words that the texts' vectors are sums of; None where a model has none."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One unit vector per text, shape `(len(texts), dimension)`; a text without known words may give zeros."""
        ...


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, with the prompts that come with it."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.words = _word_vectors(model)
        self._only_sums = self.words is not None and _only_normalises(model)

    @classmethod
    def load(cls, name: str) -> Self:
        """The model that ships (`builtin`), that in the folder `name`, or the hub model of that name if it is here.

        The network is tried only where the environment sets HF_HUB_OFFLINE=0. Raises `ModelUnavailable`.
        """
        # The import takes seconds; commands that need no model do without it.
        from sentence_transformers import SentenceTransformer

        place = str(builtin_folder()) if name == BUILTIN_MODEL else name
        try:
            model = SentenceTransformer(place, device="cpu", local_files_only=os.environ.get("HF_HUB_OFFLINE") != "0")
        except Exception as error:  # Each file of a model is read by another library, with errors of its own.
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelUnavailable(
                f"embedding model {name!r} cannot be loaded ({reason}); name a folder with a sentence-transformers"
                " model, set HF_HUB_OFFLINE=0 to fetch it from the hub, or use the one inside the package:"
                f" QA_MODEL={BUILTIN_MODEL}"
            ) from error
        return cls(name, model)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if query and self.words is not None and self._only_sums and len(texts) <= _FEW:
            vectors = self.words.sums(texts)  # What the model would do, without a millisecond of preparation.
        else:
            encode = self._model.encode_query if query else self._model.encode_document
            vectors = np.asarray(
                encode(list(texts), show_progress_bar=False, batch_size=_LARGE_BATCH if self.words else _BATCH),
                dtype=np.float32,
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit_vectors: Vectors = vectors / np.maximum(lengths, 1e-12)
        return unit_vectors


def builtin_folder() -> Path:
    """The folder of the model inside the package."""
    return Path(str(resources.files("qa_assistant"))) / _BUILTIN_FOLDER


def model_digest(name: str) -> str:
    """The digest of the model inside the package, under which its vectors stay the same; empty for other models."""
    path = builtin_folder() / _DIGEST
    return path.read_text(encoding="utf-8").strip() if name == BUILTIN_MODEL and path.is_file() else ""


def _only_normalises(model: SentenceTransformer) -> bool:
    """Whether a static model does nothing but add up vectors of words: no prompt before a query, no further layer."""
    from sentence_transformers.sentence_transformer.modules import Normalize

    return all(isinstance(layer, Normalize) for layer in list(model)[1:]) and not any(model.prompts.values())


def _word_vectors(model: SentenceTransformer) -> WordVectors | None:
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    first = model[0]
    if not isinstance(first, StaticEmbedding):
        return None
    return WordVectors(first.tokenizer, first.embedding.weight.detach().float().numpy())
