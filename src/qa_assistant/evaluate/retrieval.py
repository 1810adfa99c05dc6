"""A retrieval set through the assistant to a run: the documents found for each query."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_assistant.assistant import Assistant, reranker_of
from qa_assistant.config import Settings
from qa_assistant.errors import InputError
from qa_assistant.evaluate.beir import CorpusDocument, RetrievalSet
from qa_assistant.index import Index, Progress, write_index
from qa_assistant.metrics import ranking_metrics
from qa_assistant.records import Document, Hit
from qa_assistant.reranker import RERANKED
from qa_assistant.sources import parse_document

STEP: Final = 1e-6
"""Least distance between two scores of a query in a file; scores have six digits."""

Scored = tuple[str, float]
"""A document and its score."""


@dataclass(frozen=True)
class Run:
    """The documents found for each query, best first, ties in the order of their ids; and by what they were found."""

    index_id: str
    found: Mapping[str, tuple[Scored, ...]]
    reranked: bool = False

    @property
    def tag(self) -> str:
        """The name of the run in its file, without white space."""
        return f"qa-assistant-{self.index_id}{'-reranked' if self.reranked else ''}"

    def metrics(self, qrels: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
        """The figures of the run, by name (`metrics.RANKING_MEASURES`)."""
        return ranking_metrics({query_id: [one for one, _ in found] for query_id, found in self.found.items()}, qrels)


def run_retrieval(given: RetrievalSet, settings: Settings, k: int, progress: Progress) -> Run:
    """The best `k` documents for each judged query of a set, whose corpus is indexed in a temporary folder.

    Model, length of passages and reranking are those of `settings`. Raises `InputError` for a corpus without a word
    in it, `ModelUnavailable`.
    """
    reranker = reranker_of(settings)
    with tempfile.TemporaryDirectory(prefix="qa-assistant-", ignore_cleanup_errors=True) as folder:
        index = index_corpus(given.documents, Path(folder), settings, progress)
        found = rank_documents(given, index, Assistant(index, reranker).retrieve, k, progress)
    return Run(index.index_id, found, reranker is not None)


def index_corpus(documents: Sequence[CorpusDocument], folder: Path, settings: Settings, progress: Progress) -> Index:
    """The index of a corpus, made in `folder`: one document each, its title above all its passages."""
    read: list[Document] = []
    for number, document in enumerate(documents):
        progress("documents", number, len(documents))
        read.append(as_document(document))
    progress("documents", len(documents), len(documents))
    if not any(char.isalnum() for document in read for char in document.text):
        raise InputError("the corpus holds no words; put text in it")
    write_index(read, folder, settings.model, settings.passage_length, progress)
    return Index.open(folder)


def as_document(given: CorpusDocument) -> Document:
    """The Document of a corpus text, read as a source file is; its title is a heading over all of it.

    A text without words is replaced by the title, so that it can be found by it.
    """
    title = " ".join((given.title or "").split())
    text = given.text if any(char.isalnum() for char in given.text) else title
    # The ending keeps an id such as "a.csv" from saying how its text is to be read.
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    document = parse_document(text, given.doc_id, f"{given.doc_id}.txt", digest)
    if not title:
        return document.model_copy(update={"title": given.doc_id})
    over = () if text == title else (title,)
    blocks = tuple(block.model_copy(update={"path": (*over, *block.path)}) for block in document.blocks)
    return document.model_copy(update={"title": title, "blocks": blocks})


def rank_documents(
    given: RetrievalSet, index: Index, retrieve: Callable[[str, int], Sequence[Hit]], k: int, progress: Progress
) -> dict[str, tuple[Scored, ...]]:
    """The best `k` documents for each judged query, by its id; a document scores what its best passage scores."""
    enough = passages_for(index, k)
    queries = given.judged_queries
    found: dict[str, tuple[Scored, ...]] = {}
    for number, query in enumerate(queries):
        progress("queries", number, len(queries))
        found[query.query_id] = _documents(query.text, retrieve, k, enough)
    progress("queries", len(queries), len(queries))
    return found


def passages_for(index: Index, k: int) -> int:
    """So many passages that `k` documents are among them, whichever they are; all where there are fewer documents."""
    lengths: dict[str, int] = {}
    for passage in index.passages:
        lengths[passage.doc_id] = lengths.get(passage.doc_id, 0) + 1
    if len(lengths) < k:
        return len(index.passages)
    return sum(sorted(lengths.values(), reverse=True)[: k - 1]) + 1


def _documents(query: str, retrieve: Callable[[str, int], Sequence[Hit]], k: int, enough: int) -> tuple[Scored, ...]:
    """The best `k` documents for a query.

    Most often a few passages a document are enough; where some document holds very many, more are asked for.
    """
    asked = min(enough, 4 * k)
    while True:
        hits = retrieve(query, asked)
        best: dict[str, Hit] = {}
        for hit in hits:
            best.setdefault(hit.passage.doc_id, hit)
        if len(best) >= k or len(hits) < asked or asked >= enough:
            return tuple((hit.passage.doc_id, hit.score) for hit in sorted(best.values(), key=_order)[:k])
        asked = min(enough, 4 * asked)


def _order(hit: Hit) -> tuple[float, int, str]:
    """By score, ties by the id of the document; a reranker has told equal scores apart already."""
    return -hit.score, hit.rank if hit.retriever == RERANKED else 0, hit.passage.doc_id


def write_run(run: Run, path: Path) -> None:
    """Write a run in the form of TREC: query, `Q0`, document, rank, score, and the tag.

    Programs that read a run go by its scores, and differ in what they make of equal ones. So equal scores are told
    apart by a millionth, in the order of the ids: what is read is what was measured.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for query_id, found in run.found.items():
            before = float("inf")
            for rank, (doc_id, score) in enumerate(found, start=1):
                before = min(score, before - STEP)
                file.write(f"{query_id} Q0 {doc_id} {rank} {before:.6f} {run.tag}\n")
