"""Query to ranked Hits; the parts of a score are in `searcher`, their weights in `query`."""

from __future__ import annotations

from qa_assistant.retrieve.query import DEFAULT_WEIGHTS, Query, SentenceScores, Weights
from qa_assistant.retrieve.retriever import Retriever

__all__ = ["DEFAULT_WEIGHTS", "Query", "Retriever", "SentenceScores", "Weights"]
