"""A gold file checked against the sources: shape, ids, evidence, accepted forms, duplicates, balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from qa_assistant.evaluate.balance import Balance, balance_of
from qa_assistant.evaluate.duplicates import duplicate_findings
from qa_assistant.evaluate.findings import Finding, GoldLine, read_gold_lines
from qa_assistant.evaluate.forms import elsewhere_findings, form_findings, support_findings
from qa_assistant.metrics import includes_all
from qa_assistant.passages import cut_passages, cut_sentences
from qa_assistant.records import Document, Quote, Record

_PASSAGE: Final = 400
"""Sentences do not depend on how long passages are; some length has to be given."""


class GoldCheck(Record):
    """What is wrong with a gold file, in the order of its lines, and how it is balanced."""

    questions: int
    findings: tuple[Finding, ...]
    balance: Balance


def check_gold(path: Path, documents: Sequence[Document]) -> GoldCheck:
    """Check the gold questions of a file against the `documents` that its evidence stands in.

    Lines without the shape of a gold question are named and left out of all else. Raises `InputError` when the file
    cannot be read.
    """
    lines, findings = read_gold_lines(path)
    by_id = {document.doc_id: document for document in documents}
    sentences, _ = cut_sentences([one for document in documents for one in cut_passages(document, _PASSAGE)], documents)
    findings += _id_findings(lines)
    for line in lines:
        findings += _expectation_findings(line)
        findings += _evidence_findings(line, by_id)
        findings += form_findings(line)
        findings += support_findings(line)
        findings += elsewhere_findings(line, sentences)
    findings += duplicate_findings(lines)
    return GoldCheck(
        questions=len(lines),
        findings=tuple(sorted(findings, key=lambda finding: (finding.line, finding.level, finding.field))),
        balance=balance_of([line.question for line in lines], documents),
    )


def _id_findings(lines: Iterable[GoldLine]) -> Iterator[Finding]:
    known: dict[str, int] = {}
    for line in lines:
        own = line.question.question_id
        if not own or any(char.isspace() for char in own):
            yield line.error("id", "question_id", f"{own!r} is empty or has white space, which parts columns of a run")
        elif own in known:
            yield line.error("id", "question_id", f"{own!r} is that of line {known[own]}; give each its own")
        known.setdefault(own, line.number)


def _expectation_findings(line: GoldLine) -> Iterator[Finding]:
    question = line.question
    for number, asked in enumerate(question.history):
        if not asked.strip():
            yield line.error("expectation", f"history.{number}", "is empty; remove it")
    if not question.question.strip():
        yield line.error("expectation", "question", "is empty; ask something")
    refused = question.kind == "no_answer"
    for field, value in (("must_include", question.must_include), ("evidence", question.evidence)):
        if refused and value:
            yield line.error("expectation", field, "is given, and kind says that the sources have no answer")
        if not refused and not value:
            yield line.error("expectation", field, f"is empty, and kind {question.kind!r} expects an answer")
    if question.must_include and includes_all(question.question, question.must_include):
        yield line.error("given_away", "question", "says all that is expected itself, so that an echo is right")


def _evidence_findings(line: GoldLine, documents: dict[str, Document]) -> Iterator[Finding]:
    known: list[Quote] = []
    for number, quote in enumerate(line.question.evidence):
        field = f"evidence.{number}"
        document = documents.get(quote.doc_id)
        if document is None:
            yield line.error("evidence", f"{field}.doc_id", f"no source {quote.doc_id!r}")
        elif not quote.text.strip():
            yield line.error("evidence", f"{field}.text", "is empty; quote what carries the answer")
        elif not 0 <= quote.start < quote.end <= len(document.text):
            place = f"{quote.start}-{quote.end} is no range of the {len(document.text)} characters of {quote.doc_id}"
            yield line.error("evidence", f"{field}.start", place + _found(document, quote))
        elif document.text[quote.start : quote.end] != quote.text:
            there = document.text[quote.start : quote.end]
            text = f"{_short(quote.text)!r} does not stand at {quote.start}-{quote.end} of {quote.doc_id}"
            yield line.error("evidence", f"{field}.text", f"{text}; {_short(there)!r} does{_found(document, quote)}")
        if any(_overlap(quote, other) for other in known):
            text = f"{quote.start}-{quote.end} has characters of a quote before it, which then count twice"
            yield line.warning("repeated_evidence", field, text)
        known.append(quote)


def _found(document: Document, quote: Quote) -> str:
    place = document.text.find(quote.text)
    return f"; the text stands at {place}-{place + len(quote.text)}" if place >= 0 else "; the text stands nowhere"


def _overlap(one: Quote, other: Quote) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 40 else joined[:39] + "…"
