"""The verdicts on one answer, from the answer as callers see it: a stored run is scored as a fresh one is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from qa_assistant.language import HAN, HANGUL, compact_key, main_language
from qa_assistant.metrics import (
    citation_precision,
    citation_recall,
    evidence_found,
    evidence_ranking,
    evidence_recall,
    exact_match,
    f1,
    includes_all,
    mean,
    ndcg,
    quote_validity,
    reciprocal_rank,
)
from qa_assistant.records import Document, GoldQuestion, Language, QuestionResult, Quote
from qa_assistant.wire import AnswerBody, HitBody

DEPTHS: Final = (1, 5, 10)
"""Passages from the first on that are searched for evidence."""

_reference = re.compile(r"\s*\[\d+\]")
_runs: Final[dict[Language, re.Pattern[str]]] = {"zh": re.compile(f"[{HAN}]+"), "ko": re.compile(f"[{HANGUL}]+")}
_letter = re.compile(r"[^\W\d_]")


def score(
    question: GoldQuestion, answer: AnswerBody, documents: Mapping[str, Document], milliseconds: float
) -> QuestionResult:
    """The verdicts on `answer` to a gold question; `documents` are those that its quotes point into, by id."""
    refused = answer.kind == "no_answer"
    expected_refusal = question.kind == "no_answer"
    shown = [Quote(doc_id=one.doc_id, start=one.start, end=one.end, text=one.quote) for one in answer.citations]
    passages = [_passage(hit) for hit in answer.hits]
    language = written_in(answer)
    found = {f"R@{k}": evidence_found(question.evidence, passages, k) for k in DEPTHS}
    measures: dict[str, float | None] = {
        "citation_precision": citation_precision(question.evidence, shown),
        "citation_recall": citation_recall(question.evidence, shown),
        "answer_language": float(language == question.language),
        "answer_length": float(len(answer.text)),
    }
    if question.must_include:
        said = _reference.sub("", answer.text)
        measures["EM"] = mean([exact_match(said, forms) for forms in question.must_include])
        measures["F1"] = mean([f1(said, forms) for forms in question.must_include])
    if question.evidence:
        ranking, relevance = evidence_ranking(question.evidence, passages, DEPTHS[-1])
        # The rank is that of the passage; one that holds several quotes takes as many places of the ranking.
        first = [str(bool(evidence_found(question.evidence, [passage], 1))) for passage in passages]
        measures[f"RR@{DEPTHS[-1]}"] = reciprocal_rank(first, {"True": 1}, DEPTHS[-1])
        measures[f"nDCG@{DEPTHS[-1]}"] = ndcg(ranking, relevance, max(len(ranking), DEPTHS[-1]))
    return QuestionResult(
        question_id=question.question_id,
        language=question.language,
        expected_kind=question.kind,
        kind=answer.kind,
        correct=refused if expected_refusal else not refused and includes_all(answer.text, question.must_include),
        evidence_recall=evidence_recall(question.evidence, shown),
        evidence_found={name: value for name, value in found.items() if value is not None},
        quote_validity=quote_validity(shown, {doc_id: document.text for doc_id, document in documents.items()}),
        text=answer.text,
        milliseconds=round(milliseconds, 3),
        confidence=answer.confidence,
        answer_language=language,
        measures={name: value for name, value in measures.items() if value is not None},
        documents=tuple(sorted({quote.doc_id for quote in question.evidence})),
    )


def written_in(answer: AnswerBody) -> Language:
    """The language that the answer's own words are in; what it took from its sources is in that of the source.

    What the answer says of itself, where it has no words of its own.
    """
    taken = [compact_key(text) for one in answer.citations for text in (one.quote, one.title)]
    lines = _reference.sub("", answer.text).split("\n")
    own = "\n".join(line for line in lines if not _is_quoted(compact_key(line), taken))
    for language, run in _runs.items():
        if language != answer.language:
            own = run.sub(lambda found: "" if any(compact_key(found[0]) in one for one in taken) else found[0], own)
    return main_language(own) if _letter.search(own) else answer.language


def _is_quoted(line: str, taken: list[str]) -> bool:
    return any(text and text in line and 2 * len(text) >= len(line) for text in taken)


def _passage(hit: HitBody) -> Quote:
    """The place that a passage id names; its text is not needed to find evidence in it."""
    doc_id, _, place = hit.passage_id.rpartition(":")
    start, _, end = place.partition("-")
    return Quote(doc_id=doc_id, start=int(start), end=int(end), text="")
