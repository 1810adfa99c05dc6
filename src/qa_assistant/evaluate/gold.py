"""Gold questions through the assistant to a report."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from qa_assistant.assistant import Assistant
from qa_assistant.errors import InputError
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.metrics import evidence_found, evidence_recall, includes_all, mean, percentile, quote_validity
from qa_assistant.records import Answer, EvalReport, GoldQuestion, QuestionResult

DEPTHS: Final = (1, 5)
"""Passages from the first on that are searched for evidence."""


def read_gold(path: Path) -> tuple[list[GoldQuestion], list[InputError]]:
    """The questions of a gold file, and the lines that cannot be used: each error names file, line and field.

    Raises `InputError` when the file cannot be read.
    """
    questions: list[GoldQuestion] = []
    errors: list[InputError] = []
    known: set[str] = set()
    for number, line in read_json_lines(path):
        try:
            question = GoldQuestion.model_validate_json(line)
        except ValidationError as error:
            errors.append(InputError(f"{path}, line {number}: {first_problem(error)}"))
            continue
        if question.question_id in known:
            errors.append(InputError(f"{path}, line {number}: question_id {question.question_id!r} was there before"))
            continue
        known.add(question.question_id)
        questions.append(question)
    return questions, errors


def evaluate(
    assistant: Assistant, gold: Sequence[GoldQuestion], progress: Callable[[int, int], None] = lambda done, total: None
) -> EvalReport:
    """Ask every question of `gold` and measure the answers.

    `answer_accuracy` counts a question right that is answered with one form of every expected group, or refused
    where nothing is expected. `abstention_accuracy` is the share of unanswerable questions refused,
    `false_refusals` that of answerable ones refused. `R@5` is the share of the evidence that the first five passages
    hold. Latencies are in milliseconds.
    """
    assistant.ask("?")  # The first question loads what all others share.
    results: list[QuestionResult] = []
    for number, question in enumerate(gold):
        progress(number, len(gold))
        started = time.perf_counter()
        answer = assistant.ask(question.question, question.history)
        results.append(_result(question, answer, assistant, (time.perf_counter() - started) * 1000))
    progress(len(gold), len(gold))
    gold_sha256 = _digest(question.model_dump_json() for question in gold)
    answers = _digest(f"{result.question_id} {result.kind} {result.text}" for result in results)
    return EvalReport(
        run_id=_digest([assistant.index.index_id, gold_sha256, answers])[:16],
        index_id=assistant.index.index_id,
        gold_sha256=gold_sha256,
        metrics=_metrics(results),
        per_question=tuple(results),
    )


def _result(question: GoldQuestion, answer: Answer, assistant: Assistant, milliseconds: float) -> QuestionResult:
    shown = [citation.quote for citation in answer.citations]
    texts = {document.doc_id: document.text for document in assistant.index.documents.values()}
    refused = answer.kind == "no_answer"
    expected_refusal = question.kind == "no_answer"
    return QuestionResult(
        question_id=question.question_id,
        language=question.language,
        expected_kind=question.kind,
        kind=answer.kind,
        correct=refused if expected_refusal else not refused and includes_all(answer.text, question.must_include),
        evidence_recall=evidence_recall(question.evidence, shown),
        evidence_found={
            f"R@{k}": found
            for k in DEPTHS
            if (found := evidence_found(question.evidence, [hit.passage for hit in answer.hits], k)) is not None
        },
        quote_validity=quote_validity(shown, texts),
        text=answer.text,
        milliseconds=round(milliseconds, 3),
    )


def _metrics(results: Sequence[QuestionResult]) -> dict[str, float]:
    answerable = [result for result in results if result.expected_kind != "no_answer"]
    unanswerable = [result for result in results if result.expected_kind == "no_answer"]
    found: dict[str, float | None] = {"answer_accuracy": mean([float(result.correct) for result in results])}
    for language in ("zh", "en", "ko"):
        own = [float(result.correct) for result in results if result.language == language]
        found[f"answer_accuracy_{language}"] = mean(own)
    for measure in (f"R@{k}" for k in DEPTHS):
        found[measure] = mean([result.evidence_found.get(measure) for result in answerable])
        for language in ("zh", "en", "ko"):
            own_found = [one.evidence_found.get(measure) for one in answerable if one.language == language]
            found[f"{measure}_{language}"] = mean(own_found)
    found |= {
        "evidence_recall": mean([result.evidence_recall for result in answerable]),
        "quote_validity": mean([result.quote_validity for result in results]),
        "abstention_accuracy": mean([float(result.correct) for result in unanswerable]),
        "false_refusals": mean([float(result.kind == "no_answer") for result in answerable]),
        "latency_p50_ms": percentile([result.milliseconds for result in results], 0.5),
        "latency_p95_ms": percentile([result.milliseconds for result in results], 0.95),
    }
    return {name: round(value, 4) for name, value in found.items() if value is not None}


def write_report(report: EvalReport, folder: Path) -> None:
    """Write `report.json` (figures) and `answers.jsonl` (one line a question) to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    head = report.model_dump(exclude={"per_question"})
    (folder / "report.json").write_text(
        json.dumps(head, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    lines = [result.model_dump_json() + "\n" for result in report.per_question]
    (folder / "answers.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
