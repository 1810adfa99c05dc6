"""Gold questions as retrieval sets in the form of BEIR, and such sets as gold questions with their sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from qa_assistant.errors import InputError
from qa_assistant.evaluate.articles import Article, Paragraph, write_articles
from qa_assistant.evaluate.beir import QUERIES, CorpusDocument, RetrievalSet, SetQuery, read_beir
from qa_assistant.evaluate.lines import first_problem
from qa_assistant.language import detect_language
from qa_assistant.passages import cut_passages
from qa_assistant.records import Document, GoldQuestion, Passage

GOLD: Final = "gold"
"""The key of a query's `metadata` that holds its gold question."""


def gold_as_beir(gold: Sequence[GoldQuestion], documents: Sequence[Document], length: int) -> RetrievalSet:
    """The passages of the sources, cut to `length` as an index does, and which of them hold evidence of a question.

    Queries have the whole gold question in their `metadata`; those without evidence have no judgment.
    """
    passages = [passage for document in documents for passage in cut_passages(document, length)]
    titles = {document.doc_id: document.title for document in documents}
    return RetrievalSet(
        tuple(_corpus_document(passage, titles[passage.doc_id]) for passage in passages),
        tuple(
            SetQuery.model_validate(
                {"_id": one.question_id, "text": one.question, "metadata": {GOLD: one.model_dump(mode="json")}}
            )
            for one in gold
        ),
        gold_qrels(gold, passages),
    )


def gold_qrels(gold: Sequence[GoldQuestion], passages: Sequence[Passage]) -> dict[str, dict[str, int]]:
    """Relevance 1 of each passage that has a character of a question's evidence, by id; others are not judged."""
    found = {
        one.question_id: {passage.passage_id: 1 for passage in passages if _has_evidence(passage, one)} for one in gold
    }
    return {question_id: judged for question_id, judged in found.items() if judged}


def beir_gold(folder: Path, sources: Path | None) -> list[GoldQuestion]:
    """The queries of a set as gold questions.

    Queries that carry a gold question are what they were. Of a foreign set, the documents become sources in the
    folder `sources`, and the relevant ones whole the evidence; what an answer has to say is not known, so that
    `must_include` is empty for a person to fill. Raises `InputError`.
    """
    given = read_beir(folder)
    carried = [_carried(query) for query in given.queries]
    kept = [_record(one, query, folder) for one, query in zip(carried, given.queries, strict=True) if one is not None]
    if len(kept) == len(given.queries):
        return kept
    if sources is None:
        raise InputError(f"{folder} has documents that have to become sources; name a new folder with --sources")
    articles = [Article(document.title or "", (document.text,)) for document in given.documents]
    written = write_articles(articles, sources)
    places = {document.doc_id: place[0] for document, place in zip(given.documents, written, strict=True)}
    return [_foreign(query, given.qrels[query.query_id], places) for query in given.judged_queries]


def _corpus_document(passage: Passage, title: str) -> CorpusDocument:
    # The outermost heading is often the title again.
    path = [title, *(heading for heading in passage.heading if heading != title)]
    return CorpusDocument.model_validate({"_id": passage.passage_id, "title": " > ".join(path), "text": passage.text})


def _has_evidence(passage: Passage, question: GoldQuestion) -> bool:
    return any(
        quote.doc_id == passage.doc_id and quote.start < passage.end and passage.start < quote.end
        for quote in question.evidence
    )


def _carried(query: SetQuery) -> object:
    metadata = (query.model_extra or {}).get("metadata")
    return metadata.get(GOLD) if isinstance(metadata, dict) else None


def _record(carried: object, query: SetQuery, folder: Path) -> GoldQuestion:
    place = f"{folder / QUERIES}: {query.query_id}: field 'metadata.{GOLD}'"
    try:
        record = GoldQuestion.model_validate_json(json.dumps(carried))
    except ValidationError as error:
        raise InputError(f"{place}: {first_problem(error)}") from error
    if (record.question_id, record.question) != (query.query_id, query.text):
        raise InputError(f"{place}: not the query beside it; change both, or remove it")
    return record


def _foreign(query: SetQuery, judged: Mapping[str, int], places: Mapping[str, Paragraph]) -> GoldQuestion:
    quotes = [places[doc_id].whole() for doc_id, relevance in judged.items() if relevance > 0]
    return GoldQuestion(
        question_id=query.query_id,
        language=detect_language(query.text),
        kind="passage",
        question=query.text,
        evidence=tuple(quotes),
        note="imported; what an answer has to say is not known",
    )
