"""A cross-encoder that reads query and passage together and puts the best hits in order; an option, off by default."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np

from qa_assistant.errors import ModelUnavailable
from qa_assistant.index import Index
from qa_assistant.lexical.counts import Floats
from qa_assistant.passages import indexed_text
from qa_assistant.records import Hit
from qa_assistant.retrieve import Query, Retriever

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

RERANKED: Final = "hybrid, reranked"
"""`Hit.retriever` of a hit that the cross-encoder has read."""

_HEADS: Final = ("ForSequenceClassification", "ForCausalLM", "ForConditionalGeneration")
"""Ends of the names of architectures that can score a pair."""

# Read once, by huggingface_hub when it is first imported; see encoder.py.
os.environ.setdefault("HF_HUB_OFFLINE", "1")


class PairModel(Protocol):
    """Says how well texts answer a query."""

    name: str

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """A number for each text, greater for a better one, shape `(len(texts),)`; of any scale."""
        ...


class CrossEncoderModel:
    """Any cross-encoder for ranking that sentence-transformers loads."""

    def __init__(self, name: str, model: CrossEncoder) -> None:
        self.name = name
        self._model = model

    @classmethod
    def load(cls, name: str) -> Self:
        """The cross-encoder in the folder `name`, or the hub model of that name if it is on this machine.

        The network is tried only where the environment sets HF_HUB_OFFLINE=0. Raises `ModelUnavailable`, also for a
        model of another kind: a scoring layer would be made up for it, from random numbers.
        """
        # The imports take seconds; most commands do without them.
        from sentence_transformers import CrossEncoder
        from transformers import AutoConfig

        offline = os.environ.get("HF_HUB_OFFLINE") != "0"
        try:
            described = AutoConfig.from_pretrained(name, local_files_only=offline, trust_remote_code=False)
            kinds = described.architectures or []
            if not any(kind.endswith(_HEADS) for kind in kinds):
                raise ValueError(f"it is a {' or '.join(kinds) or 'model of no kind'}, not a cross-encoder")
            model = CrossEncoder(name, device="cpu", local_files_only=offline)
            if model.num_labels != 1:
                raise ValueError(f"it gives {model.num_labels} scores for a pair, not one")
        except Exception as error:  # Each file of a model is read by another library, with errors of its own.
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelUnavailable(
                f"reranking model {name!r} cannot be loaded ({reason}); name a folder with a cross-encoder for ranking,"
                " set HF_HUB_OFFLINE=0 to fetch it from the hub, or do without one: unset QA_RERANK_MODEL"
            ) from error
        return cls(name, model)

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """See `PairModel.scores`."""
        if not texts:
            return np.zeros(0)
        pairs = [(query, text) for text in texts]
        # Without the last function, a sigmoid for most models, which turns great differences into none.
        found = self._model.predict(pairs, show_progress_bar=False, activation_fn=lambda scores: scores)
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class Reranker:
    """Puts the `first` hits of a query in the order of a model; those behind them stay where they are."""

    model: PairModel
    first: int

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The same passages, ties in the order of their ids.

        Ranks and scores stay and passages change places: the n-th hit has the n-th score. So scores keep the scale
        that the confidence of an answer was fitted on, whatever the scale of the model.
        """
        read, rest = hits[: self.first], hits[self.first :]
        scores = self.model.scores(query, [indexed_text(hit.passage) for hit in read])
        order = sorted(range(len(read)), key=lambda number: (-scores[number], read[number].passage.passage_id))
        moved = [
            place.model_copy(update={"passage": read[number].passage, "retriever": RERANKED})
            for place, number in zip(read, order, strict=True)
        ]
        return [*moved, *rest]


class RerankingRetriever(Retriever):
    """Ranks the passages of an open index, the best of them by a cross-encoder."""

    def __init__(self, index: Index, reranker: Reranker) -> None:
        super().__init__(index)
        self._reranker = reranker

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """The best `k` passages for `query`; none where no part of it is found."""
        return self._reranker.rerank(query.text, super().retrieve(query, max(k, self._reranker.first)))[:k]
