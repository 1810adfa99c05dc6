"""Retrieval in each direction by each method, as a table in Markdown.

Usage: python eval/directions.py FOLDER, the folder with cmrc2018_dev, drcd_dev, xquad_first12.zh and .en (.json.gz)

Every paragraph is a document, without its title (those of XQuAD are English in both languages). Questions in one
language look for paragraphs in the other by the questions that XQuAD has in both. The methods are those of
`parts.py`, and the reranker where QA_RERANK_MODEL names one. The same sets as files, for other programs too:
`qa-assistant eval import --no-titles ...`, then `qa-assistant eval retrieval`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from parts import PARTS

from qa_assistant.assistant import Assistant, reranker_of
from qa_assistant.config import Settings
from qa_assistant.evaluate.beir import RetrievalSet
from qa_assistant.evaluate.retrieval import Run, index_corpus, rank_documents
from qa_assistant.evaluate.squad import squad_set
from qa_assistant.index import Index
from qa_assistant.records import Hit
from qa_assistant.reranker import Reranker
from qa_assistant.retrieve import Retriever, Weights

Retrieve = Callable[[str, int], list[Hit]]
MEASURED = 10
"""Documents a query: the measures look no further."""


def sets(data: Path) -> Iterator[tuple[str, RetrievalSet]]:
    """Each direction with its set; those that follow one another may have the same documents."""
    cmrc, drcd, chinese, english = (
        [data / f"{name}.json.gz"] for name in ("cmrc2018_dev", "drcd_dev", "xquad_first12.zh", "xquad_first12.en")
    )
    yield "zh → zh, CMRC", squad_set(cmrc, chinese, titles=False)
    yield "zh → zh, XQuAD among CMRC", squad_set(chinese, cmrc, titles=False)
    yield "en → zh, XQuAD among CMRC", squad_set(chinese, cmrc, english, titles=False)
    yield "zh → zh, DRCD (traditional)", squad_set(drcd, titles=False)
    yield "en → en, XQuAD", squad_set(english, titles=False)
    yield "zh → en, XQuAD", squad_set(english, (), chinese, titles=False)


def methods(index: Index, reranker: Reranker | None) -> Iterator[tuple[str, Retrieve]]:
    """Each method by name."""
    for name, weights in PARTS.items():
        yield name, by_weights(index, weights)
    if reranker is not None:
        yield "reranked", Assistant(index, reranker).retrieve


def by_weights(index: Index, weights: Weights) -> Retrieve:
    """Retrieval with these weights."""
    retriever = Retriever(index, weights)
    return lambda query, k: retriever.retrieve(retriever.read(query), k)


def silent(name: str, done: int, total: int) -> None:
    """The table is all that is printed."""


def main(data: Path) -> None:
    """Print the table."""
    settings = Settings()
    reranker = reranker_of(settings)
    print(f"model {settings.model}, reranker {settings.rerank_model or 'none'}\n")
    indexes: dict[frozenset[str], Index] = {}
    head = ""
    with tempfile.TemporaryDirectory() as folder:
        for direction, given in sets(data):
            corpus = frozenset(document.doc_id for document in given.documents)
            if corpus not in indexes:
                indexes[corpus] = index_corpus(given.documents, Path(folder) / str(len(indexes)), settings, silent)
            index = indexes[corpus]
            for method, retrieve in methods(index, reranker):
                run = Run(index.index_id, rank_documents(given, index, retrieve, MEASURED, silent))
                figures = run.metrics(given.qrels)
                if not head:
                    head = f"| questions → paragraphs | documents | questions | method | {' | '.join(figures)} |"
                    print(f"{head}\n|---|--:|--:|---|{'--:|' * len(figures)}")
                values = " | ".join(f"{value:.4f}" for value in figures.values())
                counts = f"{len(given.documents)} | {len(given.judged_queries)}"
                print(f"| {direction} | {counts} | {method} | {values} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
