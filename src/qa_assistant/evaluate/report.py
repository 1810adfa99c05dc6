"""A report as one page that needs no network: figures, plots, and each question with its answer and its sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from itertools import pairwise
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from qa_assistant.evaluate.compare import Comparison
from qa_assistant.evaluate.figures import MEASURES
from qa_assistant.evaluate.plots import accuracy_plot, latency_plot, risk_plot
from qa_assistant.evaluate.runs import RunLine
from qa_assistant.records import Document, EvalReport, GoldQuestion, QuestionResult, Quote, Span

AROUND: Final = 60
"""Characters of the source that are shown before and behind a quote."""

HEADLINES: Final = ("answer_accuracy", "R@5", "citation_recall", "quote_validity", "refusal_recall", "AURC")


def report_page(
    report: EvalReport,
    gold: Sequence[GoldQuestion] = (),
    answered: Mapping[str, RunLine] | None = None,
    documents: Mapping[str, Document] | None = None,
    comparison: Comparison | None = None,
) -> str:
    """The page, in Chinese and English; what it cannot know of a question, it does without."""
    folder = resources.files("qa_assistant.evaluate") / "page"
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    words: dict[str, list[str]] = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    questions = {question.question_id: question for question in gold}
    page = environment.from_string((folder / "report.html").read_text(encoding="utf-8"))
    return page.render(
        report=report,
        words=words,
        documents=[group.name for group in report.groups if group.by == "document"],
        t=lambda key: _both(words, key),
        whole=report.groups[0],
        headlines=[name for name in HEADLINES if name in report.groups[0].figures],
        measures=[measure.name for measure in MEASURES if measure.name in report.groups[0].figures],
        plots={
            "accuracy": Markup(accuracy_plot(report.groups)),  # noqa: S704 - drawn here, holds no given text
            "risk": Markup(risk_plot(report.per_question)),  # noqa: S704
            "latency": Markup(latency_plot(report)),  # noqa: S704
        },
        rows=[
            _row(result, questions.get(result.question_id), (answered or {}).get(result.question_id), documents or {})
            for result in report.per_question
        ],
        titles={doc_id: document.title for doc_id, document in (documents or {}).items()},
        comparison=comparison,
        changed=_changed(comparison),
        style=Markup((folder / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - files of the package
        script=Markup((folder / "report.js").read_text(encoding="utf-8")),  # noqa: S704
    )


def _both(words: Mapping[str, list[str]], key: str) -> Markup:
    """The words for `key` in both languages; the page shows one of them. A key without words is shown as it is."""
    if key not in words:
        return Markup("{}").format(key)
    chinese, english = words[key]
    return Markup('<span class="zh" lang="zh">{}</span><span class="en" lang="en">{}</span>').format(chinese, english)


def _changed(comparison: Comparison | None) -> dict[str, str]:
    if comparison is None:
        return {}
    return dict.fromkeys(comparison.won, "won") | dict.fromkeys(comparison.lost, "lost")


def _row(
    result: QuestionResult, question: GoldQuestion | None, line: RunLine | None, documents: Mapping[str, Document]
) -> dict[str, Any]:
    evidence = list(question.evidence) if question else []
    citations = line.answer.citations if line else []
    shown = [Quote(doc_id=one.doc_id, start=one.start, end=one.end, text=one.quote) for one in citations]
    return {
        "result": result,
        "question": question,
        "verdict": verdict(result),
        "measures": {**result.evidence_found, **result.measures},
        "quotes": [
            {"citation": one, "pieces": excerpt(quote, evidence, documents.get(quote.doc_id), 0)}
            for one, quote in zip(citations, shown, strict=True)
        ],
        "evidence": [
            {"quote": quote, "pieces": excerpt(quote, shown, documents.get(quote.doc_id), AROUND)} for quote in evidence
        ],
    }


def verdict(result: QuestionResult) -> str:
    """What became of a question, in a word."""
    if result.expected_kind == "no_answer":
        return "rightly_refused" if result.kind == "no_answer" else "not_refused"
    if result.kind == "no_answer":
        return "wrongly_refused"
    return "right" if result.correct else "wrong"


def excerpt(
    quote: Quote, others: Sequence[Quote], document: Document | None, around: int
) -> list[tuple[str, bool, bool]]:
    """A quote with `around` characters of its source on both sides, cut where `others` begin and end.

    Each piece says whether it belongs to the quote, and whether one of `others` covers it. Where the quote does not
    stand in the document, its own text is one piece.
    """
    if document is None or document.text[quote.start : quote.end] != quote.text:
        return [(quote.text, True, False)]
    first, last = max(quote.start - around, 0), min(quote.end + around, len(document.text))
    covered: list[Span] = [(one.start, one.end) for one in others if one.doc_id == quote.doc_id]
    ends = {quote.start, quote.end, first, last}
    cuts = sorted(ends | {place for span in covered for place in span if first < place < last})
    return [
        (
            document.text[start:end],
            quote.start <= start < quote.end,
            any(left <= start and end <= right for left, right in covered),
        )
        for start, end in pairwise(cuts)
    ]
