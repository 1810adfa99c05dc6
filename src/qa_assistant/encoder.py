"""The `Encoder` protocol, its sentence-transformers adapter, and a model made from the corpus itself."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from qa_assistant.errors import ModelUnavailable
from qa_assistant.lexical.tokens import words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

CORPUS_DIMENSION: Final = 128
_UNKNOWN: Final = "[UNK]"

# Here and not where a model is loaded: huggingface_hub, which Gradio imports too, reads it once, and without it asks
# its host for a list of agents even where only local files are wanted.
os.environ.setdefault("HF_HUB_OFFLINE", "1")


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their similarity."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """One unit vector per text, shape `(len(texts), dimension)`; a text without known words may give zeros."""
        ...


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, with the prompts that come with it."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self.dimension = int(model.get_embedding_dimension() or 0)

    @classmethod
    def load(cls, name: str) -> Self:
        """The model in the folder `name`, or the hub model of that name if it is on this machine.

        The network is tried only where the environment sets HF_HUB_OFFLINE=0. Raises `ModelUnavailable`.
        """
        # The import takes seconds; commands that need no model do without it.
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(name, device="cpu", local_files_only=os.environ.get("HF_HUB_OFFLINE") != "0")
        except Exception as error:  # Each file of a model is read by another library, with errors of its own.
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelUnavailable(
                f"embedding model {name!r} cannot be loaded ({reason}); name a folder with a sentence-transformers"
                " model, set HF_HUB_OFFLINE=0 to fetch it from the hub, or use the built-in one: QA_MODEL=corpus"
            ) from error
        return cls(name, model)

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        vectors: Vectors = np.asarray(encode(list(texts), show_progress_bar=False), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit_vectors: Vectors = vectors / np.maximum(lengths, 1e-12)
        return unit_vectors


class CorpusEncoder(SentenceTransformerEncoder):
    """The model that `save_corpus_model` made: it reads a text as its index words."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """See `Encoder.encode`."""
        return super().encode([" ".join(words(text)) for text in texts], query=query)


def save_corpus_model(texts: Iterable[str], folder: Path) -> None:
    """Make a static embedding model from `texts` and save it as a sentence-transformers model in `folder`.

    Latent semantic analysis (Deerwester et al. 1990): a text is the mean of its words' vectors, the right singular
    vectors of the weighted word counts. It knows only the words of its corpus, each in one language. The same
    texts give the same bytes.
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    counts = [Counter(words(text)) for text in texts]
    vocabulary = sorted(set().union(*counts))
    vectors = _word_vectors(counts, vocabulary)
    tokenizer = _tokenizer(vocabulary)
    unknown = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    embedding = StaticEmbedding(tokenizer, embedding_weights=np.concatenate([unknown, vectors]))
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    model.save(str(folder), create_model_card=False)


def _word_vectors(counts: list[Counter[str]], vocabulary: list[str]) -> Vectors:
    """A vector for each word, shape `(words, dimension)`, in steps of half precision."""
    from sklearn.decomposition import TruncatedSVD

    numbers = {word: number for number, word in enumerate(vocabulary)}
    containing = Counter(word for count in counts for word in count)
    rarity = {word: math.log((1 + len(counts)) / (1 + containing[word])) + 1 for word in vocabulary}
    entries = [
        (row, numbers[word], (1 + math.log(times)) * rarity[word])
        for row, count in enumerate(counts)
        for word, times in sorted(count.items())
    ]
    dimension = min(CORPUS_DIMENSION, len(vocabulary) - 1, len(counts) - 1)
    if dimension < 2:
        return np.ones((len(vocabulary), 2), dtype=np.float32)
    rows, columns, values = (np.array(column) for column in zip(*entries, strict=True))
    matrix = csr_matrix((values, (rows, columns)), shape=(len(counts), len(vocabulary)))
    decomposition = TruncatedSVD(dimension, n_iter=7, random_state=0).fit(matrix)
    weights = np.array([rarity[word] for word in vocabulary])
    vectors = decomposition.components_.T * weights[:, None]
    # Rounding hides the last bits, in which processors may differ.
    return np.asarray(vectors.astype(np.float16), dtype=np.float32)


def _tokenizer(vocabulary: list[str]) -> Tokenizer:
    """A tokenizer of texts whose words stand apart already, as `CorpusEncoder` gives them."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    numbers = {word: number for number, word in enumerate([_UNKNOWN, *vocabulary])}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token=_UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
