"""Gold questions through the assistant to a report."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from qa_assistant.assistant import Assistant
from qa_assistant.errors import InputError
from qa_assistant.evaluate.compare import Comparison
from qa_assistant.evaluate.figures import grouped
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.evaluate.runs import RunFile, RunHead, RunLine, digest, gold_digest
from qa_assistant.evaluate.score import score
from qa_assistant.records import Document, EvalReport, FigureGroup, GoldQuestion
from qa_assistant.wire import answer_body


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
    assistant: Assistant,
    gold: Sequence[GoldQuestion],
    progress: Callable[[int, int], None] = lambda done, total: None,
    configuration: Mapping[str, str] | None = None,
    run: Path | None = None,
) -> EvalReport:
    """Ask every question of `gold` and measure the answers.

    `answer_accuracy` counts a question right that is answered with one form of every expected group, or refused
    where nothing is expected. `abstention_accuracy` is the share of unanswerable questions refused,
    `false_refusals` that of answerable ones refused. `R@5` is the share of the evidence that the first five passages
    hold. Latencies are in milliseconds. docs/evaluation.md tells all measures.

    Answers are written to the file `run` as they come. Where it holds a part of the same run (the same index, gold
    and `configuration`), only the questions that are left are asked.
    """
    head = RunHead(
        index_id=assistant.index.index_id, gold_sha256=gold_digest(gold), configuration=dict(configuration or {})
    )
    file = RunFile.open(run, head, len(gold)) if run is not None else None
    answered = dict(file.answered) if file is not None else {}
    for question in gold[:1]:
        assistant.ask(question.question, question.history)  # The first question loads what all others share.
    for number, question in enumerate(gold):
        progress(number, len(gold))
        if question.question_id not in answered:
            started = time.perf_counter()
            answer = assistant.ask(question.question, question.history)
            line = RunLine(
                question_id=question.question_id,
                milliseconds=round((time.perf_counter() - started) * 1000, 3),
                answer=answer_body(answer, question.question_id),
            )
            answered[question.question_id] = line
            if file is not None:
                file.add(line)
    progress(len(gold), len(gold))
    return report_of(head, answered, gold, assistant.index.documents)


def report_of(
    head: RunHead, answered: Mapping[str, RunLine], gold: Sequence[GoldQuestion], documents: Mapping[str, Document]
) -> EvalReport:
    """The report of a run: its answers to those of the `gold` questions that it has, measured."""
    asked = [(question, answered[question.question_id]) for question in gold if question.question_id in answered]
    results = [score(question, line.answer, documents, line.milliseconds) for question, line in asked]
    groups = grouped(results)
    answers = digest(f"{result.question_id} {result.kind} {result.text}" for result in results)
    return EvalReport(
        run_id=digest([head.index_id, head.gold_sha256, answers])[:16],
        index_id=head.index_id,
        gold_sha256=head.gold_sha256,
        configuration=head.configuration,
        metrics=_metrics(groups),
        groups=groups,
        per_question=tuple(results),
    )


def _metrics(groups: Sequence[FigureGroup]) -> dict[str, float]:
    """The figures of all questions by name; accuracy and passages found also by language."""
    metrics: dict[str, float] = {}
    for name, figure in groups[0].figures.items():
        metrics[name] = figure.value
        if name in ("answer_accuracy", "R@1", "R@5"):
            metrics |= {
                f"{name}_{group.name}": group.figures[name].value
                for group in groups
                if group.by == "language" and name in group.figures
            }
    return metrics


def write_report(
    report: EvalReport,
    folder: Path,
    gold: Sequence[GoldQuestion] = (),
    documents: Mapping[str, Document] | None = None,
    answered: Mapping[str, RunLine] | None = None,
    comparison: Comparison | None = None,
) -> None:
    """Write `report.json` (figures), `answers.jsonl` (one line a question) and `report.html` (for people) to `folder`.

    The page shows questions, sources, quotes and the comparison as far as they are given.
    """
    # What draws takes half a second to import; the other commands do without it. Its notes on the fonts of this
    # machine come while it is imported, and are not of use: the page is drawn with the fonts of its reader.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from qa_assistant.evaluate.report import report_page

    folder.mkdir(parents=True, exist_ok=True)
    head = report.model_dump(exclude={"per_question"})
    if comparison is not None:
        head["comparison"] = comparison.model_dump()
    (folder / "report.json").write_text(
        json.dumps(head, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    lines = [result.model_dump_json() + "\n" for result in report.per_question]
    (folder / "answers.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")
    page = report_page(report, gold, answered, documents, comparison)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
