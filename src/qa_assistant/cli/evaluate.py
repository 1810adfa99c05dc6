"""The commands that measure: answers against a gold set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa_assistant.cli.console import IndexOption, complain, progress, ready
from qa_assistant.errors import InputError
from qa_assistant.evaluate import evaluate, read_gold, write_report

eval_app = typer.Typer(help="Measure answers against a gold set.", invoke_without_command=True)


@eval_app.callback(epilog="Example: qa-assistant eval --gold eval/gold.jsonl --report reports/today")
def measure(
    gold: Annotated[Path, typer.Option("--gold", help="File of gold questions.")] = Path("eval/gold.jsonl"),
    report: Annotated[Path | None, typer.Option("--report", help="Folder for report.json and answers.jsonl.")] = None,
    index: IndexOption = None,
) -> None:
    """Ask every gold question and print what share was answered right, with which evidence."""
    questions, errors = read_gold(gold)
    for error in errors:
        complain(error)
    if not questions:
        raise InputError(f"{gold} holds no question that can be used")
    assistant = ready(index)
    with progress() as told:
        result = evaluate(assistant, questions, lambda done, total: told("questions", done, total))
    print(f"{len(questions)} questions, index {result.index_id}, run {result.run_id}")
    for name, value in result.metrics.items():
        print(f"{name:24} {value:.4f}")
    if report is not None:
        write_report(result, report)
        print(f"report in {report}")
    if errors:
        raise typer.Exit(1)
