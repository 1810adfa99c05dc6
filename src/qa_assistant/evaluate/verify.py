"""Answers checked against their sources, quote by quote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from qa_assistant.errors import SourceError
from qa_assistant.records import Document
from qa_assistant.sources import read_raw
from qa_assistant.wire import AnswerBody, CitationBody

_reference = re.compile(r"\[([0-9]{1,4})\]")


def verify_answer(answer: AnswerBody, documents: dict[str, Document], raws: dict[str, str]) -> str | None:
    """What is wrong with the quotes of an answer; None when all stand in their sources.

    Each quote is checked twice: in the document's text, and, through its raw spans, in the raw file (by
    file name in `raws`), white space apart. An answer that is not a refusal has to have a quote.
    """
    if answer.kind != "no_answer" and not answer.citations:
        return f"an answer of kind {answer.kind!r} without a quote"
    for citation in answer.citations:
        problem = _citation_problem(citation, documents, raws)
        if problem:
            return f"citation {citation.number}: {problem}"
        if f"[{citation.number}]" not in answer.text:
            return f"citation {citation.number} is not referred to in the answer"
        if answer.kind == "passage" and citation.quote not in answer.text:
            return f"citation {citation.number}: the answer does not say {citation.quote[:40]!r}"
    lost = _numbers_outside_quotes(answer) - {citation.number for citation in answer.citations}
    if lost and answer.kind != "no_answer":
        return f"citation {min(lost)}: the answer refers to it and does not have it"
    return None


def _numbers_outside_quotes(answer: AnswerBody) -> set[int]:
    """The numbers in brackets that the answer itself says; a quote or a title may have some of its own."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(citation.quote, "").replace(citation.title, "")
    return {int(number) for number in _reference.findall(text)}


def _citation_problem(citation: CitationBody, documents: dict[str, Document], raws: dict[str, str]) -> str | None:
    document = documents.get(citation.doc_id)
    if document is None:
        return f"no document {citation.doc_id!r} in the index"
    if citation.source != document.source:
        return f"{citation.doc_id} was read from {document.source!r}, not from {citation.source!r}"
    if not citation.quote or citation.start < 0 or document.text[citation.start : citation.end] != citation.quote:
        return f"{citation.quote[:40]!r} does not stand at {citation.start}-{citation.end} of {citation.doc_id}"
    raw = raws.get(citation.source)
    if raw is None:
        return f"its source {citation.source!r} is not among the source files"
    pieces = "".join(raw[start:end] for start, end in citation.raw_spans)
    if "".join(pieces.split()) != "".join(citation.quote.split()):
        return f"{citation.quote[:40]!r} does not stand at its raw spans in {citation.source}"
    ends = [citation.start, *(place for span in citation.answers for place in span), citation.end]
    if ends != sorted(ends) or any(start == end for start, end in citation.answers):
        return f"its answers {citation.answers} are no ranges in order inside {citation.start}-{citation.end}"
    return None


def raw_sources(documents: Iterable[Document], seeds: Path) -> dict[str, str]:
    """The raw text of each document's file below `seeds`. Raises `SourceError` for one that was changed."""
    raws: dict[str, str] = {}
    for document in documents:
        raw, sha256 = read_raw(seeds / document.source)
        if sha256 != document.sha256:
            raise SourceError(
                str(seeds / document.source), "was changed after the index was built; run: qa-assistant build"
            )
        raws[document.source] = raw
    return raws
